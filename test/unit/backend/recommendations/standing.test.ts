import { describe, expect, it } from 'vitest';
import { standingIn } from '../../../../src/backend/recommendations/standing.ts';
import type { Recommendation } from '../../../../src/model/recommendations/recommendation.ts';
import type { ClusterLayout } from '../../../../src/model/scheduling.ts';
import { finding, item, layout, layoutNode, layoutPod, workload } from './samples.ts';

const { target } = finding();
const of = (change: Partial<Recommendation>, seen: Partial<ClusterLayout> = {}) =>
  standingIn(layout(seen), item(change));

/** The template and its pods have this request. */
const asked = (cpu: number | null, running = cpu ?? 0) => ({
  workloads: [workload({ cpu })],
  pods: [layoutPod({ requests: { ...layoutPod().requests, cpuMillicores: running, memoryBytes: 0 } })],
});

describe('requests and limits', () => {
  it.each([
    [1500, 'open'],
    [661, 'open'],
    [660, 'applied'],
    [600, 'applied'],
    [300, 'applied'],
  ] as const)('a CPU request of %s where 600 is recommended is %s', (cpu, expected) => {
    expect(of({}, asked(cpu))).toBe(expected);
  });

  it('waits until the last old pod is gone, and counts what is put into pods besides the template', () => {
    expect(of({}, asked(600, 1500))).toBe('open');
    expect(of({}, { ...asked(600, 1500), pods: [layoutPod({ phase: 'Succeeded' })] })).toBe('applied');
  });

  it('adds up containers, and takes what a person set for enough', () => {
    const [container] = workload({ cpu: 400 }).containers;
    if (container === undefined) throw new Error('no container');
    const two = workload({ containers: [container, { ...container, name: 'side' }] });
    expect(of({}, { workloads: [two], pods: [] })).toBe('open');
    expect(of({ actual: { cpu_request: 800 } }, { workloads: [two], pods: [] })).toBe('applied');
  });

  it('looks at memory for memory, and goes up where more is recommended', () => {
    const less = {
      type: 'RIGHTSIZING_MEMORY',
      current: { memory_request: 1e9 },
      recommended: { memory_request: 5e8 },
    } as const;
    const at = (memory: number) => ({ workloads: [workload({ memory })], pods: [] });
    expect(of(less, at(1e9))).toBe('open');
    expect(of(less, at(5e8))).toBe('applied');
    const more = { ...less, recommended: { memory_request: 2e9 } };
    expect(of(more, at(1e9))).toBe('open');
    expect(of(more, at(2e9))).toBe('applied');
  });

  it('asks for each value that was to change, the limit too', () => {
    const both = {
      type: 'RIGHTSIZING_MEMORY',
      current: { memory_request: 4e8, memory_limit: 4e8 },
      recommended: { memory_request: 4e8, memory_limit: 6e8 },
    } as const;
    const [container] = workload({ memory: 4e8 }).containers;
    if (container === undefined) throw new Error('no container');
    const at = (memoryLimitBytes: number) => ({
      workloads: [workload({ containers: [{ ...container, memoryLimitBytes }] })],
    });
    expect(of(both, at(4e8))).toBe('open');
    expect(of(both, at(6e8))).toBe('applied');
  });

  it('takes a small step for done when more than half of it is', () => {
    const near = { type: 'RIGHTSIZING_MEMORY', current: { memory_limit: 1000 }, recommended: { memory_limit: 1080 } };
    const [container] = workload().containers;
    if (container === undefined) throw new Error('no container');
    const at = (memoryLimitBytes: number, change: object) =>
      of({ ...near, ...change } as Partial<Recommendation>, {
        workloads: [workload({ containers: [{ ...container, memoryLimitBytes }] })],
      });
    expect([1000, 1039, 1040, 1080, 2000].map((limit) => at(limit, {}))).toEqual([
      'open',
      'open',
      'applied',
      'applied',
      'applied',
    ]);
    const less = { recommended: { memory_limit: 950 } };
    expect([1000, 976, 975, 950, 500].map((limit) => at(limit, less))).toEqual([
      'open',
      'open',
      'applied',
      'applied',
      'applied',
    ]);
  });

  it('is raised when each pod that runs has it, not when the first one does', () => {
    const more = { type: 'RIGHTSIZING_MEMORY', current: { memory_request: 1e9 }, recommended: { memory_request: 2e9 } };
    const at = (...memories: number[]) =>
      of(more as Partial<Recommendation>, {
        workloads: [workload({ memory: 2e9 })],
        pods: memories.map((memoryBytes) => layoutPod({ requests: { ...layoutPod().requests, memoryBytes } })),
      });
    expect([at(2e9), at(2e9, 1e9), at()]).toEqual(['applied', 'open', 'applied']);
  });

  it('of Guaranteed pods is request and limit together, up or down', () => {
    const [container] = workload().containers;
    if (container === undefined) throw new Error('no container');
    const at = (request: number, limit: number, then: number) =>
      of(
        {
          type: 'RIGHTSIZING_MEMORY',
          current: { memory_request: 1e9, memory_limit: 1e9 },
          recommended: { memory_request: then, memory_limit: then },
        },
        {
          workloads: [
            workload({ containers: [{ ...container, memoryRequestBytes: request, memoryLimitBytes: limit }] }),
          ],
          pods: [],
        },
      );
    expect([at(1e9, 1e9, 2e9), at(1e9, 2e9, 2e9), at(2e9, 2e9, 2e9)]).toEqual(['open', 'open', 'applied']);
    expect([at(1e9, 1e9, 5e8), at(5e8, 1e9, 5e8), at(5e8, 5e8, 5e8)]).toEqual(['open', 'open', 'applied']);
  });

  it('is not known of a workload that is not in the layout, of another cluster, or without any layout', () => {
    expect(of({}, { workloads: [] })).toBe('unknown');
    expect(of({ recommended: {} })).toBe('unknown');
    expect(of({}, { clusterId: 'other' })).toBe('unknown');
    expect(standingIn(null, item())).toBe('unknown');
  });

  it('missing requests are there when each container has what was missing', () => {
    const missing = { type: 'MISSING_REQUESTS', recommended: { cpu_request: 5, memory_request: 6 } } as const;
    expect(of(missing)).toBe('applied');
    expect(of(missing, { workloads: [workload({ memory: null })] })).toBe('open');
    expect(of({ ...missing, recommended: { cpu_request: 5 } }, { workloads: [workload({ memory: null })] })).toBe(
      'applied',
    );
    expect(of(missing, { workloads: [] })).toBe('unknown');
    const [container] = workload().containers;
    if (container === undefined) throw new Error('no container');
    const limited = { ...container, cpuRequestMillicores: null, cpuLimitMillicores: 9, memoryRequestBytes: null };
    const by = (memoryLimitBytes: number | null) =>
      of(missing, { workloads: [workload({ containers: [{ ...limited, memoryLimitBytes }] })] });
    // A limit without a request is its request.
    expect([by(9), by(null)]).toEqual(['applied', 'open']);
  });
});

describe('what is to be switched off', () => {
  const zombie = { type: 'ZOMBIE_POD' } as const;

  it('is off with no replicas, suspended, or gone', () => {
    expect(of(zombie)).toBe('open');
    expect(of(zombie, { workloads: [workload({ replicas: 0 })] })).toBe('applied');
    expect(of(zombie, { workloads: [workload({ suspended: true })] })).toBe('applied');
    const other = [layoutPod({ owner: null, name: 'other' })];
    expect(of(zombie, { workloads: [], pods: other })).toBe('applied');
    expect(of(zombie, { workloads: [], pods: [layoutPod()] })).toBe('unknown');
  });

  it('a bare pod is off when it is gone', () => {
    const bare = { ...zombie, scope: 'pod', target: { ...target, ownerKind: 'Pod', ownerName: 'lone' } } as const;
    expect(of(bare, { pods: [layoutPod({ name: 'lone', owner: null })] })).toBe('open');
    expect(of(bare)).toBe('applied');
  });

  it('says nothing by a layout without pods', () => {
    expect(of(zombie, { workloads: [], pods: [] })).toBe('unknown');
    expect(of({ type: 'IDLE_NAMESPACE' }, { missing: ['pods'] })).toBe('unknown');
  });

  it('a namespace is empty when only what runs on every node is in it', () => {
    const idle = { type: 'IDLE_NAMESPACE', target: { ...target, ownerKind: null, ownerName: null } } as const;
    expect(of(idle)).toBe('open');
    expect(of(idle, { pods: [layoutPod({ isDaemonSet: true })] })).toBe('applied');
  });
});

it('autoscaling is there with an autoscaler of the workload', () => {
  const scaler = {
    namespace: 'shop',
    kind: 'horizontal',
    targetKind: 'Deployment',
    targetName: 'cart',
    minReplicas: 1,
    maxReplicas: 5,
    metrics: ['cpu'],
    mode: null,
  } as const;
  const candidate = { type: 'AUTOSCALING_CANDIDATE' } as const;
  expect(of(candidate)).toBe('open');
  expect(of(candidate, { autoscalers: [scaler] })).toBe('applied');
  expect(of(candidate, { autoscalers: [{ ...scaler, kind: 'vertical' }] })).toBe('open');
  expect(of(candidate, { missing: ['horizontalpodautoscalers'] })).toBe('unknown');
});

it('a schedule is the recommended one, or the one that a person set', () => {
  const job = { type: 'CARBON_AWARE_SCHEDULING', recommended: { schedule: '0 3 * * *' } } as const;
  const at = (schedule: string | null) => ({ workloads: [workload({ schedule })] });
  expect(of(job, at('0 12 * * *'))).toBe('open');
  expect(of(job, at('0 3 * * *'))).toBe('applied');
  expect(of({ ...job, actual: { schedule: '0 4 * * *' } }, at('0 4 * * *'))).toBe('applied');
  expect(of(job, at(null))).toBe('unknown');
  expect(of({ type: 'OFF_PEAK_SCALING' })).toBe('unknown');
});

it('nodes go by name, and a plan by their number', () => {
  const node = { type: 'UNDERUTILIZED_NODE', target: { ...target, node: 'n2' } } as const;
  expect(of(node)).toBe('open');
  expect(of({ ...node, type: 'OVERPROVISIONED_NODE' }, { nodes: [layoutNode('n1')] })).toBe('applied');
  expect(of(node, { nodes: [] })).toBe('unknown');
  const plan = { type: 'CONSOLIDATE_NODES', recommended: { nodes: 1 } } as const;
  expect(of(plan)).toBe('open');
  expect(of(plan, { nodes: [layoutNode('n1')] })).toBe('applied');
  expect(of({ ...plan, recommended: {} })).toBe('unknown');
});
