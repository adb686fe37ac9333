import type { ResultsStore, Totals } from '../../../src/core/ports/results-store.ts';
import type { WindowResult } from '../../../src/model/results.ts';
import type { RetentionPolicy } from '../../../src/model/retention.ts';
import type { TimeRange } from '../../../src/model/time.ts';
import {
  CLUSTER,
  DAY,
  NEW_YEAR,
  nodeRow,
  sampleNodeWindow,
  sampleRow,
  sampleSnapshot,
  sampleWindow,
} from '../../contract/storage/sample-windows.ts';

export const EVERYTHING: TimeRange = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + 2000 * DAY };
export const OF_CLUSTER = { clusterIds: [CLUSTER] };
export const POLICY: RetentionPolicy = { rawDays: 3, podHourDays: 4, hourDays: 5, podDayDays: 6, dayDays: null };

interface Numbering {
  readonly stepSeconds: number;
  readonly pods: number;
}

/** One window after the other. */
export const IN_A_ROW: Numbering = { stepSeconds: 300, pods: 200 };
/** One window a day, so that retention has days to remove. */
export const BY_DAY: Numbering = { stepSeconds: DAY, pods: 40 };

export function startOf(index: number, { stepSeconds }: Numbering): number {
  return NEW_YEAR + index * stepSeconds;
}

/** The window of that number: `draft` tells apart what is written to one window one after the other. */
export function numberedWindow(
  index: number,
  numbering: Numbering,
  { draft = 0, writer = null }: { readonly draft?: number; readonly writer?: string | null } = {},
): WindowResult {
  const rows = Array.from({ length: numbering.pods }, (_, pod) =>
    sampleRow({ podName: `p-${pod}`, node: `n${pod % 5}` }, 1 + draft + (index % 97) + pod),
  );
  return sampleWindow(startOf(index, numbering), [...rows, nodeRow('system')], {
    entry: { reason: writer },
    nodeWindows: [sampleNodeWindow()],
    nodeSnapshots: [sampleSnapshot({ embodiedKilograms: index })],
  });
}

/** Now, when the window of that number has been closed for a while. */
export function afterWindow(index: number, numbering: Numbering): number {
  return startOf(index, numbering) + 7200;
}

/** Numbers of the windows in the ledger; fails where one is missing or doubled. */
export async function storedNumbers(store: ResultsStore, numbering: Numbering): Promise<number> {
  const ledger = await store.listLedger(CLUSTER, EVERYTHING);
  ledger.forEach((entry, index) => {
    if (entry.window.startSeconds !== startOf(index, numbering) || entry.rowCount !== numbering.pods + 1) {
      throw new Error(`window ${index} of the ledger is ${JSON.stringify(entry)}`);
    }
  });
  return ledger.length;
}

/** Presence of pods goes with retention; sums stay. */
export function sumsOnly(totals: Totals): Totals {
  return { ...totals, podCount: 0 };
}
