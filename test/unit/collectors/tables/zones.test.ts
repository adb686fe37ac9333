import { beforeAll, describe, expect, test } from 'vitest';
import type { CoefficientTables } from '../../../../src/collectors/tables/index.ts';
import type { ZoneRule } from '../../../../src/core/ports/coefficient-sources.ts';
import type { Provider } from '../../../../src/model/cluster.ts';
import { loadTables, nodeAt, sourcesOf } from './load.ts';

let tables: CoefficientTables;
beforeAll(async () => {
  tables = await loadTables();
});

describe('providers beside the large ones', () => {
  test.each<[Provider, string | null, string | null, string]>([
    ['hetzner', 'fsn1', 'fsn1-dc14', 'DE'],
    ['hetzner', 'hel1', null, 'FI'],
    ['hetzner', 'eu-central', 'hel1', 'FI'],
    ['hetzner', 'ash', null, 'US-MIDA-PJM'],
    ['digitalocean', 'nyc3', null, 'US-NY-NYIS'],
    ['digitalocean', 'BLR1', null, 'IN-SO'],
    ['linode', 'us-ord', null, 'US-MIDA-PJM'],
    ['linode', 'us-southeast', null, 'US-SE-SOCO'],
    ['linode', 'de-fra-2', null, 'DE'],
    ['ibm', 'us-south', 'us-south-1', 'US-TEX-ERCO'],
    ['ibm', null, 'fra02', 'DE'],
    ['oracle', 'eu-frankfurt-1', 'EU-FRANKFURT-1-AD-1', 'DE'],
    ['oracle', 'iad', null, 'US-MIDA-PJM'],
    ['alibaba', 'cn-hangzhou', 'cn-hangzhou-b', 'CN'],
    ['alibaba', 'cn-hongkong', null, 'HK'],
    ['exoscale', 'ch-gva-2', null, 'CH'],
  ])('%s %s %s lies in %s', async (provider, region, zone, expected) => {
    const found = await sourcesOf(tables).grid.zoneFor(nodeAt({ provider, region, zone }));
    expect(found).toMatchObject({ zone: expected, foundBy: 'region' });
  });
});

describe('a region that no table has', () => {
  test.each<[Provider, string, string]>([
    ['azure', 'germanynorth3', 'DE'],
    ['azure', 'northus4', 'US'],
    ['azure', 'eastindia', 'IN'],
    ['azure', 'australianorth', 'AU'],
    ['scaleway', 'de-ber-1', 'DE'],
    ['aws', 'ca-east-9', 'CA'],
    ['aws', 'us-north-1', 'US'],
    ['oracle', 'uk-leeds-1', 'GB'],
    ['exoscale', 'fr-lyo-1', 'FR'],
  ])('of %s, %s, lies in the country that it names: %s', async (provider, region, country) => {
    const found = await sourcesOf(tables).grid.zoneFor(nodeAt({ provider, region }));
    expect(found).toMatchObject({ zone: country, countryCode: country });
    expect(found.foundBy).toBe(provider === 'azure' ? 'region' : 'country');
  });

  test.each<[Provider, string]>([
    ['aws', 'me-west-9'],
    ['aws', 'eu-moon-1'],
    ['aws', 'sa-north-1'],
    ['gcp', 'europe-west99'],
    ['digitalocean', 'de-1'],
    ['unknown', 'de-ber-1'],
    ['onprem', 'ca-east'],
  ])('of %s, %s, is nowhere in particular, and says so', async (provider, region) => {
    const { grid } = sourcesOf(tables);
    const zone = await grid.zoneFor(nodeAt({ provider, region }));
    expect(zone).toEqual({ zone: 'WORLD', countryCode: null, foundBy: 'unknown' });
    expect(await grid.intensityFor(zone, 0)).toMatchObject({ gramsPerKwh: 475, source: 'world' });
  });
});

describe('rules of a cluster', () => {
  const rule = (changes: Partial<ZoneRule>): ZoneRule => ({
    provider: null,
    region: null,
    label: null,
    zone: 'SE-SE2',
    ...changes,
  });
  const node = nodeAt({
    provider: 'onprem',
    region: 'hall-7',
    labels: { 'example.org/site': 'lulea', pool: 'gpu' },
  });
  const zoneWith = async (zoneRules: readonly ZoneRule[], zone: string | null = null) =>
    (await sourcesOf(tables, { zoneRules, zone }).grid.zoneFor(node)).zone;

  test('match by label, with or without a value', async () => {
    expect(await zoneWith([rule({ label: { name: 'example.org/site', value: 'lulea' } })])).toBe('SE-SE2');
    expect(await zoneWith([rule({ label: { name: 'pool', value: null } })])).toBe('SE-SE2');
    expect(await zoneWith([rule({ label: { name: 'pool', value: 'cpu' } })])).toBe('WORLD');
    expect(await zoneWith([rule({ label: { name: 'other', value: null } })])).toBe('WORLD');
  });

  test('match by provider and region, all that is given', async () => {
    expect(await zoneWith([rule({ provider: 'onprem', region: 'HALL-7' })])).toBe('SE-SE2');
    expect(await zoneWith([rule({ provider: 'aws', region: 'hall-7' })])).toBe('WORLD');
    expect(await zoneWith([rule({ provider: 'onprem', region: 'hall-8' })])).toBe('WORLD');
    expect(await zoneWith([rule({ provider: 'onprem', label: { name: 'pool', value: 'cpu' } })])).toBe('WORLD');
  });

  test('are read in order; the first that matches wins', async () => {
    const rules = [rule({ region: 'elsewhere', zone: 'DE' }), rule({ zone: 'FI' }), rule({ zone: 'NO' })];
    expect(await zoneWith(rules)).toBe('FI');
  });

  test('win over the region, and the zone of the whole cluster over them', async () => {
    const { grid } = sourcesOf(tables, { zoneRules: [rule({ provider: 'aws' })] });
    expect(await grid.zoneFor(nodeAt({ region: 'eu-west-3' }))).toEqual({
      zone: 'SE-SE2',
      countryCode: 'SE',
      foundBy: 'person',
    });
    expect(await zoneWith([rule({})], 'FR')).toBe('FR');
  });

  test('make their labels known, so that nodes that differ in them are told apart', () => {
    const { labels } = sourcesOf(tables, { zoneRules: [rule({ label: { name: 'pool', value: null } }), rule({})] });
    expect(labels).toContain('pool');
    expect(labels).toContain('nvidia.com/gpu.product');
  });
});
