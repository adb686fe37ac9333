import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CoefficientTables } from '../../../../src/collectors/tables/index.ts';
import { curveWithoutGpus } from '../../../../src/core/power/choose-curve.ts';
import { computeWindow } from '../../../../src/core/window/compute-window.ts';
import type { Provider } from '../../../../src/model/cluster.ts';
import type { NodeDescription } from '../../../../src/model/inventory.ts';
import { coefficientsOf, factsOf, nodeFactsOf } from '../../core/builders.ts';
import { loadTables, MARCH_2026, nodeAt, sourcesOf } from './load.ts';

let tables: CoefficientTables;
beforeAll(async () => {
  tables = await loadTables();
});

function rowsOf(file: string): Record<string, string>[] {
  const text = readFileSync(join(import.meta.dirname, '../../../../resources/data', file), 'utf8');
  return parse<Record<string, string>>(text, { columns: true, bom: true });
}

const cell = (row: Record<string, string>, name: string): string => row[name] ?? '';
const numberOf = (row: Record<string, string>, name: string): number => Number(cell(row, name));

/** A node as its type says it is, with as many cards as it has. */
function nodeOfType(row: Record<string, string>): NodeDescription {
  return nodeAt({
    provider: cell(row, 'provider') as Provider,
    instanceType: cell(row, 'instance_type'),
    cpuCapacityMillicores: numberOf(row, 'vcpu') * 1000,
    memoryCapacityBytes: numberOf(row, 'memory_gib') * 1_073_741_824,
    gpuCount: numberOf(row, 'gpu_count'),
  });
}

describe('every zone of cloud_regions.csv', () => {
  test('resolves without a key to an intensity of its own place', async () => {
    const { grid } = sourcesOf(tables);
    for (const row of rowsOf('cloud_regions.csv')) {
      const node = nodeAt({ provider: cell(row, 'provider') as Provider, region: cell(row, 'region_id') });
      const zone = await grid.zoneFor(node);
      expect(zone).toMatchObject({ zone: row.electricity_maps_zone, countryCode: row.country_code, foundBy: 'region' });
      const intensity = await grid.intensityFor(zone, MARCH_2026);
      expect(['zone-profile', 'zone-year', 'country-year']).toContain(intensity.source);
      expect(intensity.gramsPerKwh).toBeGreaterThan(0);
    }
  });

  test('resolves from the names of its availability zones alone', async () => {
    const { grid } = sourcesOf(tables);
    const suffixes: Partial<Record<Provider, readonly string[]>> = {
      aws: ['a', 'f'],
      gcp: ['-b'],
      azure: ['-1', '1'],
      scaleway: ['-1'],
      ovh: ['-a'],
    };
    for (const row of rowsOf('cloud_regions.csv')) {
      const provider = cell(row, 'provider') as Provider;
      for (const suffix of suffixes[provider] ?? []) {
        const node = nodeAt({ provider, zone: `${row.region_id}${suffix}` });
        expect([node.zone, (await grid.zoneFor(node)).zone]).toEqual([node.zone, row.electricity_maps_zone]);
      }
    }
  });
});

describe('every type of instance_types.csv', () => {
  test('has a rising positive curve, its GPUs taken out where a model is named', async () => {
    const { power } = sourcesOf(tables);
    let types = 0;
    let withoutCards = 0;
    for (const row of rowsOf('instance_types.csv')) {
      const node = nodeOfType(row);
      const [idle, ten, fifty, full] = (await power.curveFor(node)).watts;
      expect(idle).toBeGreaterThan(0);
      expect(ten).toBeGreaterThanOrEqual(idle);
      expect(fifty).toBeGreaterThanOrEqual(ten);
      expect(full).toBeGreaterThan(idle);
      types += 1;
      if (node.gpuCount === 0) continue;
      const gpu = await power.gpuFor(node);
      expect(gpu === null).toBe(row.gpu_model === '');
      if (gpu !== null) {
        expect(gpu).toMatchObject({ isKnown: true, cardCount: node.gpuCount });
        expect(full).toBeLessThan(numberOf(row, 'watts_100pct'));
        withoutCards += 1;
      }
    }
    expect([types, withoutCards]).toEqual([3245, 160]);
  });

  test('never has its cards counted twice: at full load a node draws what the table says', async () => {
    const { power } = sourcesOf(tables);
    for (const row of rowsOf('instance_types.csv').filter((each) => Number(each.gpu_count) > 0)) {
      const node = nodeOfType(row);
      const gpu = await power.gpuFor(node);
      const full = (await power.curveFor(node)).watts[3];
      const cards = gpu === null ? 0 : node.gpuCount * gpu.tdpWatts * 1.02;
      expect(full + cards).toBeCloseTo(numberOf(row, 'watts_100pct'), 6);
    }
  });

  test('has a known accelerator unless none can be named', () => {
    const nameless = [...tables.instances.instances.values()].filter(
      ({ power }) => power.gpuCount > 0 && curveWithoutGpus(power) === null,
    );
    expect(nameless.map(({ power }) => power.gpuModel)).toEqual([null, null, null]);
  });
});

test('a p4d.24xlarge at full load draws what the table says, host and cards together', async () => {
  const [row] = rowsOf('instance_types.csv').filter((each) => each.instance_type === 'p4d.24xlarge');
  if (row === undefined) throw new Error('p4d.24xlarge is not in the table');
  const node = { ...nodeOfType(row), cpuAllocatableMillicores: 96_000, memoryAllocatableBytes: 1.2e12 };
  const { power } = sourcesOf(tables);
  const curve = await power.curveFor(node);
  const gpu = await power.gpuFor(node);
  if (gpu === null) throw new Error('p4d.24xlarge has no cards');
  const gpus = Array.from({ length: 8 }, (_, card) => ({
    card: `gpu-${card}`,
    model: 'NVIDIA A100-SXM4-40GB',
    joules: null,
    utilisation: 1,
    pod: null,
  }));
  const { nodeWindows } = computeWindow({
    clusterId: 'c',
    facts: factsOf([nodeFactsOf({ node, cpuSeconds: 96 * 3600, gpus, pods: [] })]),
    coefficientsOf: () => coefficientsOf({ curve, gpu }),
    zoneOf: () => 'FR',
  });
  const watts = (nodeWindows[0]?.joulesTotal ?? 0) / 3600;
  expect(Math.abs(watts / Number(row.watts_100pct) - 1)).toBeLessThan(0.01);
  expect(nodeWindows[0]?.joulesGpu).toBeCloseTo(8 * 408 * 3600, 3);
});

test('an unknown type with 64 vCPU is modelled by its vCPU and memory', async () => {
  const { power } = sourcesOf(tables);
  const node = nodeAt({ instanceType: 'q9.16xlarge', cpuCapacityMillicores: 64_000, memoryCapacityBytes: 256e9 });
  const curve = await power.curveFor(node);
  const memory = 0.392 * (256 - 2.5 * 64);
  expect(curve.watts[0]).toBeCloseTo(0.74 * 64 + memory, 9);
  expect(curve.watts[3]).toBeCloseTo(3.5 * 64 + memory, 9);
  expect(curve.flags).toEqual(['q9.16xlarge is not in the table.']);
  const more = await power.curveFor({ ...node, memoryCapacityBytes: 512e9 });
  expect(more.watts[0] - curve.watts[0]).toBeCloseTo(0.392 * 256, 6);
  const generic = await power.curveFor({ ...node, provider: 'hetzner' });
  expect(generic.watts[3]).toBeCloseTo(3.76 * 64 + memory, 9);
});

test('every pattern of provider_zones.csv is found, and has an intensity', async () => {
  const { grid } = sourcesOf(tables);
  for (const row of rowsOf('provider_zones.csv')) {
    const region = row.match_rule === 'suffix' ? `north${row.region_pattern}9` : cell(row, 'region_pattern');
    const zone = await grid.zoneFor(nodeAt({ provider: cell(row, 'provider') as Provider, region }));
    expect([region, zone.zone]).toEqual([region, row.electricity_maps_zone]);
    expect((await grid.intensityFor(zone, MARCH_2026)).source).not.toBe('world');
  }
});
