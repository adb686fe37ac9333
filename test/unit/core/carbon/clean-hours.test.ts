import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bestStart, cleanStretches, type HourValue } from '../../../../src/core/carbon/clean-hours.ts';

const HOUR = 3600;
const START = Date.UTC(2026, 2, 10, 13) / 1000;
const hours = (values: readonly number[]): HourValue[] =>
  values.map((gramsPerKwh, index) => ({ startSeconds: START + index * HOUR, gramsPerKwh }));
const hourOf = (seconds: number) => (seconds - START) / HOUR;

describe('the best start', () => {
  test('is that of the worked example', () => {
    const forecast = [420, 410, 380, 300, 220, 180, 170, 190, 260, 350, 400, 430];
    const best = bestStart(forecast, 3);
    expect(best).toEqual({ index: 5, sum: 540 });
    const now = forecast.slice(0, 3).reduce((sum, value) => sum + value, 0);
    expect(2 * now).toBe(2420);
    expect(2 * (best?.sum ?? 0)).toBe(1080);
  });

  test('is the earliest on a tie, and none where there are too few hours', () => {
    expect(bestStart([2, 1, 1, 2, 1, 1], 2)).toEqual({ index: 1, sum: 2 });
    expect(bestStart([5], 2)).toBeNull();
    expect(bestStart([], 1)).toBeNull();
  });

  test('no other start has a smaller sum, and none before it the same', () => {
    const values = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 4, maxLength: 30 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 4 }), (list, length) => {
        const best = bestStart(list, length);
        const sums = list
          .slice(0, list.length - length + 1)
          .map((_, at) => list.slice(at, at + length).reduce((sum, value) => sum + value, 0));
        expect(best).toEqual({ index: sums.indexOf(Math.min(...sums)), sum: Math.min(...sums) });
      }),
    );
  });
});

describe('clean hours', () => {
  test('grow to the side that is cleaner, up to four hours', () => {
    const [first] = cleanStretches(hours([400, 400, 200, 100, 100, 150, 300, 400]));
    expect([hourOf(first?.startSeconds ?? 0), hourOf(first?.endSeconds ?? 0)]).toEqual([2, 6]);
    expect(first?.gramsPerKwh).toBe(137.5);
    expect(first?.belowMean).toBeCloseTo(1 - 137.5 / 256.25, 12);
  });

  test('an hour above the mean beside them is left out', () => {
    const [first] = cleanStretches(hours([400, 400, 100, 100, 400, 400]));
    expect([hourOf(first?.startSeconds ?? 0), hourOf(first?.endSeconds ?? 0)]).toEqual([2, 4]);
  });

  test('a second stretch is another one, and comes after the better', () => {
    const found = cleanStretches(hours([400, 90, 90, 400, 400, 400, 80, 80, 400, 400]));
    expect(found.map((each) => hourOf(each.startSeconds))).toEqual([6, 1]);
  });

  test('a day without a difference has none; neither has one hour or nothing', () => {
    expect(cleanStretches(hours([100, 100, 100, 98, 99, 100]))).toEqual([]);
    expect(cleanStretches(hours([100]))).toEqual([]);
    expect(cleanStretches(hours([0, 0, 0]))).toEqual([]);
    expect(cleanStretches([])).toEqual([]);
  });

  test('the earlier of two that are as good comes first', () => {
    const found = cleanStretches(hours([400, 90, 90, 400, 90, 90, 400, 400]));
    expect(found.map((each) => hourOf(each.startSeconds))).toEqual([1, 4]);
  });

  test('five per cent below the mean is enough, less is not', () => {
    const mean = 100;
    const day = (clean: number) => hours([clean, clean, ...Array<number>(8).fill((10 * mean - 2 * clean) / 8)]);
    expect(cleanStretches(day(94))[0]?.belowMean).toBeCloseTo(0.06, 9);
    expect(cleanStretches(day(96))).toEqual([]);
  });

  test('do not depend on the order that hours come in, nor change it', () => {
    const list = hours([400, 90, 90, 400, 300, 80, 80, 400]);
    const reversed = [...list].reverse();
    expect(cleanStretches(reversed)).toEqual(cleanStretches(list));
    expect(reversed).toEqual([...list].reverse());
  });

  test('a worked day: noon first, what is left of it next, then the night; the evening is left alone', () => {
    const day = [210, 200, 190, 195, 205, 240, 300, 320, 260, 180, 120, 90, 80, 95, 130, 200, 280, 350, 390, 380];
    const found = cleanStretches(hours(day));
    expect(found.map(({ startSeconds, endSeconds }) => [hourOf(startSeconds), hourOf(endSeconds)])).toEqual([
      [10, 14],
      [14, 16],
      [1, 5],
    ]);
    // (120 + 90 + 80 + 95) ÷ 4, of a mean of 220.75.
    expect(found[0]?.gramsPerKwh).toBe(96.25);
    expect(found[0]?.belowMean).toBeCloseTo(1 - 96.25 / 220.75, 12);
  });

  test('never go over a gap', () => {
    const list = hours([100, 400, 400, 400, 100, 400, 400]).filter(({ startSeconds }) => hourOf(startSeconds) !== 1);
    for (const each of cleanStretches(list)) expect(hourOf(each.startSeconds)).toBeGreaterThan(1);
  });

  test('are 2 to 4 hours, apart from one another, below the mean, and at most three', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 0, maxLength: 24 }), (values) => {
        const found = cleanStretches(hours(values));
        const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
        expect(found.length).toBeLessThanOrEqual(3);
        const taken = new Set<number>();
        for (const each of found) {
          const length = (each.endSeconds - each.startSeconds) / HOUR;
          expect(length).toBeGreaterThanOrEqual(2);
          expect(length).toBeLessThanOrEqual(4);
          expect(each.gramsPerKwh).toBeLessThanOrEqual(mean * 0.95 + 1e-9);
          for (let at = each.startSeconds; at < each.endSeconds; at += HOUR) {
            expect(taken.has(at)).toBe(false);
            taken.add(at);
          }
        }
      }),
    );
  });
});
