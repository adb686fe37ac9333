import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  autoscaler,
  container,
  found,
  GIB,
  leftOut,
  type MadeCluster,
  type MadeWorkload,
  MIB,
} from './made-cluster.ts';

const TYPE = 'RIGHTSIZING_MEMORY';

function one(workload: MadeWorkload, cluster: Omit<MadeCluster, 'workloads'> = {}): MadeCluster {
  return { ...cluster, workloads: [workload] };
}

/** Uses 200 MiB of 4 GiB, 500 MiB at most. */
const LARGE: MadeWorkload = {
  pods: 3,
  memoryRequest: 4 * GIB,
  memory: 200 * MIB,
  memoryPeak: (hour) => (hour === 50 ? 500 * MIB : 210 * MIB),
};

describe('a memory request that is too large', () => {
  const finding = found(one(LARGE), TYPE);

  it('is lowered to the maximum with headroom, rounded up', () => {
    // 500 × 1.2 = 600 → 608 MiB.
    expect(finding?.recommended).toEqual({ memory_request: 608 * MIB });
    expect(finding?.title).toBe('Lower memory request 4 GiB → 608 MiB');
    expect(finding?.current).toMatchObject({ memory_request: 4 * GIB, memory_usage_max: 500 * MIB, oom_kills: 0 });
  });

  it('frees exactly the difference of all pods, no carbon, and money of the freed part at most', () => {
    const freed = (4 * GIB - 608 * MIB) * 3;
    expect(finding?.savings.freedMemoryBytes).toBe(freed);
    expect(finding?.savings.freedCpuMillicores).toBe(0);
    expect(finding?.savings.co2eGramsPerDay).toEqual({ central: 0, low: 0, high: 0 });
    expect(finding?.savings.costPerDay.low).toBe(0);
    expect(finding?.savings.costPerDay.high).toBeCloseTo((freed / 1e9) * 0.005 * 24, 9);
  });

  it('shows request, proposal and maximum', () => {
    expect(finding?.evidence.lines.map(({ kind, value }) => [kind, value])).toEqual([
      ['request', 4 * GIB],
      ['proposal', 608 * MIB],
      ['maximum', 500 * MIB],
    ]);
    expect(finding?.evidence.series[0]?.unit).toBe('bytes');
  });
});

describe('the threshold of use over request', () => {
  it.each([
    [299, true],
    [300, false],
    [301, false],
  ])('%s of 1000 MiB: found is %s', (used, isFound) => {
    const workload = { memoryRequest: 1000 * MIB, memory: used * MIB, memoryPeak: used * MIB };
    expect(found(one(workload), TYPE) !== undefined).toBe(isFound);
  });

  it.each([
    [23, false],
    [24, true],
  ])('%s hours with data: found is %s', (hours, isFound) => {
    expect(found(one({ ...LARGE, seen: (hour) => hour >= 168 - hours }), TYPE) !== undefined).toBe(isFound);
  });

  it('a maximum near the request leaves it, however small the mean', () => {
    expect(found(one({ ...LARGE, memoryPeak: () => 3.2 * GIB }), TYPE)).toBeUndefined();
  });
});

describe('a target', () => {
  it('is never below the floor', () => {
    expect(found(one({ memoryRequest: GIB, memory: MIB, memoryPeak: MIB }), TYPE)?.recommended.memory_request).toBe(
      16 * MIB,
    );
  });

  it('never lies below the observed maximum, nor below the floor', () => {
    const peaks = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 24, maxLength: 168 });
    let count = 0;
    fc.assert(
      fc.property(peaks, fc.integer({ min: 64, max: 16_000 }), fc.integer({ min: 1, max: 3 }), (values, request, n) => {
        const containers = Array.from({ length: n }, (_, index) =>
          container(`c${index}`, { memoryRequestBytes: Math.ceil((request * MIB * (index + 1)) / n) }),
        );
        const finding = found(
          one({
            containers,
            memory: (hour) => ((values[hour] ?? 0) * MIB) / 4,
            memoryPeak: (hour) => (values[hour] ?? 0) * MIB,
            seen: (hour) => hour < values.length,
          }),
          TYPE,
        );
        if (finding === undefined) return;
        count += 1;
        const proposed = Number(finding.recommended.memory_request);
        expect(proposed).toBeGreaterThanOrEqual(Math.max(...values) * MIB);
        expect(proposed).toBeGreaterThanOrEqual(16 * MIB);
        expect(proposed).toBeLessThan(Number(finding.current.memory_request));
      }),
      { numRuns: 60 },
    );
    expect(count).toBeGreaterThan(10);
  });
});

describe('a workload that was killed for memory', () => {
  const killed: MadeWorkload = { ...LARGE, memoryLimit: 4 * GIB, spec: { oomKills: 3 } };

  it('gets more, never less, however little was seen', () => {
    const finding = found(one(killed), TYPE);
    // What was seen ends at the limit: 4 GiB × 1.2 → 4.8125 GiB.
    expect(finding?.recommended).toEqual({ memory_limit: 77 * 64 * MIB });
    expect(finding?.title).toBe('Raise memory limit 4 GiB → 4.81 GiB');
    expect(finding?.reason).toContain('3 times');
    expect(finding?.priority).toBe('critical');
    expect(finding?.savings.costPerDay).toEqual({ central: 0, low: 0, high: 0 });
    expect(finding?.savings.freedMemoryBytes).toBe(0);
  });

  it('without a limit gets a larger request, which reserves more', () => {
    const finding = found(one({ ...LARGE, memoryRequest: GIB, memory: 900 * MIB, spec: { oomKills: 1 } }), TYPE);
    expect(finding?.title).toBe('Raise memory request 1 GiB → 1.25 GiB');
    expect(finding?.savings.freedMemoryBytes).toBe(-0.25 * GIB * 3);
    expect(finding?.reason).toContain('once');
  });

  it('with a limit on one container only: that limit is raised, not a request above it', () => {
    const containers = [
      container('app', { cpuRequestMillicores: 500, memoryRequestBytes: 512 * MIB, memoryLimitBytes: 512 * MIB }),
      container('side', { cpuRequestMillicores: 100, memoryRequestBytes: 128 * MIB }),
    ];
    const finding = found(one({ containers, memory: 500 * MIB, spec: { oomKills: 1 } }), TYPE);
    expect(finding?.change?.patchYaml).toContain('limits:\n              memory: 624Mi');
    expect(finding?.change?.patchYaml).not.toContain('requests');
    expect(finding?.change?.patchYaml).not.toContain('side');
  });

  it('that asks for nothing and has no limit has nothing to raise', () => {
    expect(found(one({ memoryRequest: null, spec: { oomKills: 1 } }), TYPE)).toBeUndefined();
  });
});

describe('near the limit', () => {
  const near = (peak: number): MadeWorkload => ({
    memoryRequest: 500 * MIB,
    memoryLimit: 1000 * MIB,
    memory: 400 * MIB,
    memoryPeak: peak * MIB,
  });

  it.each([
    [899, false],
    [900, true],
    [990, true],
  ])('%s of 1000 MiB: raised is %s', (peak, isRaised) => {
    const finding = found(one(near(peak)), TYPE);
    expect(finding !== undefined).toBe(isRaised);
    if (finding === undefined) return;
    expect(Number(finding.recommended.memory_limit)).toBeGreaterThanOrEqual(peak * 1.2 * MIB);
    expect(finding.recommended).not.toHaveProperty('memory_request');
    expect(finding.priority).toBe('high');
    expect(finding.reason).toContain('near to being killed');
  });

  it('a Guaranteed pod gets request and limit together', () => {
    const finding = found(one({ ...near(950), memoryRequest: 1000 * MIB, spec: { qosClass: 'Guaranteed' } }), TYPE);
    expect(finding?.recommended.memory_request).toBe(finding?.recommended.memory_limit);
    expect(finding?.savings.freedMemoryBytes).toBeLessThan(0);
  });
});

describe('QoS', () => {
  it('Guaranteed: request and limit go down together and still cover the maximum', () => {
    const finding = found(one({ ...LARGE, memoryLimit: 4 * GIB, spec: { qosClass: 'Guaranteed' } }), TYPE);
    expect(finding?.recommended).toEqual({ memory_request: 608 * MIB, memory_limit: 608 * MIB });
    expect(finding?.change?.patchYaml).toContain('limits:\n              memory: 608Mi');
    expect(finding?.change?.cautions.join()).toContain('stay Guaranteed');
  });

  it('Burstable: the limit stays, and the caution tells of eviction', () => {
    const finding = found(one({ ...LARGE, memoryLimit: 4 * GIB }), TYPE);
    expect(finding?.recommended).toEqual({ memory_request: 608 * MIB });
    expect(finding?.change?.cautions.join()).toContain('The limit stays');
    expect(found(one(LARGE), TYPE)?.change?.cautions.join()).toContain('evicted');
  });
});

describe('autoscalers and init containers', () => {
  it('horizontal by memory, and vertical: left, with the reason', () => {
    const byMemory = one(LARGE, { autoscalers: [autoscaler('horizontal', { metrics: ['cpu', 'memory'] })] });
    expect(found(byMemory, TYPE)).toBeUndefined();
    expect(leftOut(byMemory, TYPE)[0]).toContain('memory use over request');
    const vertical = one(LARGE, { autoscalers: [autoscaler('vertical')] });
    expect(found(vertical, TYPE)).toBeUndefined();
    expect(found(one(LARGE, { autoscalers: [autoscaler('horizontal')] }), TYPE)).toBeDefined();
  });

  it('init containers that ask for more: left', () => {
    const cluster = one({ ...LARGE, podMemoryRequest: 8 * GIB });
    expect(found(cluster, TYPE)).toBeUndefined();
    expect(leftOut(cluster, TYPE)[0]).toContain('Init containers');
  });
});
