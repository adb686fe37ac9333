import type { AnalysisContext } from './analysis-context.ts';
import type { HourOfWork } from './carbon-hours.ts';
import { type LocalHour, localHours } from './local-hours.ts';
import type { WorkloadCase } from './workload-case.ts';
import type { HourlyIntensity } from './zone-intensity.ts';

/** Days with runs below which nothing is said. */
const LEAST_DAYS = 3;
const DAY_HOURS = 24;

/** When work that can wait was done, and on which grid. */
export interface CarbonWork {
  readonly intensity: HourlyIntensity;
  /** Known hours of it. */
  readonly known: readonly number[];
  readonly timeZone: string;
  readonly local: readonly LocalHour[];
  readonly hours: readonly HourOfWork[];
  /** Days with runs, on the clock of the workload. */
  readonly days: number;
  readonly runs: readonly Run[];
  /** gCO2e/kWh: of the work, by its energy, and plain mean of the hours of the grid. */
  readonly own: number;
  readonly mean: number;
}

/** Hours in a row with work, by index in the range; `to` not included. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

/** Null where less is known than a verdict needs. */
export function carbonWork(context: AnalysisContext, workload: WorkloadCase): CarbonWork | null {
  const { thresholds, range } = context.input;
  const intensity = context.intensityIn(workload.zone);
  const known = intensity.filter((value) => value !== null);
  if (known.length < Math.max(DAY_HOURS, thresholds.minHours)) return null;
  const joules = workload.usage.column('joulesDynamic');
  const timeZone = workload.spec.timeZone ?? 'UTC';
  const local = localHours(range, timeZone);
  const hours = local.flatMap((at, hour): HourOfWork[] => {
    const weight = joules[hour] ?? Number.NaN;
    const gramsPerKwh = intensity[hour] ?? null;
    return weight > 0 && gramsPerKwh !== null ? [{ hour, at, weight, gramsPerKwh }] : [];
  });
  const days = new Set(hours.map(({ at }) => at.date)).size;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  if (days < LEAST_DAYS || !(mean > 0)) return null;
  const weight = hours.reduce((sum, each) => sum + each.weight, 0);
  const own = hours.reduce((sum, each) => sum + each.weight * each.gramsPerKwh, 0) / weight;
  return { intensity, known, timeZone, local, hours, days, runs: runsOf(joules), own, mean };
}

/** Hours of a run, median; at least 1. What the range cuts off says nothing of how long it takes. */
export function runHours({ runs }: Pick<CarbonWork, 'runs'>): number {
  const lengths = runs.map(({ from, to }) => to - from).sort((a, b) => a - b);
  return Math.max(1, lengths[Math.floor(lengths.length / 2)] ?? 1);
}

/** UTC hour of the day at which all runs began; null where they began at different ones. */
export function usualStart({ runs }: Pick<CarbonWork, 'runs'>, startSeconds: number): number | null {
  const hours = new Set(runs.map(({ from }) => (Math.floor(startSeconds / 3600) + from) % DAY_HOURS));
  const [hour = null] = hours;
  return hours.size === 1 ? hour : null;
}

/** Whole runs; where the range cuts all of them off, these. */
function runsOf(joules: Float64Array): Run[] {
  const runs: Run[] = [];
  for (let hour = 0; hour < joules.length; hour += 1) {
    if (!((joules[hour] ?? Number.NaN) > 0)) continue;
    const last = runs.at(-1);
    if (last !== undefined && last.to === hour) runs[runs.length - 1] = { from: last.from, to: hour + 1 };
    else runs.push({ from: hour, to: hour + 1 });
  }
  const whole = runs.filter(({ from, to }) => from > 0 && to < joules.length);
  return whole.length > 0 ? whole : runs;
}
