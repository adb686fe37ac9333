import { stringify } from 'csv-stringify/sync';
import type * as z from 'zod';
import {
  type ExportChunk,
  type ExportInput,
  type ReportInput,
  ReportRow,
  type ReportSummary,
} from '../../contract/schemas/reports.ts';
import { toPeriod } from '../ranges/instants.ts';
import type { ApiDeps } from './deps.ts';
import { openReport } from './report-rows.ts';
import type { Scope } from './scope.ts';

const PREVIEW_ROWS = 20;
/** Some 60 kB: a text of megabytes would lie in memory several times on its way out. */
const ROWS_A_TEXT = 200;
const COLUMNS = Object.keys(ReportRow.shape);

/** What an export of the same input would hold. */
export async function reportSummary(
  input: z.infer<typeof ReportInput>,
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): Promise<z.infer<typeof ReportSummary>> {
  const { scope, pieces } = await openReport(input, deps, signal);
  const preview: ReportRow[] = [];
  let rowCount = 0;
  for await (const rows of pieces) {
    rowCount += rows.length;
    preview.push(...rows.slice(0, PREVIEW_ROWS - preview.length));
  }
  const totals = await deps.store.totals(scope.filter, scope.range, signal);
  return {
    row_count: rowCount,
    preview,
    total_co2e_grams: totals.co2eGrams,
    total_embodied_co2e_grams: totals.embodiedCo2eGrams,
    total_energy_joules: totals.joules,
    total_cost: totals.totalCost,
    currency: scope.currency,
    period: toPeriod(scope.range),
  };
}

/** The file in pieces, at most one read of the store in memory. Numbers have full precision: rows add up again. */
export async function* reportExport(
  input: z.infer<typeof ExportInput>,
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): AsyncGenerator<ExportChunk, void> {
  const { scope, pieces } = await openReport(input, deps, signal);
  const isCsv = input.format === 'csv';
  const contentType = isCsv ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8';
  yield { kind: 'file', file_name: `${fileStem(scope)}.${input.format}`, content_type: contentType };
  yield { kind: 'text', text: isCsv ? `${COLUMNS.join(',')}\n` : '[' };
  let isFirst = true;
  for await (const rows of pieces) {
    for (let from = 0; from < rows.length; from += ROWS_A_TEXT) {
      const some = rows.slice(from, from + ROWS_A_TEXT);
      yield { kind: 'text', text: isCsv ? csvOf(some) : jsonOf(some, isFirst) };
      isFirst = false;
    }
  }
  if (!isCsv) yield { kind: 'text', text: isFirst ? ']\n' : '\n]\n' };
}

/** `escape_formulas`: no spreadsheet may take a name for a formula. */
function csvOf(rows: readonly ReportRow[]): string {
  return stringify([...rows], { columns: COLUMNS, escape_formulas: true });
}

function jsonOf(rows: readonly ReportRow[], isFirst: boolean): string {
  const text = rows.map((row) => JSON.stringify(row)).join(',\n');
  return isFirst ? `\n${text}` : `,\n${text}`;
}

/** `podwatt-<cluster>-<start>-<end>`, only of characters that every file system takes. */
function fileStem({ clusters, filter, range }: Scope): string {
  const [only] = clusters;
  const name = filter.clusterIds.length === 1 || clusters.length === 1 ? (only?.name ?? 'clusters') : 'clusters';
  const safe = name.replaceAll(/[^A-Za-z0-9._-]+/g, '-').slice(0, 80);
  const { start, end } = toPeriod(range);
  const compact = (instant: string) => instant.replaceAll(/[-:]|Z$/g, '');
  return `podwatt-${safe}-${compact(start)}-${compact(end)}`;
}
