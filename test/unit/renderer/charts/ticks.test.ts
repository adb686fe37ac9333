import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GRANULARITY_WORDS, granularityFor } from '../../../../src/renderer/charts/granularity.ts';
import { timeTicks } from '../../../../src/renderer/charts/time-ticks.ts';
import { tickText, valueScale } from '../../../../src/renderer/charts/value-ticks.ts';
import { chooseUnit } from '../../../../src/renderer/format/units.ts';
import { HOUR, T0 } from './wire.ts';

const texts = (highest: number, kind: 'carbon' | 'energy' | 'power' | 'money', most?: number) => {
  const scale = valueScale(highest, chooseUnit(kind, highest), most);
  return scale.ticks.map((tick) => tickText(scale, tick));
};

describe('valueScale', () => {
  it('starts at zero, steps roundly and names the unit once, at the top', () => {
    expect(texts(665, 'carbon', 5)).toEqual(['0', '200', '400', '600 g']);
    expect(texts(35_200, 'carbon', 5)).toEqual(['0', '10', '20', '30 kg']);
    expect(texts(44, 'power', 5)).toEqual(['0', '20', '40 W']);
    expect(texts(0.9, 'money', 5)).toEqual(
      ['0.00', '0.25', '0.50', '€0.75'].map((text) => (text === '0.00' ? '0' : text)),
    );
  });

  it('works in the unit that is written, so steps are round there', () => {
    expect(texts(3.6e6 * 1.3, 'energy', 4)).toEqual(['0', '0.5', '1.0 kWh']);
  });

  it('has no ticks but zero where there is nothing', () => {
    expect(texts(0, 'carbon')).toEqual(['0']);
    expect(valueScale(Number.NaN, chooseUnit('carbon', 0)).max).toBeGreaterThan(0);
  });

  it('never has more ticks than asked, and always room above the highest value', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e12, noNaN: true }), fc.integer({ min: 3, max: 6 }), (highest, most) => {
        const scale = valueScale(highest, chooseUnit('carbon', highest), most);
        expect(scale.ticks.length).toBeLessThanOrEqual(most);
        expect(scale.ticks.length).toBeGreaterThanOrEqual(2);
        expect(scale.ticks[0]).toBe(0);
        expect(scale.max).toBeGreaterThan(highest);
        expect(scale.ticks.at(-1)).toBeLessThanOrEqual(scale.max);
      }),
    );
  });
});

const buckets = (count: number, seconds: number, startMs = T0) =>
  Array.from({ length: count }, (_, index) => ({
    startMs: startMs + index * seconds * 1000,
    endMs: startMs + (index + 1) * seconds * 1000,
  }));
const words = (...args: Parameters<typeof timeTicks>) => timeTicks(...args).map((tick) => tick.label);

describe('timeTicks', () => {
  it('names every other midnight of a week, which has seven, in the zone of the view', () => {
    const week = buckets(84, 2 * HOUR, Date.UTC(2026, 10, 12, 13));
    expect(words(week, 'Europe/Paris')).toEqual(['Fri 13', 'Sun 15', 'Tue 17', 'Thu 19']);
    expect(timeTicks(buckets(84, 2 * HOUR, Date.UTC(2026, 10, 12, 13)), 'Europe/Paris')[0]?.atMs).toBe(
      Date.UTC(2026, 10, 12, 23),
    );
  });

  it('finds the day also where no bucket begins at midnight', () => {
    expect(words(buckets(84, 2 * HOUR, Date.UTC(2026, 10, 12, 12)), 'Asia/Kolkata')[0]).toBe('Fri 13');
  });

  it('names hours within two days, and the day at midnight', () => {
    expect(words(buckets(24, HOUR), 'Europe/Paris')).toEqual(['16:00', '20:00', 'Fri 13', '04:00', '08:00', '12:00']);
    expect(words(buckets(12, 300), 'UTC')).toEqual(['13:00', '13:10', '13:20', '13:30', '13:40', '13:50']);
  });

  it('thins days of a month and months of years', () => {
    const month = words(buckets(30, 24 * HOUR, Date.UTC(2026, 9, 20)), 'UTC');
    expect(month.length).toBeLessThanOrEqual(6);
    expect(month[0]).toBe('20 Oct');
    expect(words(buckets(24, 30 * 24 * HOUR, Date.UTC(2026, 0, 1)), 'UTC')[0]).toBe('Jan 2026');
  });

  it('never has more labels than asked', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.constantFrom(300, HOUR, 2 * HOUR, 6 * HOUR, 24 * HOUR, 168 * HOUR),
        fc.integer({ min: 2, max: 7 }),
        (count, seconds, most) => {
          expect(timeTicks(buckets(count, seconds), 'America/New_York', most).length).toBeLessThanOrEqual(most);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('has none without buckets', () => {
    expect(timeTicks([], 'UTC')).toEqual([]);
  });
});

describe('granularityFor', () => {
  it.each([
    [HOUR, '5m'],
    [6 * HOUR, '5m'],
    [24 * HOUR, 'hour'],
    [48 * HOUR, 'hour'],
    [7 * 24 * HOUR, '2h'],
    [30 * 24 * HOUR, '6h'],
    [90 * 24 * HOUR, 'day'],
    [365 * 24 * HOUR, 'week'],
    [3000 * 24 * HOUR, 'month'],
  ])('%d seconds → %s', (seconds, granularity) => {
    expect(granularityFor(seconds)).toBe(granularity);
  });

  it('has words for each', () => {
    expect(GRANULARITY_WORDS['2h']).toBe('2 h');
  });
});
