import { afterEach, describe, expect, test, vi } from 'vitest';
import { coefficientsOf, factsOf, nodeFactsOf } from '../builders.ts';

afterEach(() => {
  vi.doUnmock('../../../../src/core/coefficients/attribution.ts');
  vi.doUnmock('../../../../src/core/coefficients/power.ts');
  vi.doUnmock('../../../../src/core/coefficients/embodied.ts');
  vi.resetModules();
});

const ATTRIBUTION = {
  watts: [8.8, 14, 28.2, 40],
  u: 0.4,
  cpu_alloc: 4,
  mem_alloc: 16,
  pods: [{ name: 'a', cpu_req: 2, cpu_use: 1, mem_req: 2, mem_use: 1 }],
};

async function replayed(id: string, inputs: unknown): Promise<unknown> {
  const { REPLAYS } = await import('../../../../scripts/methodology/replays.ts');
  return REPLAYS[id]?.(inputs);
}

async function podJoules(): Promise<number | undefined> {
  const { computeWindow } = await import('../../../../src/core/window/compute-window.ts');
  const { podFactsOf } = await import('../builders.ts');
  const uneven = podFactsOf({ cpuRequestMillicores: 3000, memoryRequestBytes: 1e9, memoryBytes: 1e9 });
  const { rows } = computeWindow({
    clusterId: 'c',
    facts: factsOf([nodeFactsOf({ pods: [uneven] })]),
    coefficientsOf: () => coefficientsOf(),
    zoneOf: () => 'FR',
  });
  return rows.find((row) => row.rowKind === 'pod')?.joules;
}

async function genericIdleWatts(): Promise<number> {
  const { chooseCurve } = await import('../../../../src/core/power/choose-curve.ts');
  const node = { provider: 'unknown', instanceType: null, vcpu: 4, memoryGb: 64 } as const;
  return chooseCurve(node, { instance: null, family: null, providerAverage: null }).watts[0];
}

async function metalKilograms(): Promise<number> {
  const { chooseEmbodied } = await import('../../../../src/core/embodied/choose-embodied.ts');
  return chooseEmbodied({ provider: 'onprem', vcpu: 8, memoryGb: 32, gpuCount: 0 }, null, null).kilograms;
}

describe('one coefficient changes the replay and a computed row alike:', () => {
  test('the weight of CPU in a reservation', async () => {
    const before = [await replayed('attribution', ATTRIBUTION), await podJoules()];
    vi.resetModules();
    vi.doMock('../../../../src/core/coefficients/attribution.ts', () => ({ CPU_WEIGHT: 0.9 }));
    const after = [await replayed('attribution', ATTRIBUTION), await podJoules()];
    expect(after[0]).not.toEqual(before[0]);
    expect(after[1]).not.toEqual(before[1]);
    // 3 of 4 cores and 1 of 16 GB: the share rises from 0.40625 to 0.68125.
    expect(Number(after[1]) - Number(before[1])).toBeCloseTo(36_000 * 0.275, 6);
  });

  test('the watts of a GB of memory', async () => {
    const inputs = { vcpu: 8, mem_gb: 32, idle_w_vcpu: 0.776, max_w_vcpu: 3.758, baseline_gb_per_vcpu: 2, u: 0.25 };
    const before = [await replayed('microarch_instance', inputs), await genericIdleWatts()];
    vi.resetModules();
    vi.doMock('../../../../src/core/coefficients/power.ts', async (importOriginal) => ({
      ...(await importOriginal<typeof import('../../../../src/core/coefficients/power.ts')>()),
      MEMORY_WATTS_PER_GB: 0.5,
    }));
    const after = [await replayed('microarch_instance', inputs), await genericIdleWatts()];
    expect(after[0]).not.toEqual(before[0]);
    expect(Number(after[1]) - Number(before[1])).toBeCloseTo(0.108 * 54, 9);
  });

  test('the making of a bare server', async () => {
    const inputs = {
      platform_mem_gb: 384,
      sockets: 2,
      ssd: 0,
      hdd: 0,
      gpu: 0,
      platform_vcpu: 96,
      vcpu: 2,
      lifespan_h: 35_040,
      hours: 24,
      pod_share: 0.25,
    };
    const before = [await replayed('embodied', inputs), await metalKilograms()];
    vi.resetModules();
    vi.doMock('../../../../src/core/coefficients/embodied.ts', async (importOriginal) => ({
      ...(await importOriginal<typeof import('../../../../src/core/coefficients/embodied.ts')>()),
      SERVER_BASE_KILOGRAMS: 900,
    }));
    const after = [await replayed('embodied', inputs), await metalKilograms()];
    expect(after[0]).not.toEqual(before[0]);
    expect(Number(before[1]) - Number(after[1])).toBeCloseTo(100, 9);
  });
});
