import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bucketsOf, GRANULARITIES, type Granularity } from '../../../../src/backend/ranges/buckets.ts';
import { resolveRange } from '../../../../src/backend/ranges/resolve-range.ts';

const at = (iso: string) => Date.parse(iso) / 1000;
const cut = (start: string, end: string, granularity: Granularity, tz = 'UTC') => {
  const { buckets, approximatedByHours } = bucketsOf({ startSeconds: at(start), endSeconds: at(end) }, granularity, tz);
  return {
    starts: buckets.map((each) => new Date(each.startSeconds * 1000).toISOString().slice(0, 16)),
    buckets,
    approximatedByHours,
  };
};
const hours = (buckets: readonly { startSeconds: number; endSeconds: number }[]) =>
  buckets.map((each) => (each.endSeconds - each.startSeconds) / 3600);

describe('daylight saving in Europe/Paris', () => {
  test('29 March 2026 has 23 hours', () => {
    const { buckets } = cut('2026-03-27T23:00:00Z', '2026-03-30T22:00:00Z', 'day', 'Europe/Paris');
    expect(hours(buckets)).toEqual([24, 23, 24]);
    expect(hours(cut('2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', '6h', 'Europe/Paris').buckets)).toEqual([
      5, 6, 6, 6,
    ]);
    expect(hours(cut('2026-03-28T23:00:00Z', '2026-03-29T04:00:00Z', '2h', 'Europe/Paris').buckets)).toEqual([2, 1, 2]);
  });

  test('25 October 2026 has 25 hours', () => {
    const { buckets } = cut('2026-10-23T22:00:00Z', '2026-10-26T23:00:00Z', 'day', 'Europe/Paris');
    expect(hours(buckets)).toEqual([24, 25, 24]);
    expect(hours(cut('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', '2h', 'Europe/Paris').buckets)).toEqual([
      2, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
    ]);
  });

  test('hours are real hours on both days', () => {
    expect(hours(cut('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', 'hour', 'Europe/Paris').buckets)).toEqual(
      Array(25).fill(1),
    );
  });
});

describe('weeks, months and years', () => {
  test('ISO weeks start on Monday, over the end of the year too', () => {
    const { starts } = cut('2026-12-27T00:00:00Z', '2027-01-12T00:00:00Z', 'week');
    expect(starts).toEqual(['2026-12-27T00:00', '2026-12-28T00:00', '2027-01-04T00:00', '2027-01-11T00:00']);
  });

  test('months of the zone', () => {
    const { starts } = cut('2026-01-15T00:00:00Z', '2026-04-02T00:00:00Z', 'month', 'Europe/Paris');
    expect(starts).toEqual(['2026-01-15T00:00', '2026-01-31T23:00', '2026-02-28T23:00', '2026-03-31T22:00']);
  });

  test('years', () => {
    expect(cut('2024-06-01T00:00:00Z', '2026-02-01T00:00:00Z', 'year').starts).toEqual([
      '2024-06-01T00:00',
      '2025-01-01T00:00',
      '2026-01-01T00:00',
    ]);
  });
});

test('a zone off the hour takes the hours that start in the day, and says so', () => {
  const { starts, approximatedByHours } = cut('2026-03-08T19:00:00Z', '2026-03-10T19:00:00Z', 'day', 'Asia/Kolkata');
  expect(starts).toEqual(['2026-03-08T19:00', '2026-03-09T19:00']);
  expect(approximatedByHours).toBe(true);
  expect(cut('2026-03-08T23:00:00Z', '2026-03-10T23:00:00Z', 'day', 'Europe/Paris').approximatedByHours).toBe(false);
});

test('five-minute buckets follow a range that starts off the hour', () => {
  const { starts } = cut('2026-03-10T09:55:00Z', '2026-03-10T10:10:00Z', '5m', 'Asia/Kolkata');
  expect(starts).toEqual(['2026-03-10T09:55', '2026-03-10T10:00', '2026-03-10T10:05']);
});

describe('too many points', () => {
  test('are refused with the finest granularity that fits', () => {
    expect(() => cut('2025-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'hour')).toThrow(
      /more than 2,000 points: choose 6h/,
    );
    expect(() => cut('1970-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'day')).toThrow(/choose month/);
  });

  test('5m works up to 48 hours', () => {
    expect(cut('2026-03-08T00:00:00Z', '2026-03-10T00:00:00Z', '5m').buckets).toHaveLength(576);
    expect(() => cut('2026-03-08T00:00:00Z', '2026-03-10T01:00:00Z', '5m')).toThrow(/up to 48 hours/);
  });
});

test('buckets fill any range exactly, in any zone', () => {
  const zones = [
    'UTC',
    'Europe/Paris',
    'America/St_Johns',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'America/Sao_Paulo',
  ];
  const property = fc.property(
    fc.integer({ min: at('2005-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') }),
    fc.integer({ min: 300, max: 40 * 86_400 }),
    fc.constantFrom(...GRANULARITIES.filter((each) => each !== '5m')),
    fc.constantFrom(...zones),
    (start, length, granularity, tz) => {
      const input = {
        start: new Date(start * 1000).toISOString(),
        end: new Date((start + length) * 1000).toISOString(),
        tz,
      };
      const { range } = resolveRange(input, '24h', start);
      const { buckets } = bucketsOf(range, granularity, tz);
      let end = range.startSeconds;
      for (const bucket of buckets) {
        expect(bucket.startSeconds).toBe(end);
        expect(bucket.endSeconds).toBeGreaterThan(bucket.startSeconds);
        end = bucket.endSeconds;
      }
      expect(end).toBe(range.endSeconds);
    },
  );
  fc.assert(property, { numRuns: 150 });
});
