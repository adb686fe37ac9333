import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { indexGpus } from '../../../../src/collectors/tables/gpu-index.ts';
import { familyOfName, indexInstances, instanceKey } from '../../../../src/collectors/tables/instance-index.ts';
import { loadCoefficientTables } from '../../../../src/collectors/tables/load.ts';
import { indexPue, pueOfProvider, pueOfRegion } from '../../../../src/collectors/tables/pue-index.ts';
import { findRegion, indexRegions } from '../../../../src/collectors/tables/region-index.ts';
import type { InstanceRow } from '../../../../src/collectors/tables/schemas.ts';

const ROW: InstanceRow = {
  provider: 'aws',
  instance_type: 'm9.large',
  family: 'm9',
  vcpu: 2,
  memory_gib: 8,
  microarchitecture: 'Skylake',
  gpu_count: 0,
  gpu_model: null,
  watts_idle: 1,
  watts_10pct: 2,
  watts_50pct: 3,
  watts_100pct: 4,
  power_method: 'microarchitecture',
  power_low_factor: 0.5,
  power_high_factor: 1.6,
  embodied_instance_kgco2e: 30,
};
const NO_GPUS = indexGpus([]);
const SKYLAKE = { idleWattsPerVcpu: 0.5, maxWattsPerVcpu: 4, baselineGbPerVcpu: 1.7 };

describe('families', () => {
  test('are known where all types have one processor', () => {
    const { families } = indexInstances(
      [ROW, { ...ROW, instance_type: 'm9.xlarge' }],
      new Map([['Skylake', SKYLAKE]]),
      NO_GPUS,
    );
    expect(families.get('aws/m9')).toEqual({ microarchitecture: 'Skylake', watts: SKYLAKE });
  });

  test('are not known where types differ, or the processor has no watts', () => {
    const mixed = [ROW, { ...ROW, instance_type: 'm9.xlarge', microarchitecture: 'Haswell' }];
    expect(indexInstances(mixed, new Map([['Skylake', SKYLAKE]]), NO_GPUS).families.size).toBe(0);
    expect(indexInstances([ROW], new Map(), NO_GPUS).families.size).toBe(0);
    expect(
      indexInstances([{ ...ROW, microarchitecture: null }], new Map([['Skylake', SKYLAKE]]), NO_GPUS).families.size,
    ).toBe(0);
  });

  test.each([
    ['aws', 'm5.xlarge', 'm5'],
    ['gcp', 'n2-standard-4', 'n2'],
    ['azure', 'Standard_D4s_v5', null],
    ['aws', 'odd', null],
  ])('of %s %s is %s', (provider, type, family) => {
    expect(familyOfName(provider, type)).toBe(family);
  });

  test('keys have no case', () => {
    expect(instanceKey('azure', 'Standard_B2s')).toBe(instanceKey('azure', 'standard_b2S'));
  });
});

describe('a row of an instance', () => {
  const powerOf = (row: InstanceRow) =>
    indexInstances([row], new Map([['Skylake', SKYLAKE]]), NO_GPUS).instances.get('aws/m9.large')?.power;

  test('has its memory in decimal GB', () => {
    expect(powerOf(ROW)?.memoryGb).toBeCloseTo(8 * 1.073741824, 12);
    expect(powerOf({ ...ROW, memory_gib: null })?.memoryGb).toBeNull();
  });

  test('tells the baseline of memory only where a model made its watts', () => {
    expect(powerOf(ROW)?.baselineGbPerVcpu).toBe(1.7);
    expect(powerOf({ ...ROW, microarchitecture: null, power_method: 'provider_default' })?.baselineGbPerVcpu).toBe(2.5);
    expect(powerOf({ ...ROW, power_method: 'teads_curve' })?.baselineGbPerVcpu).toBeNull();
    expect(powerOf({ ...ROW, gpu_count: 1 })?.baselineGbPerVcpu).toBeNull();
  });
});

test('of several years the latest PUE counts, whatever the order', () => {
  const rows = [2024, 2021, 2023].map((year) => ({ provider: 'aws', region_id: '*', year, pue: year / 1000 }));
  const index = indexPue(rows);
  expect(pueOfProvider(index, 'aws')).toBe(2.024);
  expect(pueOfProvider(index, 'gcp')).toBeNull();
  expect(pueOfRegion(index, 'aws', ['*'])).toBeNull();
});

test('of several prefixes the longest is taken', () => {
  const row = { provider: 'ovh', country_code: 'XX', match_rule: 'prefix' as const };
  const index = indexRegions([
    { ...row, region_id: 'DE', electricity_maps_zone: 'SHORT' },
    { ...row, region_id: 'DE-WEST', electricity_maps_zone: 'LONG' },
  ]);
  const place = { provider: 'ovh', zone: null, instanceType: null } as const;
  expect(findRegion(index, { ...place, region: 'DE-WEST-LIM' })?.zone).toBe('LONG');
  expect(findRegion(index, { ...place, region: 'DE1' })?.zone).toBe('SHORT');
  expect(findRegion(index, { ...place, region: 'FR1' })).toBeNull();
});

describe('a folder of tables', () => {
  const bundled = join(import.meta.dirname, '../../../../resources/data');
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'podwatt-data-'));
    for (const file of await readdir(bundled)) await copyFile(join(bundled, file), join(dir, file));
  });
  afterEach(async () => {
    await rm(dir, { recursive: true });
  });

  test('with a damaged row is refused, naming it', async () => {
    const file = join(dir, 'pue.csv');
    await writeFile(file, (await readFile(file, 'utf8')).replace('1.135', 'low'));
    await expect(loadCoefficientTables(dir)).rejects.toMatchObject({
      code: 'bad-input',
      message: 'pue.csv, line 2: pue: expected a number.',
    });
  });

  test('with a missing file is refused, naming it', async () => {
    await rm(join(dir, 'cloud_regions.csv'));
    await expect(loadCoefficientTables(dir)).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('cloud_regions.csv'),
    });
  });
});
