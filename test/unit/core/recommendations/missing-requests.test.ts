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
  typesOf,
} from './made-cluster.ts';

const TYPE = 'MISSING_REQUESTS';

function one(workload: MadeWorkload, cluster: Omit<MadeCluster, 'workloads'> = {}): MadeCluster {
  return { ...cluster, workloads: [workload] };
}

const BARE: MadeWorkload = {
  pods: 3,
  cpuRequest: null,
  memoryRequest: null,
  cpu: 100,
  cpuPeak: 200,
  memory: 300 * MIB,
  memoryPeak: 400 * MIB,
  spec: { qosClass: 'BestEffort' },
};

describe('a container that asks for nothing', () => {
  const finding = found(one(BARE), TYPE);

  it('is given what it needs: P95 of CPU and maximum of memory, with headroom', () => {
    expect(finding?.recommended).toEqual({ cpu_request: 240, memory_request: 480 * MIB });
    expect(finding?.current).toMatchObject({ cpu_request: null, memory_request: null, qos_class: 'BestEffort' });
    expect(finding?.title).toBe('Set CPU and memory requests');
  });

  it('saves nothing and reserves more', () => {
    expect(finding?.savings).toMatchObject({
      co2eGramsPerDay: { central: 0, low: 0, high: 0 },
      costPerDay: { central: 0, low: 0, high: 0 },
      joulesPerDay: 0,
      freedCpuMillicores: -720,
      freedMemoryBytes: -3 * 480 * MIB,
      needsNodeToGo: false,
    });
  });

  it('ranks at least medium where the pods are evicted first', () => {
    expect(finding?.priority).toBe('medium');
    expect(found(one({ ...BARE, spec: { qosClass: 'Burstable' } }), TYPE)?.priority).toBe('low');
  });

  it('is the only finding', () => {
    expect(typesOf(one(BARE))).toEqual([TYPE]);
  });
});

describe('one of the two', () => {
  it('CPU alone', () => {
    const finding = found(one({ ...BARE, memoryRequest: GIB }), TYPE);
    expect(finding?.title).toBe('Set CPU requests');
    expect(finding?.recommended).toEqual({ cpu_request: 240 });
    expect(finding?.savings.freedMemoryBytes).toBe(-0);
  });

  it('memory alone', () => {
    const finding = found(one({ ...BARE, cpuRequest: 250 }), TYPE);
    expect(finding?.title).toBe('Set memory requests');
    expect(finding?.recommended).toEqual({ memory_request: 480 * MIB });
    expect(finding?.evidence.lines[0]?.label).toBe('Propose 480 MiB');
  });

  it('neither, or a limit that stands for the request', () => {
    expect(found(one({}), TYPE)).toBeUndefined();
    expect(found(one({ ...BARE, cpuLimit: 500, memoryLimit: GIB }), TYPE)).toBeUndefined();
  });
});

describe('several containers', () => {
  it('get what the others leave open, evenly, and it is less sure', () => {
    const containers = [
      container('app', { cpuRequestMillicores: 200, memoryRequestBytes: 512 * MIB }),
      container('side'),
      container('proxy', { isSidecar: true }),
    ];
    // Need 240 and 480 MiB: 40 millicores open for two; of memory nothing is: the floor.
    const finding = found(one({ ...BARE, containers }), TYPE);
    expect(finding?.title).toBe('Set CPU and memory requests of 2 containers');
    expect(finding?.recommended).toEqual({ cpu_request: 240, memory_request: 544 * MIB });
    expect(finding?.confidence).toBe('medium');
    expect(finding?.change?.cautions.join()).toContain('shared evenly');
  });
});

describe('history and autoscalers', () => {
  it.each([
    [23, false],
    [24, true],
  ])('%s hours with data: found is %s', (hours, isFound) => {
    expect(found(one({ ...BARE, seen: (hour) => hour < hours }), TYPE) !== undefined).toBe(isFound);
  });

  it('a vertical autoscaler sets them anyway', () => {
    const cluster = one(BARE, { autoscalers: [autoscaler('vertical')] });
    expect(found(cluster, TYPE)).toBeUndefined();
    expect(leftOut(cluster, TYPE)[0]).toContain('vertical autoscaler');
  });

  it('a horizontal one by CPU needs them all the more', () => {
    expect(found(one(BARE, { autoscalers: [autoscaler('horizontal')] }), TYPE)).toBeDefined();
  });

  it('a Job is left', () => {
    expect(found(one({ ...BARE, kind: 'Job' }), TYPE)).toBeUndefined();
  });

  it('a bare pod without a spec is left: nobody knows its containers', () => {
    expect(found(one({ ...BARE, kind: 'Pod', hasSpec: false, pods: 1 }), TYPE)).toBeUndefined();
  });
});
