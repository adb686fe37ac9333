import { describe, expect, it } from 'vitest';
import {
  coveredRanges,
  coveredSeconds,
  gainOfIncrease,
  medianInterval,
  scrapeIntervalSeconds,
} from '../../../../src/collectors/prometheus/coverage.ts';

const HOUR = { startSeconds: 3600, endSeconds: 7200 };
const everyThirty = (from: number, to: number): number[] =>
  Array.from({ length: Math.floor((to - from) / 30) + 1 }, (_, index) => from + index * 30);

describe('scrape interval', () => {
  it('is the median distance, so that a hole does not move it', () => {
    expect(scrapeIntervalSeconds([0, 30, 60, 90, 1290, 1320])).toBe(30);
  });

  it('is unknown with fewer than two samples', () => {
    expect(medianInterval([])).toBeNull();
    expect(medianInterval([5])).toBeNull();
    expect(scrapeIntervalSeconds([5])).toBe(30);
  });
});

describe('covered seconds', () => {
  it('cover a window whose samples lie beyond both edges', () => {
    const ranges = coveredRanges(everyThirty(3600 - 19, 7200 + 60), 30);
    expect(coveredSeconds(ranges, HOUR)).toBe(3600);
  });

  it('leave out a hole of 20 minutes: 2400 of 3600', () => {
    const times = [...everyThirty(3500, 4400), ...everyThirty(5600, 7300)];
    expect(coveredSeconds(coveredRanges(times, 30), HOUR)).toBe(2400);
  });

  it('bridge exactly 5 intervals and no second more', () => {
    expect(coveredRanges([0, 150], 30)).toEqual([{ startSeconds: 0, endSeconds: 150 }]);
    expect(coveredRanges([0, 151], 30)).toEqual([]);
  });

  it('count overlapping ranges once', () => {
    const ranges = [
      { startSeconds: 3600, endSeconds: 5000 },
      { startSeconds: 4000, endSeconds: 4500 },
      { startSeconds: 4900, endSeconds: 5100 },
    ];
    expect(coveredSeconds(ranges, HOUR)).toBe(1500);
  });

  it('are 0 for a single sample and for none', () => {
    expect(coveredSeconds(coveredRanges([4000], 30), HOUR)).toBe(0);
    expect(coveredSeconds(coveredRanges([], 30), HOUR)).toBe(0);
  });
});

describe('gainOfIncrease', () => {
  // What Prometheus does: the plain difference, stretched to where it reaches.
  const increaseOf = (rate: number, times: readonly number[], reached: number): number =>
    (rate * ((times.at(-1) ?? 0) - (times[0] ?? 0)) * reached) / ((times.at(-1) ?? 0) - (times[0] ?? 0));

  it('is the increase where it reaches both edges', () => {
    const times = everyThirty(3610, 7190);
    const gain = gainOfIncrease(HOUR, HOUR, {
      increase: increaseOf(2, times, 3600),
      times,
      startRate: null,
      endRate: null,
    });
    expect(gain).toBeCloseTo(7200, 6);
  });

  it('takes the rates around the edges where they are known', () => {
    const times = everyThirty(3610, 7190);
    const gain = gainOfIncrease(HOUR, HOUR, { increase: increaseOf(2, times, 3600), times, startRate: 8, endRate: 5 });
    expect(gain).toBeCloseTo(2 * 3570 + 8 * 10 + 5 * 20, 6);
  });

  it('fills a hole at the end with the mean rate', () => {
    const times = everyThirty(3600, 6600);
    const reached = 3000 + 15;
    const gain = gainOfIncrease(HOUR, HOUR, {
      increase: increaseOf(2, times, reached),
      times,
      startRate: null,
      endRate: null,
    });
    expect(gain).toBeCloseTo(7200, 6);
  });

  it('counts a node only while it existed', () => {
    const times = everyThirty(5400, 7200);
    const existed = { startSeconds: 5390, endSeconds: 7200 };
    const gain = gainOfIncrease(HOUR, existed, {
      increase: increaseOf(2, times, 1815),
      times,
      startRate: null,
      endRate: null,
    });
    expect(gain).toBeCloseTo(2 * 1810, 6);
  });

  it('knows nothing with one sample, or with none in the window', () => {
    const known = { increase: 5, startRate: null, endRate: null };
    expect(gainOfIncrease(HOUR, HOUR, { ...known, times: [4000] })).toBeNull();
    expect(gainOfIncrease(HOUR, HOUR, { ...known, times: [100, 130] })).toBeNull();
  });
});
