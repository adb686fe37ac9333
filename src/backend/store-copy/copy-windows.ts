import type { WholeStore } from '../../core/ports/record-pages.ts';
import type { LedgerEntry, WindowResult } from '../../model/results.ts';
import { type EpochSeconds, windowEndSeconds } from '../../model/time.ts';
import type { WindowsFound } from './compare-windows.ts';
import { type CopiedId, type CopyWork, type NotCarried, refuseStopped } from './copy-work.ts';
import { ledgerDays } from './ledger-days.ts';

export interface WindowsCopied {
  /** Written now. */
  readonly written: number;
  /** Left as they are: the target had them. */
  readonly there: number;
  readonly notCarried: NotCarried | null;
}

/** Writes the windows that the target lacks, the oldest first, one at a time; each brings the roll-ups up to date. */
export async function copyWindows(
  work: CopyWork,
  cluster: CopiedId,
  { windows, endSeconds }: WindowsFound,
  epoch: number,
): Promise<WindowsCopied> {
  const { source, target } = work;
  let written = 0;
  let there = 0;
  let notCarried: NotCarried | null = null;
  for await (const { range, entries } of ledgerDays(source, cluster.id, endSeconds)) {
    const known = new Set((await target.listLedger(cluster.id, range)).map(({ window }) => window.startSeconds));
    const kept = await keptStarts(source, cluster.id, range);
    const lacking = entries.filter(({ window }) => !known.has(window.startSeconds));
    there += entries.length - lacking.length;
    for (const entry of lacking) if (!isCarried(entry, kept)) notCarried = withWindow(notCarried, entry);
    const carried = lacking.filter((entry) => isCarried(entry, kept));
    for await (const { entry, content } of contentsOf(source, carried)) {
      refuseStopped(work);
      if (content === null) {
        // Retention took its rows meanwhile.
        notCarried = withWindow(notCarried, entry);
        continue;
      }
      await target.replaceWindow(content, epoch);
      written += 1;
      const done = written + there + (notCarried?.windows ?? 0);
      work.onProgress({ what: 'copying', cluster: cluster.name, done, of: windows });
    }
  }
  return { written, there, notCarried };
}

/** Starts of the windows whose rows are still kept. */
export async function keptStarts(
  store: WholeStore,
  clusterId: string,
  range: { readonly startSeconds: EpochSeconds; readonly endSeconds: EpochSeconds },
): Promise<ReadonlySet<EpochSeconds>> {
  return new Set((await store.restatableWindows(clusterId, range)).map(({ startSeconds }) => startSeconds));
}

/** A window without rows is its line of the ledger; of one with rows these have to be there. */
export function isCarried({ rowCount, window }: LedgerEntry, kept: ReadonlySet<EpochSeconds>): boolean {
  return rowCount === 0 || kept.has(window.startSeconds);
}

interface Content {
  readonly entry: LedgerEntry;
  readonly content: WindowResult | null;
}

/** In the order of the entries. While one is written the next is read: two windows are held, no more. */
async function* contentsOf(store: WholeStore, entries: readonly LedgerEntry[]): AsyncGenerator<Content> {
  const read = (place: number): Promise<Content | null> => {
    const entry = entries[place];
    const reading = entry === undefined ? Promise.resolve(null) : contentOf(store, entry);
    // Where the writing fails nobody waits for it any more.
    reading.catch(() => undefined);
    return reading;
  };
  let next = read(0);
  for (let place = 1; ; place += 1) {
    const found = await next;
    if (found === null) return;
    next = read(place);
    yield found;
  }
}

async function contentOf(store: WholeStore, entry: LedgerEntry): Promise<Content> {
  if (entry.state === 'no-data') return { entry, content: { entry, rows: [], nodeWindows: [], nodeSnapshots: [] } };
  return { entry, content: await store.windowContent(entry.clusterId, entry.window) };
}

function withWindow(before: NotCarried | null, { window }: LedgerEntry): NotCarried {
  const { startSeconds, endSeconds } = before?.range ?? { startSeconds: window.startSeconds, endSeconds: 0 };
  const range = { startSeconds, endSeconds: Math.max(endSeconds, windowEndSeconds(window)) };
  return { windows: (before?.windows ?? 0) + 1, range };
}
