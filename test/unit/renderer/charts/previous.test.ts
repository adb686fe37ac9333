import { describe, expect, it } from 'vitest';
import { MEASURES } from '../../../../src/renderer/charts/measure.ts';
import { alignPrevious, distanceWords, periodBefore } from '../../../../src/renderer/charts/previous.ts';
import { at, coverage, HOUR, hourly, point, T0 } from './wire.ts';

const HOUR_MS = HOUR * 1000;

describe('alignPrevious', () => {
  it('lays each earlier hour under the hour one period later, groups added up', () => {
    const now = hourly([{ a: 1 }, { a: 1 }, { a: 1 }]);
    const before = hourly([{ a: 10, b: 1 }, null, { a: 30 }], T0 - 3 * HOUR_MS);
    expect(alignPrevious(now, before, MEASURES.carbon)).toEqual([11, null, 30]);
  });

  it('reads a collected bucket without rows as zero, not as missing', () => {
    const now = hourly([{ a: 1 }]);
    expect(alignPrevious(now, hourly([{}], T0 - HOUR_MS), MEASURES.carbon)).toEqual([0]);
  });

  it('adds earlier buckets that fall into one, and leaves out what falls outside', () => {
    const now = {
      ...hourly([]),
      buckets: [coverage(T0, 2 * HOUR)],
      period: { start: new Date(T0).toISOString(), end: new Date(at(2)).toISOString() },
    };
    const before = hourly([{ a: 1 }, { a: 2 }, { a: 4 }], T0 - 2 * HOUR_MS);
    expect(alignPrevious(now, before, MEASURES.carbon)).toEqual([3]);
  });

  it('survives the change of clocks: days of 24 h lie under days that begin an hour off', () => {
    const dayMs = 24 * HOUR_MS;
    const start = Date.UTC(2026, 9, 24, 22); // 25 Oct in Paris, a day of 25 h
    const now = {
      ...hourly([]),
      buckets: [coverage(start, 25 * HOUR), coverage(start + dayMs + HOUR_MS, 24 * HOUR)],
      period: { start: new Date(start).toISOString(), end: new Date(start + 2 * dayMs + HOUR_MS).toISOString() },
    };
    const before = {
      ...hourly([]),
      timeseries: [point(start - 2 * dayMs, 'a', 5), point(start - dayMs, 'a', 7)],
      buckets: [coverage(start - 2 * dayMs, 24 * HOUR), coverage(start - dayMs, 24 * HOUR)],
      period: { start: new Date(start - 2 * dayMs).toISOString(), end: new Date(start).toISOString() },
    };
    expect(alignPrevious(now, before, MEASURES.carbon).map((value) => Math.round(value ?? -1))).toEqual([5, 7]);
  });

  it('follows the measure', () => {
    expect(alignPrevious(hourly([{ a: 1 }]), hourly([{ a: 10 }], T0 - HOUR_MS), MEASURES.energy)).toEqual([15_000]);
  });
});

describe('periodBefore and its words', () => {
  const period = (hours: number) => ({ start: new Date(T0).toISOString(), end: new Date(at(hours)).toISOString() });

  it('ends where the period starts and is as long', () => {
    expect(periodBefore(period(168))).toEqual({ start: '2026-11-05T13:00:00.000Z', end: '2026-11-12T13:00:00.000Z' });
  });

  it.each([
    [0.5, '30 min before'],
    [24, '24 h before'],
    [48, '48 h before'],
    [168, '7 days before'],
    [720, '30 days before'],
  ])('says how far back %d hours are', (hours, words) => {
    expect(distanceWords(period(hours))).toBe(words);
  });
});
