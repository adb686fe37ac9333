import type { Command } from 'commander';
import type { Client } from '../../server/client.ts';
import { UsageError } from '../report-failure.ts';
import type { SharedOptions } from './command-settings.ts';

/** Options that say what a figure is about: a range and what to narrow it to. */
export interface FilterOptions extends SharedOptions {
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
}

const RANGE_NAMES = ['last', 'start', 'end', 'tz'] as const;
const FILTER_NAMES = ['namespace', 'workload', 'pod', 'node', 'team'] as const;

export type FilterQuery = Partial<Record<(typeof RANGE_NAMES)[number] | (typeof FILTER_NAMES)[number], string>> & {
  cluster?: string;
};

export function withStoreOptions(command: Command): Command {
  return command
    .option('--data-dir <dir>', 'folder of the results')
    .option('--store <url>', 'store of the results: sqlite:///FILE, postgres://… or elasticsearch+https://…');
}

/** @param last the range where none is given, as the command's help names it */
export function withRangeOptions(command: Command, last: string): Command {
  return command
    .option('--last <range>', `range that ends now: a number and h, d, w, m or y, or ytd (${last})`)
    .option('--start <instant>', 'start of the range, ISO-8601')
    .option('--end <instant>', 'end of the range, ISO-8601')
    .option('--tz <zone>', 'IANA time zone of days, weeks and months (UTC)');
}

export function withFilterOptions(command: Command): Command {
  return command
    .option('--cluster <name>', 'only this cluster: its id, its name or its context')
    .option('--namespace <name>', 'only this namespace')
    .option('--workload <kind/name>', 'only this workload')
    .option('--pod <name>', 'only this pod')
    .option('--node <name>', 'only this node')
    .option('--team <name>', 'only this team');
}

/** @throws UsageError where `--last` and `--start` are both given */
export function checkRange({ last, start, end }: FilterOptions): void {
  if (last !== undefined && (start !== undefined || end !== undefined)) {
    throw new UsageError('--last goes without --start and --end');
  }
}

/** What the options mean for the API; a cluster may be named by its name or its context too. */
export async function filterQuery(options: FilterOptions, client: Client): Promise<FilterQuery> {
  const names = [...RANGE_NAMES, ...FILTER_NAMES];
  const given = Object.fromEntries(
    names.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]] as const])),
  );
  return { ...given, ...(await clusterQuery(options.cluster, client)) };
}

export async function clusterQuery(cluster: string | undefined, client: Client): Promise<{ cluster?: string }> {
  if (cluster === undefined) return {};
  const { clusters } = await client.clusters.list();
  if (clusters.some(({ id }) => id === cluster)) return { cluster };
  const named = clusters.filter(({ name, context_name }) => name === cluster || context_name === cluster);
  const [only] = named;
  if (named.length > 1) {
    throw new UsageError(
      `${named.length} clusters are named "${cluster}"`,
      `Give the id: ${named.map(({ id }) => id).join(' or ')}.`,
    );
  }
  return { cluster: only?.id ?? cluster };
}
