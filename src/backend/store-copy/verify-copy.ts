import type { Sums } from '../../core/ports/results-store.ts';
import { Failure } from '../../model/failure.ts';
import type { LedgerEntry } from '../../model/results.ts';
import { type EpochSeconds, type TimeRange, windowEndSeconds } from '../../model/time.ts';
import { toIso } from '../ranges/instants.ts';
import { isCarried, keptStarts } from './copy-windows.ts';
import { type CopiedId, type CopyWork, refuseStopped } from './copy-work.ts';
import { ledgerDays } from './ledger-days.ts';

/** What both stores say of the copied windows of a cluster. */
export interface VerifiedSums {
  readonly windows: number;
  readonly rows: number;
  readonly joules: number;
  readonly co2eGrams: number;
  readonly embodiedCo2eGrams: number;
  readonly totalCost: number;
}

const NOTHING: VerifiedSums = { windows: 0, rows: 0, joules: 0, co2eGrams: 0, embodiedCo2eGrams: 0, totalCost: 0 };
const COMPARED = ['joules', 'co2eGrams', 'embodiedCo2eGrams', 'totalCost'] as const satisfies readonly (keyof Sums)[];
/** Stores add the same numbers up in another order. */
const TOLERANCE = 1e-9;

/**
 * Asks both stores for the windows, rows and totals of every stretch that was copied, at most a day at a time.
 * @throws Failure 'store' that names the cluster and the stretch where they differ
 */
export async function verifyCopy(work: CopyWork, cluster: CopiedId, endSeconds: EpochSeconds): Promise<VerifiedSums> {
  let sums = NOTHING;
  for await (const { range, entries } of ledgerDays(work.source, cluster.id, endSeconds)) {
    refuseStopped(work);
    const kept = await keptStarts(work.source, cluster.id, range);
    const carried = entries.filter((entry) => isCarried(entry, kept));
    await verifyLedger(work, cluster, range, carried);
    for (const stretch of stretchesOf(carried)) sums = added(sums, await verifyTotals(work, cluster, stretch));
    sums = {
      ...sums,
      windows: sums.windows + carried.length,
      rows: carried.reduce((rows, { rowCount }) => rows + rowCount, sums.rows),
    };
    work.onProgress({ what: 'checking', cluster: cluster.name, done: sums.windows, of: null });
  }
  return sums;
}

async function verifyLedger(
  { target }: CopyWork,
  cluster: CopiedId,
  range: TimeRange,
  carried: readonly LedgerEntry[],
): Promise<void> {
  const there = new Map(
    (await target.listLedger(cluster.id, range)).map((entry) => [entry.window.startSeconds, entry]),
  );
  for (const { window, rowCount } of carried) {
    const copy = there.get(window.startSeconds);
    if (copy?.window.durationSeconds === window.durationSeconds && copy.rowCount === rowCount) continue;
    const of = { startSeconds: window.startSeconds, endSeconds: windowEndSeconds(window) };
    const rows = copy === undefined ? 'no window' : `${copy.rowCount} rows`;
    throw differs(cluster, of, `${rowCount} rows in the source, ${rows} in the target`);
  }
}

async function verifyTotals(
  { source, target, signal }: CopyWork,
  cluster: CopiedId,
  range: TimeRange,
): Promise<Pick<Sums, (typeof COMPARED)[number]>> {
  const filter = { clusterIds: [cluster.id] };
  const [mine, theirs] = await Promise.all([
    source.totals(filter, range, signal),
    target.totals(filter, range, signal),
  ]);
  for (const field of COMPARED) {
    const [left, right] = [mine[field], theirs[field]];
    if (Math.abs(left - right) <= TOLERANCE * Math.max(Math.abs(left), Math.abs(right))) continue;
    throw differs(cluster, range, `${field} is ${left} in the source, ${right} in the target`);
  }
  return mine;
}

/** Windows that follow each other without a gap: the target may have windows of its own in the gaps. */
function stretchesOf(entries: readonly LedgerEntry[]): readonly TimeRange[] {
  const stretches: TimeRange[] = [];
  for (const { window } of entries) {
    const { startSeconds } = window;
    const endSeconds = windowEndSeconds(window);
    const before = stretches.at(-1);
    if (before?.endSeconds === startSeconds) {
      stretches[stretches.length - 1] = { startSeconds: before.startSeconds, endSeconds };
    } else {
      stretches.push({ startSeconds, endSeconds });
    }
  }
  return stretches;
}

function added(sums: VerifiedSums, more: Pick<Sums, (typeof COMPARED)[number]>): VerifiedSums {
  return {
    ...sums,
    joules: sums.joules + more.joules,
    co2eGrams: sums.co2eGrams + more.co2eGrams,
    embodiedCo2eGrams: sums.embodiedCo2eGrams + more.embodiedCo2eGrams,
    totalCost: sums.totalCost + more.totalCost,
  };
}

function differs({ name }: CopiedId, { startSeconds, endSeconds }: TimeRange, what: string): Failure {
  return new Failure(
    'store',
    `The copy of ${name} differs from ${toIso(startSeconds)} to ${toIso(endSeconds)}: ${what}`,
    {
      hint: 'If a Podwatt wrote to one of the stores meanwhile, run the command again. Else run podwatt store check on both.',
    },
  );
}
