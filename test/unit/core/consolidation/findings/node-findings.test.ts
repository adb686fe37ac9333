import { describe, expect, test } from 'vitest';
import { consolidate } from '../../../../../src/core/consolidation/consolidate.ts';
import { nodeFindings } from '../../../../../src/core/consolidation/findings/node-findings.ts';
import { halvings } from '../../../../../src/core/consolidation/findings/room-of-node.ts';
import { stayWords } from '../../../../../src/core/consolidation/findings/stay-words.ts';
import type { StayReason } from '../../../../../src/core/consolidation/plan.ts';
import type { AnalysisInput } from '../../../../../src/core/recommendations/analysis-input.ts';
import { nodeDays } from '../../../../../src/core/savings/node-days.ts';
import { planInput } from '../../../../../src/core/savings/node-plans.ts';
import type { ClusterLayout, LayoutPod } from '../../../../../src/model/scheduling.ts';
import { analysisOf, run } from '../../savings/simulated-cluster.ts';
import { GIB, layoutNode, layoutOf, layoutPod } from '../layouts.ts';

const requests = (cpuMillicores: number, gib: number): Partial<LayoutPod> => ({
  requests: { cpuMillicores, memoryBytes: gib * GIB },
});

function findingsOf(layout: ClusterLayout, changes: Partial<AnalysisInput> = {}) {
  const input = analysisOf(layout, run(layout), changes);
  return nodeFindings(input, consolidate(planInput(input, layout, nodeDays(input))));
}
const types = (layout: ClusterLayout, changes: Partial<AnalysisInput> = {}) =>
  findingsOf(layout, changes).map(({ type, target }) => [type, target.node]);

/** Three nodes with room for one another; the third is kept. */
const roomy = layoutOf(
  ['n1', 'n2', 'n3'].map((name) => layoutNode(name)),
  [
    layoutPod('x-0', 'n1', requests(900, 3)),
    layoutPod('y-0', 'n2', requests(1200, 4)),
    layoutPod('z-0', 'n3', { ...requests(1200, 6), pinned: 'local data' }),
    layoutPod('agent-0', 'n1', { ...requests(0, 0), isDaemonSet: true }),
  ],
);

describe('nodes that can go', () => {
  const [finding] = findingsOf(roomy);

  test('are one finding with the commands, all cordoned before the first is drained', () => {
    expect(finding).toMatchObject({
      type: 'CONSOLIDATE_NODES',
      scope: 'cluster',
      target: { clusterId: 'c1', node: null, ownerName: null },
      title: 'Drain and remove 2 of 3 nodes',
      current: { nodes: 3 },
      recommended: { nodes: 1, nodes_removed: 2, pods_moved: 2, remove: 'n1, n2' },
      priority: 'high',
      confidence: 'low',
    });
    expect(finding?.change?.kubectl.split('\n')).toEqual([
      'kubectl cordon n1 n2',
      'kubectl drain n1 --ignore-daemonsets --delete-emptydir-data',
      'kubectl drain n2 --ignore-daemonsets --delete-emptydir-data',
    ]);
    expect(finding?.change?.cautions.join(' ')).not.toContain('could not be read');
  });

  test('say of each node why it goes or stays', () => {
    expect(finding?.evidence.figures).toMatchObject({
      credited_nodes: 2,
      'goes: n1': '1 pods move, 1 of DaemonSets or its own go with it, 10.0 W at no load',
      'stays: n3': "shop/z-0 can't be moved: local data",
    });
    expect(finding?.evidence.series.map(({ name }) => name)).toEqual([
      'n1: used',
      'n1: requested',
      'n2: used',
      'n2: requested',
    ]);
    expect(finding?.evidence).toMatchObject({ hoursObserved: 24, hoursPossible: 24 });
  });

  test('are surer than nothing only of what is known: budgets that could not be read are a doubt', () => {
    const [doubted] = findingsOf({ ...roomy, missing: ['poddisruptionbudgets'] });
    expect(doubted?.change?.cautions.join(' ')).toContain('could not be read');
    expect(doubted?.confidence).toBe('low');
  });

  test('are none where none can go, and without a layout nothing is said', () => {
    expect(types(layoutOf([layoutNode('n1')], [layoutPod('x-0', 'n1', requests(3000, 12))]))).toEqual([]);
    const input = analysisOf(roomy);
    expect(nodeFindings({ ...input, layout: null }, consolidate({ layout: roomy }))).toEqual([]);
  });
});

describe('a node that is larger than it has to be', () => {
  const alone = (cpuMillicores: number, gib: number, pod: Partial<LayoutPod> = {}) =>
    layoutOf([layoutNode('n1')], [layoutPod('x-0', 'n1', { ...requests(cpuMillicores, gib), ...pod })]);

  test('would be half the size, for half of what it draws at no load and costs', () => {
    const layout = alone(1900, 8);
    const [finding] = findingsOf(layout);
    const day = nodeDays(analysisOf(layout)).get('n1');
    expect(finding).toMatchObject({
      type: 'OVERPROVISIONED_NODE',
      scope: 'node',
      target: { node: 'n1' },
      title: 'A node of half the size would do in place of n1',
      recommended: { instance: 'half of m5.xlarge', cpu_allocatable: 2000, memory_allocatable: 8 * GIB },
    });
    expect(finding?.savings.co2eGramsPerDay.central).toBeCloseTo((day?.idleGrams.central ?? 0) / 2, 9);
    expect(finding?.savings.costPerDay.central).toBeCloseTo((day?.cost.central ?? 0) / 2, 9);
    expect(finding?.savings.co2eGramsPerDay.low).toBeGreaterThan(0);
  });

  test('only where both requests and use leave the room, exactly half included', () => {
    expect(types(alone(2000, 8))).toEqual([['OVERPROVISIONED_NODE', 'n1']]);
    expect(types(alone(2001, 8))).toEqual([]);
    expect(types(alone(2000, 8.1))).toEqual([]);
  });

  test('of little use by what it asks for is no smaller', () => {
    expect(halvings(layoutNode('n'), { cpuMillicores: 0, memoryBytes: 0 }, use(0.1, 0.1), 1.2, 900)).toBe(2);
    expect(halvings(layoutNode('n'), { cpuMillicores: 0, memoryBytes: 0 }, use(0.1, 0.3), 1.2, 900)).toBe(1);
    expect(halvings(layoutNode('n'), { cpuMillicores: 0, memoryBytes: 0 }, use(0.45, 0.1), 1.2, 900)).toBe(0);
    expect(halvings(layoutNode('n'), { cpuMillicores: 0, memoryBytes: 5 * GIB }, use(0.1, 0.1), 1.2, 900)).toBe(1);
    // Half a core is no node.
    expect(
      halvings(
        layoutNode('n', { cpuAllocatableMillicores: 1000 }),
        { cpuMillicores: 0, memoryBytes: 0 },
        use(0, 0),
        1.2,
        900,
      ),
    ).toBe(0);
  });

  test('is not said of nodes with cards, nor of those that someone else looks after', () => {
    const cards = alone(100, 1);
    expect(types({ ...cards, nodes: [layoutNode('n1', { gpus: 1 })] })).toEqual([['UNDERUTILIZED_NODE', 'n1']]);
    for (const changes of [{ isControlPlane: true }, { ready: false }, { unschedulable: true }]) {
      expect(types({ ...cards, nodes: [layoutNode('n1', changes)] })).toEqual([]);
    }
  });

  test('is judged by what it holds once others have gone', () => {
    const pods = [layoutPod('x-0', 'n1', requests(1500, 6)), layoutPod('y-0', 'n2', requests(1600, 6))];
    expect(types(layoutOf([layoutNode('n1'), layoutNode('n2')], pods))).toEqual([['CONSOLIDATE_NODES', null]]);
  });
});

describe('a node that is hardly used', () => {
  /** Asks for most of the node and uses little of it: 20 to 60 % of a tenth is what the simulation gives a pod of 400. */
  const idle = (cpuMillicores: number) =>
    layoutOf(
      [layoutNode('n1')],
      [
        layoutPod('x-0', 'n1', requests(cpuMillicores, 1)),
        layoutPod('holder-0', 'n1', { ...requests(0, 3), phase: 'Running' }),
      ],
    );

  test('is said with what keeps it, and promises nothing', () => {
    const layout = idle(400);
    const held: ClusterLayout = {
      ...layout,
      // It asks for much by now; its hours are those of little.
      pods: layout.pods.map((pod) => (pod.name === 'x-0' ? { ...pod, ...requests(3000, 1) } : pod)),
    };
    const [finding] = findingsOf(layout, { layout: held }).filter(({ type }) => type === 'UNDERUTILIZED_NODE');
    const input = analysisOf(layout, run(layout), { layout: held });
    const [judged] = nodeFindings(input, consolidate(planInput(input, held, nodeDays(input))));
    expect(finding).toBeUndefined();
    expect(judged).toMatchObject({
      type: 'UNDERUTILIZED_NODE',
      target: { node: 'n1' },
      priority: 'low',
      change: null,
      recommended: { stays_because: 'it is the last node that takes pods' },
    });
    expect(judged?.savings.co2eGramsPerDay).toEqual({ low: 0, central: 0, high: 0 });
    expect(judged?.current.cpu_share_used).toBeLessThan(0.2);
  });

  test('only below the threshold, and by both CPU and memory', () => {
    const layout = layoutOf([layoutNode('n1')], [layoutPod('x-0', 'n1', requests(1000, 6))]);
    const asks = (nodeShare: number) => {
      const input = analysisOf(layout);
      const thresholds = { ...input.thresholds, nodeShare };
      const held = { ...layout, pods: layout.pods.map((pod) => ({ ...pod, ...requests(3000, 6) })) };
      const judged = { ...input, thresholds, layout: held };
      return nodeFindings(judged, consolidate(planInput(judged, held, nodeDays(judged)))).map(({ type }) => type);
    };
    // 0.1 of its cores, 3 of 16 GiB.
    expect(asks(3 / 16 + 0.001)).toEqual(['UNDERUTILIZED_NODE']);
    expect(asks(3 / 16)).toEqual([]);
    expect(asks(0.12)).toEqual([]);
  });

  test('not on fewer hours than the settings want', () => {
    const layout = idle(400);
    const few = run(layout).slice(0, 23);
    const input = analysisOf(layout, few);
    expect(nodeFindings(input, consolidate(planInput(input, layout, nodeDays(input))))).toEqual([]);
    expect(consolidate(planInput(input, layout, nodeDays(input))).staying[0]?.reason).toEqual({ kind: 'new' });
  });
});

test.each<[StayReason, string]>([
  [{ kind: 'control-plane' }, 'the control plane runs on it'],
  [{ kind: 'not-ready' }, 'it is not ready, so nothing is known of its pods'],
  [{ kind: 'cordoned' }, 'it is cordoned already: someone is at it'],
  [{ kind: 'new' }, 'it was seen for too few hours'],
  [{ kind: 'no-owner', pod: 'a/b' }, 'a/b has no owner and would be lost'],
  [
    { kind: 'budget', pod: null, budget: 'a/p' },
    'the disruption budget a/p allows fewer pods to go at once than run on it',
  ],
  [{ kind: 'budget', pod: 'a/b', budget: 'a/p' }, 'a/b may not be disturbed now, by a/p'],
  [{ kind: 'no-place', pod: 'a/b' }, 'a/b would find no place elsewhere'],
  [{ kind: 'others', pod: 'a/b' }, 'a/b needs what runs on it where it is'],
])('%j in words', (reason, words) => {
  expect(stayWords(reason)).toBe(words);
});

function use(highCpu: number, highMemory: number) {
  return { meanCpu: highCpu, meanMemory: highMemory, highCpu, highMemory };
}
