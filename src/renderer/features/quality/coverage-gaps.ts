import type { Timeseries } from '../../../contract/schemas/metrics.ts';
import { findGaps, type Gap, shapeBuckets } from '../../charts/buckets.ts';

interface Missing {
  readonly gaps: readonly Gap[];
  /** Seconds of the buckets that were collected in part, and not. */
  readonly partialSeconds: number;
}

/** Holes of a range: what was expected and isn't there. Time before the first window was never expected. */
export function missingOf(answer: Pick<Timeseries, 'buckets'>): Missing {
  const expected = answer.buckets.filter((bucket) => bucket.expected_seconds > 0);
  const buckets = shapeBuckets(expected);
  const partialSeconds = expected.reduce(
    (sum, bucket) =>
      bucket.covered_seconds > 0 ? sum + Math.max(0, bucket.expected_seconds - bucket.covered_seconds) : sum,
    0,
  );
  return { gaps: findGaps(buckets), partialSeconds };
}

const HOUR = 3_600_000;
const MOST_HOURS = 9999;

/** How far back a reading must go to fill the oldest gap, as the collector takes it: `96h`. */
export function lastFor(gaps: readonly Gap[], nowMs: number): string | null {
  const oldest = gaps[0];
  if (oldest === undefined) return null;
  return `${Math.min(MOST_HOURS, Math.max(1, Math.ceil((nowMs - oldest.startMs) / HOUR)))}h`;
}
