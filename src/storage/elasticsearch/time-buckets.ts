import type { estypes } from '@elastic/elasticsearch';
import type { TimeRange } from '../../model/time.ts';
import { type Aggregations, type Bucket, bucketsIn, countIn } from './sum-aggregations.ts';

const NAME = 'time';

/**
 * Asks for buckets of time of a date field. Buckets of one length are a histogram, which answers only those that have
 * documents; others (days with a change of clocks, months) are ranges. `shiftSeconds` moves every border.
 */
export function timeAggregation(
  buckets: readonly TimeRange[],
  aggregations: Aggregations,
  field = 'timestamp',
  shiftSeconds = 0,
): Aggregations {
  const inner = Object.keys(aggregations).length === 0 ? {} : { aggregations };
  const length = uniformLength(buckets);
  const [first] = buckets;
  if (length !== null && first !== undefined) {
    const offset = (((first.startSeconds + shiftSeconds) % length) + length) % length;
    const histogram: estypes.AggregationsDateHistogramAggregation = {
      field,
      fixed_interval: `${length}s`,
      offset: `${offset}s`,
      min_doc_count: 1,
    };
    return { [NAME]: { date_histogram: histogram, ...inner } };
  }
  const ranges = buckets.map(({ startSeconds, endSeconds }) => ({
    from: startSeconds + shiftSeconds,
    to: endSeconds + shiftSeconds,
  }));
  return { [NAME]: { date_range: { field, format: 'epoch_second', ranges }, ...inner } };
}

/** The buckets that have documents, each with its place in the question. */
export function timeBuckets(
  parent: Bucket | undefined,
  buckets: readonly TimeRange[],
  shiftSeconds = 0,
): readonly { readonly place: number; readonly bucket: Bucket }[] {
  const length = uniformLength(buckets);
  const start = buckets[0]?.startSeconds ?? 0;
  const places = length === null ? new Map(buckets.map((bucket, place) => [bucket.startSeconds, place])) : null;
  return bucketsIn(parent, NAME).flatMap((bucket) => {
    if (countIn(bucket) === 0) return [];
    const milliseconds = length === null ? bucket['from'] : bucket['key'];
    if (typeof milliseconds !== 'number') throw new TypeError('a bucket of time has no start');
    const from = milliseconds / 1000 - shiftSeconds;
    const place = length === null ? places?.get(from) : (from - start) / length;
    return place === undefined || place < 0 || place >= buckets.length ? [] : [{ place, bucket }];
  });
}

function uniformLength(buckets: readonly TimeRange[]): number | null {
  const [first] = buckets;
  if (first === undefined) return null;
  const length = first.endSeconds - first.startSeconds;
  const isUniform = buckets.every(
    ({ startSeconds, endSeconds }, place) =>
      startSeconds === first.startSeconds + place * length && endSeconds - startSeconds === length,
  );
  return isUniform && length > 0 ? length : null;
}
