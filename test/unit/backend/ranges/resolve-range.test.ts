import { describe, expect, test } from 'vitest';
import { resolveRange } from '../../../../src/backend/ranges/resolve-range.ts';

const at = (iso: string) => Date.parse(iso) / 1000;
const now = at('2026-03-11T10:07:20Z');
const resolve = (input: { last?: string; start?: string; end?: string; tz?: string }, nowSeconds = now) =>
  resolveRange({ tz: 'UTC', ...input }, '24h', nowSeconds);
const isoOf = ({ startSeconds, endSeconds }: { startSeconds: number; endSeconds: number }) =>
  [startSeconds, endSeconds].map((each) => new Date(each * 1000).toISOString().slice(0, 16));

describe('relative ranges', () => {
  test('up to 48 hours end with the youngest window that can be closed', () => {
    expect(isoOf(resolve({ last: '1h' }).range)).toEqual(['2026-03-11T09:05', '2026-03-11T10:05']);
    expect(isoOf(resolve({ last: '48h' }).range)).toEqual(['2026-03-09T10:05', '2026-03-11T10:05']);
    expect(isoOf(resolve({ last: '1h' }, at('2026-03-11T10:06:00Z')).range)).toEqual([
      '2026-03-11T09:00',
      '2026-03-11T10:00',
    ]);
  });

  test('longer ones take whole hours, the running one among them', () => {
    expect(isoOf(resolve({ last: '7d' }).range)).toEqual(['2026-03-04T11:00', '2026-03-11T11:00']);
    expect(isoOf(resolve({ last: '2w' }).range)).toEqual(['2026-02-25T11:00', '2026-03-11T11:00']);
  });

  test('months and years go by the calendar', () => {
    expect(isoOf(resolve({ last: '1m' }, at('2026-03-31T12:00:00Z')).range)).toEqual([
      '2026-02-28T12:00',
      '2026-03-31T12:00',
    ]);
    expect(isoOf(resolve({ last: '2y' }).range)[0]).toBe('2024-03-11T11:00');
  });

  test('ytd starts with the year of the zone', () => {
    expect(isoOf(resolve({ last: 'ytd' }).range)[0]).toBe('2026-01-01T00:00');
    expect(isoOf(resolve({ last: 'ytd', tz: 'America/New_York' }).range)[0]).toBe('2026-01-01T05:00');
    expect(isoOf(resolve({ last: 'ytd', tz: 'Asia/Kolkata' }).range)[0]).toBe('2025-12-31T19:00');
    expect(isoOf(resolve({ last: 'ytd', tz: 'Pacific/Auckland' }, at('2026-12-31T12:00:00Z')).range)[0]).toBe(
      '2026-12-31T11:00',
    );
  });

  test('no range starts before 1970', () => {
    expect(resolve({ last: '9999y' }).range.startSeconds).toBe(0);
    expect(resolve({ last: '9999y' }).previous).toEqual({ startSeconds: 0, endSeconds: 0 });
  });

  test('the default is used where nothing is given', () => {
    expect(resolve({}).range).toEqual(resolve({ last: '24h' }).range);
  });
});

describe('start and end', () => {
  test('are moved up to the next window: a window belongs to a range by its start', () => {
    const fine = resolve({ start: '2026-03-10T00:01:00Z', end: '2026-03-10T12:04:59+01:00' }).range;
    expect(isoOf(fine)).toEqual(['2026-03-10T00:05', '2026-03-10T11:05']);
    const coarse = resolve({ start: '2026-03-01T00:01:00Z', end: '2026-03-10T11:00:00Z' }).range;
    expect(isoOf(coarse)).toEqual(['2026-03-01T01:00', '2026-03-10T11:00']);
  });

  test('the period before has the same length and ends where the range starts', () => {
    const { previous } = resolve({ start: '2026-03-10T00:00:00Z', end: '2026-03-10T06:00:00Z' });
    expect(isoOf(previous)).toEqual(['2026-03-09T18:00', '2026-03-10T00:00']);
  });

  test.each([
    [{ start: '2026-03-10T00:00:00Z', last: '24h' }, /exclude each other/],
    [{ end: '2026-03-10T00:00:00Z' }, /end needs start/],
    [{ start: '2026-03-10T00:00:00Z', end: '2026-03-10T00:00:00Z' }, /before end/],
    [{ start: '2027-03-10T00:00:00Z' }, /future/],
    [{ start: '1960-03-10T00:00:00Z' }, /1970/],
    [{ start: 'yesterday' }, /ISO-8601/],
  ])('%j is refused with a reason', (input, reason) => {
    expect(() => resolve(input)).toThrow(reason);
  });
});
