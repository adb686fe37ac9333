import { afterEach, describe, expect, test } from 'vitest';
import { type OutlookDeps, zoneForecast, zoneHistory } from '../../../../src/backend/grid/grid-outlook.ts';
import type { GridIntensitySource } from '../../../../src/core/ports/coefficient-sources.ts';
import { MemoryScience } from '../../../fakes/backend/memory-science.ts';
import {
  type GridBench,
  gramsOf,
  gridBench,
  HOUR,
  NOON,
  place,
  record,
  TABLES,
} from '../../../fakes/grid/grid-bench.ts';

let bench: GridBench;
afterEach(() => bench.stop());

const DAY = 86_400;
const deps = (tables: GridIntensitySource = TABLES, isInUse = true): OutlookDeps => ({
  live: bench.live,
  tables,
  factorType: 'lifecycle',
  isInUse,
  nowSeconds: bench.time.nowSeconds(),
});
const lastDay = { startSeconds: NOON - DAY, endSeconds: NOON };

describe('the past of a zone', () => {
  test('is by the hour, from what was published; asked for where it is missing', async () => {
    bench = await gridBench();
    const points = await zoneHistory(place('DE'), lastDay, deps());
    expect(points).toHaveLength(24);
    expect(points.map((point) => point.gramsPerKwh)).toEqual(points.map((point) => gramsOf(point.startSeconds)));
    expect(points[0]).toMatchObject({ rung: 'live', isForecast: false, durationSeconds: HOUR });
    expect(points[0]?.low).toBeCloseTo(gramsOf(NOON - DAY) * 0.95, 9);
    await zoneHistory(place('DE'), lastDay, deps());
    expect(new Set(bench.paths())).toEqual(new Set(['past-range']));
    expect(bench.service.requests.length).toBeLessThanOrEqual(2);
  });

  test('hours that nobody published are those of the tables, and say so', async () => {
    const store = new MemoryScience();
    await store.putIntensities([record(NOON - HOUR), record(NOON - 2 * HOUR, { isForecast: true })]);
    bench = await gridBench({ store, settings: { electricityMapsKey: null } });
    const points = await zoneHistory(place('DE'), { startSeconds: NOON - 3 * HOUR, endSeconds: NOON }, deps());
    expect(points.map(({ rung }) => rung)).toEqual(['zone-year', 'zone-year', 'live']);
    expect(points[0]).toMatchObject({ gramsPerKwh: 400, low: 240, high: 600 });
  });

  test('long ranges are means of days, and end now', async () => {
    bench = await gridBench({ settings: { electricityMapsKey: null } });
    const points = await zoneHistory(place('DE'), { startSeconds: NOON - 90 * DAY, endSeconds: NOON + DAY }, deps());
    expect(points).toHaveLength(91);
    expect(points[1]).toMatchObject({ durationSeconds: DAY, gramsPerKwh: 400, rung: 'zone-year' });
    expect(points.at(-1)?.startSeconds).toBeLessThanOrEqual(bench.time.nowSeconds());
  });
});

test('a zone that no figure needs is shown from what is there, and nobody is asked for it', async () => {
  bench = await gridBench();
  expect((await zoneHistory(place('DE'), lastDay, deps(TABLES, false)))[0]).toMatchObject({ rung: 'zone-year' });
  expect(await zoneForecast(place('DE'), deps(TABLES, false))).toMatchObject({ from: 'none' });
  expect(bench.service.requests).toEqual([]);
});

describe('the hours to come', () => {
  test('are the published forecast where the plan has one, asked for once an hour', async () => {
    bench = await gridBench();
    const forecast = await zoneForecast(place('DE'), deps());
    expect(forecast.from).toBe('published');
    expect(forecast.points).toHaveLength(24);
    expect(forecast.points[0]).toMatchObject({ startSeconds: NOON + HOUR, isForecast: true, rung: 'estimated' });
    // Hours of the day rise from 0 to 23: the night is the cleanest.
    expect(forecast.cleanHours[0]).toMatchObject({ startSeconds: NOON + 12 * HOUR, endSeconds: NOON + 16 * HOUR });
    await zoneForecast(place('DE'), deps());
    expect(bench.paths()).toEqual(['forecast']);
  });

  test('are the usual day of the last week where there is none', async () => {
    const store = new MemoryScience();
    const hours = Array.from({ length: 7 * 24 }, (_, index) => NOON - (index + 1) * HOUR);
    await store.putIntensities(hours.map((start) => record(start, { gramsPerKwh: gramsOf(start) })));
    bench = await gridBench({ store, answer: () => ({ status: 403, body: {} }) });
    const forecast = await zoneForecast(place('DE'), deps());
    expect(forecast.from).toBe('profile');
    expect(forecast.points).toHaveLength(24);
    expect(forecast.points[0]).toMatchObject({
      gramsPerKwh: gramsOf(NOON + HOUR),
      rung: 'zone-profile',
      isForecast: true,
    });
    expect(forecast.points[0]?.high).toBeCloseTo(gramsOf(NOON + HOUR) * 1.3, 9);
    expect(forecast.cleanHours.length).toBeGreaterThan(0);
    // A plan without forecasts is no failure; it is not asked again that day.
    await bench.time.advance(5 * HOUR);
    await zoneForecast(place('DE'), deps());
    expect(bench.paths()).toEqual(['forecast']);
    expect(bench.warnings()).toEqual([]);
  });

  test('are the profile of the tables, where they have one', async () => {
    bench = await gridBench({ settings: { electricityMapsKey: null } });
    const profiled: GridIntensitySource = {
      ...TABLES,
      intensityFor: async (zone, at) => ({
        ...(await TABLES.intensityFor(zone, at)),
        source: 'zone-profile',
        gramsPerKwh: gramsOf(at),
      }),
    };
    expect(await zoneForecast(place('DE'), deps(profiled))).toMatchObject({ from: 'profile' });
  });

  test('are unknown where only a yearly value is', async () => {
    bench = await gridBench({ settings: { electricityMapsKey: null } });
    expect(await zoneForecast(place('DE'), deps())).toEqual({ points: [], from: 'none', cleanHours: [] });
  });
});
