import type { Failure } from '../../model/failure.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Seen } from '../../model/kubernetes/seen.ts';

export const FOLLOWED_RESOURCES = [
  'namespaces',
  'nodes',
  'pods',
  'deployments',
  'statefulsets',
  'daemonsets',
  'replicasets',
  'jobs',
  'cronjobs',
  'resourcequotas',
  'services',
  'persistentvolumeclaims',
  'storageclasses',
  'secrets',
  'poddisruptionbudgets',
  'horizontalpodautoscalers',
  'verticalpodautoscalers',
] as const;
export type FollowedResource = (typeof FOLLOWED_RESOURCES)[number];

/**
 * How the following of one resource does: `live` by a watch, `polling` where watches are forbidden, `refused` where it
 * may not be listed at all, `absent` where the server has no such resource, `failed` until the next attempt.
 */
export interface FollowState {
  readonly kind: 'listing' | 'live' | 'polling' | 'refused' | 'absent' | 'failed';
  readonly failure: Failure | null;
}

/** Told of one resource's objects as they come; calls are synchronous, nothing is kept by the teller. */
export interface FollowSink {
  /** A list begins: what is not put before `listed` is gone. */
  listing(): void;
  put(object: Seen): void;
  gone(object: Seen): void;
  /** The list is whole. */
  listed(): void;
  state(state: FollowState): void;
}

/** Follows the objects of one cluster over the cluster's one pool of connections. */
export interface ObjectFeed {
  /** Lists and watches until the signal fires; failures are told to the sink and tried again with growing pauses. */
  follow(resource: FollowedResource, sink: FollowSink, signal: AbortSignal): Promise<void>;
  /** What is known is offered to others that read this cluster; null while it isn't fresh. The answer ends the offer. */
  offerInventory(read: () => Inventory | null): () => void;
}
