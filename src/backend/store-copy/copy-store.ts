import type { StoreSettings } from '../../core/ports/store-settings.ts';
import { SILENT_LOG } from '../log.ts';
import { allEntries } from '../registry/all-entries.ts';
import { REAL_TIMERS } from '../scheduler/timers.ts';
import { holderName } from '../settings/lease-holder.ts';
import { LeaseKeeper } from '../store/lease-keeper.ts';
import { describeStore } from '../store/store-address.ts';
import { type CopiedCluster, copyCluster } from './copy-cluster.ts';
import { copySharedRecords, type RecordCounts } from './copy-records.ts';
import type { CopyWork } from './copy-work.ts';
import { openSource, openTarget } from './open-stores.ts';
import { copyHolder, refuseSameAddress } from './same-store.ts';

export interface CopyRequest extends Pick<CopyWork, 'signal' | 'onProgress'> {
  readonly from: StoreSettings;
  readonly to: StoreSettings;
}

export interface Copied {
  readonly clusters: readonly CopiedCluster[];
  /** What is of no cluster. */
  readonly shared: RecordCounts;
}

/** The same between two addresses. */
export interface CopiedStore extends Copied {
  /** For people, without credentials. */
  readonly from: string;
  readonly to: string;
}

/**
 * Copies everything of one results store into another and checks the copy. The source is only read. What the target has
 * already is left as it is, so that a copy that was cut off goes on where it ended.
 * @throws Failure 'bad-input' for one store twice, 'conflict' where the target is written by others or holds other data
 */
export async function copyStore({ from, to, signal, onProgress }: CopyRequest): Promise<CopiedStore> {
  await refuseSameAddress(from, to);
  const holder = await copyHolder(from, to);
  const source = await openSource(from);
  try {
    const target = await openTarget(to);
    try {
      const copied = await copyBetween({ source, target, signal, onProgress }, holder);
      return { from: describeStore(from), to: describeStore(to), ...copied };
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** The same with two stores that are open, as a holder of leases. */
export async function copyBetween(work: CopyWork, holder: string): Promise<Copied> {
  const clock = { nowSeconds: () => Math.floor(Date.now() / 1000) };
  const leases = new LeaseKeeper({
    store: work.target,
    clock,
    timers: REAL_TIMERS,
    log: SILENT_LOG,
    holder: () => holder,
    holderName: `${holderName()}, podwatt store copy`,
  });
  try {
    const clusters: CopiedCluster[] = [];
    for (const entry of await allEntries(work.source)) {
      clusters.push(await copyCluster(work, entry, leases, clock.nowSeconds()));
    }
    return { clusters, shared: await copySharedRecords(work) };
  } finally {
    await leases.releaseAll();
  }
}
