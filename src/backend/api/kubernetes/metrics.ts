import type * as z from 'zod';
import type {
  MetricPoint,
  MetricsSeries,
  MetricsSeriesInput,
  Resolution,
} from '../../../contract/schemas/kubernetes/series.ts';
import type { ResourceMetric } from '../../../model/kubernetes/objects.ts';
import { toIso, toPeriod } from '../../ranges/instants.ts';
import type { KubernetesDeps } from './deps.ts';
import { foundCluster, foundNamespace } from './found.ts';
import { seriesRange } from './series-range.ts';

const DAY_SECONDS = 86_400;
/** Rows of one object over the 90 days that they are kept, one every 5 minutes. */
const MOST_ROWS = 26_000;

const STEPS = {
  '5m': { stepSeconds: 300, defaultSeconds: DAY_SECONDS, coarser: 'resolution hour' },
  hour: { stepSeconds: 3600, defaultSeconds: 7 * DAY_SECONDS, coarser: 'resolution day' },
  day: { stepSeconds: DAY_SECONDS, defaultSeconds: 90 * DAY_SECONDS, coarser: null },
} as const satisfies Record<z.infer<typeof Resolution>, object>;

/** Usage of a cluster or namespace. A bucket in which nothing was measured is left out, never drawn as zero. */
export async function metricsOf(
  level: 'cluster' | 'namespace',
  input: z.infer<typeof MetricsSeriesInput>,
  { kubernetes, clock }: Pick<KubernetesDeps, 'kubernetes' | 'clock'>,
): Promise<z.infer<typeof MetricsSeries>> {
  const step = STEPS[input.resolution];
  const range = seriesRange(input, step, clock.nowSeconds());
  await (level === 'cluster' ? foundCluster(kubernetes, input.id) : foundNamespace(kubernetes, input.id));
  const rows = await kubernetes.metrics(level, input.id, range, MOST_ROWS);
  return {
    resource_type: level,
    object_id: input.id,
    resolution: input.resolution,
    period: toPeriod(range),
    metrics: pointsOf(rows, step.stepSeconds),
  };
}

export function pointsOf(rows: readonly ResourceMetric[], stepSeconds: number): MetricPoint[] {
  const buckets = new Map<number, ResourceMetric[]>();
  for (const row of rows) {
    const start = Math.floor(row.collectedAtSeconds / stepSeconds) * stepSeconds;
    buckets.set(start, [...(buckets.get(start) ?? []), row]);
  }
  return [...buckets.entries()].sort(([a], [b]) => a - b).map(([start, samples]) => pointOf(start, samples));
}

function pointOf(startSeconds: number, samples: readonly ResourceMetric[]): MetricPoint {
  return {
    timestamp: toIso(startSeconds),
    cpu_usage_cores: mean(samples.map((row) => row.cpuUsageCores)),
    memory_usage_bytes: mean(samples.map((row) => row.memoryUsageBytes)),
    network_rx_bytes: sum(samples.map((row) => row.networkReceiveBytes)),
    network_tx_bytes: sum(samples.map((row) => row.networkTransmitBytes)),
    storage_usage_bytes: mean(samples.map((row) => row.storageUsageBytes)),
    restarts: samples.reduce((total, row) => total + row.restarts, 0),
    oom_kills: samples.reduce((total, row) => total + row.oomKills, 0),
    sample_count: samples.length,
  };
}

function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}

function mean(values: readonly (number | null)[]): number | null {
  const count = values.filter((value) => value !== null).length;
  const total = sum(values);
  return total === null ? null : total / count;
}
