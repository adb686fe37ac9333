import type { ExportInput } from '../../contract/schemas/reports.ts';
import type { Client } from '../../server/client.ts';
import type { CliDeps } from '../cli-deps.ts';
import { formatReport } from '../output/report-text.ts';
import { createSink } from '../output/sink.ts';
import { UsageError } from '../report-failure.ts';
import { settingsFor } from './command-settings.ts';
import { copyExport } from './copy-export.ts';
import { checkRange, type FilterOptions, filterQuery } from './filter-options.ts';
import { checkLimits, type LimitOptions, limitsOf } from './limits.ts';
import { withClient } from './with-client.ts';

// A table is read by a person and held in memory; files have no limit.
const MAX_TABLE_ROWS = 10_000;

export interface ReportOptions extends FilterOptions, LimitOptions {
  format: 'table' | 'csv' | 'json';
  json?: boolean;
  groupBy: ExportInput['group_by'];
  granularity: ExportInput['granularity'];
  output?: string;
}

/** `podwatt report`: the rows of a range as a table, CSV or JSON. Exit code 1 where a limit was passed. */
export async function report(options: ReportOptions, deps: CliDeps): Promise<void> {
  checkRange(options);
  const limits = limitsOf(options);
  const { terminal } = deps;
  const settings = await settingsFor(options, terminal);
  const format = options.json === true ? 'json' : options.format;
  await withClient(settings, deps, async (client) => {
    const filters = await filterQuery(options, client);
    const query = { ...filters, group_by: options.groupBy, granularity: options.granularity };
    const sink = await createSink(options.output ?? null, terminal);
    try {
      if (format === 'table') await sink.write(await table(client, query, terminal.stopSignal));
      else await copyExport(client, { ...query, format }, sink, terminal);
      await sink.finish();
    } catch (error) {
      await sink.abandon();
      throw error;
    }
    await checkLimits(limits, filters, client, terminal);
  });
}

type Query = Parameters<Client['reports']['summary']>[0];

async function table(client: Client, query: Query, signal: AbortSignal): Promise<string> {
  const summary = await client.reports.summary(query, { signal });
  if (summary.row_count > MAX_TABLE_ROWS) {
    throw new UsageError(
      `A table of ${summary.row_count} rows is too long to read`,
      'Use --format csv or json, a shorter range, or --group-by namespace.',
    );
  }
  let text = '';
  for await (const chunk of await client.reports.export({ ...query, format: 'json' }, { signal })) {
    if (chunk.kind === 'text') text += chunk.text;
  }
  return formatReport(summary, JSON.parse(text));
}
