import type { Timeseries } from '../../contract/schemas/metrics.ts';
import { bucketAt, shapeBuckets } from './buckets.ts';
import type { Measure } from './measure.ts';

/**
 * Totals of the period before, one entry for each bucket of `now`. Each earlier bucket is moved on by the distance of
 * the two periods and lands where its middle falls, so that a change of clocks shifts nothing. No data stays null.
 */
export function alignPrevious(now: Timeseries, before: Timeseries, measure: Measure): (number | null)[] {
  const columns = shapeBuckets(now.buckets);
  const shiftMs = Date.parse(now.period.start) - Date.parse(before.period.start);
  const totals = new Map<number, number>();
  for (const point of before.timeseries) {
    const at = Date.parse(point.timestamp);
    totals.set(at, (totals.get(at) ?? 0) + measure.value(point));
  }
  const aligned: (number | null)[] = columns.map(() => null);
  for (const bucket of shapeBuckets(before.buckets)) {
    const sum = totals.get(bucket.startMs) ?? 0;
    // Answers may fill a stretch without data with zeros.
    const total = sum === 0 && bucket.state === 'gap' ? null : sum;
    const place = bucketAt(columns, (bucket.startMs + bucket.endMs) / 2 + shiftMs);
    if (place < 0 || total === null) continue;
    aligned[place] = (aligned[place] ?? 0) + total;
  }
  return aligned;
}

/** Below this share of collected columns the period before is no comparison, as for changes of totals. */
const LEAST_COMPARED_SHARE = 0.5;

/** Whether the period before was collected for enough of the columns that have data now. */
export function isComparable(now: Timeseries, previous: readonly (number | null)[]): boolean {
  const collected = shapeBuckets(now.buckets).flatMap((bucket, index) => (bucket.state === 'gap' ? [] : [index]));
  const compared = collected.filter((index) => (previous[index] ?? null) !== null);
  return compared.length > 0 && compared.length >= collected.length * LEAST_COMPARED_SHARE;
}

/** The period of the same length that ends where this one starts, ISO-8601. */
export function periodBefore(period: { start: string; end: string }): { start: string; end: string } {
  const start = Date.parse(period.start);
  const length = Date.parse(period.end) - start;
  return { start: new Date(start - length).toISOString(), end: new Date(start).toISOString() };
}

/** `7 days before`, `24 h before`: how far back a ghost is from. */
export function distanceWords(period: { start: string; end: string }): string {
  const hours = (Date.parse(period.end) - Date.parse(period.start)) / 3_600_000;
  if (hours < 1) return `${Math.round(hours * 60)} min before`;
  if (hours <= 48) return `${Math.round(hours)} h before`;
  return `${Math.round(hours / 24)} days before`;
}
