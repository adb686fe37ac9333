import { afterEach, describe, expect, test } from 'vitest';
import { GridHistory, GridZones } from '../../../../src/contract/schemas/grid.ts';
import { collectAll, NOW, type TestBackend, testBackend } from '../../../fakes/backend/test-backend.ts';
import { electricityMapsAnswers, gramsOf, HOUR } from '../../../fakes/grid/grid-bench.ts';
import { type ScriptedAnswer, type SeenRequest, startScriptedService } from '../../../fakes/grid/scripted-service.ts';

const usual = electricityMapsAnswers();
let ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.reverse()) await end();
  ends = [];
});

async function backendWith(
  sources: object,
  answer: (request: SeenRequest, nowSeconds: number) => ScriptedAnswer = (request, now) => usual(now, request),
): Promise<TestBackend & { requests: SeenRequest[] }> {
  let now = NOW;
  const service = await startScriptedService((request) => answer(request, now));
  const bench = await testBackend({
    sources,
    secretsKey: async () => new Uint8Array(32),
    env: {},
    gridAddresses: { electricityMaps: service.url, gbCarbonIntensity: service.url },
  });
  const nowSeconds = bench.time.nowSeconds.bind(bench.time);
  bench.time.nowSeconds = () => {
    now = nowSeconds();
    return now;
  };
  ends = [service.stop, () => bench.backend.stop()];
  return { ...bench, requests: service.requests };
}

describe('grid zones', () => {
  test('a live value is in the rows, in the store and in the zone’s summary', async () => {
    const bench = await backendWith({ electricityMapsKey: 'k' });
    await collectAll(bench);
    const { metrics } = await bench.client.metrics.rows({ last: '24h', limit: 50, offset: 0, tz: 'UTC' });
    expect(metrics.length).toBeGreaterThan(0);
    for (const row of metrics) {
      const hour = Math.floor(Date.parse(row.timestamp) / 1000 / HOUR) * HOUR;
      expect(row.emaps_zone).toBe('FR');
      expect(row.grid_intensity).toBe(gramsOf(hour));
      expect(['live', 'estimated']).toContain(row.sources.intensity);
    }
    const ever = { startSeconds: 0, endSeconds: NOW + 86_400 };
    const archived = await bench.store.intensities('FR', 'lifecycle', ever);
    expect(archived.length).toBeGreaterThan(20);
    expect(archived.every(({ zone, source }) => zone === 'FR' && source === 'electricity-maps')).toBe(true);

    const answer = await bench.client.grid.zones({ last: '24h', tz: 'UTC' });
    expect(GridZones.parse(answer)).toEqual(answer);
    const [zone] = answer.zones;
    expect(answer.zones).toHaveLength(1);
    const hour = Math.floor(bench.time.nowSeconds() / HOUR) * HOUR;
    expect(zone).toMatchObject({
      zone: 'FR',
      country: 'FR',
      found_by: 'region',
      clusters: [{ id: 'id-of-one', name: 'cluster one' }],
      node_count: 2,
      factor_type: 'lifecycle',
      now: { intensity: gramsOf(hour), rung: 'estimated', source: 'Electricity Maps' },
      feed: { id: 'electricity-maps', state: 'working', message: null },
    });
    // Energy-weighted: grams by facility energy.
    const kwh = (zone?.facility_energy_joules ?? 0) / 3_600_000;
    expect(zone?.mean).toBeCloseTo((zone?.co2e_grams ?? 0) / kwh, 9);
    const used = metrics.map((row) => row.grid_intensity);
    expect(zone?.mean).toBeGreaterThan(100);
    expect(used.length).toBeGreaterThan(0);
    const asked = bench.requests.map(({ path }) => path.split('/').at(-1));
    expect(asked.filter((path) => path === 'latest').length).toBeLessThanOrEqual(1);
    expect(asked.filter((path) => path === 'past-range').length).toBeLessThanOrEqual(2);
  });

  test('without a key the tables serve, and the zone says what to do', async () => {
    const bench = await backendWith({});
    await collectAll(bench);
    const [zone] = (await bench.client.grid.zones({ last: '24h', tz: 'UTC' })).zones;
    expect(zone).toMatchObject({
      now: { intensity: 100, low: 50, high: 200, rung: 'zone-year', source: 'bundled tables', at: null },
      feed: { id: 'tables', state: 'not-set-up', last_good_at: null },
    });
    expect(zone?.mean).toBeCloseTo(100, 9);
    expect(zone?.feed.hint).toContain('key of Electricity Maps');
    expect(bench.requests).toEqual([]);
  });

  test('offline mode sends nothing, whatever is asked', async () => {
    const bench = await backendWith({ electricityMapsKey: 'k', offline: true });
    await bench.backend.start();
    await collectAll(bench);
    await bench.client.grid.zones({ last: '24h', tz: 'UTC' });
    await bench.client.grid.history({ zone: 'FR', last: '7d', tz: 'UTC' });
    const tested = await bench.client.sources.test({ source: 'electricity-maps' });
    await bench.time.advance(3 * HOUR);
    expect(tested).toMatchObject({ ok: false, latency_ms: null });
    expect(tested.message).toContain('offline');
    expect((await bench.client.sources.states()).sources[0]).toMatchObject({ state: 'offline' });
    expect(bench.requests).toEqual([]);
  });

  test('a source that went away shows its last good value, what is wrong and what to do', async () => {
    let isWell = true;
    const bench = await backendWith({ electricityMapsKey: 'k' }, (request, now) =>
      isWell ? usual(now, request) : { status: 500, body: {} },
    );
    await collectAll(bench);
    const goodAt = new Date(NOW * 1000).toISOString().slice(0, 13);
    isWell = false;
    await bench.time.advance(HOUR);
    const [zone] = (await bench.client.grid.zones({ last: '24h', tz: 'UTC' })).zones;
    expect(zone?.feed).toMatchObject({ state: 'failed' });
    expect(zone?.feed.message).toContain('status 500');
    expect(zone?.feed.hint).not.toBeNull();
    expect(zone?.feed.last_good_at?.slice(0, 13)).toBe(goodAt);
    // The value of the hour before serves for two more hours, and says of which hour it is.
    expect(zone?.now.at?.slice(0, 13)).toBe(goodAt);
  });
});

describe('the history of a zone', () => {
  test('hours, forecast and clean hours', async () => {
    const bench = await backendWith({ electricityMapsKey: 'k' });
    await collectAll(bench);
    const answer = await bench.client.grid.history({ zone: 'FR', last: '24h', tz: 'UTC' });
    expect(GridHistory.parse(answer)).toEqual(answer);
    expect(answer).toMatchObject({ zone: 'FR', forecast_from: 'published', feed: { state: 'working' } });
    expect(answer.points.length).toBeGreaterThanOrEqual(24);
    expect(answer.points.some(({ rung }) => rung === 'live')).toBe(true);
    expect(answer.forecast).toHaveLength(24);
    await expect(bench.client.grid.history({ zone: 'FR', last: '9y', tz: 'UTC' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    expect(answer.clean_hours[0]?.below_mean).toBeGreaterThan(0.05);
  });
});
