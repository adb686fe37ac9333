import { Failure } from '../../model/failure.ts';
import type { LedgerEntry } from '../../model/results.ts';
import { type EpochSeconds, windowEndSeconds } from '../../model/time.ts';
import { toIso } from '../ranges/instants.ts';
import { type CopiedId, type CopyWork, refuseStopped } from './copy-work.ts';
import { type LedgerDay, ledgerDays } from './ledger-days.ts';
import { isSameEntry, isSameWindow, overlaps } from './same-window.ts';

export interface WindowsFound {
  /** In the source. */
  readonly windows: number;
  /** End of its last window: what is collected from then on is not part of this copy. */
  readonly endSeconds: EpochSeconds;
}

/**
 * Looks at every window of the source that the target has already, before anything is written.
 * @throws Failure 'conflict' where the target holds something else for that time
 */
export async function compareWindows(
  work: CopyWork,
  cluster: CopiedId,
  untilSeconds: EpochSeconds,
): Promise<WindowsFound> {
  let windows = 0;
  let endSeconds: EpochSeconds = 0;
  for await (const day of ledgerDays(work.source, cluster.id, untilSeconds)) {
    refuseStopped(work);
    await compareDay(work, cluster, day);
    windows += day.entries.length;
    const last = day.entries.at(-1);
    if (last !== undefined) endSeconds = windowEndSeconds(last.window);
    work.onProgress({ what: 'comparing', cluster: cluster.name, done: windows, of: null });
  }
  return { windows, endSeconds };
}

async function compareDay(work: CopyWork, cluster: CopiedId, { range, entries }: LedgerDay): Promise<void> {
  const there = await work.target.listLedger(cluster.id, range);
  if (there.length === 0) return;
  const byStart = new Map(there.map((entry) => [entry.window.startSeconds, entry]));
  for (const entry of entries) {
    refuseStopped(work);
    const same = byStart.get(entry.window.startSeconds);
    if (same === undefined) {
      if (there.some((other) => overlaps(entry, other))) throw otherData(cluster, entry);
    } else if (!isSameEntry(entry, same) || !(await isSameContent(work, entry))) {
      throw otherData(cluster, entry);
    }
  }
}

/** Where one of the two has lost the rows to retention, the ledgers say all that is known. */
async function isSameContent({ source, target }: CopyWork, { clusterId, window }: LedgerEntry): Promise<boolean> {
  const [mine, theirs] = await Promise.all([
    source.windowContent(clusterId, window),
    target.windowContent(clusterId, window),
  ]);
  return mine === null || theirs === null || isSameWindow(mine, theirs);
}

function otherData({ name }: CopiedId, { window }: LedgerEntry): Failure {
  const range = `${toIso(window.startSeconds)} to ${toIso(windowEndSeconds(window))}`;
  return new Failure('conflict', `The target holds something else of ${name} for ${range}`, {
    hint: 'No window of it was copied now. Copy into a store without this cluster, or delete the cluster there first.',
  });
}
