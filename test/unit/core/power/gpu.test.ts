import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gpuIdleWatts, gpuWatts, hostCurve } from '../../../../src/core/power/gpu.ts';
import type { CurvePoints } from '../../../../src/model/coefficients.ts';

const read = (name: string): Record<string, string>[] =>
  parse(readFileSync(resolve(import.meta.dirname, `../../../../resources/data/${name}`)), {
    columns: true,
    comment: '#',
  });

describe('power of GPUs', () => {
  test.each([
    [400, 2, 0.6, 526.72],
    [400, 1, 0, 46.4],
    [400, 1, 1, 408],
    [300, 4, 1.7, 1224],
    [300, 0, 0.5, 0],
  ])('%d W x %d at %d', (tdp, count, utilisation, watts) => {
    expect(gpuWatts(tdp, count, utilisation)).toBeCloseTo(watts, 9);
  });

  test('rises with use, and never falls below rest', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, (a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(gpuWatts(700, 8, more)).toBeGreaterThanOrEqual(gpuWatts(700, 8, less));
        expect(gpuWatts(700, 8, less)).toBeGreaterThanOrEqual(gpuIdleWatts(700, 8));
      }),
    );
  });
});

describe('the curve of a node without its GPUs', () => {
  const gpus = read('gpu_tdp.csv');
  const types = read('instance_types.csv').filter((type) => Number(type['gpu_count']) > 0 && type['gpu_model'] !== '');

  test('is positive and rising for every type of the table that names a model', () => {
    let checked = 0;
    for (const type of types) {
      const gpu = gpus.find((each) => each['gpu_model'] === type['gpu_model']);
      if (gpu === undefined) continue;
      const watts = ['watts_idle', 'watts_10pct', 'watts_50pct', 'watts_100pct'].map((name) => Number(type[name]));
      const curve = hostCurve(
        watts as unknown as CurvePoints,
        { tdpWatts: Number(gpu['tdp_watts']), count: Number(type['gpu_count']) },
        type['power_method'] === 'teads_curve',
      );
      expect(curve, `${type['provider']} ${type['instance_type']}`).not.toBeNull();
      checked += 1;
    }
    expect(checked).toBeGreaterThanOrEqual(150);
  });

  test('counts p4d.24xlarge at full load once: host and GPUs are the table again', () => {
    const type = types.find((each) => each['instance_type'] === 'p4d.24xlarge');
    const gpu = gpus.find((each) => each['gpu_model'] === type?.['gpu_model']);
    const tdpWatts = Number(gpu?.['tdp_watts']);
    const whole: CurvePoints = [
      Number(type?.['watts_idle']),
      Number(type?.['watts_10pct']),
      Number(type?.['watts_50pct']),
      Number(type?.['watts_100pct']),
    ];
    const host = hostCurve(whole, { tdpWatts, count: 8 }, type?.['power_method'] === 'teads_curve');
    expect((host?.[3] ?? 0) + gpuWatts(tdpWatts, 8, 1)).toBeCloseTo(whole[3], 6);
  });

  test('is none where the table can not hold the GPUs', () => {
    expect(hostCurve([10, 20, 30, 40], { tdpWatts: 300, count: 8 }, true)).toBeNull();
    expect(hostCurve([100, 200, 400, 600], { tdpWatts: 300, count: 1 }, false)).toEqual([
      expect.closeTo(65.2, 9),
      expect.closeTo(138.08, 9),
      expect.closeTo(229.6, 9),
      expect.closeTo(294, 9),
    ]);
  });
});
