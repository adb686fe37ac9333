import { describe, expect, it } from 'vitest';
import {
  container,
  findings,
  found,
  leftOut,
  type MadeCluster,
  type MadeWorkload,
  specOf,
  typesOf,
} from './made-cluster.ts';

const TYPE = 'IDLE_NAMESPACE';

/** 2 pods and 1 pod, 0.01 W each. */
const WEB: MadeWorkload = { namespace: 'staging', name: 'web', pods: 2, watts: 0.01, cpu: 2, bytesPerSecond: 10 };
const DB: MadeWorkload = { ...WEB, kind: 'StatefulSet', name: 'db', pods: 1 };
const BUSY: MadeWorkload = { name: 'busy', watts: 5 };

function staging(workloads: readonly MadeWorkload[], cluster: Omit<MadeCluster, 'workloads'> = {}): MadeCluster {
  return { ...cluster, workloads: [...workloads, BUSY] };
}

describe('a namespace in which nothing happens', () => {
  const cluster = staging([WEB, DB]);
  const finding = found(cluster, TYPE);

  it('is switched off as a whole', () => {
    expect(finding?.title).toBe('Switch off namespace staging: idle for 7 days');
    expect(finding?.scope).toBe('namespace');
    expect(finding?.target).toEqual({
      clusterId: 'cluster-1',
      namespace: 'staging',
      ownerKind: null,
      ownerName: null,
      node: null,
    });
    expect(finding?.current).toMatchObject({ workloads: 2, pods: 3 });
  });

  it('covers its workloads: none of them is found by itself', () => {
    expect(typesOf(cluster)).toEqual([TYPE]);
  });

  it('saves what its workloads would save one by one', () => {
    const alone = [WEB, DB].map((each) => {
      // Another that works keeps the namespace from being idle.
      const beside = { ...WEB, name: 'works', watts: 5 };
      return findings(staging([each, beside])).find(({ type }) => type === 'ZOMBIE_POD')?.savings;
    });
    const sum = (of: 'low' | 'central' | 'high') =>
      alone.reduce((total, each) => total + (each?.co2eGramsPerDay[of] ?? Number.NaN), 0);
    expect(finding?.savings.co2eGramsPerDay.central).toBeCloseTo(sum('central'), 12);
    expect(finding?.savings.co2eGramsPerDay.low).toBeCloseTo(sum('low'), 12);
    expect(finding?.savings.co2eGramsPerDay.high).toBeCloseTo(sum('high'), 12);
    const money = alone.reduce((total, each) => total + (each?.costPerDay.high ?? Number.NaN), 0);
    expect(finding?.savings.costPerDay).toEqual({ low: 0, central: 0, high: expect.closeTo(money, 9) });
    expect(finding?.savings.freedCpuMillicores).toBe(1500);
  });

  it('has one patch for each workload', () => {
    expect(finding?.change?.patchYaml.split('---\n')).toHaveLength(2);
    expect(finding?.change?.kubectl.split('\n')).toEqual([
      'kubectl scale deployment web -n staging --replicas=0',
      'kubectl scale statefulset db -n staging --replicas=0',
    ]);
    expect(finding?.change?.cautions.join()).toContain('Volumes');
  });

  it('lists what goes off', () => {
    expect(finding?.evidence.figures.workloads).toBe('Deployment/web, StatefulSet/db');
    expect(finding?.evidence.lines[0]?.value).toBe(0.25);
  });
});

describe('the threshold', () => {
  const drawing = (total: number) =>
    staging([
      { ...WEB, pods: 1, watts: total / 2 },
      { ...DB, pods: 1, watts: total / 2 },
    ]);

  it.each([
    [0.249, true],
    [0.25, false],
    [0.251, false],
  ])('%s W together: found is %s', (watts, isFound) => {
    expect(found(drawing(watts), TYPE) !== undefined).toBe(isFound);
  });

  it('above it, idle workloads are found one by one', () => {
    const many = Array.from({ length: 8 }, (_, index) => ({ ...WEB, name: `web-${index}`, watts: 0.02 }));
    const types = typesOf(staging(many));
    expect(types).toHaveLength(8);
    expect(new Set(types)).toEqual(new Set(['ZOMBIE_POD']));
  });

  it.each([
    [23, false],
    [24, true],
  ])('%s hours with data: found is %s', (hours, isFound) => {
    expect(found(staging([{ ...WEB, seen: (hour) => hour < hours }]), TYPE) !== undefined).toBe(isFound);
  });

  it('traffic keeps it', () => {
    expect(found(staging([{ ...WEB, bytesPerSecond: 2000 }]), TYPE)).toBeUndefined();
    const one = staging([
      { ...WEB, pods: 9 },
      { ...DB, bytesPerSecond: 3000 },
    ]);
    expect(found(one, TYPE)).toBeUndefined();
    expect(leftOut(one, TYPE)[0]).toContain('traffic');
  });

  it('an hour of work keeps it', () => {
    expect(found(staging([{ ...WEB, watts: (hour) => (hour === 9 ? 2 : 0.01) }]), TYPE)).toBeUndefined();
  });
});

describe('what keeps a namespace', () => {
  it('work by a timetable, seen or not', () => {
    const cron: MadeWorkload = { ...WEB, kind: 'CronJob', name: 'nightly', pods: 1, seen: (hour) => hour % 24 === 2 };
    const cluster = staging([WEB, cron]);
    expect(found(cluster, TYPE)).toBeUndefined();
    expect(leftOut(cluster, TYPE)[0]).toContain('timetable');
    const never = staging([WEB, { ...cron, seen: () => false }]);
    expect(found(never, TYPE)).toBeUndefined();
  });

  it('not a CronJob that is suspended', () => {
    const cron: MadeWorkload = { ...WEB, kind: 'CronJob', name: 'old', seen: () => false, spec: { suspended: true } };
    expect(found(staging([WEB, cron]), TYPE)).toBeDefined();
  });

  it('a workload that is too new to tell', () => {
    const fresh: MadeWorkload = { ...WEB, name: 'new', seen: (hour) => hour >= 160 };
    const cluster = staging([WEB, fresh]);
    expect(found(cluster, TYPE)).toBeUndefined();
    expect(leftOut(cluster, TYPE)[0]).toContain('too new');
    expect(found(staging([WEB, { ...fresh, seen: () => false }]), TYPE)).toBeUndefined();
  });

  it('nothing that could be switched off', () => {
    expect(found(staging([{ ...WEB, kind: 'DaemonSet' }]), TYPE)).toBeUndefined();
    expect(found(staging([{ ...WEB, spec: { replicas: 0 } }]), TYPE)).toBeUndefined();
  });

  it('being of the system, unless asked for', () => {
    const system: MadeWorkload = { ...WEB, namespace: 'kube-public' };
    expect(found(staging([system]), TYPE)).toBeUndefined();
    expect(found(staging([system], { thresholds: { includeSystemNamespaces: true } }), TYPE)).toBeDefined();
  });
});

describe('bare pods and names', () => {
  it('deletes bare pods, and says so', () => {
    const pod: MadeWorkload = { ...WEB, kind: 'Pod', name: 'shell', pods: 1 };
    const finding = found(staging([pod]), TYPE);
    expect(finding?.change?.kubectl).toBe('kubectl delete pod shell -n staging');
    expect(finding?.change?.cautions.join()).toContain('Bare pods');
    expect(finding?.reason).toContain('1 workload goes off');
  });

  it('writes nothing down where a name is none', () => {
    const odd: MadeWorkload = { ...WEB, name: 'x; rm -rf /', containers: [container('app')] };
    expect(specOf(odd).name).toBe('x; rm -rf /');
    expect(found(staging([odd]), TYPE)?.change).toBeNull();
  });
});
