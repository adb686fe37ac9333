import { describe, expect, it } from 'vitest';
import { fitDays, weekdayOf } from '../../../../src/core/budgets/fit.ts';
import { dot, inverseOf } from '../../../../src/core/budgets/solve.ts';

const days = (amounts: readonly number[], first = 20_000) =>
  amounts.map((amount, index) => ({ day: first + index, amount }));

describe('the inverse of a matrix', () => {
  it('times the matrix is one', () => {
    const matrix = [
      [4, 1, 0],
      [1, 3, 1],
      [0, 1, 2],
    ];
    const inverse = inverseOf(matrix) ?? [];
    const product = matrix.map((row) =>
      [0, 1, 2].map((column) =>
        dot(
          row,
          inverse.map((line) => line[column] ?? 0),
        ),
      ),
    );
    product.flat().forEach((value, index) => {
      expect(value).toBeCloseTo(index % 4 === 0 ? 1 : 0, 12);
    });
  });

  it('is none where two columns say the same', () => {
    expect(
      inverseOf([
        [1, 2],
        [2, 4],
      ]),
    ).toBeNull();
  });
});

describe('a fitted model', () => {
  it('counts weekdays from Sunday', () => {
    // 1970-01-01 was a Thursday, 2026-06-07 is a Sunday.
    expect(weekdayOf(0)).toBe(4);
    expect(weekdayOf(Date.UTC(2026, 5, 7) / 86_400_000)).toBe(0);
    expect(weekdayOf(-5)).toBe(6);
  });

  it('is a mean before 7 days', () => {
    const model = fitDays(days([1, 2, 3]));
    expect(model).toMatchObject({ hasTrend: false, hasWeekdays: false, freedom: 2 });
    expect(model?.predict(20_010)).toBeCloseTo(2, 12);
    // s = 1; the error of the mean's own sum and of one day: √(1/3 + 1).
    expect(model?.sumError([{ day: 20_010, share: 1 }])).toBeCloseTo(Math.sqrt(4 / 3), 12);
    // Half a day: half the line's error, a quarter of the day's own variance.
    expect(model?.sumError([{ day: 20_010, share: 0.5 }])).toBeCloseTo(Math.sqrt(1 / 12 + 1 / 4), 12);
  });

  it('takes noise for no trend', () => {
    const model = fitDays(days([5, 9, 4, 10, 6, 8, 5, 9]));
    expect(model?.hasTrend).toBe(false);
    expect(model?.predict(0)).toBeCloseTo(7, 12);
  });

  it('takes a clear rise for one', () => {
    const model = fitDays(days([1, 2.1, 2.9, 4, 5.1, 5.9, 7]));
    expect(model?.hasTrend).toBe(true);
    expect(model?.predict(20_007)).toBeCloseTo(8, 1);
  });

  it('takes the mean for a weekday that was never seen', () => {
    const seen = days(Array.from({ length: 28 }, () => 3)).filter(({ day }) => weekdayOf(day) !== 0);
    const sunday = Array.from({ length: 7 }, (_, index) => 20_100 + index).find((day) => weekdayOf(day) === 0) ?? 0;
    expect(fitDays(seen)?.predict(sunday)).toBeCloseTo(3, 9);
  });

  it('lets weekdays that were seen once share a level', () => {
    // Two weeks of five weekdays, one Saturday, one Sunday twice the others.
    const all = days(Array.from({ length: 21 }, () => 4)).filter(
      ({ day }, index) => ![0, 6].includes(weekdayOf(day)) || index >= 14,
    );
    const known = all.map((each) => ([0, 6].includes(weekdayOf(each.day)) ? { ...each, amount: 8 } : each));
    const model = fitDays(known);
    const saturday = Array.from({ length: 7 }, (_, index) => 20_100 + index).find((day) => weekdayOf(day) === 6) ?? 0;
    expect(model?.predict(saturday)).toBeCloseTo(8, 9);
    expect(model?.predict(saturday + 2)).toBeCloseTo(4, 9);
  });

  it('of nothing is none', () => {
    expect(fitDays([])).toBeNull();
  });
});
