import { describe, expect, it } from 'vitest';
import { bucketAt, findGaps, shapeBuckets } from '../../../../src/renderer/charts/buckets.ts';
import { at, coverage, HOUR } from './wire.ts';

describe('shapeBuckets', () => {
  it('calls a bucket whole, partial or gap by its covered seconds', () => {
    const states = shapeBuckets([coverage(at(0), HOUR), coverage(at(1), HOUR, 1800), coverage(at(2), HOUR, 0)]).map(
      (bucket) => bucket.state,
    );
    expect(states).toEqual(['whole', 'partial', 'gap']);
  });

  it('forgives a missing sample: 95 % of a bucket is whole, less is not', () => {
    expect(shapeBuckets([coverage(at(0), HOUR, 3420)])[0]?.state).toBe('whole');
    expect(shapeBuckets([coverage(at(0), HOUR, 3419)])[0]?.state).toBe('partial');
  });

  it('measures against the length of the bucket, so the one that still runs is partial', () => {
    const running = { ...coverage(at(0), HOUR, 1200), expected_seconds: 1200 };
    expect(shapeBuckets([running])[0]?.state).toBe('partial');
  });

  it('puts buckets in order of time', () => {
    expect(shapeBuckets([coverage(at(3), HOUR), coverage(at(1), HOUR)]).map((bucket) => bucket.startMs)).toEqual([
      at(1),
      at(3),
    ]);
  });

  it('keeps days of 23 and 25 hours as long as they are', () => {
    const day = shapeBuckets([coverage(at(0), 25 * HOUR)])[0];
    expect((day?.endMs ?? 0) - (day?.startMs ?? 0)).toBe(25 * HOUR * 1000);
  });
});

describe('findGaps', () => {
  it('joins neighbours and keeps stretches apart', () => {
    const buckets = shapeBuckets([0, 1, 0, 0, 1, 0].map((covered, hour) => coverage(at(hour), HOUR, covered * HOUR)));
    expect(findGaps(buckets)).toEqual([
      { startMs: at(0), endMs: at(1) },
      { startMs: at(2), endMs: at(4) },
      { startMs: at(5), endMs: at(6) },
    ]);
  });

  it('does not join across a missing bucket', () => {
    expect(findGaps(shapeBuckets([coverage(at(0), HOUR, 0), coverage(at(2), HOUR, 0)]))).toHaveLength(2);
  });

  it('finds none where all was collected', () => {
    expect(findGaps(shapeBuckets([coverage(at(0), HOUR), coverage(at(1), HOUR, 10)]))).toEqual([]);
  });
});

describe('bucketAt', () => {
  const buckets = shapeBuckets([coverage(at(0), HOUR), coverage(at(1), HOUR), coverage(at(3), HOUR)]);

  it('finds the bucket that holds an instant; an end belongs to the next', () => {
    expect(bucketAt(buckets, at(0))).toBe(0);
    expect(bucketAt(buckets, at(1) - 1)).toBe(0);
    expect(bucketAt(buckets, at(1))).toBe(1);
    expect(bucketAt(buckets, at(3.5))).toBe(2);
  });

  it('answers -1 before, after and between', () => {
    expect(bucketAt(buckets, at(0) - 1)).toBe(-1);
    expect(bucketAt(buckets, at(2.5))).toBe(-1);
    expect(bucketAt(buckets, at(4))).toBe(-1);
    expect(bucketAt([], at(0))).toBe(-1);
  });
});
