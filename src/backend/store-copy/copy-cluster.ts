import type { Lease } from '../../core/ports/leases.ts';
import { Failure } from '../../model/failure.ts';
import type { ClusterEntry } from '../../model/kubernetes/cluster-entry.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { toIso } from '../ranges/instants.ts';
import type { LeaseKeeper } from '../store/lease-keeper.ts';
import { compareWindows } from './compare-windows.ts';
import { copyRecordsOf, type RecordCounts } from './copy-records.ts';
import { copyWindows, type WindowsCopied } from './copy-windows.ts';
import type { CopiedId, CopyWork } from './copy-work.ts';
import { sameStore } from './same-store.ts';
import { type VerifiedSums, verifyCopy } from './verify-copy.ts';

/** A cluster that was copied, and what both stores say of it. */
export interface CopiedCluster extends CopiedId {
  readonly currency: string;
  readonly windows: WindowsCopied;
  readonly records: RecordCounts;
  readonly verified: VerifiedSums;
}

/**
 * Copies everything of a cluster under its lease in the target, so that nobody collects it there at the same time.
 * @throws Failure 'conflict' where somebody does, or the target holds something else for the same time
 */
export async function copyCluster(
  work: CopyWork,
  entry: ClusterEntry,
  leases: LeaseKeeper,
  nowSeconds: EpochSeconds,
): Promise<CopiedCluster> {
  const { id, name, costCurrency: currency } = entry;
  const cluster = { id, name };
  const user = {};
  const taken = await leases.take(id, user);
  if (taken.kind === 'refused') throw collectedThere(cluster, taken.by);
  try {
    await refuseSameStore(work, leases);
    const found = await compareWindows(work, cluster, nowSeconds);
    await putEntry(work, entry);
    const windows = await copyWindows(work, cluster, found, taken.epoch);
    const records = await copyRecordsOf(work, cluster, taken.epoch);
    const verified = await verifyCopy(work, cluster, found.endSeconds);
    return { id, name, currency, windows, records, verified };
  } finally {
    await leases.release(id, user);
  }
}

/** Two addresses may lead to one store: then a lease that was taken in one is seen in the other. */
async function refuseSameStore({ source }: CopyWork, leases: LeaseKeeper): Promise<void> {
  const held = await source.listLeases();
  if (held.some((lease) => leases.isOwn(lease))) throw sameStore();
}

/** What was said of the cluster last, in either store, stays. */
async function putEntry({ target }: CopyWork, entry: ClusterEntry): Promise<void> {
  const there = await target.clusterEntry(entry.id);
  if (there !== null && there.updatedAtSeconds > entry.updatedAtSeconds) return;
  await target.putClusterEntry(entry);
}

function collectedThere({ name }: CopiedId, { holderName, expiresAtSeconds }: Lease): Failure {
  return new Failure('conflict', `${name} is collected into the target by ${holderName}`, {
    hint: `Its lease holds until ${toIso(expiresAtSeconds)} and goes on while it runs. Stop it there, then run the command again.`,
  });
}
