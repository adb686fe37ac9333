import { describe, expect, test } from 'vitest';
import { parseCron } from '../../../../src/core/time-shift/cron.ts';
import { cronStarts } from '../../../../src/core/time-shift/cron-starts.ts';

const list = (values: Iterable<number> | undefined) => [...(values ?? [])].sort((a, b) => a - b);

describe('a field', () => {
  test.each<[string, readonly number[]]>([
    ['0', [0]],
    ['7,3,5', [3, 5, 7]],
    ['10-13', [10, 11, 12, 13]],
    ['*/20', [0, 20, 40]],
    ['10-40/15', [10, 25, 40]],
    ['50/4', [50, 54, 58]],
    ['0,30-31,*/30', [0, 30, 31]],
  ])('of minutes %s', (field, minutes) => {
    expect(list(parseCron(`${field} * * * *`)?.minutes)).toEqual(minutes);
  });

  test('has names of months and weekdays, and 7 is Sunday', () => {
    expect(list(parseCron('0 0 * JAN,dec *')?.months)).toEqual([1, 12]);
    expect(list(parseCron('0 0 * * Mon-Wed')?.daysOfWeek)).toEqual([1, 2, 3]);
    expect(list(parseCron('0 0 * * 5-7')?.daysOfWeek)).toEqual([0, 5, 6]);
    expect(list(parseCron('0 0 ? * 7')?.daysOfWeek)).toEqual([0]);
  });

  test.each([
    '',
    '* * * *',
    '* * * * * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * 32 * *',
    '* * * 13 *',
    '* * * * 8',
    '5-1 * * * *',
    '*/0 * * * *',
    '*/x * * * *',
    '1/2/3 * * * *',
    '1-2-3 * * * *',
    '-1 * * * *',
    '1, * * * *',
    '* * * foo *',
    '@every 5m',
    '@reboot',
    'TZ=UTC 0 0 * * *',
  ])('of %j is none', (text) => {
    expect(parseCron(text)).toBeNull();
  });

  test.each([
    ['@hourly', '0 * * * *'],
    ['@daily', '0 0 * * *'],
    ['@Midnight', '0 0 * * *'],
    ['@weekly', '0 0 * * 0'],
    ['@monthly', '0 0 1 * *'],
    ['@yearly', '0 0 1 1 *'],
    ['@annually', '0 0 1 1 *'],
  ])('%s is %s', (macro, text) => {
    expect(parseCron(`  ${macro} `)).toEqual(parseCron(text));
  });
});

describe('starts', () => {
  const at = (text: string) => Date.parse(text) / 1000;
  const starts = (schedule: string, from: string, to: string, zone: string | null = null) => {
    const parsed = parseCron(schedule);
    if (parsed === null) throw new Error(schedule);
    return cronStarts(parsed, { startSeconds: at(from), endSeconds: at(to) }, zone).map((start) =>
      new Date(start * 1000).toISOString().slice(0, 16),
    );
  };

  test('are in the range, its start included and its end not', () => {
    expect(starts('*/20 * * * *', '2026-03-10T12:20Z', '2026-03-10T13:20Z')).toEqual([
      '2026-03-10T12:20',
      '2026-03-10T12:40',
      '2026-03-10T13:00',
    ]);
    expect(starts('30 2 * * *', '2026-03-10T02:30:01Z', '2026-03-12T00:00Z')).toEqual(['2026-03-11T02:30']);
  });

  test('of a day of the month or a weekday come on either, where both are named', () => {
    expect(starts('0 0 13 * 5', '2026-03-01T00:00Z', '2026-03-16T00:00Z')).toEqual([
      '2026-03-06T00:00',
      '2026-03-13T00:00',
    ]);
    expect(starts('0 0 10 * 5', '2026-03-01T00:00Z', '2026-03-12T00:00Z')).toEqual([
      '2026-03-06T00:00',
      '2026-03-10T00:00',
    ]);
    expect(starts('0 0 */9 * 5', '2026-03-01T00:00Z', '2026-03-31T00:00Z')).toEqual([]);
    expect(starts('0 0 10 * *', '2026-03-01T00:00Z', '2026-05-01T00:00Z')).toEqual([
      '2026-03-10T00:00',
      '2026-04-10T00:00',
    ]);
  });

  test('are by the clocks of the zone, also where it is not a whole hour off', () => {
    expect(starts('0 9 * * *', '2026-01-01T00:00Z', '2026-01-02T00:00Z', 'America/New_York')).toEqual([
      '2026-01-01T14:00',
    ]);
    expect(starts('0 9 * * *', '2026-01-01T00:00Z', '2026-01-02T00:00Z', 'Asia/Kolkata')).toEqual(['2026-01-01T03:30']);
    expect(starts('5 0 1 1 *', '2025-12-31T00:00Z', '2026-01-02T00:00Z', 'Asia/Kathmandu')).toEqual([
      '2025-12-31T18:20',
    ]);
    expect(starts('0 0 * * *', '2026-01-01T00:00Z', '2026-01-02T00:00Z', 'Nowhere/Land')).toEqual(['2026-01-01T00:00']);
  });

  test('are left out in the hour that clocks skip, and come twice in the one that comes twice', () => {
    expect(starts('30 2 * * *', '2026-03-28T12:00Z', '2026-03-30T12:00Z', 'Europe/Paris')).toEqual([
      '2026-03-30T00:30',
    ]);
    expect(starts('30 2 * * *', '2026-10-24T12:00Z', '2026-10-25T12:00Z', 'Europe/Paris')).toEqual([
      '2026-10-25T00:30',
      '2026-10-25T01:30',
    ]);
  });
});

describe('days without starts', () => {
  const range = { startSeconds: Date.UTC(2026, 2, 1) / 1000, endSeconds: Date.UTC(2026, 10, 30) / 1000 };
  const startsIn = (text: string, zone: string) => {
    const schedule = parseCron(text);
    if (schedule === null) throw new Error(text);
    return cronStarts(schedule, range, zone).map((start) => new Date(start * 1000).toISOString().slice(0, 16));
  };

  test('are passed over without missing the first hours of the next, also where clocks go forward by two', () => {
    // There clocks go from 1:00 to 3:00 on the 29th.
    expect(startsIn('0 0 30 3 *', 'Antarctica/Troll')).toEqual(['2026-03-29T22:00']);
    expect(startsIn('15 0 8 3 *', 'America/New_York')).toEqual(['2026-03-08T05:15']);
    expect(startsIn('0 0 9 3 *', 'America/New_York')).toEqual(['2026-03-09T04:00']);
    expect(startsIn('0 0 1 11 *', 'America/New_York')).toEqual(['2026-11-01T04:00']);
    expect(startsIn('30 23 1 11 *', 'America/New_York')).toEqual(['2026-11-02T04:30']);
    expect(startsIn('0 0 4 10 *', 'Australia/Lord_Howe')).toEqual(['2026-10-03T13:30']);
  });

  test('at the end of a month as well', () => {
    expect(startsIn('0 0 1 4-6 *', 'UTC')).toEqual(['2026-04-01T00:00', '2026-05-01T00:00', '2026-06-01T00:00']);
  });
});
