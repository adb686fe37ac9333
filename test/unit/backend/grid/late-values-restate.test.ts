import { afterEach, expect, test } from 'vitest';
import { settle } from '../../../fakes/backend/manual-time.ts';
import { collectAll, NOW, type TestBackend, testBackend } from '../../../fakes/backend/test-backend.ts';
import { electricityMapsAnswers, gramsOf, HOUR } from '../../../fakes/grid/grid-bench.ts';
import { startScriptedService } from '../../../fakes/grid/scripted-service.ts';

let ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.reverse()) await end();
  ends = [];
});

/** Final values are 50 g above what stood in the estimates. */
const FINAL_MORE = 50;

async function backendWithGrid() {
  const estimates = electricityMapsAnswers();
  const finals = electricityMapsAnswers((start) => gramsOf(start) + FINAL_MORE);
  let bench: TestBackend | null = null;
  let areFinal = false;
  const service = await startScriptedService((request) => {
    const now = bench?.time.nowSeconds() ?? NOW;
    if (request.path.endsWith('latest')) return estimates(now, request);
    return areFinal ? finals(now, request) : { status: 404, body: {} };
  });
  bench = await testBackend({
    sources: { electricityMapsKey: 'k' },
    secretsKey: async () => new Uint8Array(32),
    env: {},
    gridAddresses: { electricityMaps: service.url },
  });
  const { backend } = bench;
  ends = [service.stop, () => backend.stop()];
  const publishFinals = () => {
    areFinal = true;
  };
  return { bench, publishFinals };
}

test('an estimate that became final is in the figures, and the audit says so', async () => {
  const { bench, publishFinals } = await backendWithGrid();
  const { client, backend, time } = bench;
  await collectAll(bench);
  const rowsOf = async () => (await client.metrics.rows({ last: '24h', limit: 500, offset: 0, tz: 'UTC' })).metrics;
  const hour = Math.floor(NOW / HOUR) * HOUR;
  const ofHour = async () => (await rowsOf()).filter((row) => Date.parse(row.timestamp) / 1000 >= hour);
  const before = await ofHour();
  expect(before.length).toBeGreaterThan(0);
  expect(before.every((row) => row.grid_intensity === gramsOf(hour))).toBe(true);

  publishFinals();
  await backend.start();
  for (let step = 0; step < 16; step += 1) {
    await time.advance(HOUR / 2);
    await settle();
  }
  const after = (await rowsOf()).filter((row) => before.some(({ timestamp }) => timestamp === row.timestamp));
  expect(after).toHaveLength(before.length);
  expect(after.every((row) => row.grid_intensity === gramsOf(hour) + FINAL_MORE)).toBe(true);
  expect(after.every((row) => row.sources.intensity === 'live')).toBe(true);
  const { entries } = await client.audit.list({ limit: 50 });
  const entry = entries.find(({ cause }) => cause === 'intensity');
  expect(entry?.reason).toContain('FR');
  expect(entry?.after.co2e_grams ?? 0).toBeGreaterThan(entry?.before.co2e_grams ?? 0);
  expect(entry?.after.energy_joules).toBeCloseTo(entry?.before.energy_joules ?? 0, 3);
});
