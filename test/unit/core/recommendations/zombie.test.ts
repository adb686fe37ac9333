import { describe, expect, it } from 'vitest';
import { autoscaler, findings, found, GIB, type MadeCluster, type MadeWorkload, typesOf } from './made-cluster.ts';

const TYPE = 'ZOMBIE_POD';
/** Keeps the namespace from being idle as a whole. */
const BUSY: MadeWorkload = { name: 'busy', watts: 5 };

function beside(workload: MadeWorkload, cluster: Omit<MadeCluster, 'workloads'> = {}): MadeCluster {
  return { ...cluster, workloads: [workload, BUSY] };
}

const IDLE: MadeWorkload = { name: 'redis-legacy', pods: 2, watts: 0.01, cpu: 2, bytesPerSecond: 100 };

describe('a workload that does nothing', () => {
  const finding = found(beside(IDLE), TYPE);

  it('is scaled to 0', () => {
    expect(finding?.title).toBe('Scale to 0: idle for 7 days');
    expect(finding?.recommended).toEqual({ replicas: 0 });
    expect(finding?.current).toMatchObject({ replicas: 2, network_bytes_per_second: 100 });
    expect(finding?.current.dynamic_watts_per_pod).toBeCloseTo(0.01, 12);
    expect(finding?.change?.kubectl).toBe('kubectl scale deployment redis-legacy -n shop --replicas=0');
    expect(finding?.change?.patchYaml).toContain('spec:\n  replicas: 0\n');
  });

  it('saves the dynamic energy of its pods, with the range of its own hours', () => {
    const joules = 2 * 0.01 * 86_400;
    const grams = (joules * 1.2 * 300) / 3.6e6;
    expect(finding?.savings.joulesPerDay).toBeCloseTo(joules, 6);
    expect(finding?.savings.co2eGramsPerDay.central).toBeCloseTo(grams, 9);
    expect(finding?.savings.co2eGramsPerDay.low).toBeCloseTo(grams * 0.7, 9);
    expect(finding?.savings.co2eGramsPerDay.high).toBeCloseTo(grams * 1.5, 9);
    expect(finding?.savings.needsNodeToGo).toBe(false);
  });

  it('frees what its pods reserve, and money of all of it at most', () => {
    expect(finding?.savings.freedCpuMillicores).toBe(1000);
    expect(finding?.savings.freedMemoryBytes).toBe(2 * GIB);
    const cost = 2 * (0.5 * 0.04 + (GIB / 1e9) * 0.005) * 24;
    expect(finding?.savings.costPerDay.low).toBe(0);
    expect(finding?.savings.costPerDay.high).toBeCloseTo(cost, 9);
  });

  it('has no other finding beside it: what goes needs no smaller request', () => {
    const own = findings(beside(IDLE)).filter(({ target }) => target.ownerName === 'redis-legacy');
    expect(own.map(({ type }) => type)).toEqual([TYPE]);
  });

  it('shows its power and the threshold', () => {
    expect(finding?.evidence.series[0]).toMatchObject({ unit: 'watts', stepSeconds: 3600 });
    expect(finding?.evidence.lines).toEqual([{ kind: 'threshold', label: 'Idle below 0.05 W', value: 0.05 }]);
    expect(finding?.reason).toContain('0.01 W');
    expect(finding?.reason).toContain('100 B/s');
  });
});

describe('the thresholds', () => {
  it.each([
    [0.049, true],
    [0.05, false],
    [0.051, false],
  ])('%s W: found is %s', (watts, isFound) => {
    expect(found(beside({ ...IDLE, watts }), TYPE) !== undefined).toBe(isFound);
  });

  it.each([
    [1023, true],
    [1024, false],
    [5000, false],
  ])('%s B/s of traffic: found is %s', (bytesPerSecond, isFound) => {
    expect(found(beside({ ...IDLE, bytesPerSecond }), TYPE) !== undefined).toBe(isFound);
  });

  it('power is over time: an hour of work a week is not idle, however small the mean', () => {
    const weekly = (hour: number) => (hour === 100 ? 4 : 0.001);
    expect(found(beside({ ...IDLE, watts: weekly }), TYPE)).toBeUndefined();
    const small = (hour: number) => (hour === 100 ? 0.2 : 0.001);
    expect(found(beside({ ...IDLE, watts: small }), TYPE)).toBeDefined();
  });

  it.each([
    [23, false],
    [24, true],
  ])('%s hours with data: found is %s', (hours, isFound) => {
    expect(found(beside({ ...IDLE, seen: (hour) => hour >= 168 - hours }), TYPE) !== undefined).toBe(isFound);
  });

  it('says hours where there are few, and is unsure', () => {
    const finding = found(beside({ ...IDLE, seen: (hour) => hour >= 168 - 30 }), TYPE);
    expect(finding?.title).toBe('Scale to 0: idle for 30 h');
    expect(finding?.confidence).toBe('low');
  });

  it('a day of a workload that is new counts by its own hours', () => {
    const whole = found(beside(IDLE), TYPE);
    const isNew = found(beside({ ...IDLE, seen: (hour) => hour >= 96 }), TYPE);
    expect(isNew?.savings.joulesPerDay).toBeCloseTo(whole?.savings.joulesPerDay ?? 0, 9);
  });

  it('is a setting', () => {
    expect(found(beside({ ...IDLE, watts: 0.3 }, { thresholds: { idlePodWatts: 0.4 } }), TYPE)).toBeDefined();
    expect(found(beside(IDLE, { thresholds: { idlePodWatts: 0.005 } }), TYPE)).toBeUndefined();
  });
});

describe('traffic that nobody measured', () => {
  it('leaves power alone to tell, and less sure', () => {
    const cluster = {
      workloads: [
        { ...IDLE, bytesPerSecond: 0 },
        { ...BUSY, bytesPerSecond: 0 },
      ],
    };
    const finding = found(cluster, TYPE);
    expect(finding?.reason).toContain('traffic was not measured');
    expect(finding?.current.network_bytes_per_second).toBeNull();
    expect(finding?.confidence).toBe('medium');
    expect(found(beside({ ...IDLE, bytesPerSecond: 0 }), TYPE)?.confidence).toBe('high');
  });
});

describe('kinds', () => {
  it('a bare pod is deleted, and says that nothing makes it anew', () => {
    const finding = found(beside({ ...IDLE, kind: 'Pod', name: 'debug', pods: 1 }), TYPE);
    expect(finding?.title).toContain('Delete the bare pod');
    expect(finding?.scope).toBe('pod');
    expect(finding?.change?.kubectl).toBe('kubectl delete pod debug -n shop');
    expect(finding?.change?.patchYaml).toContain('$patch: delete');
    expect(finding?.change?.cautions.join()).toContain('nothing makes it anew');
  });

  it('a bare pod without a spec is still named and deleted', () => {
    const finding = found(beside({ ...IDLE, kind: 'Pod', name: 'debug', pods: 1, hasSpec: false }), TYPE);
    expect(finding?.target).toMatchObject({ ownerKind: 'Pod', ownerName: 'debug' });
    expect(finding?.change?.kubectl).toBe('kubectl delete pod debug -n shop');
  });

  it('a StatefulSet keeps its volumes, at high risk', () => {
    const finding = found(beside({ ...IDLE, kind: 'StatefulSet' }), TYPE);
    expect(finding?.change?.cautions.join()).toContain('volumes stay');
    expect(finding?.change?.kubectl).toContain('scale statefulset');
  });

  it.each(['DaemonSet', 'CronJob', 'Job'])('a %s is quiet by nature', (kind) => {
    expect(found(beside({ ...IDLE, kind }), TYPE)).toBeUndefined();
  });

  it('with a horizontal autoscaler it says what becomes of that', () => {
    const finding = found(
      beside(IDLE, { autoscalers: [autoscaler('horizontal', { targetName: 'redis-legacy' })] }),
      TYPE,
    );
    expect(finding?.change?.cautions.join()).toContain('autoscaler rests');
  });
});

describe('left out', () => {
  it('in system namespaces', () => {
    expect(typesOf({ workloads: [{ ...IDLE, namespace: 'kube-system' }] })).toEqual([]);
  });

  it('at 0 replicas or suspended', () => {
    expect(found(beside({ ...IDLE, spec: { replicas: 0 } }), TYPE)).toBeUndefined();
    expect(found(beside({ ...IDLE, spec: { suspended: true } }), TYPE)).toBeUndefined();
  });
});
