import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecast, HISTORY_DAYS, type UsedDay } from '../../../../src/core/budgets/forecast.ts';
import { dateOf } from '../../../../src/core/cost-attribution/calendar.ts';

const DAY = 86_400;
const JUNE = Date.UTC(2026, 5, 1) / 1000;
const noonOf = (day: number): number => JUNE + (day - 1) * DAY;

/** Normal numbers from a seed, so that a range can be counted over many months (Box and Muller). */
function noise(seed: number): () => number {
  let state = seed;
  const uniform = (): number => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return (state + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** Days before 1 July, as many as asked for; the last 30 are June. */
function monthOf(amounts: readonly number[]): UsedDay[] {
  const first = JUNE + 30 * DAY - amounts.length * DAY;
  return amounts.map((amount, index) => ({ date: dateOf(first + index * DAY), amount, coveredSeconds: DAY }));
}

describe('the range', () => {
  it.each([
    ['a flat month', () => 0],
    ['a weekly pattern', (index: number) => (index % 7 < 2 ? -60 : 0)],
    ['a trend', (index: number) => index],
  ] as const)('of %s with noise holds its end at least 17 times of 20', (_, shape) => {
    let held = 0;
    const months = 200;
    for (let seed = 1; seed <= months; seed += 1) {
      const next = noise(seed);
      const days = monthOf(Array.from({ length: 60 }, (_, index) => 100 + shape(index) + 20 * next()));
      const end = days.slice(-30).reduce((sum, { amount }) => sum + amount, 0);
      const known = days.filter(({ date }) => date < '2026-06-11');
      const { low, high } = forecast('2026-06', known, 1e9, noonOf(11));
      if (low <= end && end <= high) held += 1;
    }
    expect(held / months).toBeGreaterThanOrEqual(0.85);
  });

  it('narrows as the month goes by', () => {
    const next = noise(7);
    const days = monthOf(Array.from({ length: 60 }, () => 100 + 20 * next()));
    const widths = [3, 11, 21, 29].map((day) => {
      const known = days.filter(({ date }) => date < dateOf(noonOf(day)));
      const { low, high } = forecast('2026-06', known, 1e9, noonOf(day));
      return high - low;
    });
    expect(widths).toEqual([...widths].sort((a, b) => b - a));
  });

  it('of one day that is known is wide on both sides', () => {
    const { expected, low, high, used } = forecast('2026-06', monthOf(Array(30).fill(4)).slice(0, 1), 1e9, noonOf(2));
    expect([used, expected]).toEqual([4, 120]);
    expect(low).toBeCloseTo(4 + 116 * 0.4, 9);
    expect(high).toBeCloseTo(4 + 116 * 1.6, 9);
  });
});

describe('the history', () => {
  it(`is the last ${HISTORY_DAYS} days: an older level has no say`, () => {
    const old = Array.from({ length: 40 }, () => 1000);
    const recent = Array.from({ length: HISTORY_DAYS }, () => 10);
    const all = monthOf([...old, ...recent, ...Array(20).fill(0)]).slice(0, -20);
    const answer = forecast('2026-06', all, 1e9, noonOf(11));
    expect(answer.historyDays).toBe(HISTORY_DAYS);
    expect(answer.expected).toBeCloseTo(300, 6);
  });

  it('is the same in whatever order the days come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(monthOf(Array.from({ length: 45 }, (_, index) => 3 + (index % 5)))), (days) => {
        const sorted = [...days].sort((a, b) => (a.date < b.date ? -1 : 1));
        expect(forecast('2026-06', days, 100, noonOf(15))).toEqual(forecast('2026-06', sorted, 100, noonOf(15)));
      }),
      { numRuns: 50 },
    );
  });
});

describe('the day on which a limit is passed', () => {
  it('is the first whose sum reaches it, in what was used and in what is expected', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), (limit) => {
        const days = monthOf(Array(30).fill(10)).slice(0, 12);
        const { passedOn } = forecast('2026-06', days, limit, noonOf(13));
        expect(passedOn).toBe(`2026-06-${String(Math.ceil(limit / 10)).padStart(2, '0')}`);
      }),
    );
  });

  it('may be today', () => {
    const days = [
      ...monthOf(Array(30).fill(10)).slice(0, 12),
      { date: '2026-06-13', amount: 2, coveredSeconds: DAY / 4 },
    ];
    expect(forecast('2026-06', days, 121, noonOf(13) + DAY / 4).passedOn).toBe('2026-06-13');
    expect(forecast('2026-06', days, 125, noonOf(13) + DAY / 4).passedOn).toBe('2026-06-13');
    expect(forecast('2026-06', days, 131, noonOf(13) + DAY / 4).passedOn).toBe('2026-06-14');
  });
});
