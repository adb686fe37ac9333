import { SECONDS_PER_HOUR } from '../units.ts';
import { type AnalysisContext, hourlySeries, leaveOut } from './analysis-context.ts';
import { bestHour, type HourOfWork, worthOfHour } from './carbon-hours.ts';
import { confidenceOf } from './confidence.ts';
import { atHour, type DailySchedule, dailySchedule } from './cron.ts';
import type { Draft } from './draft.ts';
import { NO_EFFECT } from './effect.ts';
import { localHours } from './local-hours.ts';
import { isBelow } from './statistics.ts';
import type { WorkloadCase } from './workload-case.ts';

const TYPE = 'CARBON_AWARE_SCHEDULING';
/** Kinds whose work can wait. */
const MOVABLE: ReadonlySet<string> = new Set(['CronJob', 'Job']);
/** Days with runs below which nothing is said. */
const LEAST_DAYS = 3;
/** Less than that is not worth moving work for. METHODOLOGY 1.14. */
const LEAST_GAIN = 0.05;

/**
 * Work that can wait and runs when the grid is dirty: the energy-weighted mean intensity of its hours over the plain mean
 * of the zone is at or above the threshold. Proposed: the start hour whose usual day is cleanest; the gain is what that
 * hour would have saved on the days that were seen, and its range starts at 0, as no day must be like those.
 */
export function carbonAware(context: AnalysisContext, workload: WorkloadCase): Draft | null {
  const { usage, spec } = workload;
  const { thresholds, range } = context.input;
  const known = context.intensity.filter((value) => value !== null);
  if (!MOVABLE.has(spec.kind) || known.length < Math.max(24, thresholds.minHours)) return null;
  const joules = usage.column('joulesDynamic');
  const local = localHours(range, spec.timeZone ?? 'UTC');
  const work = local.flatMap((at, hour): HourOfWork[] => {
    const weight = joules[hour] ?? Number.NaN;
    const gramsPerKwh = context.intensity[hour] ?? null;
    return weight > 0 && gramsPerKwh !== null ? [{ hour, at, weight, gramsPerKwh }] : [];
  });
  const days = new Set(work.map(({ at }) => at.date));
  if (days.size < LEAST_DAYS) return null;
  const weight = work.reduce((sum, each) => sum + each.weight, 0);
  const own = work.reduce((sum, each) => sum + each.weight * each.gramsPerKwh, 0) / weight;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  if (!(mean > 0 && !isBelow(own / mean, thresholds.carbonAwareRatio))) return null;
  const length = Math.max(1, Math.round(work.length / days.size));
  const hour = bestHour(context.intensity, local, length);
  const worth = hour === null ? 0 : worthOfHour(context.intensity, local, work, hour, length);
  if (hour === null || worth <= LEAST_GAIN) {
    return leaveOut(context, TYPE, workload.target, 'No other hour of the day would have saved more than 5 %');
  }
  return draftOf(context, workload, { own, mean, hour, worth, length, days: days.size });
}

interface Found {
  readonly own: number;
  readonly mean: number;
  /** Proposed start, local hour of the day. */
  readonly hour: number;
  /** Share of its dynamic carbon that the hour would have saved. */
  readonly worth: number;
  readonly length: number;
  readonly days: number;
}

function draftOf(context: AnalysisContext, workload: WorkloadCase, found: Found): Draft {
  const { usage, spec } = workload;
  const { own, mean, hour, worth } = found;
  const daily = spec.kind === 'CronJob' && spec.schedule !== null ? dailySchedule(spec.schedule) : null;
  const zone = spec.timeZone ?? 'UTC';
  const schedule = daily === null ? null : atHour(daily, hour);
  return {
    type: TYPE,
    title: titleOf(daily, hour),
    reason: `At its hours the grid had ${Math.round(own)} g/kWh, ${(own / mean).toFixed(1)} times the mean of ${Math.round(mean)}. On the ${found.days} days seen, ${clock(hour)} (${zone}) would have saved ${Math.round(worth * 100)} % of the carbon of its work.`,
    // Days of runs are few, and tomorrow's grid isn't last week's.
    confidence: confidenceOf({
      hoursObserved: context.intensity.filter((value) => value !== null).length,
      hoursPossible: context.hours,
      hasPeaks: true,
      isStable: found.days >= 5,
      doubts: 1,
    }),
    risk: 'low',
    atLeast: 'low',
    current: { schedule: spec.schedule, time_zone: zone, intensity_grams_per_kwh: own },
    recommended: { schedule, start_hour: hour, time_zone: zone },
    evidence: {
      series: [
        hourlySeries(context, 'Grid', 'gramsPerKwh', context.intensity),
        hourlySeries(context, 'Power of its work', 'watts', usage.series('joulesDynamic', 1 / SECONDS_PER_HOUR)),
      ],
      lines: [{ kind: 'threshold', label: `Mean ${Math.round(mean)} g/kWh`, value: mean }],
      figures: {
        own_grams_per_kwh: own,
        mean_grams_per_kwh: mean,
        ratio: own / mean,
        back_tested_share: worth,
        run_hours: found.length,
        days_with_runs: found.days,
      },
      hoursObserved: usage.observed,
      hoursPossible: context.hours,
    },
    effect: { ...NO_EFFECT, carbon: () => worth, isSure: false },
    needsNodeToGo: false,
    freedCpuMillicores: 0,
    freedMemoryBytes: 0,
    edits: [],
    deed: schedule === null ? null : { kind: 'reschedule', schedule },
    cautions: [
      'What waits for its result gets it later.',
      ...(schedule === null ? ['Its start is not a single time of the day: set it where it is started.'] : []),
    ],
  };
}

function titleOf(daily: DailySchedule | null, hour: number): string {
  if (daily === null) return `Run at ${clock(hour)}, when the grid is cleaner`;
  return `Run at ${clock(hour, daily.minute)}, not at ${clock(daily.hour, daily.minute)}`;
}

function clock(hour: number, minute = 0): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
