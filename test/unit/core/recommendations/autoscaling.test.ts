import { describe, expect, it } from 'vitest';
import {
  autoscaler,
  container,
  found,
  GIB,
  leftOut,
  type MadeCluster,
  type MadeWorkload,
  typesOf,
} from './made-cluster.ts';

const TYPE = 'AUTOSCALING_CANDIDATE';

function one(workload: MadeWorkload, cluster: Omit<MadeCluster, 'workloads'> = {}): MadeCluster {
  return { ...cluster, workloads: [workload] };
}

/** Two hours a day at 400 millicores, else 40: mean 70, spike 5.7, variation 1.42. */
const BURSTS: MadeWorkload = {
  pods: 6,
  cpu: (hour) => (hour % 24 === 9 || hour % 24 === 10 ? 400 : 40),
};

describe('use in bursts', () => {
  const finding = found(one(BURSTS), TYPE);

  it('is let scale between what the quietest and the busiest hour need', () => {
    expect(finding?.recommended).toEqual({ min_replicas: 1, max_replicas: 6, cpu_target_percent: 70 });
    expect(finding?.title).toBe('Let it scale with its load, 1–6 replicas');
    expect(finding?.evidence.figures.spike).toBeCloseTo(400 / 70, 9);
    expect(finding?.evidence.figures.variation).toBeCloseTo(1.4213, 3);
    expect(finding?.reason).toContain('5.7 times');
  });

  it('frees replicas of the hours that need fewer, no carbon', () => {
    // 22 of 24 hours need 1 of 6.
    expect(finding?.savings.freedCpuMillicores).toBeCloseTo((22 / 24) * 5 * 500, 6);
    expect(finding?.savings.freedMemoryBytes).toBeCloseTo((22 / 24) * 5 * GIB, 0);
    expect(finding?.savings.co2eGramsPerDay).toEqual({ central: 0, low: 0, high: 0 });
    expect(finding?.savings.needsNodeToGo).toBe(true);
    const cost = 6 * (0.5 * 0.04 + (GIB / 1e9) * 0.005) * 24;
    expect(finding?.savings.costPerDay.high).toBeCloseTo((cost * (22 / 24) * 5) / 6, 9);
  });

  it('comes with an autoscaler to apply', () => {
    expect(finding?.change?.patchYaml).toContain('kind: HorizontalPodAutoscaler');
    expect(finding?.change?.patchYaml).toContain('averageUtilization: 70');
    expect(finding?.change?.kubectl).toBe('kubectl autoscale deployment web -n shop --min=1 --max=6 --cpu-percent=70');
    expect(finding?.change?.cautions.join()).toContain('metrics-server');
  });

  it('leaves the CPU request alone that it goes by, and says so', () => {
    const large = one({ ...BURSTS, cpuRequest: 1000 });
    expect(typesOf(large)).toContain(TYPE);
    expect(typesOf(large)).not.toContain('RIGHTSIZING_CPU');
    expect(leftOut(large, 'RIGHTSIZING_CPU')[0]).toContain('autoscaler by CPU is proposed');
  });

  it('shows the cores of all pods', () => {
    expect(finding?.evidence.series[0]?.mean[9]).toBeCloseTo(2.4, 12);
    expect(finding?.evidence.lines.find(({ kind }) => kind === 'maximum')?.value).toBeCloseTo(2.4, 12);
  });
});

describe('the thresholds', () => {
  /** One hour of 24 is higher: spike and variation follow from how much. */
  const spike = (factor: number): MadeWorkload => ({ ...BURSTS, cpu: (hour) => (hour % 24 === 3 ? factor * 40 : 40) });
  const figures = (factor: number) => {
    const mean = (23 + factor) / 24;
    return { spike: factor / mean, cv: Math.sqrt((23 * (1 - mean) ** 2 + (factor - mean) ** 2) / 24) / mean };
  };

  it.each([3, 4, 5, 6, 10])('a burst of %s times: found where both are above', (factor) => {
    const expected = figures(factor);
    const isFound = expected.cv > 0.7 && expected.spike > 3;
    expect(found(one(spike(factor)), TYPE) !== undefined).toBe(isFound);
  });

  it('exactly at either is not above', () => {
    // Half the hours 0, half 1: variation 1, spike 2.
    const halves: MadeWorkload = { ...BURSTS, cpu: (hour) => (hour % 2 === 0 ? 0 : 100) };
    const at = (autoscalingVariation: number, autoscalingSpike: number) =>
      found(one(halves, { thresholds: { autoscalingVariation, autoscalingSpike } }), TYPE) !== undefined;
    expect(at(0.99, 1.99)).toBe(true);
    expect(at(1, 1.99)).toBe(false);
    expect(at(0.99, 2)).toBe(false);
  });

  it.each([
    [23, false],
    [24, true],
    [48, true],
  ])('%s hours with data: found is %s', (hours, isFound) => {
    expect(found(one({ ...BURSTS, seen: (hour) => hour < hours }), TYPE) !== undefined).toBe(isFound);
  });

  it('is over at least a day, whatever the setting says', () => {
    const short = one(
      { ...BURSTS, seen: (hour) => hour < 20 },
      { thresholds: { autoscalingMinHours: 4, minHours: 4 } },
    );
    expect(found(short, TYPE)).toBeUndefined();
    const longer = one({ ...BURSTS, seen: (hour) => hour < 48 }, { thresholds: { autoscalingMinHours: 72 } });
    expect(found(longer, TYPE)).toBeUndefined();
  });

  it('even use, and none at all, are left', () => {
    expect(found(one({ ...BURSTS, cpu: 100 }), TYPE)).toBeUndefined();
    expect(found(one({ ...BURSTS, cpu: 0 }), TYPE)).toBeUndefined();
  });
});

describe('what speaks against it', () => {
  it('an autoscaler that is there already', () => {
    const cluster = one(BURSTS, { autoscalers: [autoscaler('horizontal', { metrics: ['requests_per_second'] })] });
    expect(found(cluster, TYPE)).toBeUndefined();
    expect(leftOut(cluster, TYPE)[0]).toContain('already');
  });

  it('one replica', () => {
    const cluster = one({ ...BURSTS, pods: 1 });
    expect(found(cluster, TYPE)).toBeUndefined();
    expect(leftOut(cluster, TYPE)[0]).toContain('one replica');
  });

  it('a container without a CPU request', () => {
    const containers = [container('app', { cpuRequestMillicores: 500 }), container('side')];
    const cluster = one({ ...BURSTS, containers });
    expect(found(cluster, TYPE)).toBeUndefined();
    expect(leftOut(cluster, TYPE)[0]).toContain('needs a CPU request');
  });

  it.each(['StatefulSet', 'DaemonSet', 'CronJob', 'Pod'])('being a %s', (kind) => {
    expect(found(one({ ...BURSTS, kind }), TYPE)).toBeUndefined();
  });

  it('autoscalers that could not be read make it less sure', () => {
    const finding = found(one(BURSTS, { layout: { missing: ['horizontalpodautoscalers'] } }), TYPE);
    expect(finding?.confidence).toBe('medium');
  });
});
