import { missingNotice } from '../../collectors/kubernetes/inventory/read-inventory.ts';
import {
  FOLLOWED_RESOURCES,
  type FollowedResource,
  type FollowSink,
  type FollowState,
  type ObjectFeed,
} from '../../core/ports/object-feed.ts';
import type { MissingRight } from '../../core/ports/sync-desk.ts';
import type { Failure } from '../../model/failure.ts';
import type { Notice } from '../../model/inventory.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { rightsNotice } from './rights-notice.ts';
import type { SyncCache } from './sync-cache.ts';

/** Those without which nothing can be said of a cluster. */
const CORE: readonly FollowedResource[] = ['nodes', 'pods'];
/** Failures that say the API server can't be reached or does not let anybody in. */
const CUT_OFF: ReadonlySet<Failure['code']> = new Set([
  'unreachable',
  'timeout',
  'tls',
  'bad-answer',
  'unauthenticated',
  'exec-plugin',
]);

/** Follows all resources of one cluster into its cache and knows how each does. */
export class Following {
  readonly #cache: SyncCache;
  readonly #nowSeconds: () => EpochSeconds;
  readonly #states = new Map<FollowedResource, FollowState>();
  readonly #listed = new Set<FollowedResource>();
  readonly #settled = Promise.withResolvers<void>();
  #relists = 0;
  #events = 0;
  #cutOffSince: EpochSeconds | null = null;
  #lastWholeAt: EpochSeconds | null = null;
  /** Told of each failure once, not of its repetitions. */
  readonly #onFailure: (resource: FollowedResource, failure: Failure) => void;

  constructor(
    cache: SyncCache,
    nowSeconds: () => EpochSeconds,
    onFailure: (resource: FollowedResource, failure: Failure) => void,
  ) {
    this.#cache = cache;
    this.#nowSeconds = nowSeconds;
    this.#onFailure = onFailure;
  }

  /** Ends with the signal. */
  async run(feed: ObjectFeed, signal: AbortSignal): Promise<void> {
    await Promise.all(FOLLOWED_RESOURCES.map((resource) => feed.follow(resource, this.#sinkOf(resource), signal)));
  }

  /** Resolves when each resource is listed, or known not to be. */
  get settled(): Promise<void> {
    return this.#settled.promise;
  }

  /** True where the whole list of a resource is known. */
  isListed(resource: FollowedResource): boolean {
    return this.#listed.has(resource);
  }

  get isSettled(): boolean {
    return FOLLOWED_RESOURCES.every((resource) => this.#isSettled(resource));
  }

  /** True while all that may be read is up to date. */
  get isWhole(): boolean {
    return FOLLOWED_RESOURCES.every((resource) => {
      const kind = this.#states.get(resource)?.kind;
      return kind === 'live' || kind === 'polling' || kind === 'refused' || kind === 'absent';
    });
  }

  /** When all was up to date last; null: never. */
  get lastWholeAtSeconds(): EpochSeconds | null {
    if (this.isWhole) this.#lastWholeAt = this.#nowSeconds();
    return this.#lastWholeAt;
  }

  /** Since when nodes and pods can't be read for want of an answer; null while they can. */
  get cutOffSinceSeconds(): EpochSeconds | null {
    return this.#cutOffSince;
  }

  get counts(): Readonly<Record<'relists' | 'events', number>> {
    return { relists: this.#relists, events: this.#events };
  }

  /** The failure that matters most: of nodes and pods first. Refused resources are notices, not failures. */
  get failure(): Failure | null {
    const failed = [...CORE, ...FOLLOWED_RESOURCES].find((resource) => this.#states.get(resource)?.kind === 'failed');
    return failed === undefined ? null : (this.#states.get(failed)?.failure ?? null);
  }

  /** One word for people. */
  get state(): string {
    const kinds = [...this.#states.values()].map(({ kind }) => kind);
    if (kinds.includes('failed')) return 'waiting';
    if (!this.isSettled || kinds.includes('listing')) return 'listing';
    return kinds.includes('polling') ? 'polling' : 'watching';
  }

  /** Notices of lists that may not be read, as an inventory has them, and of watches that are forbidden. */
  get inventoryNotices(): readonly Notice[] {
    return [...this.#states].flatMap(([resource, { kind, failure }]) =>
      (kind === 'refused' || kind === 'absent') && failure !== null && IN_INVENTORY.has(resource)
        ? [missingNotice(resource, failure)]
        : [],
    );
  }

  /** Each missing right with the smallest role that gives it. */
  get missingRights(): readonly MissingRight[] {
    return [...this.#states].flatMap(([resource, state]) => rightsNotice(resource, state) ?? []);
  }

  /** Resources that a plan goes by and that are not known. Without the resource of VPAs a cluster has none: nothing is missing. */
  get missingForLayout(): readonly string[] {
    return IN_LAYOUT.filter((resource) => {
      const kind = this.#states.get(resource)?.kind;
      if (this.#listed.has(resource) && kind !== 'refused') return false;
      return kind !== 'absent' || resource !== 'verticalpodautoscalers';
    });
  }

  #sinkOf(resource: FollowedResource): FollowSink {
    const objects = this.#cache.of(resource);
    return {
      listing: () => objects.beginList(),
      put: (object) => {
        this.#events += 1;
        this.#cache.put(resource, object);
      },
      gone: (object) => {
        this.#events += 1;
        this.#cache.remove(resource, object);
      },
      listed: () => {
        objects.endList();
        this.#relists += 1;
        this.#listed.add(resource);
        // Nothing is fresher than a list that has just ended; its watch follows.
        this.#changed(resource, { kind: 'live', failure: null });
      },
      state: (state) => this.#changed(resource, state),
    };
  }

  #changed(resource: FollowedResource, state: FollowState): void {
    const before = this.#states.get(resource);
    if (this.isWhole) this.#lastWholeAt = this.#nowSeconds();
    this.#states.set(resource, state);
    const { failure } = state;
    // Most clusters have no VerticalPodAutoscaler: nothing is wrong with that.
    const isUsual = state.kind === 'absent' && resource === 'verticalpodautoscalers';
    const isNews =
      failure !== null && !isUsual && (before?.kind !== state.kind || before.failure?.message !== failure.message);
    if (isNews) this.#onFailure(resource, failure);
    this.#judgeReach();
    this.#settleIfDone();
  }

  #judgeReach(): void {
    const states = CORE.map((resource) => this.#states.get(resource));
    const isCut = states.some((state) => state?.kind === 'failed' && CUT_OFF.has(state.failure?.code ?? 'unexpected'));
    const isBack = states.every(
      (state) => state?.kind === 'live' || state?.kind === 'polling' || state?.kind === 'refused',
    );
    if (isCut) this.#cutOffSince ??= this.#nowSeconds();
    else if (isBack) this.#cutOffSince = null;
  }

  #isSettled(resource: FollowedResource): boolean {
    const kind = this.#states.get(resource)?.kind;
    return this.#listed.has(resource) || kind === 'refused' || kind === 'absent';
  }

  #settleIfDone(): void {
    if (this.isSettled) this.#settled.resolve();
  }
}

/** Resources whose absence an inventory tells of. */
const IN_INVENTORY: ReadonlySet<FollowedResource> = new Set([
  'nodes',
  'pods',
  'namespaces',
  'services',
  'replicasets',
  'persistentvolumeclaims',
  'storageclasses',
  'jobs',
]);

/** Resources that plans are made of. */
const IN_LAYOUT: readonly FollowedResource[] = [
  'nodes',
  'pods',
  'deployments',
  'statefulsets',
  'daemonsets',
  'replicasets',
  'jobs',
  'cronjobs',
  'persistentvolumeclaims',
  'storageclasses',
  'poddisruptionbudgets',
  'horizontalpodautoscalers',
  'verticalpodautoscalers',
];
