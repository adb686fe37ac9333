import { describe, expect, test } from 'vitest';
import { CoefficientCache } from '../../../../src/backend/pipeline/node-coefficients.ts';
import type { CoefficientSources } from '../../../../src/core/ports/coefficient-sources.ts';
import type { VolumeUsage } from '../../../../src/model/energy.ts';
import type { WindowFacts } from '../../../../src/model/facts.ts';
import { Failure } from '../../../../src/model/failure.ts';
import type { NodeDescription } from '../../../../src/model/inventory.ts';
import { fakeCoefficients } from '../../../fakes/backend/coefficients.ts';
import { FakeCluster } from '../../../fakes/backend/fake-cluster.ts';

const [NODE] = new FakeCluster().nodes as [NodeDescription];
const HOUR = 3600;
const factor = { low: 0.5, high: 2 };
const GPU = {
  model: 'T4',
  tdpWatts: 70,
  isKnown: true,
  factors: { measured: factor, utilisation: factor, assumed: factor },
};
const CONTRACT = { share: 0.5, contractGramsPerKwh: 0, residualGramsPerKwh: null, source: 'person' } as const;

const node = (change: Partial<NodeDescription>): NodeDescription => ({ ...NODE, ...change });
const volume = (claim: string, change: Partial<VolumeUsage> = {}): VolumeUsage => ({
  namespace: 'shop',
  claim,
  storageClass: 'fast',
  provisioner: 'ebs.csi.aws.com',
  diskType: 'gp3',
  requestedBytes: 1e9,
  usedBytes: null,
  aliveSeconds: 300,
  node: null,
  team: null,
  ...change,
});

function factsOf(nodes: NodeDescription[], volumes: VolumeUsage[] = [], place = NODE, startSeconds = 0): WindowFacts {
  return {
    window: { startSeconds, durationSeconds: 300 },
    coveredSeconds: 300,
    nodes: nodes.map((each) => ({
      node: each,
      cpuSeconds: 1,
      cpuSource: 'node-exporter',
      existedSeconds: 300,
      pods: [],
    })),
    volumes: volumes.map((each) => ({ ...each, place })),
  };
}

/** The fakes, with a port or two bent. */
function cacheOf(bend: (sources: CoefficientSources) => Partial<CoefficientSources> = () => ({})) {
  const { sources, asked } = fakeCoefficients();
  return { cache: new CoefficientCache({ ...sources, ...bend(sources) }, 'c'), asked };
}

describe('coefficients of a window', () => {
  test('are asked for once a kind of node, and intensity once a zone and hour', async () => {
    const { cache, asked } = cacheOf();
    const nodes = [node({ name: 'a' }), node({ name: 'b' }), node({ name: 'c', instanceType: 'm5.xlarge' })];
    for (let start = 0; start < 2 * HOUR; start += 300) await cache.forFacts(factsOf(nodes, [], NODE, start));
    expect(asked).toMatchObject({ power: 2, pue: 2, zone: 2, prices: 2, intensity: 2 });
  });

  test('a label counts only where an answer depends on it', async () => {
    const nodes = [node({ labels: { pool: 'a', host: '1' } }), node({ labels: { pool: 'b', host: '2' } })];
    const blind = cacheOf();
    await blind.cache.forFacts(factsOf(nodes));
    expect(blind.asked.zone).toBe(1);
    const zoneFor = async ({ labels }: NodeDescription) =>
      ({ zone: labels['pool'] === 'a' ? 'FR' : 'DE', countryCode: null, foundBy: 'person' }) as const;
    const { cache } = cacheOf(({ grid }) => ({ grid: { ...grid, zoneFor }, labels: ['pool'] }));
    const { zoneOf } = await cache.forFacts(factsOf(nodes));
    expect(nodes.map(zoneOf)).toEqual(['FR', 'DE']);
  });

  test('cards and a contract come with the nodes that have them, and are left out elsewhere', async () => {
    const { cache } = cacheOf(({ power }) => ({
      power: { ...power, gpuFor: async ({ gpuCount }) => (gpuCount > 0 ? GPU : null) },
      contracts: { contractFor: async ({ region }) => (region === 'europe-west1' ? CONTRACT : null) },
    }));
    const plain = node({});
    const rich = node({ gpuCount: 1, region: 'europe-west1' });
    const { coefficientsOf } = await cache.forFacts(factsOf([plain, rich]));
    expect(coefficientsOf(rich)).toMatchObject({ gpu: GPU, market: CONTRACT });
    expect(Object.keys(coefficientsOf(plain))).not.toEqual(expect.arrayContaining(['gpu']));
    expect(Object.keys(coefficientsOf(plain))).not.toEqual(expect.arrayContaining(['market']));
  });

  test('direct factors are for own hardware alone', async () => {
    const { cache } = cacheOf(({ grid }) => ({
      grid: {
        ...grid,
        directFor: async ({ zone }) => ({
          gramsPerKwh: 40,
          zone,
          source: 'zone-year',
          factorType: 'direct',
          factor,
          atSeconds: null,
        }),
      },
    }));
    const own = node({ provider: 'onprem' });
    const { coefficientsOf } = await cache.forFacts(factsOf([NODE, own]));
    expect(coefficientsOf(own).direct).toMatchObject({ gramsPerKwh: 40, factorType: 'direct' });
    expect(coefficientsOf(NODE).direct).toBeUndefined();
    expect(coefficientsOf(own).intensity.factorType).toBe('lifecycle');
  });

  test('embodied emissions are asked for in each window: a service may have answered meanwhile', async () => {
    let kilograms = 1;
    const { cache } = cacheOf(() => ({
      embodied: {
        embodiedFor: async () => ({ kilograms: kilograms++, lifespanHours: 1, source: 'boavizta', factor }),
      },
    }));
    expect((await cache.forFacts(factsOf([NODE]))).coefficientsOf(NODE).embodied.kilograms).toBe(1);
    expect((await cache.forFacts(factsOf([NODE]))).coefficientsOf(NODE).embodied.kilograms).toBe(2);
  });

  test('volumes have theirs by class and place, and their place is looked up also where no node is', async () => {
    const seen: string[] = [];
    const { cache } = cacheOf(({ power }) => ({
      power: {
        ...power,
        volumeFor: async ({ diskType }, { provider }) => {
          seen.push(`${provider} ${diskType}`);
          return {
            medium: 'ssd',
            wattHoursPerTerabyteHour: diskType === 'st1' ? 1 : 2,
            replication: 2,
            factor,
            flags: [],
          };
        },
      },
    }));
    const place = node({ name: 'elsewhere', region: 'us-east-1' });
    const volumes = [volume('a'), volume('b'), volume('c', { diskType: 'st1' })];
    const facts = factsOf([NODE], volumes, place);
    const { volumeOf, coefficientsOf, zoneOf } = await cache.forFacts(facts);
    await cache.forFacts(facts);
    expect(seen).toEqual(['aws gp3', 'aws st1']);
    expect(facts.volumes?.map((each) => volumeOf(each).wattHoursPerTerabyteHour)).toEqual([2, 2, 1]);
    expect(coefficientsOf(place).pue.pue).toBe(1.5);
    expect(zoneOf(place)).toBe('FR');
  });

  test('a lookup that failed is made again; what was not looked up is a mistake', async () => {
    let fails = true;
    const { cache } = cacheOf(({ grid }) => ({
      grid: {
        ...grid,
        intensityFor: async (...args) => {
          if (fails) throw new Failure('store-away', 'The store is away');
          return grid.intensityFor(...args);
        },
      },
    }));
    await expect(cache.forFacts(factsOf([NODE]))).rejects.toMatchObject({ code: 'store-away' });
    fails = false;
    const { coefficientsOf } = await cache.forFacts(factsOf([NODE]));
    expect(coefficientsOf(NODE).intensity.gramsPerKwh).toBe(100);
    expect(() => coefficientsOf(node({ instanceType: 'other' }))).toThrow(Failure);
  });
});
