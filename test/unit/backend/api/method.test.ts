import { afterEach, describe, expect, test } from 'vitest';
import type { MethodSettings } from '../../../../src/contract/schemas/sources.ts';
import type { ConnectOptions } from '../../../../src/core/ports/cluster-source.ts';
import { fakeCoefficients } from '../../../fakes/backend/coefficients.ts';
import { FakeCluster } from '../../../fakes/backend/fake-cluster.ts';
import { settle } from '../../../fakes/backend/manual-time.ts';
import { collectAll, type TestBackend, testBackend } from '../../../fakes/backend/test-backend.ts';

const open: TestBackend[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.backend.stop();
});
async function backend(...args: Parameters<typeof testBackend>): Promise<TestBackend> {
  const made = await testBackend(...args);
  open.push(made);
  return made;
}

const NOTHING: MethodSettings = {
  pue: null,
  zone: null,
  zone_rules: [],
  contract: null,
  prices: {
    cpu_core_hour: null,
    memory_gb_hour: null,
    storage_gb_hour: null,
    network_gb: null,
    gpu_hour: null,
    currency: null,
  },
  opencost: { url: null, off: false },
};
const ALL: MethodSettings = {
  pue: 1.15,
  zone: 'DE',
  zone_rules: [{ provider: 'aws', region: null, label_name: 'pool', label_value: 'north', zone: 'NO-NO2' }],
  contract: { share: 0.6, contract_g_per_kwh: 0, residual_g_per_kwh: null },
  prices: {
    cpu_core_hour: 0.03,
    memory_gb_hour: 0.004,
    storage_gb_hour: 0.0002,
    network_gb: 0,
    gpu_hour: 2.5,
    currency: 'EUR',
  },
  opencost: { url: 'http://opencost.test:9003', off: false },
};

describe('the method of a cluster', () => {
  test('is that of the tables before anything is set', async () => {
    const { client } = await backend();
    expect(await client.sources.method({ context: 'one' })).toEqual(NOTHING);
  });

  test('comes back as it was set, also after a restart, and goes by null', async () => {
    const first = await backend();
    expect(await first.client.sources.updateMethod({ context: 'one', ...ALL })).toEqual(ALL);
    const second = await backend({ state: first.state });
    expect(await second.client.sources.method({ context: 'one' })).toEqual(ALL);
    expect(await second.client.sources.updateMethod({ context: 'one', ...NOTHING })).toEqual(NOTHING);
  });

  test('keeps what is left out, and is one with the settings of the context', async () => {
    const { client } = await backend();
    await client.contexts.updateSettings({ context: 'one', prometheus_url: 'https://prom.test', pue: 1.3 });
    const answer = await client.sources.updateMethod({ context: 'one', zone: 'fr' });
    expect(answer).toEqual({ ...NOTHING, pue: 1.3, zone: 'FR' });
    expect(await client.contexts.settings({ context: 'one' })).toMatchObject({
      prometheus_url: 'https://prom.test',
      pue: 1.3,
      zone: 'FR',
    });
    await client.contexts.updateSettings({ context: 'one', zone: null });
    expect(await client.sources.method({ context: 'one' })).toEqual({ ...NOTHING, pue: 1.3 });
  });

  test('fields of a form that were left empty say nothing', async () => {
    const { client } = await backend();
    const rule = { provider: '', region: ' eu-west-1 ', label_name: '', label_value: '', zone: 'ie' };
    const answer = await client.sources.updateMethod({ context: 'one', zone_rules: [rule] });
    expect(answer.zone_rules).toEqual([
      { provider: null, region: 'eu-west-1', label_name: null, label_value: null, zone: 'IE' },
    ]);
  });

  test.each([
    ['zone', { zone: 'France' }],
    ['zone_rules', { zone_rules: [{ provider: null, region: null, label_name: null, label_value: 'x', zone: 'FR' }] }],
    ['opencost.url', { opencost: { url: 'ftp://opencost.test', off: false } }],
  ])('%s that can not be is refused, and nothing is kept', async (field, change) => {
    const { client } = await backend();
    const refused = client.sources.updateMethod({ context: 'one', pue: 1.9, ...change });
    await expect(refused).rejects.toMatchObject({ code: 'BAD_REQUEST', message: expect.stringContaining(field) });
    expect(await client.sources.method({ context: 'one' })).toEqual(NOTHING);
  });

  test('of a context that is not there is refused', async () => {
    const { client } = await backend();
    await expect(client.sources.method({ context: 'nope' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const update = client.sources.updateMethod({ context: 'nope', pue: 1.2 });
    await expect(update).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('says where OpenCost is to the next connection', async () => {
    const options: ConnectOptions[] = [];
    class Watched extends FakeCluster {
      override connect(_name?: string, given?: ConnectOptions) {
        if (given !== undefined) options.push(given);
        return super.connect();
      }
    }
    const made = await backend({ clusters: [new Watched()] });
    await made.client.sources.updateMethod({ context: 'one', opencost: { url: 'http://cost.test:9003', off: false } });
    await collectAll(made, 'one', '1h');
    expect(options.at(-1)?.openCost).toEqual({ url: 'http://cost.test:9003', isOff: false });
  });

  test('a change is followed by the past, once, with its reason; a change that changes nothing is not', async () => {
    const made = await backend();
    await collectAll(made, 'one', '3h');
    await made.client.sources.updateMethod({ context: 'one', pue: 1.2 });
    await settle(600);
    const [entry, ...others] = (await made.client.audit.list({})).entries;
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ cluster: 'id-of-one', cause: 'pue', reason: 'PUE by tables → 1.2' });
    expect((entry?.after.co2e_grams ?? 0) / (entry?.before.co2e_grams ?? 1)).toBeCloseTo(1.2 / 1.5, 9);
    expect((await made.client.metrics.summary({ last: '3h' })).mean_pue).toBeCloseTo(1.2, 9);
    await made.client.sources.updateMethod({ context: 'one', pue: 1.2 });
    await made.client.sources.updateMethod({ context: 'one', opencost: { url: null, off: true } });
    await settle(600);
    expect((await made.client.audit.list({})).entries).toHaveLength(1);
  });

  test('another currency leaves all numbers as they are', async () => {
    const made = await backend();
    await collectAll(made, 'one', '3h');
    const before = await made.client.metrics.summary({ last: '3h' });
    await made.client.sources.updateMethod({ context: 'one', prices: { ...NOTHING.prices, currency: 'EUR' } });
    await settle(600);
    expect((await made.client.metrics.summary({ last: '3h' })).total_cost).toBe(before.total_cost);
    expect((await made.client.audit.list({})).entries).toEqual([]);
  });

  test.each([
    ['default_zone', { default_zone: 'SE-SE3' }, 'zone', 'Default zone none → SE-SE3'],
    ['default_intensity', { default_intensity: 20 }, 'intensity', 'Default intensity (g/kWh) 475 → 20'],
  ] as const)('%s of all clusters is followed by their past', async (_, change, cause, reason) => {
    const cluster = new FakeCluster();
    cluster.nodes = cluster.nodes.map((node) => ({ ...node, region: null }));
    const made = await backend({
      clusters: [cluster],
      // Values by zone, as tables have them, so that another zone is another value.
      loadCoefficients: async () => (overrides) => {
        const { sources } = fakeCoefficients(overrides);
        const own = overrides.defaultIntensityGramsPerKwh ?? 475;
        const intensityFor: typeof sources.grid.intensityFor = async (zone, at) => ({
          ...(await sources.grid.intensityFor(zone, at)),
          gramsPerKwh: zone.zone === 'WORLD' ? own : 30,
        });
        return { ...sources, grid: { ...sources.grid, intensityFor } };
      },
    });
    await collectAll(made, 'one', '3h');
    await made.client.settings.update({ theme: 'dark' });
    await settle(600);
    expect((await made.client.audit.list({})).entries).toEqual([]);
    await made.client.settings.update(change);
    await settle(600);
    expect((await made.client.audit.list({})).entries).toEqual([expect.objectContaining({ cause, reason })]);
  });
});
