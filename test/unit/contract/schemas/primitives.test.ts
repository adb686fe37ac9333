import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  filterFields,
  Instant,
  LAST_MESSAGE,
  Last,
  Name,
  Period,
  rangeFields,
  TimeZone,
} from '../../../../src/contract/schemas/primitives.ts';
import { refusals, refusedFields } from '../refusals.ts';

const Range = z.object(rangeFields);
const Filter = z.object(filterFields);

describe('last', () => {
  test.each(['1h', '24h', '48h', '7d', '30d', '4w', '6m', '1y', '10y', '9999h', 'ytd'])('takes %s', (last) => {
    expect(Range.parse({ last })).toEqual({ last, tz: 'UTC' });
  });

  test.each([
    ['abc', 'no number'],
    ['', 'nothing'],
    ['0h', 'no length'],
    ['007d', 'zeros before'],
    ['-1d', 'a sign'],
    ['1.5h', 'a fraction'],
    ['10000h', 'five digits'],
    ['24', 'no unit'],
    ['h', 'a unit alone'],
    ['24H', 'a capital unit'],
    ['6M', 'a capital unit'],
    ['10s', 'seconds'],
    ['5min', 'minutes'],
    ['YTD', 'capitals'],
    ['ytd2', 'more after ytd'],
    ['1ytd', 'a number before ytd'],
    [' 24h', 'space before'],
    ['24h ', 'space after'],
    ['24h\n', 'a line break after'],
    ['24h,7d', 'two ranges'],
  ])('refuses %j (%s) and names every form that works', (last) => {
    expect(refusals(Range, { last })).toEqual([`last: ${LAST_MESSAGE}`]);
  });

  test('its message names each unit that the pattern takes', () => {
    for (const form of ['24h', '7d', '4w', '6m', '1y', 'ytd']) {
      expect(LAST_MESSAGE).toContain(form);
      expect(Last.safeParse(form).success).toBe(true);
    }
  });

  test('takes any whole number of 1 to 4 digits with a unit, and nothing with another letter', () => {
    const count = fc.integer({ min: 1, max: 9999 });
    fc.assert(
      fc.property(
        count,
        fc.constantFrom('h', 'd', 'w', 'm', 'y'),
        (number, unit) => Last.safeParse(`${number}${unit}`).success,
      ),
    );
    const otherLetter = fc.constantFrom(...'abcefgijklnopqrstuvxzHDWMYµ');
    fc.assert(fc.property(count, otherLetter, (number, unit) => !Last.safeParse(`${number}${unit}`).success));
  });

  test.each([7, true, null, ['24h'], { last: '24h' }])('is never made of %j', (last) => {
    expect(refusedFields(Range, { last })).toEqual(['last']);
  });
});

describe('an instant', () => {
  test.each([
    '2026-01-31T00:00:00Z',
    '2026-01-31T00:00:00.123Z',
    '2026-01-31T00:00:00+02:00',
    '2026-01-31T00:00:00-09:30',
    '2024-02-29T23:59:59Z',
  ])('is %s', (text) => {
    expect(Instant.parse(text)).toBe(text);
    expect(Number.isNaN(Date.parse(text))).toBe(false);
  });

  test.each([
    ['2026-01-31', 'a date alone'],
    ['2026-01-31T00:00:00', 'no offset: whose time?'],
    ['2026-01-31 00:00:00Z', 'a space for the T'],
    ['2026-13-01T00:00:00Z', 'month 13'],
    ['2026-02-30T00:00:00Z', 'the 30th of February'],
    ['2025-02-29T00:00:00Z', 'a leap day of a common year'],
    ['2026-01-31T24:00:00Z', 'hour 24'],
    ['2026-01-31T00:60:00Z', 'minute 60'],
    ['1769817600', 'epoch seconds'],
    ['yesterday', 'a word'],
    ['', 'nothing'],
  ])('is not %j (%s)', (text) => {
    expect(refusedFields(Range, { start: text })).toEqual(['start']);
    expect(refusedFields(Range, { end: text })).toEqual(['end']);
  });

  test('every instant that JavaScript writes is one', () => {
    const year2000 = Date.UTC(2000, 0, 1);
    const year2100 = Date.UTC(2100, 0, 1);
    fc.assert(
      fc.property(
        fc.integer({ min: year2000, max: year2100 }),
        (milliseconds) => Instant.safeParse(new Date(milliseconds).toISOString()).success,
      ),
    );
  });

  test('a period has both its ends', () => {
    const start = '2026-01-31T00:00:00Z';
    expect(refusedFields(Period, { start })).toEqual(['end']);
    expect(Period.parse({ start, end: start })).toEqual({ start, end: start });
  });
});

describe('a time zone', () => {
  test.each(['UTC', 'Europe/Paris', 'America/Argentina/Buenos_Aires', 'Asia/Kathmandu', 'Etc/GMT+5'])('is %s', (tz) => {
    expect(Range.parse({ tz }).tz).toBe(tz);
  });

  test.each(['Mars/Phobos', 'local', 'Europe/', 'Europe/Paris; DROP TABLE x', ' UTC'])('is not %j', (tz) => {
    expect(refusals(Range, { tz })).toEqual(['tz: tz takes an IANA time zone, for example Europe/Paris']);
  });

  test('is UTC where none is given, and not where an empty one is', () => {
    expect(Range.parse({})).toEqual({ tz: 'UTC' });
    expect(refusedFields(Range, { tz: '' })).toEqual(['tz']);
  });

  test('a very long name is refused', () => {
    expect(TimeZone.safeParse('U'.repeat(65)).success).toBe(false);
  });
});

describe('names', () => {
  test('have 1 to 253 characters', () => {
    expect(Name.safeParse('a'.repeat(253)).success).toBe(true);
    expect(Name.safeParse('a'.repeat(254)).success).toBe(false);
    expect(Name.safeParse('').success).toBe(false);
  });

  test.each(['cluster', 'namespace', 'pod', 'node', 'team', 'zone', 'provider'])(
    '%s: an empty filter is refused, not ignored',
    (field) => {
      expect(refusedFields(Filter, { [field]: '' })).toEqual([field]);
      expect(Filter.parse({ [field]: 'x' })).toEqual({ [field]: 'x' });
    },
  );

  test('rows that are no pod can be filtered by their own names', () => {
    for (const namespace of ['__system__', '__unallocated__', '__storage__']) {
      expect(Filter.parse({ namespace })).toEqual({ namespace });
    }
  });

  test('a workload is long enough for a kind and a name', () => {
    expect(Filter.parse({ workload: 'Deployment/cart' }).workload).toBe('Deployment/cart');
    expect(refusedFields(Filter, { workload: 'a/' })).toEqual(['workload']);
    expect(refusedFields(Filter, { workload: `Deployment/${'a'.repeat(300)}` })).toEqual(['workload']);
  });
});
