import type { GroupBy } from '../../contract/schemas/metrics.ts';

/** What a group's key says as a filter; null where the key holds no namespace. */
export interface GroupFilter {
  readonly namespace: string | null;
  /** The value of the group's own dimension: `Deployment/cart`, `search`, `node-1`. */
  readonly value: string;
}

/**
 * Takes a key apart: the id of a cluster and a namespace may stand before the value (`c1/shop/Deployment/cart`). A
 * workload is `kind/name`, all others are one word, and only workloads and pods stand in a namespace.
 */
export function filterOfKey(key: string, by: GroupBy): GroupFilter {
  const parts = key.split('/');
  const length = by === 'workload' || (by === 'pod' && parts.at(-2) === 'node') ? 2 : 1;
  if (by === 'team') return { namespace: null, value: key };
  const value = parts.slice(-length).join('/');
  const isInNamespace = by === 'workload' || by === 'pod';
  return { namespace: isInNamespace ? (parts.at(-length - 1) ?? null) : null, value };
}
