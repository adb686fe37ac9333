import type { CopiedCluster } from '../../backend/store-copy/copy-cluster.ts';
import type { RecordCounts } from '../../backend/store-copy/copy-records.ts';
import type { CopiedStore } from '../../backend/store-copy/copy-store.ts';
import type { CopyStep, NotCarried } from '../../backend/store-copy/copy-work.ts';
import { grams, kilowattHours, money } from './amounts.ts';
import type { ProgressLine } from './progress-line.ts';
import { formatTable, printable } from './text-table.ts';

/** One step of a copy on the line of progress. */
export function showStep(line: ProgressLine, { what, cluster, done, of }: CopyStep): void {
  const subject = cluster === null ? what : `${what} ${printable(cluster)}`;
  if (of === null) line.show(`${subject}: ${done}`);
  else line.showShare(`${subject}: ${done} of ${of} windows`, done, of);
}

/** What `--json` prints. */
export function copyResult({ from, to, clusters, shared }: CopiedStore): object {
  return {
    from,
    to,
    clusters: clusters.map(({ id, name, currency, windows, records, verified }) => ({
      id,
      name,
      windows_written: windows.written,
      windows_already_there: windows.there,
      not_carried: notCarriedResult(windows.notCarried),
      records: countsResult(records),
      verified: {
        windows: verified.windows,
        rows: verified.rows,
        joules: verified.joules,
        co2e_grams: verified.co2eGrams,
        embodied_co2e_grams: verified.embodiedCo2eGrams,
        total_cost: verified.totalCost,
        currency,
      },
    })),
    records: countsResult(shared),
  };
}

/** By names as the rest of the answer has them: `savings_days`. */
function countsResult(counts: RecordCounts): Readonly<Record<string, number>> {
  const snake = (kind: string): string => kind.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return Object.fromEntries(Object.entries(counts).map(([kind, count]) => [snake(kind), count]));
}

function notCarriedResult(notCarried: NotCarried | null): object | null {
  if (notCarried === null) return null;
  const { windows, range } = notCarried;
  return { windows, start: iso(range.startSeconds), end: iso(range.endSeconds) };
}

/** What was copied, for a person. */
export function formatCopy({ from, to, clusters }: CopiedStore): string {
  const head = `from    ${printable(from)}\nto      ${printable(to)}\n`;
  if (clusters.length === 0) return `${head}\nThe source knows no cluster.\n`;
  const table = formatTable<CopiedCluster>(
    [
      { title: 'CLUSTER', text: ({ name }) => name },
      { title: 'WRITTEN', align: 'right', text: ({ windows }) => String(windows.written) },
      { title: 'THERE BEFORE', align: 'right', text: ({ windows }) => String(windows.there) },
      { title: 'WINDOWS', align: 'right', text: ({ verified }) => String(verified.windows) },
      { title: 'ROWS', align: 'right', text: ({ verified }) => String(verified.rows) },
      { title: 'KWH', align: 'right', text: ({ verified }) => kilowattHours(verified.joules) },
      {
        title: 'GCO2E',
        align: 'right',
        text: ({ verified }) => grams(verified.co2eGrams + verified.embodiedCo2eGrams),
      },
      { title: 'COST', align: 'right', text: ({ verified, currency }) => `${money(verified.totalCost)} ${currency}` },
    ],
    clusters,
  );
  const checked = 'Windows, rows, energy, carbon and cost of what was copied are the same in both stores.\n';
  return `${head}\n${table}\n${checked}${clusters.map(notCarriedText).join('')}`;
}

function notCarriedText({ name, windows: { notCarried } }: CopiedCluster): string {
  if (notCarried === null) return '';
  const { windows, range } = notCarried;
  const count = windows === 1 ? '1 window' : `${windows} windows`;
  return `Not copied of ${printable(name)}: ${count} from ${iso(range.startSeconds)} to ${iso(range.endSeconds)}. Retention removed their rows from the source; their hourly and daily totals stay there alone.\n`;
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
