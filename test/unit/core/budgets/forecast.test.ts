import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecast, type UsedDay } from '../../../../src/core/budgets/forecast.ts';

const DAY = 86_400;
const at = (text: string): number => Date.parse(text) / 1000;

/** Days from `first` on, with what each used; null: nothing was collected. */
function days(first: string, amounts: readonly (number | null)[], covered = DAY): UsedDay[] {
  return amounts.flatMap((amount, index) => {
    const date = new Date((at(`${first}T00:00:00Z`) + index * DAY) * 1000).toISOString().slice(0, 10);
    return amount === null ? [] : [{ date, amount, coveredSeconds: covered }];
  });
}

const repeat = (count: number, amount: (index: number) => number): number[] =>
  Array.from({ length: count }, (_, i) => amount(i));

describe('a flat series', () => {
  // Whole of May and the first ten days of June at 2 a day.
  const known = days(
    '2026-05-01',
    repeat(41, () => 2),
  );

  it('ends where it went all along', () => {
    const answer = forecast('2026-06', known, 50, at('2026-06-11T00:00:00Z'));
    expect(answer).toMatchObject({ month: '2026-06', daysWithData: 10, historyDays: 41 });
    expect(answer.used).toBe(20);
    expect(answer.expected).toBeCloseTo(60, 9);
    // 5 % of the 40 to come.
    expect(answer.low).toBeCloseTo(58, 9);
    expect(answer.high).toBeCloseTo(62, 9);
  });

  it('passes its limit on the day that brings the sum to it', () => {
    expect(forecast('2026-06', known, 50, at('2026-06-11T00:00:00Z')).passedOn).toBe('2026-06-25');
    expect(forecast('2026-06', known, 19, at('2026-06-11T00:00:00Z')).passedOn).toBe('2026-06-10');
    expect(forecast('2026-06', known, 61, at('2026-06-11T00:00:00Z')).passedOn).toBeNull();
  });

  it('adds the rest of today, not all of it', () => {
    const today = [...known, { date: '2026-06-11', amount: 0.5, coveredSeconds: 6 * 3600 }];
    const answer = forecast('2026-06', today, 50, at('2026-06-11T06:00:00Z'));
    expect(answer.used).toBe(20.5);
    expect(answer.expected).toBeCloseTo(60, 9);
    expect(answer.daysWithData).toBe(11);
  });

  it('has nothing to come after its end', () => {
    const answer = forecast(
      '2026-05',
      days(
        '2026-05-01',
        repeat(31, () => 2),
      ),
      50,
      at('2026-06-02T00:00:00Z'),
    );
    expect(answer).toMatchObject({ used: 62, expected: 62, low: 62, high: 62, passedOn: '2026-05-25' });
  });

  it('knows the length of February', () => {
    const answer = forecast(
      '2028-02',
      days(
        '2028-01-01',
        repeat(32, () => 1),
      ),
      99,
      at('2028-02-02T00:00:00Z'),
    );
    expect(answer.expected).toBeCloseTo(29, 9);
  });
});

describe('a trend', () => {
  it('goes on as a straight line', () => {
    // 1, 2, … 40 from 2026-05-01 on; June has 31 … 40 used … then 42 … 61 of days 42 to 61.
    const known = days(
      '2026-05-01',
      repeat(41, (index) => index + 1),
    );
    const answer = forecast('2026-06', known, 10_000, at('2026-06-11T00:00:00Z'));
    const used = 32 + 33 + 34 + 35 + 36 + 37 + 38 + 39 + 40 + 41;
    const toCome = ((42 + 61) * 20) / 2;
    expect(answer.used).toBe(used);
    expect(answer.expected).toBeCloseTo(used + toCome, 6);
  });

  it('that falls ends at zero, not below', () => {
    const known = days(
      '2026-06-01',
      repeat(10, (index) => 10 - index),
    );
    const answer = forecast('2026-06', known, 10_000, at('2026-06-11T00:00:00Z'));
    expect(answer.expected).toBeCloseTo(55, 6);
    expect(answer.low).toBe(55);
  });

  it('is not read into six days', () => {
    const known = days(
      '2026-06-01',
      repeat(6, (index) => index + 1),
    );
    const answer = forecast('2026-06', known, 10_000, at('2026-06-07T00:00:00Z'));
    expect(answer.expected).toBeCloseTo(21 + 24 * 3.5, 9);
  });
});

describe('a weekly pattern', () => {
  /** 10 on weekdays, 2 on Saturdays and Sundays; 2026-05-01 is a Friday. */
  const ofDay = (index: number): number => ([1, 2].includes(index % 7) ? 2 : 10);

  it('gives each day to come that of its weekday', () => {
    const known = days('2026-05-01', repeat(41, ofDay));
    const answer = forecast('2026-06', known, 10_000, at('2026-06-11T00:00:00Z'));
    const month = repeat(30, (index) => ofDay(index + 31)).reduce((sum, value) => sum + value, 0);
    expect(answer.expected).toBeCloseTo(month, 6);
  });

  it('is not known before 14 days: the mean, and a range that holds it', () => {
    const known = days('2026-06-01', [10, 10, 10, 10, 10, 2]);
    const answer = forecast('2026-06', known, 10_000, at('2026-06-07T00:00:00Z'));
    const month = 22 * 10 + 8 * 2;
    expect(answer.low).toBeLessThan(month);
    expect(answer.high).toBeGreaterThan(month);
  });

  it('and a trend are told apart', () => {
    const known = days(
      '2026-05-01',
      repeat(42, (index) => ofDay(index) + index),
    );
    const answer = forecast('2026-06', known, 10_000, at('2026-06-12T00:00:00Z'));
    const month = repeat(30, (index) => ofDay(index + 31) + index + 31).reduce((sum, value) => sum + value, 0);
    expect(answer.expected).toBeCloseTo(month, 6);
  });
});

describe('gaps', () => {
  it('are no zeros in the pattern, and nothing is guessed for them', () => {
    const known = days('2026-06-01', [3, 3, null, null, null, 3, 3, 3, 3, 3]);
    const answer = forecast('2026-06', known, 1000, at('2026-06-11T00:00:00Z'));
    expect(answer.used).toBe(21);
    expect(answer.daysWithData).toBe(7);
    expect(answer.expected).toBeCloseTo(21 + 20 * 3, 9);
  });

  it('within a day scale it up to a day; a day with less than half is left out', () => {
    const known = [
      ...days(
        '2026-06-01',
        repeat(8, () => 4),
      ),
      { date: '2026-06-09', amount: 3, coveredSeconds: 0.75 * DAY },
      { date: '2026-06-10', amount: 0.1, coveredSeconds: 0.4 * DAY },
    ];
    const answer = forecast('2026-06', known, 1000, at('2026-06-11T00:00:00Z'));
    expect(answer.used).toBeCloseTo(35.1, 9);
    expect(answer.expected).toBeCloseTo(35.1 + 20 * 4, 9);
    expect(answer.historyDays).toBe(9);
  });

  it('before the first use are no history', () => {
    const known = [
      ...days(
        '2026-05-01',
        repeat(36, () => 0),
      ),
      ...days(
        '2026-06-06',
        repeat(5, () => 7),
      ),
    ];
    const answer = forecast('2026-06', known, 1000, at('2026-06-11T00:00:00Z'));
    expect(answer.historyDays).toBe(5);
    expect(answer.expected).toBeCloseTo(35 + 140, 9);
  });
});

describe('few days', () => {
  it('make a wide range', () => {
    const widths = [1, 5, 10, 20, 40].map((count) => {
      const first = new Date((at('2026-06-11T00:00:00Z') - count * DAY) * 1000).toISOString().slice(0, 10);
      const { low, high, expected, used } = forecast(
        '2026-06',
        days(
          first,
          repeat(count, () => 2),
        ),
        1000,
        at('2026-06-11T00:00:00Z'),
      );
      return (high - low) / (expected - used);
    });
    expect(widths.map((width) => Math.round(width * 100) / 100)).toEqual([1.2, 0.7, 0.4, 0.2, 0.1]);
  });

  it('take today where there is nothing else', () => {
    const today = [{ date: '2026-06-01', amount: 1, coveredSeconds: 6 * 3600 }];
    const answer = forecast('2026-06', today, 1000, at('2026-06-01T06:00:00Z'));
    expect(answer.expected).toBeCloseTo(120, 9);
    expect(answer.historyDays).toBe(1);
  });

  it('or none say nothing', () => {
    const answer = forecast('2026-06', [], 1000, at('2026-06-11T00:00:00Z'));
    expect(answer).toMatchObject({ used: 0, expected: 0, low: 0, high: 0, passedOn: null, historyDays: 0 });
  });
});

it('holds what was used, low, expected and high in that order, and moves with the unit', () => {
  fc.assert(
    fc.property(
      fc.array(fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })), { minLength: 1, maxLength: 60 }),
      fc.double({ min: 0.01, max: 1000, noNaN: true }),
      (amounts, factor) => {
        const now = at('2026-05-01T00:00:00Z') + amounts.length * DAY;
        const month = new Date(now * 1000).toISOString().slice(0, 7);
        const known = days('2026-05-01', amounts);
        const answer = forecast(month, known, 5, now);
        const slack = 1e-6 * Math.max(1, answer.high);
        expect(answer.used).toBeLessThanOrEqual(answer.low + slack);
        expect(answer.low).toBeLessThanOrEqual(answer.expected + slack);
        expect(answer.expected).toBeLessThanOrEqual(answer.high + slack);
        const scaled = known.map((day) => ({ ...day, amount: day.amount * factor }));
        expect(forecast(month, scaled, 5, now).used).toBeCloseTo(answer.used * factor, 3);
      },
    ),
    { numRuns: 200 },
  );
});
