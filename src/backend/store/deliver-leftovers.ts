import type { ResultsStore } from '../../core/ports/results-store.ts';
import type { WindowSpool } from '../../core/ports/window-spool.ts';
import type { ClusterLocks } from '../clusters/cluster-locks.ts';
import { asFailure } from '../failures.ts';
import type { Log } from '../log.ts';
import type { KnownClusters } from './known-clusters.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import type { SpoolDelivery } from './spool-delivery.ts';

export interface LeftoverDeps {
  readonly store: Pick<ResultsStore, 'listClusters' | 'putCluster'>;
  readonly spool: WindowSpool;
  readonly leases: LeaseKeeper;
  readonly delivery: SpoolDelivery;
  readonly known: KnownClusters;
  readonly locks: ClusterLocks;
  readonly log: Log;
}

/** Delivers what waits of each cluster, also of those whose context is switched off by now. Never throws. */
export async function deliverLeftovers(deps: LeftoverDeps, signal: AbortSignal): Promise<void> {
  try {
    for (const { clusterId } of await deps.spool.waiting()) {
      if (signal.aborted) return;
      await deps.locks.run(clusterId, () => deliverOf(clusterId, deps, signal));
    }
  } catch (error) {
    const { code, message } = asFailure(error);
    if (!signal.aborted) deps.log.warn({ code }, `Windows that wait were not delivered: ${message}`);
  }
}

async function deliverOf(clusterId: string, deps: LeftoverDeps, signal: AbortSignal): Promise<void> {
  const { store, leases, delivery, known } = deps;
  const user = {};
  const taken = await leases.take(clusterId, user);
  // Whoever has the cluster now reads these windows itself; what stays here is tried again later.
  if (taken.kind === 'refused') return;
  try {
    const record = known.get(clusterId)?.record ?? null;
    const isThere = (await store.listClusters()).some(({ id }) => id === clusterId);
    if (!isThere && record !== null) await store.putCluster(record);
    await delivery.deliver(clusterId, taken.epoch, AbortSignal.any([signal, taken.lost]));
  } finally {
    await leases.release(clusterId, user);
  }
}
