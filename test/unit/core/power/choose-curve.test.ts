import { describe, expect, test } from 'vitest';
import {
  type CurveCandidates,
  chooseCurve,
  curveWithoutGpus,
  type InstancePower,
} from '../../../../src/core/power/choose-curve.ts';

const M5_XLARGE: InstancePower = {
  instanceType: 'm5.xlarge',
  vcpu: 4,
  memoryGb: 17.18,
  watts: [8.8, 14, 28.2, 39.9],
  source: 'teads',
  factor: { low: 0.6, high: 1.4 },
  gpuCount: 0,
  gpuModel: null,
  gpuTdpWatts: null,
  baselineGbPerVcpu: null,
};

const NOTHING: CurveCandidates = { instance: null, family: null, providerAverage: null };

const NODE = {
  provider: 'aws',
  instanceType: 'm5.xlarge',
  vcpu: 4,
  memoryGb: 17.18,
} as const;

describe('a type in the table', () => {
  test('has its own watts, source and range, and no flags', () => {
    expect(chooseCurve(NODE, { ...NOTHING, instance: M5_XLARGE })).toEqual({
      id: 'aws/m5.xlarge/teads',
      watts: [8.8, 14, 28.2, 39.9],
      source: 'teads',
      factor: { low: 0.6, high: 1.4 },
      memoryWatts: 0,
      flags: [],
    });
  });

  test('wins over every other rung', () => {
    const watts = { idleWattsPerVcpu: 9, maxWattsPerVcpu: 99, baselineGbPerVcpu: 0 };
    const curve = chooseCurve(NODE, {
      instance: M5_XLARGE,
      family: { microarchitecture: 'Skylake', watts },
      providerAverage: watts,
    });
    expect(curve.source).toBe('teads');
  });

  test('is scaled, and says so, where the node has other vCPU', () => {
    const curve = chooseCurve({ ...NODE, vcpu: 2 }, { ...NOTHING, instance: M5_XLARGE });
    expect(curve.watts).toEqual([4.4, 7, 14.1, 19.95]);
    expect(curve.flags).toEqual(['The table has 4 vCPU for m5.xlarge, the node 2: watts were scaled.']);
  });

  test('is not scaled for a node whose vCPU nobody knows', () => {
    const curve = chooseCurve({ ...NODE, vcpu: 0 }, { ...NOTHING, instance: M5_XLARGE });
    expect(curve.watts).toEqual(M5_XLARGE.watts);
    expect(curve.flags).toEqual([]);
  });

  test('with GPUs is the host alone, its cards at the same load taken out', () => {
    const row: InstancePower = {
      ...M5_XLARGE,
      instanceType: 'g4dn.xlarge',
      watts: [20, 45, 90, 120],
      gpuCount: 1,
      gpuModel: 'T4',
      gpuTdpWatts: 70,
    };
    const curve = chooseCurve(NODE, { ...NOTHING, instance: row });
    expect(curve).toMatchObject({ id: 'aws/g4dn.xlarge/teads/host', flags: [] });
    [20 - 8.4, 45 - 22.4, 90 - 52.5, 120 - 71.4].forEach((watts, point) => {
      expect(curve.watts[point]).toBeCloseTo(watts, 9);
    });
    const modelled = chooseCurve(NODE, {
      ...NOTHING,
      instance: { ...row, watts: [20, 45, 90, 130], source: 'microarchitecture' },
    });
    expect(modelled.watts[1]).toBeCloseTo(45 - 70 * 0.2064, 9);
  });

  test('with GPUs is scaled after they were taken out', () => {
    const row: InstancePower = { ...M5_XLARGE, watts: [20, 45, 90, 120], gpuCount: 1, gpuModel: 'T4', gpuTdpWatts: 70 };
    expect(chooseCurve({ ...NODE, vcpu: 2 }, { ...NOTHING, instance: row }).watts[3]).toBeCloseTo((120 - 71.4) / 2, 9);
  });

  test.each([
    ['no known model', { gpuTdpWatts: null }],
    ['more watts than the whole', { gpuTdpWatts: 700 }],
  ])('with accelerators of %s stays whole and says so', (_, changes) => {
    const row: InstancePower = { ...M5_XLARGE, gpuCount: 1, ...changes };
    expect(curveWithoutGpus(row)).toBeNull();
    expect(chooseCurve(NODE, { ...NOTHING, instance: row })).toMatchObject({
      id: 'aws/m5.xlarge/teads',
      watts: M5_XLARGE.watts,
      flags: ["The watts include its accelerators (1), which can't be told apart."],
    });
  });

  test('tells what memory draws of its idle power where the model knows it', () => {
    const row: InstancePower = { ...M5_XLARGE, source: 'microarchitecture', baselineGbPerVcpu: 1.714 };
    const whole = chooseCurve(NODE, { ...NOTHING, instance: row });
    expect(whole.memoryWatts).toBeCloseTo(0.392 * (17.18 - 4 * 1.714), 10);
    const half = chooseCurve({ ...NODE, vcpu: 2 }, { ...NOTHING, instance: row });
    expect(half.memoryWatts).toBeCloseTo(whole.memoryWatts / 2, 10);
  });

  test('never has more memory watts than idle watts', () => {
    const row: InstancePower = { ...M5_XLARGE, memoryGb: 500, baselineGbPerVcpu: 1 };
    expect(chooseCurve(NODE, { ...NOTHING, instance: row }).memoryWatts).toBe(8.8);
  });
});

describe('a type that is not in the table', () => {
  const SKYLAKE = { idleWattsPerVcpu: 0.532, maxWattsPerVcpu: 4.149, baselineGbPerVcpu: 1.714 };
  const AVERAGE = { idleWattsPerVcpu: 0.74, maxWattsPerVcpu: 3.5, baselineGbPerVcpu: 2.5 };

  test('takes the processors of its family', () => {
    const curve = chooseCurve(
      { ...NODE, instanceType: 'm5.huge' },
      { instance: null, family: { microarchitecture: 'Cascade Lake', watts: SKYLAKE }, providerAverage: AVERAGE },
    );
    expect(curve).toMatchObject({
      id: 'aws/m5.huge/cascade-lake',
      source: 'microarchitecture',
      factor: { low: 0.5, high: 1.6 },
    });
    expect(curve.watts[0]).toBeCloseTo(0.532 * 4 + 0.392 * (17.18 - 4 * 1.714), 10);
    expect(curve.flags[0]).toContain('m5.huge is not in the table');
  });

  test("takes its provider's average × the node's vCPU, and memory above 2.5 GB a vCPU", () => {
    const curve = chooseCurve(
      { ...NODE, instanceType: 'x9.big', vcpu: 64, memoryGb: 200 },
      {
        ...NOTHING,
        providerAverage: AVERAGE,
      },
    );
    expect(curve.source).toBe('provider-default');
    expect(curve.factor).toEqual({ low: 0.5, high: 2 });
    expect(curve.watts[0]).toBeCloseTo(0.74 * 64 + 0.392 * 40, 10);
    expect(curve.watts[3]).toBeCloseTo(3.5 * 64 + 0.392 * 40, 10);
    expect(curve.memoryWatts).toBeCloseTo(0.392 * 40, 10);
  });

  test('of own metal is no surprise and has no flag', () => {
    const node = { provider: 'onprem', instanceType: null, vcpu: 16, memoryGb: 64 } as const;
    expect(chooseCurve(node, { ...NOTHING, providerAverage: AVERAGE })).toMatchObject({
      id: 'onprem/unknown type/provider-average',
      flags: [],
    });
  });

  test('of an unknown provider takes the generic value for each of its vCPU', () => {
    const node = { provider: 'unknown', instanceType: null, vcpu: 64, memoryGb: 64 } as const;
    const curve = chooseCurve(node, NOTHING);
    expect(curve.source).toBe('generic');
    expect(curve.watts[0]).toBeCloseTo(0.78 * 64, 10);
    expect(curve.watts[3]).toBeCloseTo(3.76 * 64, 10);
    expect(curve.flags).toEqual(['The instance type is not known.']);
  });
});
