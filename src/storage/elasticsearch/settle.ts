import { isFailure } from '../../model/failure.ts';
import { isLeased } from './leases.ts';
import type { OneAtATime } from './one-at-a-time.ts';
import type { Store } from './store.ts';
import type { WindowWriter } from './window-writer.ts';

/**
 * Ends or undoes what was left half done in clusters that nobody holds: their writer is no more. Where somebody holds a
 * cluster, its work may be under way; the next one to take the lease settles it if not.
 */
export async function settleUnleased(store: Store, windows: WindowWriter, writes: OneAtATime): Promise<void> {
  const heads = await store.heads.list([]);
  for (const { clusterId, job } of heads) {
    if (job === null || (await isLeased(store, clusterId))) continue;
    await writes.run(clusterId, () => settleCluster(store, windows, clusterId));
  }
}

/** Ends or undoes what was left half done in one cluster. */
export async function settleCluster(store: Store, windows: WindowWriter, clusterId: string): Promise<void> {
  const stored = await store.heads.load(clusterId);
  if (stored === null || stored.head.job === null) return;
  try {
    await windows.settle(stored, stored.head.epoch);
  } catch (error) {
    // Somebody else is at it, or the store is away: the next write settles it.
    if (!isFailure(error)) throw error;
  }
}
