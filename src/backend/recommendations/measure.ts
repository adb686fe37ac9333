import type { ResultsStore, SeriesPoint } from '../../core/ports/results-store.ts';
import type { Recommendation } from '../../model/recommendations/recommendation.ts';
import { type EpochSeconds, floorTo, type TimeRange } from '../../model/time.ts';
import { DAY_SECONDS, hoursIn, rangeOfDay } from './days.ts';
import type { DaySums } from './saved.ts';
import { measuredBy } from './shares.ts';
import type { MeasuredDays } from './verify.ts';

export type MeasureStore = Pick<ResultsStore, 'series' | 'coverage'>;

/** A day with less data than this share is no day to compare. */
const COVERED = 0.9;
/** Hours that are asked for at once stay well below what a store answers. */
const DAYS_AT_ONCE = 28;

/** The sums of the target's whole days, as far as they are covered. A day without rows of it, of a cluster that was watched, is 0. */
export async function measureDays(
  item: Recommendation,
  days: readonly EpochSeconds[],
  store: MeasureStore,
  signal?: AbortSignal,
): Promise<MeasuredDays> {
  const measured = new Map<EpochSeconds, DaySums>();
  for (const run of runsOf(days)) {
    const wanted = run.map(rangeOfDay);
    const coverage = await store.coverage([item.target.clusterId], wanted, signal);
    const covered = new Set(
      coverage
        .filter((each) => each.coveredSeconds >= COVERED * each.durationSeconds)
        .map((each) => each.bucketStartSeconds),
    );
    if (covered.size === 0) continue;
    const buckets = hoursIn(spanOf(run));
    const points = await store.series({ filter: measuredBy(item), buckets, groupBy: null, top: null }, signal);
    const byDay = Map.groupBy(points, (point) => floorTo(point.bucketStartSeconds, DAY_SECONDS));
    for (const day of run) if (covered.has(day)) measured.set(day, sumsOf(byDay.get(day) ?? []));
  }
  return measured;
}

function sumsOf(points: readonly SeriesPoint[]): DaySums {
  const sum = (of: (point: SeriesPoint) => number) => points.reduce((total, point) => total + of(point), 0);
  return {
    podHours: sum((point) => point.podCount),
    joules: sum((point) => point.joules),
    joulesDynamic: sum((point) => point.joulesDynamic),
    co2eGrams: sum((point) => point.co2eGrams),
    totalCost: sum((point) => point.totalCost),
    cpuMillicoreSeconds: sum((point) => point.cpuUsageMillicoreSeconds),
  };
}

/** Days side by side, in pieces. */
function runsOf(days: readonly EpochSeconds[]): EpochSeconds[][] {
  const runs: EpochSeconds[][] = [];
  for (const day of [...new Set(days)].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && last.at(-1) === day - DAY_SECONDS && last.length < DAYS_AT_ONCE) last.push(day);
    else runs.push([day]);
  }
  return runs;
}

function spanOf(run: readonly EpochSeconds[]): TimeRange {
  const first = run[0] ?? 0;
  return { startSeconds: first, endSeconds: first + run.length * DAY_SECONDS };
}
