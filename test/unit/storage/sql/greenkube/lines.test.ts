import { describe, expect, it } from 'vitest';
import type { GreenKubeRead } from '../../../../../src/core/ports/greenkube-source.ts';
import { hourOf, intensityOf, nodeOf } from '../../../../../src/storage/sql/greenkube/lines.ts';
import { rowOf } from '../../../../../src/storage/sql/greenkube/row-line.ts';
import { greenKubeNode, greenKubeRow, SEVEN } from '../../../../fakes/greenkube/rows.ts';

const LINE = {
  origin: 'raw',
  at_seconds: SEVEN,
  intensity_at_seconds: SEVEN,
  duration_seconds: 300,
  samples: null,
  pod_name: 'cart-0',
  namespace: 'shop',
  node: 'n1',
  node_instance_type: 'm5.large',
  node_zone: 'eu-west-3a',
  emaps_zone: 'FR',
  owner_kind: 'Deployment',
  owner_name: 'cart',
  joules: 1000,
  co2e_grams: 0.5,
  embodied_co2e_grams: 0.1,
  total_cost: 0.02,
  pue: 1.2,
  grid_intensity: 50,
  cpu_request: 250,
  memory_request: 1000,
  cpu_usage: 100,
  memory_usage: 800,
  gpu_usage_millicores: null,
  network_receive_bytes: 10,
  network_transmit_bytes: 20,
  disk_read_bytes: 3,
  disk_write_bytes: null,
  ephemeral_request: 60,
  ephemeral_usage: null,
  estimation_reasons: '[]',
  calculation_version: '0.2.12',
};

const NODE = {
  at_seconds: SEVEN,
  node_name: 'n1',
  instance_type: 'm5.large',
  cpu_capacity_cores: 2,
  memory_capacity_bytes: 8e9,
  architecture: 'amd64',
  cloud_provider: 'aws',
  region: 'eu-west-3',
  zone: 'eu-west-3a',
  embodied_emissions_kg: 1200,
};

const reasonOf = (read: GreenKubeRead<unknown>) => (read.kind === 'refused' ? read.reason : 'taken');

describe('a line of results', () => {
  it('becomes a row, each column in its place', () => {
    expect(rowOf(LINE)).toEqual({ kind: 'taken', value: greenKubeRow() });
    expect(rowOf({ ...LINE, origin: 'hourly', samples: 12 })).toEqual({
      kind: 'taken',
      value: greenKubeRow({ origin: 'hourly', samples: 12 }),
    });
  });

  it.each<[object, string]>([
    [{ joules: -1 }, 'joules is negative'],
    [{ joules: null }, 'joules is missing'],
    [{ joules: Number.NaN }, 'joules can not be read'],
    [{ joules: 'many' }, 'joules can not be read'],
    [{ co2e_grams: Number.POSITIVE_INFINITY }, 'co2e_grams can not be read'],
    [{ total_cost: '0.1' }, 'total_cost can not be read'],
    [{ pue: null }, 'pue is missing'],
    [{ cpu_usage: -5 }, 'cpu usage is negative'],
    [{ at_seconds: null }, 'time is missing'],
    [{ at_seconds: -5 }, 'time is negative'],
    [{ at_seconds: 1e15 }, 'time can not be read'],
    [{ pod_name: '' }, 'pod_name can not be read'],
    [{ pod_name: null }, 'pod_name is missing'],
    [{ namespace: '__system__' }, 'namespace can not be read'],
    [{ owner_name: 7 }, 'owner_name can not be read'],
    [{ node: 'a\0b' }, 'node can not be read'],
    [{ duration_seconds: -300 }, 'duration_seconds is negative'],
  ])('with %j is refused', (part, reason) => {
    expect(reasonOf(rowOf({ ...LINE, ...part }))).toBe(reason);
  });

  it('may lack what GreenKube may lack', () => {
    for (const column of ['node', 'owner_kind', 'embodied_co2e_grams', 'cpu_usage', 'duration_seconds', 'emaps_zone']) {
      expect(reasonOf(rowOf({ ...LINE, [column]: null }))).toBe('taken');
    }
  });

  it('loses the sign of a zero, which no store keeps', () => {
    const read = rowOf({ ...LINE, joules: -0 });
    expect(read.kind === 'taken' && Object.is(read.value.joules, 0)).toBe(true);
  });

  it.each([
    ['["a", "b"]', ['a', 'b']],
    ['', []],
    [null, []],
    ['{', []],
    ['{"a": 1}', []],
    ['[1]', []],
  ])('reads the reasons %s', (json, reasons) => {
    const read = rowOf({ ...LINE, estimation_reasons: json });
    expect(read.kind === 'taken' && read.value.estimationReasons).toEqual(reasons);
  });

  it('is refused where it is no line at all', () => {
    expect(reasonOf(rowOf('nothing'))).toBe('line is missing');
  });
});

describe('a line of a node', () => {
  it('becomes a node', () => {
    expect(nodeOf(NODE)).toEqual({ kind: 'taken', value: greenKubeNode() });
  });

  it.each<[object, string]>([
    [{ cpu_capacity_cores: null }, 'cpu_capacity_cores is missing'],
    [{ memory_capacity_bytes: -1 }, 'memory_capacity_bytes is negative'],
    [{ node_name: null }, 'node_name is missing'],
    [{ embodied_emissions_kg: null }, 'taken'],
  ])('with %j is %s', (part, reason) => {
    expect(reasonOf(nodeOf({ ...NODE, ...part }))).toBe(reason);
  });
});

describe('a line of the grid', () => {
  const line = {
    at_seconds: SEVEN + 59,
    zone: 'FR',
    carbon_intensity: 51.5,
    emission_factor_type: 'direct',
    is_estimated: 1,
  };

  it('becomes the value of its hour, with its source named', () => {
    expect(intensityOf(line)).toEqual({
      kind: 'taken',
      value: {
        zone: 'FR',
        startSeconds: SEVEN,
        durationSeconds: 3600,
        gramsPerKwh: 51.5,
        kind: 'average',
        factorType: 'direct',
        isEstimated: true,
        isForecast: false,
        source: 'greenkube',
      },
    });
    const bare = intensityOf({ ...line, emission_factor_type: null, is_estimated: null });
    expect(bare).toMatchObject({ value: { factorType: 'lifecycle', isEstimated: false } });
  });

  it('is refused with factors that nobody knows, or a value that is none', () => {
    expect(reasonOf(intensityOf({ ...line, emission_factor_type: 'other' }))).toBe(
      'emission_factor_type can not be read',
    );
    expect(reasonOf(intensityOf({ ...line, carbon_intensity: -3 }))).toBe('carbon_intensity is negative');
    expect(reasonOf(intensityOf({ ...line, zone: '' }))).toBe('zone can not be read');
  });
});

describe('a line of an hour', () => {
  it('tells what both tables hold, also where samples are no numbers', () => {
    expect(hourOf({ start_seconds: SEVEN, raw_rows: 3, longest: 300, samples: 36 })).toEqual({
      startSeconds: SEVEN,
      rawRows: 3,
      longestSeconds: 300,
      hourlySamples: 36,
    });
    expect(hourOf({ start_seconds: SEVEN, raw_rows: 3, longest: 'long', samples: null })).toMatchObject({
      longestSeconds: null,
      hourlySamples: 0,
    });
  });
});
