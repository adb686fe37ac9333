import { describe, expect, it } from 'vitest';
import { shapeIntensity } from '../../../../src/renderer/charts/intensity.ts';
import { dayRows, extremeHours, tellsHours } from '../../../../src/renderer/features/grid/day-hours.ts';
import { GRID_NOW_MS, liveHistory, yearlyHistory } from '../../../fakes/client/grid-answers.ts';

const DAY = 86_400_000;

describe('dayRows', () => {
  it('are days of 24 hours of the clock; hours without a value are null', () => {
    const rows = dayRows(shapeIntensity(liveHistory()), 'UTC');
    expect(rows.map((row) => row.name)).toEqual(['Tue 17 Nov', 'Wed 18 Nov', 'Thu 19 Nov']);
    expect(rows.every((row) => row.hours.length === 24)).toBe(true);
    expect(rows[0]?.hours.slice(0, 14).every((value) => value === null)).toBe(true);
    expect(rows[0]?.hours[14]).toBeGreaterThan(0);
    expect(rows[1]?.hours.slice(10, 13)).toEqual([null, null, null]);
    expect(rows[2]?.hours[13]).toBeNull();
  });

  it('move with the time zone', () => {
    const [first] = dayRows(shapeIntensity(liveHistory()), 'Asia/Tokyo');
    expect(first?.name).toBe('Tue 17 Nov');
    expect(first?.hours[22]).toBeNull();
    expect(first?.hours[23]).toBeGreaterThan(0);
  });

  it('leave out what is to come', () => {
    const data = shapeIntensity(liveHistory());
    const only = dayRows({ ...data, points: data.points.filter((point) => point.isForecast) }, 'UTC');
    expect(only).toEqual([]);
  });

  it('become means of weekdays, from Monday, where days are many', () => {
    const rows = dayRows(shapeIntensity(liveHistory(GRID_NOW_MS - 21 * DAY)), 'UTC');
    expect(rows.map((row) => row.name)).toEqual(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']);
  });
});

describe('extremeHours', () => {
  it('are the hours with the lowest and the highest mean', () => {
    const extremes = extremeHours(dayRows(shapeIntensity(liveHistory()), 'UTC'));
    expect(extremes?.lowest.hour).toBe(13);
    expect(extremes?.highest.hour).toBe(19);
    expect(extremes?.lowest.mean).toBeLessThan(extremes?.highest.mean ?? 0);
  });

  it('are none without values', () => {
    expect(extremeHours([])).toBeNull();
  });
});

describe('tellsHours', () => {
  it('is so for live values and not for yearly ones, even with a forecast', () => {
    expect(tellsHours(shapeIntensity(liveHistory()))).toBe(true);
    expect(tellsHours(shapeIntensity(yearlyHistory()))).toBe(false);
    expect(tellsHours(shapeIntensity({ ...yearlyHistory(), forecast: liveHistory().forecast }))).toBe(false);
  });
});
