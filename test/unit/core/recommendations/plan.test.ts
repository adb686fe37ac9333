import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hourlyMoney } from '../../../../src/core/recommendations/effect.ts';
import { groupUsage, HourlyUsage } from '../../../../src/core/recommendations/usage-lines.ts';
import { container, findings, GIB, keyOf, type MadeWorkload, MIB, made, PRICES } from './made-cluster.ts';

/** CPU and memory too large, quiet nights. */
const LOOSE: MadeWorkload = {
  pods: 4,
  cpuRequest: 2000,
  memoryRequest: 8 * GIB,
  cpu: (hour) => (hour % 24 >= 6 && hour % 24 < 20 ? 300 : 3),
  memory: 500 * MIB,
  spec: { helmRelease: 'shop' },
};

function costPerDay(workload: MadeWorkload): number {
  const { workloads } = made({ workloads: [workload] });
  return workloads.columns.totalCost.reduce((sum, value) => sum + value, 0) / 7;
}

describe('all findings of a workload', () => {
  const all = findings({ workloads: [LOOSE] });

  it('are one plan', () => {
    expect(all.map(({ type }) => type)).toEqual(['OFF_PEAK_SCALING', 'RIGHTSIZING_CPU', 'RIGHTSIZING_MEMORY']);
    expect(new Set(all.map(({ planId }) => planId))).toEqual(new Set(['cluster-1/plan/shop/Deployment/web/']));
    expect(all.map(({ id }) => id)).toEqual([
      'cluster-1/OFF_PEAK_SCALING/shop/Deployment/web/',
      'cluster-1/RIGHTSIZING_CPU/shop/Deployment/web/',
      'cluster-1/RIGHTSIZING_MEMORY/shop/Deployment/web/',
    ]);
  });

  it('share one change with everything in it', () => {
    const [first] = all;
    for (const each of all) expect(each.change).toEqual(first?.change);
    expect(first?.change?.patchYaml).toContain('downscaler/downtime');
    expect(first?.change?.patchYaml).toContain('cpu: 440m');
    expect(first?.change?.patchYaml).toContain('memory: 640Mi');
    expect(first?.change?.helmValuesYaml).toContain('memory: 640Mi');
  });

  it('never take the same money twice: smaller requests save only while it is awake', () => {
    const money = all.reduce((sum, { savings }) => sum + savings.costPerDay.high, 0);
    const alone = (workload: MadeWorkload) =>
      findings({ workloads: [workload] }).reduce((sum, { savings }) => sum + savings.costPerDay.high, 0);
    const awake = { ...LOOSE, cpu: 300 };
    expect(money).toBeLessThan(costPerDay(LOOSE));
    expect(all[1]?.savings.costPerDay.high).toBeLessThan(
      findings({ workloads: [awake] })[0]?.savings.costPerDay.high ?? 0,
    );
    expect(alone(awake)).toBeGreaterThan(
      (all[1]?.savings.costPerDay.high ?? 0) + (all[2]?.savings.costPerDay.high ?? 0),
    );
  });

  it('count what is left exactly: night off, the rest at the new requests', () => {
    const after = (14 / 24) * 4 * (0.44 * 0.04 + ((640 * MIB) / 1e9) * 0.005) * 24;
    const money = all.reduce((sum, { savings }) => sum + savings.costPerDay.high, 0);
    expect(money).toBeCloseTo(costPerDay(LOOSE) - after, 6);
  });

  it('have ranges that start at 0 and none below', () => {
    for (const { savings } of all) {
      expect(savings.costPerDay.low).toBe(0);
      expect(savings.costPerDay.central).toBe(0);
      expect(savings.costPerDay.high).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('requests of several findings', () => {
  it('are recommended as they are when the plan is done', () => {
    const containers = [
      container('app', { cpuRequestMillicores: 1000, memoryRequestBytes: GIB }),
      container('side', { memoryRequestBytes: GIB }),
    ];
    const all = findings({ workloads: [{ containers, cpu: 50, memory: GIB }] });
    expect(all.map(({ type, recommended }) => [type, recommended.cpu_request])).toEqual([
      ['RIGHTSIZING_CPU', 85],
      ['MISSING_REQUESTS', 85],
    ]);
    expect(all.map(({ savings }) => savings.freedCpuMillicores)).toEqual([(1000 - 75) * 2, -20]);
  });
});

describe('the money of a plan', () => {
  const hourly = (max: number) => fc.array(fc.integer({ min: 0, max }), { minLength: 168, maxLength: 168 });

  it('is never more than the workload was charged with, nor its carbon more than it emitted', () => {
    const kinds = fc.constantFrom('Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Pod');
    let count = 0;
    fc.assert(
      fc.property(
        hourly(400),
        hourly(1000),
        fc.record({
          kind: kinds,
          pods: fc.integer({ min: 1, max: 5 }),
          cpuRequest: fc.option(fc.integer({ min: 1, max: 4000 })),
          memoryRequest: fc.option(fc.integer({ min: 1, max: 8000 })),
          cost: fc.double({ min: 0, max: 2, noNaN: true }),
          watts: fc.double({ min: 0, max: 0.3, noNaN: true }),
          quiet: fc.integer({ min: 0, max: 24 }),
          first: fc.integer({ min: 0, max: 140 }),
        }),
        (cpu, memory, { kind, pods, cpuRequest, memoryRequest, cost, watts, quiet, first }) => {
          const workload: MadeWorkload = {
            kind,
            pods,
            cpuRequest,
            memoryRequest: memoryRequest === null ? null : memoryRequest * MIB,
            cpu: (hour) => (hour % 24 < quiet ? 0 : (cpu[hour] ?? 0)),
            memory: (hour) => (memory[hour] ?? 0) * MIB,
            cost,
            watts,
            bytesPerSecond: 100,
            seen: (hour) => hour >= first,
            spec: { schedule: '0 1 * * *' },
          };
          const input = made({ workloads: [workload], intensity: (hour) => 100 + (hour % 24) * 20 });
          const days = (kind === 'CronJob' ? 168 : 168 - first) / 24;
          const perDay = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / days;
          const all = findings({ workloads: [workload], intensity: (hour) => 100 + (hour % 24) * 20 });
          count += all.length;
          const sum = (of: (each: (typeof all)[number]) => number) => all.reduce((total, each) => total + of(each), 0);
          const { totalCost, co2eHighGrams, joulesDynamic } = input.workloads.columns;
          const most = (value: number) => value * (1 + 1e-9) + 1e-12;
          expect(sum(({ savings }) => savings.costPerDay.high)).toBeLessThanOrEqual(most(perDay(totalCost)));
          expect(sum(({ savings }) => savings.co2eGramsPerDay.high)).toBeLessThanOrEqual(most(perDay(co2eHighGrams)));
          expect(sum(({ savings }) => savings.joulesPerDay)).toBeLessThanOrEqual(most(perDay(joulesDynamic)));
          for (const { savings } of all) {
            expect(savings.co2eGramsPerDay.low).toBeLessThanOrEqual(savings.co2eGramsPerDay.central);
            expect(savings.co2eGramsPerDay.central).toBeLessThanOrEqual(savings.co2eGramsPerDay.high);
          }
        },
      ),
      { numRuns: 80 },
    );
    expect(count).toBeGreaterThan(40);
  });

  it('is split into CPU, memory and the rest without loss', () => {
    const input = made({ workloads: [{ cost: 10 }, { name: 'b', cost: 0.001 }] });
    for (const { key, lines } of groupUsage(input.workloads, (each) => each.ownerName ?? '')) {
      const usage = new HourlyUsage(input.workloads, lines, 168);
      const money = hourlyMoney(usage, PRICES);
      const expected = key.ownerName === keyOf({}).ownerName ? 10 : 0.001;
      expect((money.cpu[3] ?? 0) + (money.memory[3] ?? 0) + (money.other[3] ?? 0)).toBeCloseTo(expected, 12);
    }
  });
});

describe('priority', () => {
  it('grows with the share of the cluster that is at stake', () => {
    const priority = (pods: number) => findings({ workloads: [{ pods, cpuRequest: 2000, cpu: 50 }] })[0]?.priority;
    expect(priority(1)).toBe('high');
    expect(priority(5)).toBe('critical');
    const small = findings({ workloads: [{ pods: 1, cpuRequest: 200, cpu: 20 }], nodeCost: 1000 })[0];
    expect(small?.priority).toBe('low');
  });
});
