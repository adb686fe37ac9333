import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromIso, toIso, toPeriod } from '../../../../src/backend/ranges/instants.ts';
import { durationSeconds, relativeStart } from '../../../../src/backend/ranges/relative.ts';

const at = (iso: string) => Date.parse(iso) / 1000;

describe('a duration', () => {
  test.each([
    ['1h', 3600],
    ['48h', 172_800],
    ['7d', 604_800],
    ['2w', 1_209_600],
    ['9999d', 863_913_600],
  ])('%s is %i seconds', (text, seconds) => {
    expect(durationSeconds(text)).toBe(seconds);
  });

  test.each(['0h', '00d', '6m', '1y', 'ytd', '24', '', '-1h', '1.5h', '10000h', ' 1h', '1h\n'])(
    '%j is none',
    (text) => {
      expect(() => durationSeconds(text)).toThrow(/is not a duration: give a number and h, d or w/);
    },
  );

  test('a long text is not repeated whole', () => {
    expect(() => durationSeconds('x'.repeat(5000))).toThrow(/^"x{20}" is not/);
  });
});

describe('instants', () => {
  test('are written in UTC with Z and whole seconds', () => {
    expect(toIso(0)).toBe('1970-01-01T00:00:00Z');
    expect(toIso(at('2026-03-11T10:05:00+05:30'))).toBe('2026-03-11T04:35:00Z');
    expect(toPeriod({ startSeconds: 0, endSeconds: 3600 })).toEqual({
      start: '1970-01-01T00:00:00Z',
      end: '1970-01-01T01:00:00Z',
    });
  });

  test('come back as they were', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_102_444_800 }),
        (seconds) => fromIso(toIso(seconds), 'start') === seconds,
      ),
    );
  });

  test('what is none is refused by the name of its parameter', () => {
    expect(() => fromIso('soon', 'end')).toThrow(/^end is not an instant/);
  });
});

describe('the start of a relative range', () => {
  test.each([
    ['1h', '2026-03-11T10:00:00Z', 'UTC', '2026-03-11T09:00:00Z'],
    // The clocks of Paris went on by an hour on the 29th: a day by number is 24 hours, whatever they show.
    ['1d', '2026-03-29T12:00:00Z', 'Europe/Paris', '2026-03-28T12:00:00Z'],
    ['1w', '2026-03-30T12:00:00Z', 'Europe/Paris', '2026-03-23T12:00:00Z'],
    // A month goes by the calendar of the zone: noon there stays noon there.
    ['1m', '2026-04-10T10:00:00Z', 'Europe/Paris', '2026-03-10T11:00:00Z'],
    ['1m', '2026-03-31T12:00:00Z', 'UTC', '2026-02-28T12:00:00Z'],
    ['1y', '2024-02-29T12:00:00Z', 'UTC', '2023-02-28T12:00:00Z'],
    ['ytd', '2026-03-11T10:00:00Z', 'Asia/Tokyo', '2025-12-31T15:00:00Z'],
    ['ytd', '2025-12-31T16:00:00Z', 'Asia/Tokyo', '2025-12-31T15:00:00Z'],
  ])('%s before %s in %s is %s', (last, end, zone, start) => {
    expect(toIso(relativeStart(last, at(end), zone))).toBe(start);
  });

  test('never lies after its end, nor before 1970', () => {
    const last = fc
      .tuple(fc.integer({ min: 1, max: 9999 }), fc.constantFrom('h', 'd', 'w', 'm', 'y'))
      .map(([count, unit]) => `${count}${unit}`);
    const zone = fc.constantFrom('UTC', 'Europe/Paris', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia');
    fc.assert(
      fc.property(last, fc.integer({ min: 1, max: 4_102_444_800 }), zone, (text, end, tz) => {
        const start = relativeStart(text, end, tz);
        expect(start).toBeGreaterThanOrEqual(0);
        expect(start).toBeLessThanOrEqual(end);
      }),
    );
  });
});
