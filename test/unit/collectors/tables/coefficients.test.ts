import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type CoefficientTables,
  createTableCoefficients,
  loadCoefficientTables,
} from '../../../../src/collectors/tables/index.ts';
import type { CoefficientOverrides } from '../../../../src/core/ports/coefficient-sources.ts';
import type { NodeDescription } from '../../../../src/model/inventory.ts';

const GIB = 1_073_741_824;
const MARCH_2026 = Date.UTC(2026, 2, 1) / 1000;
const NOTHING_SET: CoefficientOverrides = {
  pue: null,
  zone: null,
  defaultIntensityGramsPerKwh: null,
  prices: null,
  contract: null,
  factorType: 'lifecycle',
  zoneRules: [],
};

let tables: CoefficientTables;
beforeAll(async () => {
  tables = await loadCoefficientTables(join(import.meta.dirname, '../../../../resources/data'));
});

function sources(overrides: Partial<CoefficientOverrides> = {}) {
  return createTableCoefficients(tables, { ...NOTHING_SET, ...overrides });
}

function nodeOf(changes: Partial<NodeDescription>): NodeDescription {
  return {
    name: 'n',
    uid: null,
    providerId: null,
    provider: 'aws',
    region: 'eu-west-3',
    zone: 'eu-west-3a',
    instanceType: 'm5.xlarge',
    architecture: 'amd64',
    os: 'linux',
    cpuCapacityMillicores: 4000,
    memoryCapacityBytes: 16 * GIB,
    cpuAllocatableMillicores: 3900,
    memoryAllocatableBytes: 15 * GIB,
    gpuCount: 0,
    ready: true,
    createdAtSeconds: null,
    addresses: [],
    labels: {},
    ...changes,
  };
}

const METAL = {
  provider: 'onprem',
  instanceType: null,
  region: null,
  zone: null,
  cpuCapacityMillicores: 16_000,
  memoryCapacityBytes: 64e9,
} as const;

describe('the bundled tables', () => {
  test('are all there', () => {
    expect(tables.instances.instances.size).toBe(3245);
    expect(tables.providers.size).toBe(6);
    expect(tables.zoneYears.size).toBe(352);
    expect(tables.countryYears.size).toBe(205);
    expect(tables.regions.exact.size).toBeGreaterThan(140);
  });

  test('hold only curves that rise', () => {
    for (const { power } of tables.instances.instances.values()) {
      const [idle, ten, fifty, full] = power.watts;
      expect(idle <= ten && ten <= fifty && fifty <= full && idle > 0).toBe(true);
      expect(power.factor.low).toBeLessThanOrEqual(1);
      expect(power.factor.high).toBeGreaterThanOrEqual(1);
    }
  });

  test('name a zone or a country with a yearly value for each region of a cloud', () => {
    const entries = [...tables.regions.exact.values(), ...[...tables.regions.prefixes.values()].flat()];
    for (const { zone, countryCode } of entries) {
      expect(tables.zoneYears.has(zone) || tables.countryYears.has(countryCode)).toBe(true);
    }
  });
});

describe('the power curve', () => {
  test("of a known type is Teads' own", async () => {
    expect(await sources().power.curveFor(nodeOf({}))).toMatchObject({
      id: 'aws/m5.xlarge/teads',
      watts: [8.8, 14, 28.2, 39.9],
      source: 'teads',
      factor: { low: 0.6, high: 1.4 },
      flags: [],
    });
  });

  test('of a modelled type tells memory apart', async () => {
    const node = nodeOf({ provider: 'gcp', instanceType: 'n2-standard-4' });
    const curve = await sources().power.curveFor(node);
    expect(curve).toMatchObject({ source: 'microarchitecture', watts: [7.25, 10.02, 15.99, 19.74] });
    // 17.18 GB less 1.6 GB for each of 4 vCPU, at 0.392 W/GB.
    expect(curve.memoryWatts).toBeCloseTo(0.392 * (16 * 1.073741824 - 6.4), 9);
  });

  test('is found whatever the case of the type', async () => {
    const node = nodeOf({ provider: 'azure', instanceType: 'standard_d16ps_v5', cpuCapacityMillicores: 16_000 });
    expect((await sources().power.curveFor(node)).id).toContain('Standard_D16ps_v5');
  });

  test('of a new size in a known family takes the processors of the family', async () => {
    const curve = await sources().power.curveFor(nodeOf({ instanceType: 'm6g.99xlarge' }));
    expect(curve.source).toBe('microarchitecture');
    expect(curve.flags[0]).toContain('Graviton2');
  });

  test('of a family with several processors takes the average of the provider', async () => {
    const curve = await sources().power.curveFor(nodeOf({ instanceType: 'm5.99xlarge' }));
    expect(curve.source).toBe('provider-default');
    expect(curve.watts[0]).toBeCloseTo(0.74 * 4 + 0.392 * (16 * 1.073741824 - 10), 9);
  });

  test("of own metal is the average of own servers × the node's vCPU", async () => {
    const curve = await sources().power.curveFor(nodeOf(METAL));
    expect(curve.source).toBe('provider-default');
    expect(curve.watts[0]).toBeCloseTo(0.78 * 16 + 0.392 * 24, 9);
  });

  test('of a provider without a row is generic', async () => {
    const curve = await sources().power.curveFor(nodeOf({ provider: 'hetzner', instanceType: 'cx32' }));
    expect(curve.source).toBe('generic');
  });

  test('of a type with GPUs is that of its host', async () => {
    const curve = await sources().power.curveFor(nodeOf({ instanceType: 'g4dn.xlarge' }));
    expect(curve.id).toBe('aws/g4dn.xlarge/teads/host');
    expect(curve.memoryWatts).toBe(0);
  });
});

describe('the PUE', () => {
  test.each([
    ['aws', 'eu-west-3', 1.15, 'provider'],
    ['gcp', 'europe-west4', 1.07, 'region'],
    ['gcp', 'europe-west1', 1.09, 'region'],
    ['gcp', 'asia-south1', 1.09, 'provider'],
    ['azure', 'westeurope', 1.18, 'provider'],
    ['ovh', 'GRA11', 1.26, 'provider'],
    ['scaleway', 'fr-par', 1.37, 'provider'],
    ['onprem', null, 1.58, 'provider'],
    ['hetzner', 'fsn1', 1.58, 'on-prem'],
    ['unknown', null, 1.58, 'on-prem'],
  ] as const)('of %s in %s is %d', async (provider, region, pue, source) => {
    const value = await sources().pue.pueFor(nodeOf({ provider, region, zone: null }));
    expect(value).toMatchObject({ pue, source });
    expect(value.factor.low).toBeLessThanOrEqual(1);
    expect(value.factor.high).toBeGreaterThanOrEqual(1);
  });

  test("is the person's where one is set", async () => {
    expect(await sources({ pue: 1.25 }).pue.pueFor(nodeOf({}))).toMatchObject({ pue: 1.25, source: 'person' });
  });

  test("has the provider's range", async () => {
    const { pue, factor } = await sources().pue.pueFor(nodeOf({}));
    expect([pue * factor.low, pue * factor.high]).toEqual([expect.closeTo(1.07, 9), expect.closeTo(1.5, 9)]);
  });
});

describe('the grid zone', () => {
  test.each([
    ['aws', 'eu-west-3', null, 'FR'],
    ['aws', null, 'eu-north-1b', 'SE-SE3'],
    ['gcp', null, 'europe-west1-b', 'BE'],
    ['azure', 'swedencentral', 'swedencentral-2', 'SE-SE3'],
    ['azure', 'FranceCentral', null, 'FR'],
    ['ovh', 'GRA11', null, 'FR'],
    ['ovh', 'gra9', null, 'FR'],
    ['ovh', 'EU-WEST-PAR', 'eu-west-par-a', 'FR'],
    ['ovh', 'US-EAST-VA-1', null, 'US-MIDA-PJM'],
    ['scaleway', null, 'fr-par-1', 'FR'],
    ['scaleway', 'nl-ams', null, 'NL'],
    ['onprem', 'SE-SE3', 'rack-1', 'SE-SE3'],
    ['onprem', 'se-se3', null, 'SE-SE3'],
    ['onprem', 'basement', 'DE', 'DE'],
  ] as const)('of %s %s %s is %s', async (provider, region, zone, expected) => {
    const found = await sources().grid.zoneFor(nodeOf({ provider, region, zone }));
    expect(found).toMatchObject({ zone: expected, foundBy: 'region' });
  });

  test.each([
    ['onprem', 'basement'],
    ['unknown', 'eu-west-3'],
    ['hetzner', 'moon1'],
    ['aws', 'FR'],
  ] as const)('of %s in %s is not known', async (provider, region) => {
    const found = await sources().grid.zoneFor(nodeOf({ provider, region, zone: null }));
    expect(found).toEqual({ zone: 'WORLD', countryCode: null, foundBy: 'unknown' });
  });

  test("is the person's where one is set", async () => {
    expect(await sources({ zone: 'SE-SE4' }).grid.zoneFor(nodeOf({}))).toEqual({
      zone: 'SE-SE4',
      countryCode: 'SE',
      foundBy: 'person',
    });
  });
});

describe('the intensity', () => {
  test("is the zone's last year before the window", async () => {
    const grid = sources().grid;
    const zone = await grid.zoneFor(nodeOf({}));
    expect(await grid.intensityFor(zone, MARCH_2026)).toMatchObject({
      gramsPerKwh: 31,
      source: 'zone-year',
      zone: 'FR',
    });
    const in2022 = await grid.intensityFor(zone, Date.UTC(2022, 6, 1) / 1000);
    expect(in2022).toMatchObject({ gramsPerKwh: 91, atSeconds: Date.UTC(2022, 0, 1) / 1000 });
  });

  test("is the country's for a zone that the table lacks", async () => {
    const value = await sources({ zone: 'FR-NOWHERE' }).grid.intensityFor(
      { zone: 'FR-NOWHERE', countryCode: 'FR', foundBy: 'person' },
      MARCH_2026,
    );
    expect(value).toMatchObject({ gramsPerKwh: 56, source: 'country-year', zone: 'FR' });
  });

  test("is the world's or the person's default where the place is not known", async () => {
    const nowhere = { zone: 'WORLD', countryCode: null, foundBy: 'unknown' } as const;
    expect((await sources().grid.intensityFor(nowhere, MARCH_2026)).gramsPerKwh).toBe(475);
    const set = sources({ defaultIntensityGramsPerKwh: 210 });
    expect(await set.grid.intensityFor(nowhere, MARCH_2026)).toMatchObject({ gramsPerKwh: 210, source: 'person' });
  });
});

describe('embodied emissions', () => {
  test("of a known type are the table's", async () => {
    expect(await sources().embodied.embodiedFor(nodeOf({}))).toMatchObject({
      kilograms: 67.12,
      lifespanHours: 35_040,
      source: 'table',
    });
  });

  test('of own metal follow the formula, over five years', async () => {
    const value = await sources().embodied.embodiedFor(nodeOf(METAL));
    expect(value).toMatchObject({ lifespanHours: 43_800, source: 'formula' });
    expect(value.kilograms).toBeCloseTo(1000 + (533 / 384) * 48, 9);
  });

  test('of Scaleway last five years too', async () => {
    const value = await sources().embodied.embodiedFor(nodeOf({ provider: 'scaleway', instanceType: 'NEW1' }));
    expect(value.lifespanHours).toBe(43_800);
  });
});

test('prices are the defaults, or what a person set', async () => {
  expect(await sources().prices.pricesFor('c')).toMatchObject({ cpuCoreHour: 0.04, currency: 'USD' });
  const own = sources({ prices: { cpuCoreHour: 0.02, memoryGbHour: 0.003, currency: 'EUR' } });
  expect(await own.prices.pricesFor('c')).toMatchObject({ cpuCoreHour: 0.02, currency: 'EUR', source: 'person' });
});
