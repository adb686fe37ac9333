import type { ExportInput } from '../../contract/schemas/reports.ts';
import type { Client } from '../../server/client.ts';
import type { CliDeps } from '../cli-deps.ts';
import { formatReport } from '../output/report-text.ts';
import { createSink, type Sink } from '../output/sink.ts';
import { UsageError } from '../report-failure.ts';
import { type SharedOptions, settingsFor } from './command-settings.ts';
import { withClient } from './with-client.ts';

// A table is read by a person and held in memory; files have no limit.
const MAX_TABLE_ROWS = 10_000;

export interface ReportOptions extends SharedOptions {
  last?: string;
  start?: string;
  end?: string;
  tz?: string;
  cluster?: string;
  namespace?: string;
  workload?: string;
  pod?: string;
  node?: string;
  team?: string;
  format: 'table' | 'csv' | 'json';
  groupBy: 'pod' | 'workload' | 'namespace';
  granularity: 'hourly' | 'daily' | 'weekly' | 'monthly' | 'yearly';
  output?: string;
}

/** `podwatt report`: the rows of a range as a table, CSV or JSON, on stdout or in a file. */
export async function report(options: ReportOptions, deps: CliDeps): Promise<void> {
  if (options.last !== undefined && (options.start !== undefined || options.end !== undefined)) {
    throw new UsageError('--last goes without --start and --end');
  }
  const { terminal } = deps;
  const settings = await settingsFor(options, terminal);
  const query = queryOf(options);
  await withClient(settings, deps, async (client) => {
    const sink = await createSink(options.output ?? null, terminal);
    try {
      if (options.format === 'table') await sink.write(await table(client, query, terminal.stopSignal));
      else await copyExport(client, { ...query, format: options.format }, sink, terminal.stopSignal);
      await sink.finish();
    } catch (error) {
      await sink.abandon();
      throw error;
    }
  });
}

type Query = Omit<ExportInput, 'format' | 'aggregate' | 'tz'> & { tz?: string };

function queryOf(options: ReportOptions): Query {
  const { last, start, end, tz, cluster, namespace, workload, pod, node, team } = options;
  const given = Object.entries({ last, start, end, tz, cluster, namespace, workload, pod, node, team });
  const filters: Partial<Query> = Object.fromEntries(given.filter(([, value]) => value !== undefined));
  return { ...filters, group_by: options.groupBy, granularity: options.granularity };
}

async function copyExport(
  client: Client,
  input: Query & { format: 'csv' | 'json' },
  sink: Sink,
  signal: AbortSignal,
): Promise<void> {
  for await (const chunk of await client.reports.export(input, { signal })) {
    if (chunk.kind === 'text') await sink.write(chunk.text);
  }
}

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
