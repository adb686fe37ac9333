import { describe, expect, it } from 'vitest';
import { isTimeZone, localClock, localHours } from '../../../../src/core/recommendations/local-hours.ts';

function range(from: string, hours: number) {
  const startSeconds = Date.parse(from) / 1000;
  return { startSeconds, endSeconds: startSeconds + hours * 3600 };
}

describe('hours on the clocks of a zone', () => {
  it('in UTC are those of the range', () => {
    const hours = localHours(range('2026-11-02T22:00:00Z', 4), 'UTC');
    expect(hours.map(({ date, hour }) => `${date} ${hour}`)).toEqual([
      '2026-11-02 22',
      '2026-11-02 23',
      '2026-11-03 0',
      '2026-11-03 1',
    ]);
  });

  it('know their own weekend', () => {
    // Friday evening in UTC is Saturday in Tokyo.
    const [hour] = localHours(range('2026-11-06T16:00:00Z', 1), 'Asia/Tokyo');
    expect(hour).toEqual({ date: '2026-11-07', hour: 1, isWeekend: true });
    expect(localHours(range('2026-11-06T16:00:00Z', 1), 'UTC')[0]?.isWeekend).toBe(false);
    expect(localHours(range('2026-11-08T10:00:00Z', 1), 'UTC')[0]?.isWeekend).toBe(true);
    expect(localHours(range('2026-11-09T10:00:00Z', 1), 'UTC')[0]?.isWeekend).toBe(false);
  });

  it('come twice when clocks go back', () => {
    const hours = localHours(range('2026-10-24T22:00:00Z', 5), 'Europe/Berlin').map(({ hour }) => hour);
    expect(hours).toEqual([0, 1, 2, 2, 3]);
  });

  it('miss one when clocks go forward', () => {
    const hours = localHours(range('2026-03-28T23:00:00Z', 4), 'Europe/Berlin').map(({ hour }) => hour);
    expect(hours).toEqual([0, 1, 3, 4]);
  });

  it('half an hour off, belong to the hour that they start in', () => {
    expect(localHours(range('2026-11-02T00:00:00Z', 2), 'Asia/Kolkata').map(({ hour }) => hour)).toEqual([5, 6]);
  });

  it('of an unknown zone are those of UTC', () => {
    expect(localHours(range('2026-11-02T03:00:00Z', 1), 'Nowhere/Town')[0]?.hour).toBe(3);
    expect([isTimeZone('Europe/Berlin'), isTimeZone('Nowhere/Town'), isTimeZone('')]).toEqual([true, false, false]);
  });

  it('are as many as the range has', () => {
    expect(localHours(range('2026-11-02T00:00:00Z', 168), 'America/New_York')).toHaveLength(168);
    expect(localHours(range('2026-11-02T00:00:00Z', 0), 'UTC')).toEqual([]);
  });
});

describe('the clock', () => {
  const noon = Date.UTC(2026, 6, 1, 12, 34, 56) / 1000;

  it.each([
    ['UTC', { hour: 12, minute: 34 }],
    ['Asia/Kolkata', { hour: 18, minute: 4 }],
    ['America/Los_Angeles', { hour: 5, minute: 34 }],
    ['Nowhere/Land', { hour: 12, minute: 34 }],
  ])('in %s', (zone, expected) => {
    expect(localClock(noon, zone)).toEqual(expected);
  });

  it('has 0 at midnight', () => {
    expect(localClock(Date.UTC(2026, 6, 1) / 1000, 'UTC')).toEqual({ hour: 0, minute: 0 });
  });
});
