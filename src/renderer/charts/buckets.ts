import type { CoverageBucket } from '../../contract/schemas/metrics.ts';

/** `partial`: some of the bucket was collected, or it has not ended. `gap`: none of it. */
export type BucketState = 'whole' | 'partial' | 'gap';

/** One column of a chart, in epoch milliseconds. */
export interface Bucket {
  readonly startMs: number;
  readonly endMs: number;
  readonly coveredSeconds: number;
  readonly state: BucketState;
}

/** A run of buckets without data. */
export interface Gap {
  readonly startMs: number;
  readonly endMs: number;
}

/** Samples come every 15 to 60 s, so a whole window may miss its first or last one: that is not a hole. */
const WHOLE_SHARE = 0.95;

/** Coverage as answered by the backend → columns, in order of time. */
export function shapeBuckets(coverage: readonly CoverageBucket[]): Bucket[] {
  return coverage
    .map((bucket) => {
      const startMs = Date.parse(bucket.timestamp);
      const endMs = Date.parse(bucket.end);
      return {
        startMs,
        endMs,
        coveredSeconds: bucket.covered_seconds,
        state: stateOf(bucket, (endMs - startMs) / 1000),
      };
    })
    .toSorted((a, b) => a.startMs - b.startMs);
}

function stateOf(bucket: CoverageBucket, lengthSeconds: number): BucketState {
  if (bucket.covered_seconds <= 0) return 'gap';
  return bucket.covered_seconds < lengthSeconds * WHOLE_SHARE ? 'partial' : 'whole';
}

/** Neighbouring gap buckets as one stretch each. */
export function findGaps(buckets: readonly Bucket[]): Gap[] {
  const gaps: Gap[] = [];
  for (const bucket of buckets) {
    if (bucket.state !== 'gap') continue;
    const last = gaps.at(-1);
    if (last !== undefined && last.endMs === bucket.startMs)
      gaps[gaps.length - 1] = { startMs: last.startMs, endMs: bucket.endMs };
    else gaps.push({ startMs: bucket.startMs, endMs: bucket.endMs });
  }
  return gaps;
}

/** The bucket that an instant falls in; -1 outside. Buckets are in order and don't overlap. */
export function bucketAt(buckets: readonly { startMs: number; endMs: number }[], atMs: number): number {
  let low = 0;
  let high = buckets.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const bucket = buckets[middle];
    if (bucket === undefined) return -1;
    if (atMs < bucket.startMs) high = middle - 1;
    else if (atMs >= bucket.endMs) low = middle + 1;
    else return middle;
  }
  return -1;
}
