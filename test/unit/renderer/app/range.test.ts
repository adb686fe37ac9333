import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  between,
  boundsOf,
  isoInstant,
  lengthOfLast,
  nameOfLast,
  shiftRange,
} from '../../../../src/renderer/app/view/range.ts';
import type { ViewRange } from '../../../../src/renderer/app/view/view-search.ts';

const NOW = Date.parse('2026-11-19T14:30:00Z');
const HOUR = 3_600_000;
const last = (text: string): ViewRange => ({ kind: 'last', last: text });
const range = (start: string, end: string): ViewRange => ({ kind: 'between', start, end });

describe('words', () => {
  it.each([
    ['7d', 'Last 7 days', '7 days'],
    ['24h', 'Last 24 hours', '24 hours'],
    ['1w', 'Last week', 'week'],
    ['6m', 'Last 6 months', '6 months'],
    ['ytd', 'This year', 'this year'],
  ])('%s is %s', (text, name, length) => {
    expect(nameOfLast(text)).toBe(name);
    expect(lengthOfLast(text)).toBe(length);
  });
});

describe('boundsOf', () => {
  it.each([
    ['24h', '2026-11-18T14:30:00.000Z'],
    ['7d', '2026-11-12T14:30:00.000Z'],
    ['2w', '2026-11-05T14:30:00.000Z'],
    ['1m', '2026-10-19T14:30:00.000Z'],
    ['1y', '2025-11-19T14:30:00.000Z'],
    ['ytd', '2026-01-01T00:00:00.000Z'],
  ])('%s begins at %s and ends now', (text, start) => {
    const bounds = boundsOf(last(text), NOW);
    expect(new Date(bounds.start).toISOString()).toBe(start);
    expect(bounds.end).toBe(NOW);
  });

  it('takes both ends as they are', () => {
    expect(boundsOf(range('2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z'), NOW)).toEqual({
      start: Date.parse('2026-11-01T00:00:00Z'),
      end: Date.parse('2026-11-02T00:00:00Z'),
    });
  });
});

describe('shiftRange', () => {
  it('goes back by its own length on whole hours', () => {
    expect(shiftRange(last('7d'), -1, NOW)).toEqual(range('2026-11-05T14:00:00Z', '2026-11-12T14:00:00Z'));
  });

  it('goes on by its own length', () => {
    const week = range('2026-10-01T00:00:00Z', '2026-10-08T00:00:00Z');
    expect(shiftRange(week, 1, NOW)).toEqual(range('2026-10-08T00:00:00Z', '2026-10-15T00:00:00Z'));
  });

  it('ends now where it would pass it', () => {
    expect(
      shiftRange(range('2026-11-05T14:00:00Z', '2026-11-12T14:00:00Z'), 1, Date.parse('2026-11-19T14:00:00Z')),
    ).toEqual(last('7d'));
    expect(shiftRange(last('24h'), 1, NOW)).toEqual(last('24h'));
    expect(shiftRange(range('2026-11-19T12:00:00Z', '2026-11-19T14:00:00Z'), 1, NOW)).toEqual(last('2h'));
  });

  it('keeps the length, forth and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 600, max: 5000 }), (hours, ago) => {
        const start = Math.floor(NOW / HOUR) * HOUR - (ago + hours) * HOUR;
        const first = between(start, start + hours * HOUR);
        const back = shiftRange(first, -1, NOW);
        const bounds = boundsOf(back, NOW);
        expect(bounds.end - bounds.start).toBe(hours * HOUR);
        expect(bounds.end).toBe(start);
        expect(shiftRange(back, 1, NOW)).toEqual(first);
      }),
    );
  });
});

describe('isoInstant', () => {
  it('has no milliseconds', () => {
    expect(isoInstant(NOW)).toBe('2026-11-19T14:30:00Z');
  });
});
