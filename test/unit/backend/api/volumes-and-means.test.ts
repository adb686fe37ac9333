import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CoefficientSources } from '../../../../src/core/ports/coefficient-sources.ts';
import type { Window } from '../../../../src/model/time.ts';
import { fakeCoefficients } from '../../../fakes/backend/coefficients.ts';
import { FakeCluster } from '../../../fakes/backend/fake-cluster.ts';
import { collectAll, type TestBackend, testBackend } from '../../../fakes/backend/test-backend.ts';

const factor = { low: 0.5, high: 2 };
const tz = 'UTC';
const last = '24h';
let made: TestBackend;

/** n1 stands in a cloud; n2 is own metal in another zone, with another PUE and direct factors; a volume lies beside them. */
class MixedCluster extends FakeCluster {
  override reading(window: Window) {
    const volume = {
      ...{ namespace: 'shop', claim: 'data', storageClass: null, provisioner: null, diskType: null },
      ...{ requestedBytes: 5e12, usedBytes: null, aliveSeconds: window.durationSeconds, node: null, team: null },
    };
    return { ...super.reading(window), volumes: [volume] };
  }
}

/** The cloud node has a contract for half of its energy. */
function mixedSources(sources: CoefficientSources): CoefficientSources {
  return {
    ...sources,
    pue: {
      pueFor: async ({ name }) => ({ pue: name === 'n2' ? 1.9 : 1.1, source: 'provider', factor }),
    },
    contracts: {
      contractFor: async ({ name }) =>
        name === 'n2' ? null : { share: 0.5, contractGramsPerKwh: 0, residualGramsPerKwh: null, source: 'person' },
    },
    grid: {
      zoneFor: async ({ name, region }) =>
        name === 'n2'
          ? { zone: 'DE', countryCode: 'DE', foundBy: 'country' }
          : { zone: region === null ? 'WORLD' : 'FR', countryCode: 'FR', foundBy: 'region' },
      intensityFor: async ({ zone }) => ({
        ...{ gramsPerKwh: zone === 'DE' ? 400 : 40, zone, source: 'zone-year', factorType: 'lifecycle', factor },
        atSeconds: null,
      }),
      directFor: async ({ zone }) => ({
        ...{ gramsPerKwh: 300, zone, source: 'zone-year', factorType: 'direct', factor },
        atSeconds: null,
      }),
    },
  };
}

beforeAll(async () => {
  const cluster = new MixedCluster();
  cluster.nodes = cluster.nodes.map((node) =>
    node.name === 'n2' ? { ...node, provider: 'onprem', region: 'de-ber-1', instanceType: 'rack' } : node,
  );
  made = await testBackend({
    clusters: [cluster],
    loadCoefficients: async () => (overrides) => mixedSources(fakeCoefficients(overrides).sources),
  });
  await collectAll(made);
});
afterAll(() => made.backend.stop());

const near = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(b)));

describe('volumes are on no node', () => {
  test('a breakdown by node names them as what they are', async () => {
    const { items, total_items } = await made.client.metrics.breakdown({ by: 'node', last, tz });
    const rows = items.map(({ key, label, node, namespace, row_kind }) => [key, label, node, namespace, row_kind]);
    expect(rows.sort()).toEqual([
      ['', 'Volumes', null, '__storage__', 'volume'],
      ['n1', 'n1', 'n1', null, 'pod'],
      ['n2', 'n2', 'n2', null, 'pod'],
    ]);
    expect(total_items).toBe(3);
  });

  test.each(['reservation', 'even'] as const)('spread "%s" gives them nothing', async (spread) => {
    const of = async (how: 'keep' | typeof spread) => {
      const { items } = await made.client.metrics.breakdown({ by: 'node', spread: how, last, tz });
      return items.find(({ key }) => key === '')?.energy_joules;
    };
    expect(await of(spread)).toBe(await of('keep'));
  });

  test('they are no node of the quality report, its narrowing and the sums of an explanation', async () => {
    const report = await made.client.explain.quality({ last, tz });
    expect(report.nodes.map(({ node }) => node).sort()).toEqual(['n1', 'n2']);
    const details = report.narrowing.map(({ detail }) => detail);
    expect(details.length).toBeGreaterThan(0);
    for (const detail of details) expect(detail).not.toMatch(/of 3 nodes/);
    expect(report.narrowing.find(({ factor: of }) => of === 'storage')?.detail ?? 'on persistent volumes').toMatch(
      /on persistent volumes$/,
    );
    const found = await made.client.explain.figure({ last, metric: 'carbon', tz });
    const words = JSON.stringify(found);
    expect(words).toContain('Mean of 2 nodes by energy');
    expect(words).not.toMatch(/3 nodes|other nodes|On no node/);
  });

  test('the energy of all of them stands under a name', async () => {
    const { steps } = await made.client.explain.figure({ last, metric: 'energy', namespace: '__storage__', tz });
    expect(steps[0]?.value).toBeGreaterThan(0);
    expect(steps.flatMap(({ terms }) => terms.map(({ name }) => name))).toContain('Persistent volumes');
  });
});

test('one mean intensity everywhere: facility kWh × mean are the grams', async () => {
  const summary = await made.client.metrics.summary({ last, tz });
  const mean = summary.mean_grid_intensity ?? Number.NaN;
  near((summary.total_facility_energy_joules / 3.6e6) * mean, summary.total_co2e_grams);
  const { steps } = await made.client.explain.figure({ last, metric: 'carbon', tz });
  const operational = steps.find(({ id }) => id === 'operational');
  near(operational?.terms.find(({ symbol }) => symbol === 'intensity')?.value ?? Number.NaN, mean);
  near(operational?.value ?? Number.NaN, summary.total_co2e_grams);
  // Weighted by IT energy it would be another number, by the node with the higher PUE.
  const { zones } = await made.client.grid.zones({ last, tz });
  const german = zones.find(({ zone }) => zone === 'DE');
  near(german?.mean ?? Number.NaN, 400);
  const grams = zones.reduce((all, each) => all + (each.mean ?? 0) * (each.facility_energy_joules / 3.6e6), 0);
  near(grams, summary.total_co2e_grams);
});

test('GET /scopes: a contract of one node gives all market figures, and parts add up both ways', async () => {
  const scopes = await made.client.explain.scopes({ last, tz });
  const summary = await made.client.metrics.summary({ last, tz });
  const { scope3_category1_grams: cloud, scope3_category2_grams: machines } = scopes;
  near(
    scopes.scope2_location_grams + cloud + machines + (scopes.scope3_category3_grams ?? 0),
    scopes.total_location_grams,
  );
  near(scopes.total_location_grams, summary.total_co2e_all_scopes);
  near(scopes.scope2_market_grams ?? Number.NaN, scopes.scope2_location_grams);
  near(scopes.scope3_category3_market_grams ?? Number.NaN, scopes.scope3_category3_grams ?? 0);
  near(
    scopes.scope3_category1_market_grams ?? Number.NaN,
    scopes.scope3_category1_operational_grams / 2 + scopes.scope3_category1_embodied_grams,
  );
  const market = [
    scopes.scope2_market_grams,
    scopes.scope3_category1_market_grams,
    machines,
    scopes.scope3_category3_market_grams,
  ];
  near(
    market.reduce<number>((all, each) => all + (each ?? Number.NaN), 0),
    scopes.total_market_grams ?? Number.NaN,
  );
  near(scopes.scope3_category3_grams ?? Number.NaN, scopes.scope2_location_grams / 3);
});

test('a zone that only its country is known of says so on each row of the node', async () => {
  const sentence = "Grid zone of region de-ber-1 is not known; the country's is taken.";
  const { metrics } = await made.client.metrics.rows({ last: '3h', limit: 1000, offset: 0, tz });
  for (const row of metrics.filter(({ node }) => node !== '')) {
    expect(row.estimation_reasons.filter((reason) => reason === sentence)).toHaveLength(row.node === 'n2' ? 1 : 0);
  }
  expect(metrics.some(({ node }) => node === 'n2')).toBe(true);
});
