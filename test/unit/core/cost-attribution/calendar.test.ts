import { expect, it } from 'vitest';
import {
  datesIn,
  hoursOf,
  monthOf,
  rangeOfDate,
  rangeOfMonth,
} from '../../../../src/core/cost-attribution/calendar.ts';

const at = (text: string): number => Date.parse(text) / 1000;

it.each([
  ['2026-02', '2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z', 28],
  ['2028-02', '2028-02-01T00:00:00Z', '2028-03-01T00:00:00Z', 29],
  ['2026-12', '2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z', 31],
  // In Paris this month has 743 hours; in UTC, as the cluster's rows, 744.
  ['2026-03', '2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z', 31],
])('%s goes from %s to %s', (month, start, end, days) => {
  const range = rangeOfMonth(month);
  expect(range).toEqual({ startSeconds: at(start), endSeconds: at(end) });
  expect(datesIn(range)).toHaveLength(days);
  expect(hoursOf(range)).toHaveLength(days * 24);
  expect(monthOf(range.startSeconds)).toBe(month);
  expect(monthOf(range.endSeconds - 1)).toBe(month);
});

it('a date is 24 hours, also where clocks change', () => {
  for (const date of ['2026-03-29', '2026-10-25', '2026-12-31']) {
    const { startSeconds, endSeconds } = rangeOfDate(date);
    expect(endSeconds - startSeconds).toBe(86_400);
    expect(hoursOf(rangeOfDate(date))).toHaveLength(24);
  }
});

it('hours are those that a range touches, dates those that begin in it', () => {
  const range = { startSeconds: at('2026-03-01T10:55:00Z'), endSeconds: at('2026-03-01T12:05:00Z') };
  expect(hoursOf(range).map((hour) => new Date(hour * 1000).getUTCHours())).toEqual([10, 11, 12]);
  expect(datesIn(range)).toEqual([]);
  expect(datesIn({ startSeconds: at('2026-03-01T00:00:00Z'), endSeconds: at('2026-03-02T00:00:01Z') })).toEqual([
    '2026-03-01',
    '2026-03-02',
  ]);
});
