import { afterEach, describe, expect, test } from 'vitest';
import { Failure } from '../../../../src/model/failure.ts';
import { MemoryScience } from '../../../fakes/backend/memory-science.ts';
import { type GridBench, gramsOf, gridBench, HOUR, NOON, place, record } from '../../../fakes/grid/grid-bench.ts';

let bench: GridBench;
afterEach(() => bench.stop());

describe('published intensities over those of the tables', () => {
  test('the hour that runs is asked for once, used and kept', async () => {
    bench = await gridBench();
    const first = await bench.grid.intensityFor(place('DE'), NOON + 300);
    expect(first).toMatchObject({ gramsPerKwh: gramsOf(NOON), source: 'estimated', atSeconds: NOON });
    expect(first.factor).toEqual({ low: 0.85, high: 1.15 });
    await bench.grid.intensityFor(place('DE'), NOON + 600);
    expect(bench.paths()).toEqual(['latest']);
    expect([...bench.store.intensityRecords.values()]).toMatchObject([
      { zone: 'DE', startSeconds: NOON, source: 'electricity-maps' },
    ]);
  });

  test('a week of history is one question a span of 240 hours, and each hour has its own value', async () => {
    bench = await gridBench();
    const hours = Array.from({ length: 168 }, (_, index) => NOON - (168 - index) * HOUR);
    for (const at of hours) {
      const value = await bench.grid.intensityFor(place('DE'), at);
      expect(value).toMatchObject({ gramsPerKwh: gramsOf(at), source: 'live' });
    }
    expect(bench.service.requests.length).toBeLessThanOrEqual(2);
    expect(new Set(bench.paths())).toEqual(new Set(['past-range']));
  });

  test('without a key, for WORLD and offline nothing is asked and the tables serve', async () => {
    bench = await gridBench({ settings: { electricityMapsKey: null } });
    for (const zone of ['DE', 'WORLD']) {
      expect(await bench.grid.intensityFor(place(zone), NOON)).toMatchObject({ source: 'zone-year', gramsPerKwh: 400 });
    }
    await bench.choices.update({ electricityMapsKey: 'k', offline: true });
    expect(await bench.grid.intensityFor(place('DE'), NOON)).toMatchObject({ source: 'zone-year' });
    expect(await bench.grid.intensityFor(place('WORLD'), NOON)).toMatchObject({ source: 'zone-year' });
    await bench.live.fetchForecast('DE', 'lifecycle');
    await bench.live.refresh();
    expect(bench.service.requests).toEqual([]);
  });

  test('offline, what is kept still serves', async () => {
    const store = new MemoryScience();
    await store.putIntensities([record(NOON)]);
    bench = await gridBench({ store, settings: { offline: true } });
    expect(await bench.grid.intensityFor(place('DE'), NOON + 60)).toMatchObject({ gramsPerKwh: 200, source: 'live' });
    expect(bench.service.requests).toEqual([]);
  });

  test('while the store is away values serve from memory, and arrive when it is back', async () => {
    bench = await gridBench();
    bench.store.failWith = new Failure('store-away', 'The store does not answer.');
    expect(await bench.grid.intensityFor(place('DE'), NOON)).toMatchObject({ source: 'estimated' });
    expect(await bench.grid.intensityFor(place('DE'), NOON)).toMatchObject({ source: 'estimated' });
    expect(bench.live.archive.waiting).toBe(1);
    bench.store.failWith = null;
    await bench.live.archive.deliver();
    expect(bench.live.archive.waiting).toBe(0);
    expect(bench.store.intensityRecords.size).toBe(1);
    expect(bench.paths()).toEqual(['latest']);
  });
});
