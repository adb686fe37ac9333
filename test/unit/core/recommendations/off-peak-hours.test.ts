import { describe, expect, it } from 'vitest';
import { localHours } from '../../../../src/core/recommendations/local-hours.ts';
import { hoursOfPeriod, isIn, quietPeriods } from '../../../../src/core/recommendations/off-peak-hours.ts';
import { START } from './made-cluster.ts';

const week = localHours({ startSeconds: START, endSeconds: START + 168 * 3600 }, 'UTC');
const at = (of: (hour: number, day: number) => boolean | null) => (index: number) =>
  of(index % 24, Math.floor(index / 24));

describe('quiet periods', () => {
  it('are the longest stretch, over midnight too', () => {
    expect(
      quietPeriods(
        week,
        at((hour) => hour >= 21 || hour < 5),
        4,
      ),
    ).toEqual([
      { days: 'weekdays', fromHour: 21, toHour: 5 },
      { days: 'weekend', fromHour: 21, toHour: 5 },
    ]);
  });

  it('end at 24 where they end at midnight', () => {
    expect(
      quietPeriods(
        week,
        at((hour) => hour >= 18),
        4,
      )[0],
    ).toEqual({ days: 'weekdays', fromHour: 18, toHour: 24 });
  });

  it('of a whole day are 0 to 24', () => {
    expect(
      quietPeriods(
        week,
        at((_, day) => day >= 5),
        4,
      ),
    ).toEqual([{ days: 'weekend', fromHour: 0, toHour: 24 }]);
  });

  it('of two as long take the earlier', () => {
    const twice = at((hour) => (hour >= 2 && hour < 6) || (hour >= 12 && hour < 16));
    expect(quietPeriods(week, twice, 4)[0]).toEqual({ days: 'weekdays', fromHour: 2, toHour: 6 });
  });

  it.each([
    [4, 2],
    [5, 0],
  ])('of 4 hours where %s are asked for: %s', (minHours, count) => {
    expect(
      quietPeriods(
        week,
        at((hour) => hour < 4),
        minHours,
      ),
    ).toHaveLength(count);
  });

  it('need three weekdays and both days of a weekend', () => {
    const from = (days: readonly number[]) => at((_, day) => (days.includes(day) ? true : null));
    expect(quietPeriods(week, from([0, 1]), 4)).toEqual([]);
    expect(quietPeriods(week, from([0, 1, 2]), 4)).toHaveLength(1);
    expect(quietPeriods(week, from([5]), 4)).toEqual([]);
    expect(quietPeriods(week, from([5, 6]), 4)).toHaveLength(1);
  });

  it('are quiet on four of five days, not on three', () => {
    const busyOn = (days: number) => at((_, day) => day >= days && day < 5);
    expect(quietPeriods(week, busyOn(1), 4)).toHaveLength(1);
    expect(quietPeriods(week, busyOn(2), 4)).toEqual([]);
  });

  it('are quiet at an hour that comes twice only where both are', () => {
    const start = Date.UTC(2026, 9, 24, 22) / 1000;
    // Two weekends in Berlin; the first Sunday has the hour from 2 to 3 twice.
    const hours = localHours({ startSeconds: start - 24 * 3600, endSeconds: start + 8 * 24 * 3600 }, 'Europe/Berlin');
    const second = hours.findIndex((each, index) => each.hour === 2 && hours[index - 1]?.hour === 2);
    expect(second).toBeGreaterThan(0);
    const busyAt = (hour: number) =>
      quietPeriods(hours, (index) => index !== hour, 4).find(({ days }) => days === 'weekend');
    const but2To3 = { days: 'weekend', fromHour: 3, toHour: 2 };
    expect([busyAt(second - 1), busyAt(second)]).toEqual([but2To3, but2To3]);
  });
});

describe('an hour in a period', () => {
  const night = { days: 'weekdays', fromHour: 20, toHour: 6 } as const;
  const hour = (value: number, isWeekend = false) => ({ date: '2026-11-02', hour: value, isWeekend });

  it('begins at its first and ends before its last', () => {
    expect([19, 20, 23, 0, 5, 6].map((each) => isIn(night, hour(each)))).toEqual([
      false,
      true,
      true,
      true,
      true,
      false,
    ]);
    const day = { days: 'weekdays', fromHour: 8, toHour: 10 } as const;
    expect([7, 8, 9, 10].map((each) => isIn(day, hour(each)))).toEqual([false, true, true, false]);
  });

  it('is one of its own days', () => {
    expect(isIn(night, hour(22, true))).toBe(false);
    expect(isIn({ ...night, days: 'weekend' }, hour(22, true))).toBe(true);
  });

  it('counts its hours', () => {
    expect(
      [night, { ...night, fromHour: 0, toHour: 24 }, { ...night, fromHour: 1, toHour: 5 }].map(hoursOfPeriod),
    ).toEqual([10, 24, 4]);
  });
});
