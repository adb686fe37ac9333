import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isAbove,
  isBelow,
  maximum,
  mean,
  percentile,
  variation,
} from '../../../../src/core/recommendations/statistics.ts';

describe('a percentile', () => {
  it('is the smallest value that enough of them don’t exceed', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
    expect(percentile(hundred, 0.95)).toBe(95);
    expect(percentile(hundred, 1)).toBe(100);
    expect(percentile(hundred, 0)).toBe(1);
    expect(percentile([5, 1, 3], 0.5)).toBe(3);
    expect(percentile([7], 0.95)).toBe(7);
    expect(percentile([], 0.95)).toBeNaN();
  });

  it('leaves at most 5 % above it, and is one of the values', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: 0, max: 1e6 }), { minLength: 1 }), (values) => {
        const p95 = percentile(values, 0.95);
        expect(values).toContain(p95);
        expect(values.filter((value) => value > p95).length).toBeLessThanOrEqual(values.length * 0.05);
      }),
    );
  });

  it('of hourly peaks is never below the one of the windows in them', () => {
    const hours = fc.array(fc.array(fc.integer({ min: 0, max: 999 }), { minLength: 12, maxLength: 12 }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(hours, (windows) => {
        const peaks = windows.map((each) => Math.max(...each));
        expect(percentile(peaks, 0.95)).toBeGreaterThanOrEqual(percentile(windows.flat(), 0.95));
      }),
    );
  });

  it('leaves its values in their order', () => {
    const values = [3, 1, 2];
    percentile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('mean, maximum and variation', () => {
  it('are what they say', () => {
    expect(mean([1, 2, 3])).toBe(2);
    expect(maximum([1, 9, 3])).toBe(9);
    expect(variation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(0.4, 12);
    expect(variation([5, 5, 5])).toBe(0);
  });

  it('of nothing or zeros', () => {
    expect(mean([])).toBeNaN();
    expect(maximum([])).toBe(Number.NEGATIVE_INFINITY);
    expect(variation([])).toBe(0);
    expect(variation([0, 0])).toBe(0);
  });
});

describe('thresholds', () => {
  it('are not passed by rounding', () => {
    const tenTenths = Array.from({ length: 10 }, () => 0.1).reduce((sum, value) => sum + value, 0);
    expect(tenTenths).not.toBe(1);
    expect(isBelow(tenTenths, 1)).toBe(false);
    expect(isAbove(0.1 + 0.2, 0.3)).toBe(false);
  });

  it('are passed by anything that counts', () => {
    expect([isBelow(0.999_999, 1), isBelow(1, 1), isBelow(1.1, 1)]).toEqual([true, false, false]);
    expect([isAbove(1.000_001, 1), isAbove(1, 1), isAbove(0.9, 1)]).toEqual([true, false, false]);
    expect([isBelow(0, 0), isAbove(0, 0), isBelow(Number.NaN, 1)]).toEqual([false, false, false]);
  });
});
