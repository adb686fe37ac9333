import { describe, expect, it } from 'vitest';
import { alertsDue } from '../../../../src/core/budgets/alerts.ts';
import { forecast, type UsedDay } from '../../../../src/core/budgets/forecast.ts';
import { dateOf, startOfDate } from '../../../../src/core/cost-attribution/calendar.ts';

const DAY = 86_400;
const HOUR = 3600;
const at = (text: string): number => Date.parse(text) / 1000;

/** Whole days from `first` up to the day before `end`, each with the same amount. */
function level(first: string, end: string, amount: number): UsedDay[] {
  const count = (startOfDate(end) - startOfDate(first)) / DAY;
  return Array.from({ length: count }, (_, index) => ({
    date: dateOf(startOfDate(first) + index * DAY),
    amount,
    coveredSeconds: DAY,
  }));
}
const without = (days: readonly UsedDay[], ...dates: string[]) => days.filter(({ date }) => !dates.includes(date));

describe('the first day of a month', () => {
  it('at midnight has all of the month to come, by the days of the month before', () => {
    const answer = forecast('2026-06', level('2026-05-01', '2026-06-01', 3), 1000, at('2026-06-01T00:00:00Z'));
    expect(answer).toMatchObject({ used: 0, daysWithData: 0, historyDays: 31, passedOn: null });
    expect(answer.expected).toBeCloseTo(90, 9);
    expect(answer.low).toBeCloseTo(90 * 0.95, 9);
  });

  it('with nothing before waits for an hour of it, and then guesses widely', () => {
    const first = (seconds: number) => [{ date: '2026-06-01', amount: seconds / HOUR, coveredSeconds: seconds }];
    const early = forecast('2026-06', first(HOUR - 1), 1000, at('2026-06-01T00:59:59Z'));
    expect(early).toMatchObject({ historyDays: 0, daysWithData: 1 });
    expect(early.expected).toBe(early.used);
    const later = forecast('2026-06', first(HOUR), 1000, at('2026-06-01T01:00:00Z'));
    expect(later).toMatchObject({ historyDays: 1, used: 1 });
    expect(later.expected).toBeCloseTo(720, 9);
    expect([later.low, later.high].map(Math.round)).toEqual([289, 1151]);
  });

  it('of a year goes on from December', () => {
    const days = [...level('2026-12-01', '2027-01-01', 2), ...level('2027-01-01', '2027-01-02', 5)];
    const answer = forecast('2027-01', days, 1000, at('2027-01-02T00:00:00Z'));
    // December's 62 is not of January.
    expect(answer).toMatchObject({ month: '2027-01', used: 5, daysWithData: 1, historyDays: 32 });
    expect(forecast('2026-12', days, 40, at('2027-01-02T00:00:00Z'))).toMatchObject({
      used: 62,
      expected: 62,
      passedOn: '2026-12-20',
    });
  });
});

describe('the last day of a month', () => {
  it.each([
    ['2026-02', '2026-02-28', 28],
    ['2028-02', '2028-02-29', 29],
    ['2026-04', '2026-04-30', 30],
    ['2026-12', '2026-12-31', 31],
  ])('%s ends with %s', (month, last, length) => {
    const before = level(`${month}-01`, last, 4);
    const half = [...before, { date: last, amount: 2, coveredSeconds: DAY / 2 }];
    const noon = forecast(month, half, 1000, startOfDate(last) + DAY / 2);
    expect(noon.used).toBe((length - 1) * 4 + 2);
    expect(noon.expected).toBeCloseTo(length * 4, 9);
    const second = forecast(month, half, 1000, startOfDate(last) + DAY - 1);
    expect(second.expected - second.used).toBeCloseTo(4 / DAY, 9);
    const over = forecast(month, half, 1000, startOfDate(last) + DAY);
    expect([over.expected, over.low, over.high]).toEqual([over.used, over.used, over.used]);
    // The limit is met by what the last afternoon is expected to bring.
    expect(forecast(month, half, length * 4 - 1, startOfDate(last) + DAY / 2).passedOn).toBe(last);
    expect(over.passedOn).toBeNull();
  });
});

describe('days that were not collected', () => {
  const all = level('2026-05-01', '2026-06-11', 10);

  it('in the months before change nothing of what is expected', () => {
    const gaps = without(all, '2026-05-02', '2026-05-03', '2026-05-20');
    const [whole, holes] = [all, gaps].map((days) => forecast('2026-06', days, 1000, at('2026-06-11T00:00:00Z')));
    expect(holes?.historyDays).toBe(38);
    expect(holes?.expected).toBeCloseTo(whole?.expected ?? 0, 9);
  });

  it('of the month itself lack in what was used and in the sum, and no more', () => {
    const gaps = without(all, '2026-06-04', '2026-06-05');
    const answer = forecast('2026-06', gaps, 95, at('2026-06-11T00:00:00Z'));
    expect(answer).toMatchObject({ used: 80, daysWithData: 8, passedOn: '2026-06-12' });
    expect(answer.expected).toBeCloseTo(280, 9);
  });

  it('count no day as known that has a line and no time', () => {
    const days = all.map((day) => (day.date === '2026-06-04' ? { ...day, amount: 0, coveredSeconds: 0 } : day));
    const answer = forecast('2026-06', days, 1000, at('2026-06-11T00:00:00Z'));
    expect(answer).toMatchObject({ daysWithData: 9, historyDays: 40, used: 90 });
  });

  it('of just half a day are in the pattern, of a second less are not', () => {
    const day = (coveredSeconds: number) =>
      forecast(
        '2026-06',
        [...level('2026-06-01', '2026-06-03', 10), { date: '2026-06-03', amount: 5, coveredSeconds }],
        1000,
        at('2026-06-04T00:00:00Z'),
      );
    expect(day(DAY / 2)).toMatchObject({ historyDays: 3, used: 25 });
    expect(day(DAY / 2).expected).toBeCloseTo(25 + 270, 9);
    expect(day(DAY / 2 - 1).historyDays).toBe(2);
  });
});

describe('a budget over a month', () => {
  const LIMIT = 100;
  /** What was first due on which day, with 5 a day in a month of 30: 150 in the end. */
  function alertedOn(perDay: number, history: readonly UsedDay[]): [string, string][] {
    const said = new Set<string>();
    const days = level('2026-06-01', '2026-07-01', perDay);
    return days.flatMap((_, index) => {
      const known = [...history, ...days.slice(0, index + 1)];
      const now = startOfDate('2026-06-01') + (index + 1) * DAY;
      const due = alertsDue(LIMIT, forecast('2026-06', known, LIMIT, now)).filter((kind) => !said.has(kind));
      for (const kind of due) said.add(kind);
      return due.map((kind): [string, string] => [days[index]?.date ?? '', kind]);
    });
  }

  it('that nothing was known of before warns after a week, and then at each step', () => {
    expect(alertedOn(5, [])).toEqual([
      ['2026-06-07', 'forecast'],
      ['2026-06-10', '50'],
      ['2026-06-16', '80'],
      ['2026-06-20', '100'],
    ]);
  });

  it('with a history is warned of on the first day', () => {
    expect(alertedOn(5, level('2026-05-01', '2026-06-01', 5))[0]).toEqual(['2026-06-01', 'forecast']);
  });

  it('that a first day uses up is over at once: steps in order, and no forecast any more', () => {
    expect(alertedOn(120, level('2026-05-01', '2026-06-01', 120))).toEqual([
      ['2026-06-01', '50'],
      ['2026-06-01', '80'],
      ['2026-06-01', '100'],
    ]);
  });

  it('that is met to the gram on the last day has its steps; below it there is no 100', () => {
    expect(alertedOn(100 / 30, []).at(-1)).toEqual(['2026-06-30', '100']);
    expect(alertedOn(3.3, []).map(([, kind]) => kind)).toEqual(['50', '80']);
  });

  it('that is over already says when it was passed, whatever is still to come', () => {
    const days = level('2026-06-01', '2026-06-11', 30);
    const answer = forecast('2026-06', days, LIMIT, at('2026-06-11T00:00:00Z'));
    expect(answer).toMatchObject({ used: 300, passedOn: '2026-06-04' });
    expect(answer.low).toBeGreaterThan(LIMIT);
    // A correction of a day's costs moves it.
    const corrected = days.map((day) => (day.date < '2026-06-04' ? { ...day, amount: 1 } : day));
    expect(forecast('2026-06', corrected, LIMIT, at('2026-06-11T00:00:00Z')).passedOn).toBe('2026-06-07');
  });
});
