import { describe, expect, test } from 'vitest';
import { consolidate, consolidation } from '../../../../src/core/consolidation/consolidate.ts';
import {
  exceededBudget,
  goesWithNode,
  holdsPlace,
  waitsForPlace,
} from '../../../../src/core/consolidation/movability.ts';
import { byName, inOrder } from '../../../../src/core/consolidation/order.ts';
import type { ConsolidationInput } from '../../../../src/core/consolidation/plan.ts';
import { budgetOf, GIB, layoutNode, layoutOf, layoutPod } from './layouts.ts';

const cpu = (cpuMillicores: number, memoryBytes = 0) => ({ requests: { cpuMillicores, memoryBytes } });
const going = (input: ConsolidationInput) => consolidate(input).going.map(({ node }) => node);

describe('the order in which nodes are tried', () => {
  const held = (cpuMillicores: number) => [{ cpuMillicores, memoryBytes: 0, gpus: 0 }];
  const candidate = (name: string, grams: number, cost: number, cores: number) => ({
    index: 0,
    node: layoutNode(name),
    value: { co2eGramsPerDay: grams, costPerDay: cost },
    movable: held(cores),
  });
  const order = (candidates: Parameters<typeof inOrder>[0], first?: readonly string[]) =>
    inOrder(candidates, first).map(({ node }) => node.name);

  test('is by carbon and cost, half each', () => {
    expect(order([candidate('a', 10, 1, 500), candidate('b', 10, 2, 500), candidate('c', 20, 2, 500)])).toEqual([
      'c',
      'b',
      'a',
    ]);
    expect(order([candidate('a', 20, 0, 500), candidate('b', 8, 2, 500)])).toEqual(['b', 'a']);
  });

  test('is by what is to be moved, for the same worth', () => {
    expect(order([candidate('a', 1, 1, 2000), candidate('b', 1, 1, 0), candidate('c', 1, 1, 1000)])).toEqual([
      'b',
      'c',
      'a',
    ]);
  });

  test('weighs one against the other', () => {
    // Half the worth for a third of the effort.
    expect(order([candidate('a', 2, 2, 3000), candidate('b', 1, 1, 900)])).toEqual(['b', 'a']);
    expect(order([candidate('a', 2, 2, 1000), candidate('b', 1, 1, 900)])).toEqual(['a', 'b']);
  });

  test('is by name on a tie, and where nothing is known of worth', () => {
    expect(order([candidate('b', 1, 1, 0), candidate('a', 1, 1, 0)])).toEqual(['a', 'b']);
    expect(order([candidate('b', 0, 0, 10), candidate('a', 0, 0, 20)])).toEqual(['b', 'a']);
    expect([byName('a', 'a'), byName('B', 'a'), byName('b', 'a')]).toEqual([0, -1, 1]);
  });

  test('begins with those that an earlier plan found', () => {
    expect(order([candidate('a', 9, 9, 0), candidate('b', 1, 1, 0), candidate('c', 2, 2, 0)], ['b', 'gone'])).toEqual([
      'b',
      'a',
      'c',
    ]);
  });
});

describe('what a plan may be told', () => {
  const layout = layoutOf(
    ['a', 'b', 'c'].map((name) => layoutNode(name)),
    [layoutPod('x-0', 'a', cpu(2500)), layoutPod('y-0', 'b', cpu(2500)), layoutPod('z-0', 'c', cpu(2500))],
  );

  test('requests that will hold', () => {
    expect(going({ layout })).toEqual([]);
    const requestsOf = () => ({ cpuMillicores: 2000, memoryBytes: 0 });
    expect(going({ layout, requestsOf })).toEqual(['a']);
    expect(consolidate({ layout, requestsOf }).heldBy.get('b')?.cpuMillicores).toBe(4000);
    expect(
      going({ layout, requestsOf: (pod) => (pod.name === 'x-0' ? { cpuMillicores: 1500, memoryBytes: 0 } : null) }),
    ).toEqual(['a']);
  });

  test('needs beyond requests', () => {
    const requestsOf = () => ({ cpuMillicores: 100, memoryBytes: 0 });
    expect(going({ layout, requestsOf })).toHaveLength(2);
    expect(going({ layout, requestsOf, needOf: () => ({ cpuMillicores: 2001, memoryBytes: 0 }) })).toEqual([]);
    expect(going({ layout, requestsOf, needOf: () => ({ cpuMillicores: 0, memoryBytes: 9 * GIB }) })).toEqual([]);
    expect(going({ layout, requestsOf, needOf: () => null })).toHaveLength(2);
  });

  test('pods that stop', () => {
    expect(going({ layout, isStopped: ({ name }) => name === 'y-0' })).toEqual(['b']);
    expect(consolidate({ layout, isStopped: () => true }).going.flatMap(({ moves }) => moves)).toEqual([]);
  });

  test('nodes of which too little is known', () => {
    const plan = consolidate({ layout, isStopped: () => true, isKnown: (node) => node !== 'a' });
    expect(plan.going.map(({ node }) => node)).toEqual(['b', 'c']);
    expect(plan.staying).toEqual([{ node: 'a', reason: { kind: 'new' } }]);
  });

  test('what nodes are worth, and which were found before', () => {
    const worthOf = (node: string) => ({ co2eGramsPerDay: node === 'c' ? 9 : 1, costPerDay: 1 });
    const requestsOf = () => ({ cpuMillicores: 2000, memoryBytes: 0 });
    expect(going({ layout, requestsOf, worthOf })).toEqual(['c']);
    expect(going({ layout, requestsOf, worthOf, first: ['b'] })).toEqual(['b']);
  });
});

test('pods fill the fullest node that takes them, largest first', () => {
  const layout = layoutOf(
    ['a', 'b', 'c'].map((name) => layoutNode(name)),
    [
      layoutPod('small-0', 'a', cpu(500)),
      layoutPod('large-0', 'a', cpu(1500)),
      layoutPod('b-0', 'b', { ...cpu(2500), pinned: 'x' }),
      layoutPod('c-0', 'c', { ...cpu(3500), pinned: 'x' }),
    ],
  );
  const [node] = consolidate({ layout }).going;
  expect(node?.moves.map(({ name, to }) => [name, to])).toEqual([
    ['large-0', 'b'],
    ['small-0', 'c'],
  ]);
});

test('a pod that moves twice goes to its last place at once', () => {
  const layout = layoutOf(
    ['a', 'b', 'c'].map((name) => layoutNode(name)),
    [
      layoutPod('a-0', 'a', cpu(100)),
      layoutPod('b-0', 'b', cpu(200)),
      layoutPod('c-0', 'c', { ...cpu(1), pinned: 'x' }),
    ],
  );
  const { going: gone } = consolidate({ layout });
  expect(gone.flatMap(({ moves }) => moves.map(({ name, from, to }) => [name, from, to]))).toEqual([
    ['a-0', 'a', 'c'],
    ['b-0', 'b', 'c'],
  ]);
});

test('what could not be done leaves everything as it was', () => {
  // The large pod of a finds room on b, its small one nowhere: neither has moved when b is tried.
  const layout = layoutOf(
    [layoutNode('a'), layoutNode('b', { podsAllocatable: 2 }), layoutNode('c', { podsAllocatable: 1 })],
    [
      layoutPod('large-0', 'a', cpu(1000)),
      layoutPod('small-0', 'a', cpu(10)),
      layoutPod('b-0', 'b', cpu(2000)),
      layoutPod('c-0', 'c', { ...cpu(100), pinned: 'x' }),
    ],
  );
  const plan = consolidate({ layout, first: ['a'] });
  expect(plan.staying[0]).toEqual({ node: 'a', reason: { kind: 'no-place', pod: 'shop/small-0' } });
  expect(plan.going.map(({ node, moves }) => [node, moves[0]?.to])).toEqual([['b', 'a']]);
  expect(plan.heldBy.get('a')).toEqual({ cpuMillicores: 3010, memoryBytes: 0 });
});

test('a drain counts against budgets also what came from nodes before it', () => {
  const layout = layoutOf(
    ['a', 'b', 'c'].map((name) => layoutNode(name, { podsAllocatable: name === 'c' ? 1 : 110 })),
    [layoutPod('x-0', 'a', cpu(1)), layoutPod('x-1', 'b', cpu(2)), layoutPod('c-0', 'c', { pinned: 'x' })],
    { budgets: [budgetOf('x', 1)] },
  );
  const plan = consolidate({ layout });
  expect(plan.going.map(({ node }) => node)).toEqual(['a']);
  expect(plan.staying[0]?.reason).toEqual({ kind: 'budget', pod: null, budget: 'shop/x-budget' });
  const budget = budgetOf('x', 1);
  expect(exceededBudget([[budget], [budget]])).toEqual({ budget, pods: 2 });
  expect(exceededBudget([[budget], []])).toBeNull();
});

test('who holds a place, who waits for one, and who goes with its node', () => {
  const pod = layoutPod('x-0', 'a');
  expect([holdsPlace(pod), holdsPlace({ ...pod, node: null }), holdsPlace({ ...pod, phase: 'Failed' })]).toEqual([
    true,
    false,
    false,
  ]);
  expect([waitsForPlace(pod), waitsForPlace({ ...pod, node: null })]).toEqual([false, true]);
  expect(waitsForPlace({ ...pod, node: null, isDaemonSet: true })).toBe(false);
  expect([
    goesWithNode(pod),
    goesWithNode({ ...pod, isStatic: true }),
    goesWithNode({ ...pod, isDaemonSet: true }),
  ]).toEqual([false, true, true]);
});

test('300 nodes with 3,000 pods come in small pieces', () => {
  const nodes = Array.from({ length: 300 }, (_, index) => layoutNode(`n${1000 + index}`));
  const pods = Array.from({ length: 3000 }, (_, index) =>
    layoutPod(`app${index % 200}-${index}`, nodes[index % 300]?.name ?? null, cpu(100 + (index % 7) * 20, GIB)),
  );
  let pieces = 0;
  const steps = consolidation({ layout: layoutOf(nodes, pods) });
  let step = steps.next();
  for (; !step.done; step = steps.next()) pieces += 1;
  expect(pieces).toBe(301);
  // 3,000 pods of 160 millicores on average and 1 GiB: 16 a node by memory.
  expect(step.value.going.length).toBeGreaterThan(100);
  expect(step.value.going.length).toBeLessThanOrEqual(300 - Math.ceil(3000 / 16));
});
