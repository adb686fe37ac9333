import { afterEach, describe, expect, test } from 'vitest';
import { coefficientChain } from '../../../../src/backend/coefficients/chain.ts';
import { coefficientOverrides } from '../../../../src/backend/settings/coefficient-overrides.ts';
import { NO_CONTEXT_SETTINGS } from '../../../../src/backend/settings/context-settings.ts';
import { DEFAULT_LABEL_KEYS } from '../../../../src/backend/settings/label-keys.ts';
import type { GridIntensitySource } from '../../../../src/core/ports/coefficient-sources.ts';
import type { NodeDescription } from '../../../../src/model/inventory.ts';
import { fakeCoefficients } from '../../../fakes/backend/coefficients.ts';
import { FakeCluster } from '../../../fakes/backend/fake-cluster.ts';
import { settle } from '../../../fakes/backend/manual-time.ts';
import { collectAll, type TestBackend, testBackend } from '../../../fakes/backend/test-backend.ts';
import { startScriptedService } from '../../../fakes/grid/scripted-service.ts';

const [NODE] = new FakeCluster().nodes as [NodeDescription];
const GENERAL = {
  theme: 'system',
  timeZone: 'local',
  defaultZone: null,
  defaultIntensityGramsPerKwh: null,
  labelKeys: DEFAULT_LABEL_KEYS,
} as const;
const NONE = coefficientOverrides(NO_CONTEXT_SETTINGS, GENERAL, 'lifecycle');
const factor = { low: 0.9, high: 1.1 };

function chain(defaultZone: string | null = null, overrides = NONE) {
  return coefficientChain(
    {
      tables: (given) => fakeCoefficients(given).sources,
      liveGrid: (tables): GridIntensitySource => ({
        ...tables,
        intensityFor: async (zone, at) => {
          const byTables = await tables.intensityFor(zone, at);
          return zone.zone === 'SE-SE3' ? { ...byTables, gramsPerKwh: 12, source: 'live', factor } : byTables;
        },
      }),
      boavizta: {
        over: (table) => ({
          embodiedFor: async (node) => ({ ...(await table.embodiedFor(node)), kilograms: 24, source: 'boavizta' }),
        }),
      },
    },
    overrides,
    defaultZone,
  );
}

describe('the chain of coefficient sources', () => {
  test('live services stand over the tables, each for its own', async () => {
    const { power, pue, embodied, grid, prices } = chain();
    expect(await embodied.embodiedFor(NODE)).toMatchObject({
      source: 'boavizta',
      kilograms: 24,
      lifespanHours: 35_040,
    });
    expect((await power.curveFor(NODE)).id).toBe('test');
    expect((await pue.pueFor(NODE)).pue).toBe(1.5);
    expect((await prices.pricesFor('c')).cpuCoreHour).toBe(0.04);
    const zone = await grid.zoneFor(NODE);
    expect(await grid.intensityFor(zone, 0)).toMatchObject({ gramsPerKwh: 100, source: 'zone-year' });
  });

  test('what a person set wins over the tables', async () => {
    const contract = { share: 1, contractGramsPerKwh: 0, residualGramsPerKwh: null };
    const settings = { ...NO_CONTEXT_SETTINGS, pue: 1.1, zone: 'SE-SE3', priceCpuCoreHour: 1, contract };
    const { pue, grid, prices, contracts } = chain(null, coefficientOverrides(settings, GENERAL, 'lifecycle'));
    expect((await pue.pueFor(NODE)).pue).toBe(1.1);
    expect((await prices.pricesFor('c')).cpuCoreHour).toBe(1);
    expect(await contracts.contractFor(NODE)).toMatchObject({ share: 1, source: 'person' });
    expect(await grid.intensityFor(await grid.zoneFor(NODE), 0)).toMatchObject({ source: 'live' });
  });

  test('a zone by default is for nodes without one, and has its live values', async () => {
    const { grid } = chain('SE-SE3');
    expect((await grid.zoneFor(NODE)).zone).toBe('FR');
    const zone = await grid.zoneFor({ ...NODE, region: null });
    expect(zone).toMatchObject({ zone: 'SE-SE3', foundBy: 'person' });
    expect(await grid.intensityFor(zone, 0)).toMatchObject({ gramsPerKwh: 12, source: 'live' });
  });
});

describe('Boavizta in the figures', () => {
  const open: { stop(): Promise<unknown> }[] = [];
  afterEach(async () => {
    for (const each of open.splice(0).reverse()) await each.stop();
  });
  async function collected(answer: Parameters<typeof startScriptedService>[0], offline = false): Promise<TestBackend> {
    const service = await startScriptedService(answer);
    open.push(service);
    const made = await testBackend({ sources: { boaviztaUrl: service.url, offline }, env: {} });
    open.push(made.backend);
    // Answers come over real sockets, which the hand-moved time does not wait for.
    for (let round = 0; round < 2; round += 1) {
      await collectAll(made, 'one', '2h');
      await settle(200);
      await made.time.advance(3600);
    }
    return made;
  }
  const newest = async ({ client }: TestBackend) => {
    const { metrics } = await client.metrics.rows({ last: '6h', limit: 500 });
    return metrics.toSorted((a, b) => b.timestamp.localeCompare(a.timestamp))[0];
  };

  test('rows say so, carry its range and its warnings; and the state of the source is told', async () => {
    const warnings = ["Instance 'm5.large' not found; using closest match 'm5a.large' (fuzzy match)"];
    const embedded = { value: 24, min: 18, max: 36 };
    const made = await collected(() => ({ body: { impacts: { gwp: { unit: 'kgCO2eq', embedded } }, warnings } }));
    const row = await newest(made);
    expect(row?.sources['embodied']).toBe('boavizta');
    expect((row?.embodied_low_grams ?? 0) / (row?.embodied_co2e_grams ?? 1)).toBeCloseTo(18 / 24, 9);
    expect((row?.embodied_high_grams ?? 0) / (row?.embodied_co2e_grams ?? 1)).toBeCloseTo(36 / 24, 9);
    expect(row?.estimation_reasons).toContain(`Boavizta: ${warnings[0]}`);
    const { sources } = await made.client.sources.states();
    expect(sources.find(({ id }) => id === 'boavizta')).toMatchObject({ state: 'working', message: null });
  });

  test('a service that is down leaves the tables in force, says so once, and is not asked again at once', async () => {
    let asked = 0;
    const made = await collected(() => {
      asked += 1;
      return { status: 503, body: 'down' };
    });
    expect((await newest(made))?.sources['embodied']).toBe('table');
    const { sources } = await made.client.sources.states();
    expect(sources.find(({ id }) => id === 'boavizta')).toMatchObject({ state: 'failed', last_good_at: null });
    expect(asked).toBeLessThanOrEqual(2);
    expect(made.logged.filter(({ message }) => message?.includes('Boavizta'))).toHaveLength(1);
  });

  test('offline nothing is asked', async () => {
    let asked = 0;
    const made = await collected(() => {
      asked += 1;
      return { status: 404, body: { detail: 'x at y not found' } };
    }, true);
    expect(asked).toBe(0);
    const { sources } = await made.client.sources.states();
    expect(sources.find(({ id }) => id === 'boavizta')?.state).toBe('offline');
  });
});
