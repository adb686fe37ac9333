import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCron } from '../../../../src/core/time-shift/cron.ts';
import { cronStarts } from '../../../../src/core/time-shift/cron-starts.ts';
import { dailyStart, delayedSchedule } from '../../../../src/core/time-shift/reschedule.ts';

const HOUR = 3600;
/** A whole leap year with days on both sides. */
const YEAR = { startSeconds: Date.UTC(2028, 0, 2) / 1000, endSeconds: Date.UTC(2029, 0, 2) / 1000 };

function startsOf(schedule: string, shiftHours: number): number[] {
  const cron = parseCron(schedule);
  if (cron === null) throw new Error(schedule);
  const range = {
    startSeconds: YEAR.startSeconds + shiftHours * HOUR,
    endSeconds: YEAR.endSeconds + shiftHours * HOUR,
  };
  return cronStarts(cron, range, null);
}

describe('a schedule that starts once a day', () => {
  test.each([
    ['30 1 * * *', { minute: 30, hour: 1 }],
    ['  5   23  1,15 * MON-FRI ', { minute: 5, hour: 23 }],
    ['@daily', { minute: 0, hour: 0 }],
    ['@midnight', { minute: 0, hour: 0 }],
    ['@Weekly', { minute: 0, hour: 0 }],
    ['0/60 2-2 * * *', { minute: 0, hour: 2 }],
  ])('%s', (schedule, expected) => {
    expect(dailyStart(schedule)).toEqual(expected);
  });

  test.each([
    '*/5 * * * *',
    '0 */2 * * *',
    '0 1,13 * * *',
    '@hourly',
    '@every 1h',
    '60 1 * * *',
    '0 24 * * *',
    '',
    '1 2 3',
    'TZ=UTC 0 1 * * *',
  ])('not %s', (schedule) => {
    expect(dailyStart(schedule)).toBeNull();
    expect(delayedSchedule(schedule, 1)).toBeNull();
  });

  test.each(["0 1 * * ';rm", '0 1 * * $(x)', '0 1 * * *;', '0 1 * * `id`'])('not what holds more: %s', (schedule) => {
    expect(delayedSchedule(schedule, 1)).toBeNull();
  });
});

describe('later', () => {
  test.each([
    ['5 1 * * 1-5', 12, '5 13 * * 1-5'],
    ['05 01 1,15 * MON-FRI', 2, '5 3 1,15 * MON-FRI'],
    ['@daily', 11, '0 11 * * *'],
    ['@weekly', 11, '0 11 * * 0'],
    ['@monthly', 11, '0 11 1 * *'],
    ['30 1 * * *', 0, '30 1 * * *'],
  ])('on the same day %s by %s h is %s', (schedule, hours, expected) => {
    expect(delayedSchedule(schedule, hours)).toBe(expected);
  });

  test.each([
    ['0 22 * * *', '0 4 * * *'],
    ['0 22 ? * ?', '0 4 ? * ?'],
    ['0 22 * * MON-FRI', '0 4 * * 2,3,4,5,6'],
    ['0 22 * * 6', '0 4 * * 0'],
    ['0 22 * * 5-7', '0 4 * * 0,1,6'],
    ['0 22 * * */2', '0 4 * * 0,1,3,5'],
    ['0 22 1,15,27 * *', '0 4 2,16,28 * *'],
    ['0 22 1-31 * 3', '0 4 1-31 * 3'],
    ['0 22 1 * 0-6', '0 4 1 * 0-6'],
  ])('over midnight %s has the days after: %s', (schedule, expected) => {
    expect(delayedSchedule(schedule, 6)).toBe(expected);
  });

  test.each([
    ['the end of a month', '0 22 28 * *'],
    ['a month', '0 22 * 6 *'],
    ['days of the month and the week', '0 22 13 * 5'],
    ['days of the month and every other of the week', '0 22 13 * */2'],
  ])('over midnight is none where %s is named', (_, schedule) => {
    expect(delayedSchedule(schedule, 6)).toBeNull();
    expect(delayedSchedule(schedule, 1)).not.toBeNull();
  });

  test('is each start of a year, so many hours later', () => {
    const days = fc.constantFrom('*', '?', '1', '27', '28', '1,15', '*/7', '3-9');
    const months = fc.constantFrom('*', '2', 'jan-mar');
    const weekdays = fc.constantFrom('*', '?', '0', '7', 'mon-fri', '*/3', '0-6');
    const hour = fc.integer({ min: 0, max: 23 });
    fc.assert(
      fc.property(hour, hour, days, months, weekdays, (at, later, day, month, weekday) => {
        const schedule = `20 ${at} ${day} ${month} ${weekday}`;
        const moved = delayedSchedule(schedule, later);
        if (moved === null) return at + later >= 24;
        const expected = startsOf(schedule, 0).map((start) => start + later * HOUR);
        expect(startsOf(moved, later)).toEqual(expected);
        return true;
      }),
      { numRuns: 25 },
    );
  });
});
