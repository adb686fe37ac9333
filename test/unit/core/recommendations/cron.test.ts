import { describe, expect, it } from 'vitest';
import { atHour, dailySchedule } from '../../../../src/core/recommendations/cron.ts';

describe('a schedule that starts once a day', () => {
  it.each([
    ['30 1 * * *', { minute: 30, hour: 1, days: '* * *' }],
    ['  5   23  1,15 * MON-FRI ', { minute: 5, hour: 23, days: '1,15 * MON-FRI' }],
    ['@daily', { minute: 0, hour: 0, days: '* * *' }],
    ['@midnight', { minute: 0, hour: 0, days: '* * *' }],
  ])('%s', (schedule, expected) => {
    expect(dailySchedule(schedule)).toEqual(expected);
  });

  it.each([
    '*/5 * * * *',
    '0 */2 * * *',
    '0 1,13 * * *',
    '@hourly',
    '@every 1h',
    '60 1 * * *',
    '0 24 * * *',
    '',
    '1 2 3',
  ])('not %s', (schedule) => {
    expect(dailySchedule(schedule)).toBeNull();
  });

  it('not what holds more than a schedule', () => {
    expect(dailySchedule("0 1 * * ';rm")).toBeNull();
    expect(dailySchedule('0 1 * * $(x)')).toBeNull();
  });

  it('keeps minute and days at another hour', () => {
    expect(atHour({ minute: 5, hour: 1, days: '* * 1-5' }, 13)).toBe('5 13 * * 1-5');
  });
});
