import { describe, expect, it } from 'vitest';
import { timeAggregation, timeBuckets } from '../../../../src/storage/elasticsearch/time-buckets.ts';

const HOUR = 3600;
const DAY = 86_400;
const START = Date.UTC(2026, 0, 1) / 1000;

const run = (lengths: readonly number[], start = START) => {
  let at = start;
  return lengths.map((length) => {
    const bucket = { startSeconds: at, endSeconds: at + length };
    at += length;
    return bucket;
  });
};

describe('buckets of time', () => {
  it('of one length are a histogram with an offset', () => {
    const asked = timeAggregation(run([DAY, DAY], START - HOUR), {});
    expect(asked).toEqual({
      time: {
        date_histogram: { field: 'timestamp', fixed_interval: '86400s', offset: '82800s', min_doc_count: 1 },
      },
    });
  });

  it('move with a shift, back and forth', () => {
    const buckets = run([300, 300]);
    const asked = timeAggregation(buckets, {}, 'last_seen', 1);
    expect(asked['time']).toMatchObject({ date_histogram: { field: 'last_seen', offset: '1s' } });
    const answer = { time: { buckets: [{ key: (START + 301) * 1000, doc_count: 4 }] } };
    expect(timeBuckets(answer, buckets, 1).map(({ place }) => place)).toEqual([1]);
  });

  it('of different lengths are ranges, as where clocks change', () => {
    const buckets = run([DAY, 23 * HOUR, DAY]);
    const asked = timeAggregation(buckets, { s0: { sum: { field: 'joules' } } });
    expect(asked['time']).toMatchObject({
      date_range: {
        format: 'epoch_second',
        ranges: [
          { from: START, to: START + DAY },
          { from: START + DAY, to: START + DAY + 23 * HOUR },
          { from: START + DAY + 23 * HOUR, to: START + 2 * DAY + 23 * HOUR },
        ],
      },
      aggregations: { s0: { sum: { field: 'joules' } } },
    });
  });

  it('are found again in an answer, but for empty ones and those outside', () => {
    const uniform = run([HOUR, HOUR, HOUR]);
    const histogram = {
      time: {
        buckets: [
          { key: (START + HOUR) * 1000, doc_count: 2 },
          { key: (START + 9 * HOUR) * 1000, doc_count: 2 },
        ],
      },
    };
    expect(timeBuckets(histogram, uniform).map(({ place }) => place)).toEqual([1]);
    const uneven = run([HOUR, DAY]);
    const ranges = {
      time: {
        buckets: [
          { from: START * 1000, doc_count: 0 },
          { from: (START + HOUR) * 1000, doc_count: 5 },
        ],
      },
    };
    expect(timeBuckets(ranges, uneven).map(({ place }) => place)).toEqual([1]);
  });

  it('are none where no index answered', () => {
    expect(timeBuckets(undefined, run([HOUR]))).toEqual([]);
    expect(timeBuckets({}, run([HOUR]))).toEqual([]);
  });

  it('of an answer that is none are an error', () => {
    expect(() => timeBuckets({ time: { buckets: 7 } }, run([HOUR]))).toThrow(TypeError);
    expect(() => timeBuckets({ time: { buckets: [{ doc_count: 1 }] } }, run([HOUR]))).toThrow(TypeError);
  });
});
