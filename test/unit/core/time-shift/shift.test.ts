import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backTest, dayBefore } from '../../../../src/core/time-shift/back-test.ts';
import { bestShift, isWorthwhile, sumFrom } from '../../../../src/core/time-shift/shift.ts';

describe('the best start', () => {
  test('is the cheapest stretch, the earliest on a tie', () => {
    expect(bestShift([9, 5, 1, 1, 7, 1, 1], 2)).toEqual({ now: 14, startHours: 2, best: 2, gain: 12, share: 12 / 14 });
    expect(bestShift([3, 3, 3], 1)).toEqual({ now: 3, startHours: 0, best: 3, gain: 0, share: 0 });
  });

  test('is none where the run does not end before the deadline', () => {
    expect(bestShift([1, 2], 3)).toBeNull();
    expect(bestShift([], 1)).toBeNull();
    expect(bestShift([4, 2, 1], 3)).toMatchObject({ startHours: 0, gain: 0 });
  });

  test('of a grid without carbon gains nothing', () => {
    expect(bestShift([0, 0, 0], 1)).toMatchObject({ gain: 0, share: 0 });
  });

  test('is never worse than now, nor than any other start', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 48 }),
        fc.nat(10),
        (values, more) => {
          const length = Math.min(values.length, 1 + more);
          const shift = bestShift(values, length);
          expect(shift?.gain).toBeGreaterThanOrEqual(0);
          for (let start = 0; start + length <= values.length; start += 1) {
            expect(shift?.best).toBeLessThanOrEqual(sumFrom(values, start, length));
          }
        },
      ),
    );
  });
});

test('waiting is worth it only beyond 5 % and the error of the forecast', () => {
  expect([isWorthwhile(0.05, 0), isWorthwhile(0.051, 0)]).toEqual([false, true]);
  expect([isWorthwhile(0.1, 0.1), isWorthwhile(0.1, 0.09)]).toEqual([false, true]);
});

describe('playing back', () => {
  const day = Array.from({ length: 24 }, (_, hour) => (hour < 12 ? 400 : 100));
  const setup = { durationHours: 4, windowHours: 24 };

  test('of days that are all alike brings what was promised', () => {
    const result = backTest([...day, ...day, ...day, ...day], setup);
    expect(result).toMatchObject({ starts: 49, worseShare: 0, forecastErrorShare: 0 });
    expect(result?.realisedShare).toBeCloseTo(result?.foresightShare ?? 0, 12);
    expect(result?.promisedShare).toBeCloseTo(result?.foresightShare ?? 0, 12);
  });

  test('of days that are the other way round makes starts worse', () => {
    const turned = day.map((value) => 500 - value);
    const result = backTest([...day, ...turned, ...day], { ...setup, isStart: (index) => index % 24 === 0 });
    // The second day, cheap from the start, is moved to its dear half; the third day is dear, and kept so.
    expect(result).toMatchObject({ starts: 2, worseShare: 0.5, forecastErrorShare: 300 / 250 });
    expect(result?.realisedShare).toBeCloseTo(-3 / 2, 12);
    expect(result?.foresightShare).toBeCloseTo(0.75 / 2, 12);
    expect(result?.promisedShare).toBeCloseTo(0.75 / 2, 12);
  });

  test('of one delay takes it each time, whatever the day before said', () => {
    const turned = day.map((value) => 500 - value);
    const isStart = (index: number) => index % 24 === 0;
    const values = [...day, ...day, ...turned, ...day];
    const noon = backTest(values, { ...setup, isStart, delayHours: 12 });
    // Two plain days gain 3/4 each, the turned one emits four times as much.
    expect(noon?.delayed?.realisedShare).toBeCloseTo((0.75 + 0.75 - 3) / 3, 12);
    expect(noon?.delayed?.worseShare).toBeCloseTo(1 / 3, 12);
    expect(backTest(values, { ...setup, isStart, delayHours: 0 })?.delayed).toEqual({
      realisedShare: 0,
      worseShare: 0,
    });
    expect(backTest(values, { ...setup, isStart })?.delayed).toBeNull();
  });

  test('needs a day before the first start and a whole window after it', () => {
    expect(backTest([...day, ...day.slice(1)], setup)).toBeNull();
    expect(backTest([...day, ...day], setup)?.starts).toBe(1);
    expect(backTest([], setup)).toBeNull();
  });

  test('leaves out starts at which there is nothing to save', () => {
    expect(backTest(new Array(72).fill(0), setup)).toBeNull();
  });

  test('never promises more by foresight than there is', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 48, maxLength: 96 }), (values) => {
        const result = backTest(values, setup);
        expect(result?.realisedShare).toBeLessThanOrEqual((result?.foresightShare ?? 0) + 1e-12);
        expect(result?.foresightShare).toBeLessThan(1);
      }),
      { numRuns: 50 },
    );
  });

  test('takes the same hours of the day before, again over longer windows', () => {
    const values = Array.from({ length: 30 }, (_, index) => index);
    expect(dayBefore(values, 24, 3)).toEqual([0, 1, 2]);
    expect(dayBefore(values, 26, 26).slice(22)).toEqual([24, 25, 2, 3]);
  });
});
