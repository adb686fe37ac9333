import { SECONDS_PER_HOUR } from '../units.ts';
import { maximum, mean, percentile } from './statistics.ts';
import type { HourlyUsage } from './usage-lines.ts';

export type Resource = 'cpu' | 'memory';

/** What one pod of a workload needed; millicores or bytes. */
export interface Need {
  /** By hour: mean of a pod, and highest window of the busiest pod; null where there is no data. */
  readonly means: readonly (number | null)[];
  readonly peaks: readonly (number | null)[];
  readonly mean: number;
  /** P95 of the hourly peaks. At most 5 % of all windows lie above it. */
  readonly p95: number;
  readonly maximum: number;
  readonly hasPeaks: boolean;
  readonly isStable: boolean;
}

const COLUMNS = {
  cpu: { used: 'cpuUsageMillicoreSeconds', reserved: 'cpuRequestMillicoreSeconds', peak: 'cpuPeakPodMillicores' },
  memory: { used: 'memoryUsageByteSeconds', reserved: 'memoryRequestByteSeconds', peak: 'memoryPeakPodBytes' },
} as const;
/** A peak this much above the mean was measured in a shorter window than the hour. */
const ABOVE_MEAN = 1.001;
/** The halves of the time may differ by this factor. */
const STEADY = 1.5;

const known = new WeakMap<HourlyUsage, Map<Resource, Need>>();

/** Several rules ask for it: worked out once. */
export function needOf(usage: HourlyUsage, resource: Resource): Need {
  const needs = known.get(usage) ?? new Map<Resource, Need>();
  const need = needs.get(resource) ?? workOut(usage, resource);
  known.set(usage, needs.set(resource, need));
  return need;
}

function workOut(usage: HourlyUsage, resource: Resource): Need {
  const { used, peak } = COLUMNS[resource];
  const pods = usage.column('podCount');
  const peakColumn = usage.column(peak);
  const means: (number | null)[] = [];
  const peaks: (number | null)[] = [];
  let above = 0;
  usage.column(used).forEach((total, hour) => {
    const count = pods[hour] ?? 0;
    if (Number.isNaN(total) || !(count > 0)) {
      means.push(null);
      peaks.push(null);
      return;
    }
    const average = total / SECONDS_PER_HOUR / count;
    const highest = Math.max(average, peakColumn[hour] || 0);
    if (highest > average * ABOVE_MEAN) above += 1;
    means.push(average);
    peaks.push(highest);
  });
  const values = peaks.filter((value) => value !== null);
  const half = Math.floor(values.length / 2);
  const [first, second] = [values.slice(0, half), values.slice(half)].map((part) => percentile(part, 0.95));
  return {
    means,
    peaks,
    mean: mean(means.filter((value) => value !== null)),
    p95: percentile(values, 0.95),
    maximum: maximum(values),
    hasPeaks: above * 2 >= values.length && values.length > 0,
    isStable: isSteady(first ?? 0, second ?? 0),
  };
}

function isSteady(first: number, second: number): boolean {
  return Math.max(first, second) <= STEADY * Math.min(first, second);
}

/**
 * Use over request: the larger of what the hours say (use over what was reserved then) and of the mean pod over the
 * request of today, so that neither a request that was lowered meanwhile nor short-lived pods make it look too small.
 */
export function shareUsed(usage: HourlyUsage, resource: Resource, podRequest: number, need: Need): number {
  const { used, reserved } = COLUMNS[resource];
  const held = usage.sum(reserved);
  const then = held > 0 ? usage.sum(used) / held : 0;
  return Math.max(then, podRequest > 0 ? need.mean / podRequest : 0);
}
