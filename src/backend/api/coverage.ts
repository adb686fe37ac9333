import type { ClusterRecord } from '../../model/cluster.ts';
import type { EpochSeconds, TimeRange } from '../../model/time.ts';
import { closableUntil } from '../scheduler/next-run.ts';
import type { ApiDeps } from './deps.ts';

export interface BucketCoverage {
  readonly coveredSeconds: number;
  /** Of the bucket, the part from the first window with data ever collected to the youngest that can be closed. */
  readonly expectedSeconds: number;
}

/** Covered and expected seconds of each bucket, as means over the clusters. */
export async function coverageOf(
  clusters: readonly ClusterRecord[],
  buckets: readonly TimeRange[],
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): Promise<BucketCoverage[]> {
  if (clusters.length === 0) return buckets.map(() => ({ coveredSeconds: 0, expectedSeconds: 0 }));
  const ids = clusters.map((cluster) => cluster.id);
  const [covered, firsts] = await Promise.all([
    deps.store.coverage(ids, buckets, signal),
    Promise.all(ids.map((id) => firstDataSeconds(id, deps))),
  ]);
  const endSeconds = closableUntil(deps.clock.nowSeconds());
  return buckets.map((bucket, index) => {
    const expected = firsts.map((first) => (first === null ? 0 : overlap(bucket, { startSeconds: first, endSeconds })));
    return {
      coveredSeconds: covered[index]?.coveredSeconds ?? 0,
      expectedSeconds: expected.reduce((sum, seconds) => sum + seconds, 0) / clusters.length,
    };
  });
}

/** Covered ÷ expected, at most 1: a 1-hour window at the end may reach beyond the range. */
export function shareOf({ coveredSeconds, expectedSeconds }: BucketCoverage): number {
  return expectedSeconds === 0 ? 0 : Math.min(1, coveredSeconds / expectedSeconds);
}

/** A period that was collected for less than this share is not compared with: it would look like growth. */
const LEAST_COMPARED_SHARE = 0.5;

/** Collected share of a period that is over, from none to all of it; null where too little to compare with. */
export async function comparableShare(
  clusters: readonly ClusterRecord[],
  period: TimeRange,
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): Promise<number | null> {
  const [coverage] = await coverageOf(clusters, [period], deps, signal);
  const lengthSeconds = period.endSeconds - period.startSeconds;
  if (coverage === undefined || lengthSeconds === 0) return null;
  const share = Math.min(1, coverage.coveredSeconds / lengthSeconds);
  return share < LEAST_COMPARED_SHARE ? null : share;
}

/** By store and cluster: the start of the oldest window with data that was found so far. */
const known = new WeakMap<object, Map<string, EpochSeconds>>();

/**
 * Start of the oldest window with data; null without any. Where the ledger begins with windows without data, it is
 * looked through once; from then on only up to what was found, as history that is still being read may add older data.
 */
async function firstDataSeconds(clusterId: string, deps: ApiDeps): Promise<EpochSeconds | null> {
  const first = await deps.store.firstEntry(clusterId);
  if (first === null) return null;
  const { startSeconds } = first.window;
  if (first.state !== 'no-data') return startSeconds;
  const firstUpTo = async (lastSeconds: EpochSeconds): Promise<EpochSeconds | null> => {
    const ledger = await deps.store.listLedger(clusterId, { startSeconds, endSeconds: lastSeconds + 1 });
    return ledger.find((entry) => entry.state !== 'no-data')?.window.startSeconds ?? null;
  };
  const ofStore = known.get(deps.store) ?? new Map<string, EpochSeconds>();
  known.set(deps.store, ofStore);
  const remembered = ofStore.get(clusterId);
  let dataSeconds = remembered === undefined ? null : await firstUpTo(remembered);
  if (dataSeconds === null) {
    const last = await deps.store.lastDataEntry(clusterId);
    dataSeconds = last === null ? null : await firstUpTo(last.window.startSeconds);
  }
  if (dataSeconds !== null) ofStore.set(clusterId, dataSeconds);
  return dataSeconds;
}

function overlap(a: TimeRange, b: TimeRange): number {
  return Math.max(0, Math.min(a.endSeconds, b.endSeconds) - Math.max(a.startSeconds, b.startSeconds));
}
