import { describe, expect, it } from 'vitest';
import { analysisContext } from '../../../../src/core/recommendations/analysis-context.ts';
import { findingId, hoursIn, planId } from '../../../../src/core/recommendations/analysis-input.ts';
import { groupUsage, HourlyUsage } from '../../../../src/core/recommendations/usage-lines.ts';
import { buildCase, canScale, LayoutIndex, runsToAnEnd } from '../../../../src/core/recommendations/workload-case.ts';
import { workloadFindings } from '../../../../src/core/recommendations/workload-findings.ts';
import {
  container,
  findings,
  GIB,
  keyOf,
  layoutPod,
  type MadeWorkload,
  made,
  START,
  specOf,
  typesOf,
} from './made-cluster.ts';

const LOOSE: MadeWorkload = { cpuRequest: 2000, cpu: 50 };

describe('all workloads', () => {
  it('of which nothing is to be said give nothing', () => {
    expect(findings({})).toEqual([]);
    expect(findings({ workloads: [] })).toEqual([]);
  });

  it('give a pause after each, and after each namespace', () => {
    const input = made({
      workloads: [
        { name: 'a' },
        { ...LOOSE, name: 'b' },
        { name: 'c', namespace: 'other' },
        { name: 'd', namespace: 'kube-system' },
      ],
    });
    const steps = [...workloadFindings(input)].map((each) => each?.target.ownerName ?? null);
    expect(steps).toEqual([null, null, 'b', null, null]);
  });

  it('are analysed as they are asked for', () => {
    const input = made({ workloads: [LOOSE, { ...LOOSE, name: 'b' }] });
    const steps = workloadFindings(input);
    steps.next();
    const { value } = steps.next();
    expect(value?.target.ownerName).toBe('web');
  });

  it('of two teams over time are one workload', () => {
    const before: MadeWorkload = { ...LOOSE, team: 'red', seen: (hour) => hour < 12 };
    const after: MadeWorkload = { ...LOOSE, team: 'blue', seen: (hour) => hour >= 12 && hour < 24 };
    const [finding, ...others] = findings({ workloads: [before, after] });
    expect(others).toEqual([]);
    expect(finding?.evidence.hoursObserved).toBe(24);
  });

  it('have ids that are theirs alone and the same each time', () => {
    const cluster = { workloads: [LOOSE, { ...LOOSE, name: 'b' }, { ...LOOSE, namespace: 'other' }] };
    const ids = findings(cluster).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(findings(cluster).map(({ id }) => id)).toEqual(ids);
  });

  it('carry the range that was looked at, and finite figures only', () => {
    for (const finding of findings({ workloads: [LOOSE] })) {
      expect(finding.range).toEqual({ startSeconds: START, endSeconds: START + 168 * 3600 });
      const numbers = Object.values({ ...finding.current, ...finding.recommended, ...finding.evidence.figures });
      expect(numbers.filter((value) => typeof value === 'number' && !Number.isFinite(value))).toEqual([]);
      expect(JSON.parse(JSON.stringify(finding))).toEqual(finding);
    }
  });
});

describe('ids', () => {
  it('are made of cluster, type and target', () => {
    const input = made();
    const target = { clusterId: 'cluster-1', namespace: 'a', ownerKind: 'Pod', ownerName: 'b', node: null };
    expect(findingId(input, 'ZOMBIE_POD', target)).toBe('cluster-1/ZOMBIE_POD/a/Pod/b/');
    expect(planId(input, target)).toBe('cluster-1/plan/a/Pod/b/');
    expect(hoursIn({ startSeconds: 0, endSeconds: 7200 })).toBe(2);
    expect(hoursIn({ startSeconds: 7200, endSeconds: 0 })).toBe(0);
  });
});

describe('the context', () => {
  it('sums up the cluster', () => {
    const input = made({ nodeCost: 2, intensity: (hour) => 100 + hour });
    if (input.layout === null) throw new Error('no layout');
    const context = analysisContext(input, input.layout);
    expect(context.hours).toBe(168);
    expect(context.costPerDay).toBeCloseTo(48, 9);
    expect(context.intensityIn(null)[7]).toBeCloseTo(107, 9);
    expect(context.clusterHours.every(Boolean)).toBe(true);
    expect(context.knowsNetwork).toBe(true);
    expect(context.allocatableMemoryBytes).toBe(400 * GIB);
  });

  it('knows what it does not know', () => {
    const input = made({ workloads: [{ bytesPerSecond: 0 }], layout: { missing: ['horizontalpodautoscalers'] } });
    if (input.layout === null) throw new Error('no layout');
    const context = analysisContext(input, input.layout);
    expect([context.knowsNetwork, context.knowsAutoscalers]).toEqual([false, false]);
  });
});

describe('a case', () => {
  const caseOf = (workload: MadeWorkload, pods = [layoutPod(workload, 0), layoutPod(workload, 1)]) => {
    const input = made({ workloads: [workload], layout: { pods } });
    if (input.layout === null) throw new Error('no layout');
    const index = new LayoutIndex(input.layout);
    const [group] = groupUsage(input.workloads, () => '');
    const usage = new HourlyUsage(input.workloads, group?.lines ?? [], 168);
    return buildCase('cluster-1', keyOf(workload), specOf(workload), usage, index, 7);
  };

  it('counts the pods that are wanted, else those that run', () => {
    expect(caseOf({ pods: 4 }).pods).toBe(4);
    expect(caseOf({ kind: 'DaemonSet', pods: 3 }).pods).toBe(2);
    expect(caseOf({ kind: 'Pod', pods: 1 }, []).pods).toBe(1);
    expect(caseOf({ kind: 'CronJob', pods: 1, seen: (hour) => hour % 12 === 0 }).pods).toBeCloseTo(1 / 12, 12);
  });

  it('does not count pods that are done', () => {
    const workload: MadeWorkload = { kind: 'DaemonSet' };
    const done = { ...layoutPod(workload, 1), phase: 'Succeeded' as const };
    expect(caseOf(workload, [layoutPod(workload, 0), done]).pods).toBe(1);
  });

  it('reserves what its containers ask for, or more where a pod does', () => {
    const containers = [container('a', { cpuRequestMillicores: 100 }), container('b', { cpuLimitMillicores: 50 })];
    expect(caseOf({ containers }).podCpuMillicores).toBe(150);
    expect(caseOf({ containers, podCpuRequest: 400 }).podCpuMillicores).toBe(400);
    expect(caseOf({ containers }).podMemoryBytes).toBe(0);
  });

  it('knows kinds', () => {
    expect(['Deployment', 'StatefulSet', 'DaemonSet', 'Pod'].map(canScale)).toEqual([true, true, false, false]);
    expect(['CronJob', 'Job', 'Deployment'].map(runsToAnEnd)).toEqual([true, true, false]);
  });
});

describe('a layout', () => {
  it('without a spec makes one for a bare pod only', () => {
    const input = made({
      workloads: [
        { kind: 'Pod', name: 'x', hasSpec: false },
        { name: 'gone', hasSpec: false },
      ],
    });
    if (input.layout === null) throw new Error('no layout');
    const index = new LayoutIndex(input.layout);
    expect(index.spec(keyOf({ kind: 'Pod', name: 'x' }))).toMatchObject({ kind: 'Pod', name: 'x', containers: [] });
    expect(index.spec(keyOf({ name: 'gone' }))).toBeNull();
    expect(index.autoscaler(keyOf({}), 'horizontal')).toBeNull();
  });
});

describe('many at once', () => {
  it('are each judged by themselves', () => {
    const workloads = Array.from(
      { length: 40 },
      (_, index): MadeWorkload => ({
        name: `w-${index}`,
        namespace: `ns-${index % 4}`,
        cpuRequest: index % 2 === 0 ? 2000 : 100,
        cpu: 60,
      }),
    );
    expect(typesOf({ workloads })).toEqual(Array.from({ length: 20 }, () => 'RIGHTSIZING_CPU'));
  });
});
