import type { Timeseries } from '../../contract/schemas/metrics.ts';
import { shapeBuckets } from '../charts/buckets.ts';
import type { Measure } from '../charts/measure.ts';

/** Values of each group over time for trends in cells, by the group's key; null where nothing was collected. */
export function trendsByGroup(answer: Timeseries, measure: Measure): ReadonlyMap<string, readonly (number | null)[]> {
  const buckets = shapeBuckets(answer.buckets);
  const place = new Map(buckets.map((bucket, index) => [bucket.startMs, index]));
  const trends = new Map<string, (number | null)[]>();
  for (const point of answer.timeseries) {
    const index = place.get(Date.parse(point.timestamp));
    if (index === undefined || point.group === undefined) continue;
    const values = trends.get(point.group) ?? buckets.map((bucket) => (bucket.state === 'gap' ? null : 0));
    values[index] = measure.value(point);
    trends.set(point.group, values);
  }
  return trends;
}

/** Words for a trend: where it begins, ends and stands highest against its mean. */
export function trendWords(name: string, values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  const first = known.at(0);
  const last = known.at(-1);
  if (first === undefined || last === undefined || mean <= 0) return `Trend of ${name}: no data`;
  const times = (value: number): string => `${(value / mean).toFixed(1)} times its mean`;
  return `Trend of ${name}: begins at ${times(first)}, ends at ${times(last)}, highest ${times(Math.max(...known))}`;
}
