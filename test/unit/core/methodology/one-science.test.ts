import { afterEach, describe, expect, test, vi } from 'vitest';
import { coefficientsOf, factsOf, nodeFactsOf } from '../builders.ts';

afterEach(() => {
  vi.doUnmock('../../../../src/core/coefficients/attribution.ts');
  vi.doUnmock('../../../../src/core/coefficients/power.ts');
  vi.doUnmock('../../../../src/core/coefficients/embodied.ts');
  vi.doUnmock('../../../../src/core/coefficients/gpu.ts');
  vi.doUnmock('../../../../src/core/attribution/attribute-measured.ts');
  vi.doUnmock('../../../../src/core/power/volume.ts');
  vi.doUnmock('../../../../src/core/carbon/market-based.ts');
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

/** Figures of a metered node with a card and a contract, and of a volume. */
async function richRows() {
  const { computeWindow } = await import('../../../../src/core/window/compute-window.ts');
  const { nodeOf, podFactsOf } = await import('../builders.ts');
  const factor = { low: 1, high: 1 };
  const node = nodeOf({ gpuCount: 1 });
  const pod = { namespace: 'shop', name: 'cart-1' };
  const { rows } = computeWindow({
    clusterId: 'c',
    facts: {
      ...factsOf([
        nodeFactsOf({
          node,
          meter: { exporter: 'kepler', zone: 'package', activeJoules: 1, idleJoules: 1, isModelled: false },
          gpus: [{ card: 'a', model: null, joules: null, utilisation: 0, pod }],
          pods: [podFactsOf({ activeJoules: 1 })],
        }),
      ]),
      volumes: [
        {
          namespace: 'shop',
          claim: 'data',
          storageClass: null,
          provisioner: null,
          diskType: null,
          requestedBytes: 1e12,
          usedBytes: null,
          aliveSeconds: 3600,
          node: null,
          team: null,
          place: node,
        },
      ],
    },
    coefficientsOf: () =>
      coefficientsOf({
        gpu: {
          model: null,
          tdpWatts: 400,
          isKnown: true,
          factors: { measured: factor, utilisation: factor, assumed: factor },
        },
        market: { share: 1, contractGramsPerKwh: 0, residualGramsPerKwh: 0, source: 'person' },
      }),
    zoneOf: () => 'FR',
    volumeOf: () => ({ medium: 'ssd', wattHoursPerTerabyteHour: 1, replication: 1, factor, flags: [] }),
  });
  const podRow = rows.find((row) => row.rowKind === 'pod');
  return {
    gpu: podRow?.joulesGpu,
    metered: (podRow?.joulesDynamic ?? 0) + (podRow?.joulesIdle ?? 0),
    market: podRow?.co2eMarketGrams,
    volume: rows.find((row) => row.rowKind === 'volume')?.joules,
  };
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

  test('the watts of an idle GPU', async () => {
    const inputs = { tdp: 400, count: 1, u: 0, hours: 1, pue: 1, g_per_kwh: 1 };
    const before = [await replayed('gpu', inputs), (await richRows()).gpu];
    vi.resetModules();
    vi.doMock('../../../../src/core/coefficients/gpu.ts', async (importOriginal) => ({
      ...(await importOriginal<typeof import('../../../../src/core/coefficients/gpu.ts')>()),
      GPU_IDLE_SHARE_OF_TDP: 0.2,
    }));
    const after = [await replayed('gpu', inputs), (await richRows()).gpu];
    expect(after[0]).toMatchObject({ watts: 80 });
    expect(before[0]).toMatchObject({ watts: expect.closeTo(46.4, 9) });
    expect(Number(after[1]) - Number(before[1])).toBeCloseTo(33.6 * 3600, 6);
  });
});

describe('one function changes the replay and a computed row alike:', () => {
  test('how measured joules are shared', async () => {
    const inputs = {
      pod_active_j: { a: 1 },
      node_active_j: 2,
      node_idle_j: 4,
      reservation_share: { a: 0.5 },
      rapl_to_wall: 1,
    };
    vi.doMock('../../../../src/core/attribution/attribute-measured.ts', () => ({
      attributeMeasured: ({ pods }: { readonly pods: readonly unknown[] }) => ({
        pods: pods.map(() => ({ dynamic: 7, idle: 0, share: 0 })),
        system: 0,
        systemCpu: 0,
        unallocated: 0,
        unallocatedShare: 0,
        dynamic: 7,
        idle: 0,
      }),
    }));
    expect(await replayed('kepler', inputs)).toMatchObject({ pod_wall_j: { a: 7 } });
    expect((await richRows()).metered).toBe(7);
  });

  test('what a volume takes', async () => {
    const inputs = { tb: 1, hours: 1, wh_per_tbh: 1, replication: 1, pue: 1, g_per_kwh: 1 };
    vi.doMock('../../../../src/core/power/volume.ts', () => ({ volumeKwh: () => 5 }));
    expect(await replayed('storage', inputs)).toMatchObject({ kwh: 5 });
    expect((await richRows()).volume).toBe(5 * 3.6e6);
  });

  test('what a contract covers', async () => {
    const inputs = {
      kwh: 1,
      location_g_per_kwh: 1,
      contract_share: 1,
      contract_g_per_kwh: 1,
      residual_g_per_kwh: 1,
    };
    vi.doMock('../../../../src/core/carbon/market-based.ts', () => ({ marketBasedGrams: () => 3 }));
    expect(await replayed('scope2_dual', inputs)).toMatchObject({ market_based_g: 3 });
    expect((await richRows()).market).toBe(3);
  });
});
