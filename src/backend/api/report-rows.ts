import type * as z from 'zod';
import type { ReportInput, ReportRow } from '../../contract/schemas/reports.ts';
import type { SeriesPoint } from '../../core/ports/results-store.ts';
import { Failure } from '../../model/failure.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { bucketsOf, type Granularity } from '../ranges/buckets.ts';
import { toIso } from '../ranges/instants.ts';
import { FINE_RANGE_SECONDS } from '../ranges/resolve-range.ts';
import type { ApiDeps } from './deps.ts';
import { type Scope, scopeOf } from './scope.ts';

/** A file may have more buckets than a chart: two years of hours. */
const MOST_REPORT_BUCKETS = 18_000;

const GRANULARITY = { hourly: 'hour', daily: 'day', weekly: 'week', monthly: 'month', yearly: 'year' } as const;

export interface Report {
  readonly scope: Scope;
  /** Rows in the order of the file; a piece is one read of the store. */
  readonly pieces: AsyncIterable<readonly ReportRow[]>;
}

/** Opens a report: its input is checked here, its rows come as they are asked for. */
export async function openReport(
  input: z.infer<typeof ReportInput>,
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): Promise<Report> {
  const scope = await scopeOf(input, '24h', deps);
  const { buckets } = bucketsOf(scope.range, granularityOf(input, scope), scope.timeZone, MOST_REPORT_BUCKETS);
  const groupBy = input.aggregate ? input.group_by : 'pod';
  const since = await firstWindowSeconds(scope, deps);
  // Each bucket is a read of the store: those from before the first window would all be empty.
  const filled = buckets.filter((bucket) => since !== null && bucket.endSeconds > since);
  const points = deps.store.report({ filter: scope.filter, buckets: filled, groupBy }, signal);
  return { scope, pieces: rowsOf(points, groupBy, scope.currency) };
}

/** Start of the oldest window of the clusters in question; null where nothing was collected yet. */
export async function firstWindowSeconds(
  { clusters }: Pick<Scope, 'clusters'>,
  { store }: Pick<ApiDeps, 'store'>,
): Promise<EpochSeconds | null> {
  const entries = await Promise.all(clusters.map((cluster) => store.firstEntry(cluster.id)));
  const starts = entries.flatMap((entry) => (entry === null ? [] : [entry.window.startSeconds]));
  return starts.length === 0 ? null : Math.min(...starts);
}

/** Without aggregation each window has its own rows: a window starts in exactly one piece of 5 minutes. */
function granularityOf(input: z.infer<typeof ReportInput>, { range }: Scope): Granularity {
  if (input.aggregate) return GRANULARITY[input.granularity];
  if (range.endSeconds - range.startSeconds <= FINE_RANGE_SECONDS) return '5m';
  throw new Failure(
    'bad-input',
    'aggregate=false works for ranges up to 48 hours: choose a shorter range, or aggregate',
  );
}

async function* rowsOf(
  points: AsyncIterable<readonly SeriesPoint[]>,
  groupBy: 'pod' | 'workload' | 'namespace',
  currency: string,
): AsyncGenerator<readonly ReportRow[], void> {
  for await (const piece of points) yield piece.map((point) => rowOf(point, groupBy, currency));
}

function rowOf(point: SeriesPoint, groupBy: 'pod' | 'workload' | 'namespace', currency: string): ReportRow {
  const { group } = point;
  return {
    period_start: toIso(point.bucketStartSeconds),
    cluster_id: group?.clusterId ?? null,
    namespace: group?.namespace ?? (groupBy === 'namespace' ? (group?.key ?? null) : null),
    owner_kind: group?.ownerKind ?? null,
    owner_name: group?.ownerName ?? null,
    pod_name: groupBy === 'pod' ? (group?.key ?? null) : null,
    node: group?.node ?? null,
    energy_joules: point.joules,
    facility_energy_joules: point.pueJoules,
    co2e_grams: point.co2eGrams,
    co2e_low_grams: point.co2eLowGrams,
    co2e_high_grams: point.co2eHighGrams,
    embodied_co2e_grams: point.embodiedCo2eGrams,
    total_cost: point.totalCost,
    currency,
  };
}
