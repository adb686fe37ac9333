import type { MaintenanceResult } from '../../core/ports/store-care.ts';
import type { RetentionPolicy } from '../../model/retention.ts';
import { type EpochSeconds, floorTo } from '../../model/time.ts';
import { bulk } from './bulk.ts';
import { hiddenClauses } from './clauses.ts';
import type { ClusterHead } from './cluster-head.ts';
import { deleteMatching } from './documents.ts';
import { isoOf } from './instants.ts';
import type { Query } from './requests.ts';
import type { Store } from './store.ts';

const DAY = 86_400;

export interface PruneOrder {
  /** Clusters whose old days are marked. */
  readonly clusterIds: readonly string[];
  /** True where these are all: whole indices may go then. */
  readonly isAll: boolean;
  readonly policy: RetentionPolicy;
  readonly nowSeconds: EpochSeconds;
}

type Removed = Omit<MaintenanceResult, 'compactedHours'>;

interface Phase {
  readonly family: string;
  readonly days: (policy: RetentionPolicy) => number | null;
  readonly counted: keyof Removed | null;
}

/** Finer levels first, so that an interrupted maintenance leaves no level without its coarser ones. */
const PHASES: readonly Phase[] = [
  { family: 'combined-metrics', days: ({ rawDays }) => rawDays, counted: 'removedRows' },
  { family: 'rollup-hour-pod', days: ({ podHourDays }) => podHourDays, counted: 'removedPodHours' },
  { family: 'rollup-hour-workload', days: ({ hourDays }) => hourDays, counted: 'removedHours' },
  { family: 'rollup-hour-namespace', days: ({ hourDays }) => hourDays, counted: 'removedHours' },
  { family: 'rollup-day-pod', days: ({ podDayDays }) => podDayDays, counted: 'removedPodDays' },
  { family: 'rollup-day-workload', days: ({ dayDays }) => dayDays, counted: 'removedDays' },
  { family: 'rollup-day-namespace', days: ({ dayDays }) => dayDays, counted: 'removedDays' },
  { family: 'node-windows', days: ({ hourDays }) => hourDays, counted: null },
  { family: 'node-sightings', days: ({ hourDays }) => hourDays, counted: null },
];

/** Removes what the policy no longer keeps, of clusters whose old days are marked as pruned. */
export async function pruneFamilies(store: Store, order: PruneOrder, signal?: AbortSignal): Promise<Removed> {
  const { policy, nowSeconds, clusterIds } = order;
  const removed = { removedRows: 0, removedPodHours: 0, removedHours: 0, removedPodDays: 0, removedDays: 0 };
  if (clusterIds.length === 0) return removed;
  const heads = await store.heads.list([...clusterIds], signal);
  for (const { family, days, counted } of PHASES) {
    const kept = days(policy);
    if (kept === null) continue;
    const count = await pruneFamily(store, heads, order, family, limitOf(kept, nowSeconds), signal);
    if (counted !== null) removed[counted] += count;
  }
  const { requests, names } = store;
  const limit = limitOf(policy.podDayDays, nowSeconds);
  const gone: Query = {
    bool: {
      filter: [{ terms: { cluster_id: [...clusterIds] } }, { range: { last_seen: { lte: isoOf(limit) } } }],
    },
  };
  await deleteMatching(requests, [names.of('pod-presence')], gone, (operations) => bulk(requests, operations), signal);
  return removed;
}

/** Answers how many documents went that counted. */
async function pruneFamily(
  { requests, names }: Store,
  heads: readonly ClusterHead[],
  { clusterIds, isAll }: PruneOrder,
  family: string,
  limit: EpochSeconds,
  signal?: AbortSignal,
): Promise<number> {
  let removed = 0;
  const found = await requests.send(
    (options) => requests.client.indices.getAlias({ index: names.all(family), allow_no_indices: true }, options),
    signal,
  );
  for (const index of Object.keys(found).sort()) {
    const time = names.timeOf(family, index);
    if (time === null || time.startSeconds >= limit) continue;
    const query: Query = {
      bool: {
        filter: [{ terms: { cluster_id: [...clusterIds] } }, { range: { timestamp: { lt: isoOf(limit) } } }],
      },
    };
    const counted = { bool: { filter: [query], must_not: hiddenClauses(heads) } };
    const answer = await requests.search([index], { size: 0, track_total_hits: true, query: counted }, signal);
    const total = answer.hits.total;
    removed += typeof total === 'number' ? total : (total?.value ?? 0);
    if (isAll && time.endSeconds <= limit) {
      const drop = { index, ignore_unavailable: true };
      await requests.send((options) => requests.client.indices.delete(drop, options), signal);
    } else {
      await deleteMatching(requests, [index], query, (operations) => bulk(requests, operations), signal);
    }
  }
  return removed;
}

/** Where the time begins that a policy of so many days keeps. */
export function limitOf(days: number, nowSeconds: EpochSeconds): EpochSeconds {
  return floorTo(nowSeconds, DAY) - days * DAY;
}
