import type { Lease } from '../../core/ports/leases.ts';
import type { ClusterRecord } from '../../model/cluster.ts';
import { Failure } from '../../model/failure.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { clusterRecord } from '../pipeline/cluster-record.ts';
import type { LinkStatus } from '../store/store-link.ts';
import type { LearntCluster } from './reach.ts';

const LONGEST_WAIT_SECONDS = 60;
const SHORTEST_WAIT_SECONDS = 5;

export const HISTORY_WAITS = {
  message: 'The results store is away: history is read on when it is back',
  hint: 'Live windows are read meanwhile and wait on this machine.',
};

/** @throws Failure 'forbidden' where the store's user may only read: nothing is collected then */
export function refuseReadOnly({ state, problem }: LinkStatus): void {
  if (state !== 'read-only') return;
  const hint = problem?.hint ?? null;
  throw new Failure('forbidden', problem?.message ?? 'The results store may only be read from here', {
    ...(hint === null ? {} : { hint }),
  });
}

/** When to ask again for a lease that another holds: when it runs out, by clocks that need not agree. */
export function askAgainSeconds(by: Lease, nowSeconds: EpochSeconds): EpochSeconds {
  const leftSeconds = by.expiresAtSeconds + 1 - nowSeconds;
  return nowSeconds + Math.min(LONGEST_WAIT_SECONDS, Math.max(SHORTEST_WAIT_SECONDS, leftSeconds));
}

/** The record of a cluster while the store can't tell: as this machine kept it, else collection begins now. */
export function knownRecord(
  learnt: LearntCluster,
  before: ClusterRecord | null,
  nowSeconds: EpochSeconds,
): ClusterRecord {
  return clusterRecord({ ...learnt, before, nowSeconds });
}
