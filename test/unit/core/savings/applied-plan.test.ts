// The plan carried out on a cluster that runs, and measured by what the product computes of both.
import { describe, expect, test } from 'vitest';
import type { ConsolidationPlan } from '../../../../src/core/consolidation/plan.ts';
import { creditSavings } from '../../../../src/core/savings/credit-savings.ts';
import type { Interval } from '../../../../src/model/bounds.ts';
import type { ClusterLayout } from '../../../../src/model/scheduling.ts';
import { budgetOf, GIB, layoutNode, layoutOf, layoutPod, selectorOf, termOf } from '../consolidation/layouts.ts';
import { applied, brokenRules, unschedulable } from '../consolidation/simple-scheduler.ts';
import { analysisOf, dayOf, findingOn, run } from './simulated-cluster.ts';

const large = (name: string, zone: string) =>
  layoutNode(name, {
    instanceType: 'm5.2xlarge',
    cpuAllocatableMillicores: 8000,
    memoryAllocatableBytes: 32 * GIB,
    labels: { 'kubernetes.io/hostname': name, zone },
  });
const small = (name: string, zone: string) => layoutNode(name, { labels: { 'kubernetes.io/hostname': name, zone } });

const agents = ['n1', 'n2', 'n3', 'n4', 'n5', 'n6'].map((node, index) =>
  layoutPod(`agent-${index}`, node, {
    owner: { kind: 'DaemonSet', name: 'agent' },
    isDaemonSet: true,
    requests: { cpuMillicores: 100, memoryBytes: GIB / 4 },
  }),
);
/** Two replicas that won't share a node, a database that stays where its disk is, four of a spread front, and so on. */
const cluster: ClusterLayout = layoutOf(
  [large('n1', 'a'), large('n2', 'b'), small('n3', 'a'), small('n4', 'b'), small('n5', 'a'), small('n6', 'b')],
  [
    ...agents,
    layoutPod('cart-0', 'n1', {
      requests: { cpuMillicores: 1500, memoryBytes: 4 * GIB },
      antiAffinity: [termOf('cart')],
    }),
    layoutPod('cart-1', 'n3', {
      requests: { cpuMillicores: 1500, memoryBytes: 4 * GIB },
      antiAffinity: [termOf('cart')],
    }),
    layoutPod('db-0', 'n4', { pinned: 'a local volume', requests: { cpuMillicores: 1000, memoryBytes: 4 * GIB } }),
    ...['n1', 'n2', 'n5', 'n6'].map((node, index) =>
      layoutPod(`front-${index}`, node, {
        requests: { cpuMillicores: 800, memoryBytes: GIB },
        spread: [{ selector: selectorOf({ app: 'front' }), topologyKey: 'zone', maxSkew: 1 }],
      }),
    ),
    layoutPod('jobs-0', 'n5', { requests: { cpuMillicores: 700, memoryBytes: 2 * GIB } }),
    layoutPod('mail-0', 'n2', { requests: { cpuMillicores: 1200, memoryBytes: 6 * GIB } }),
  ],
  { budgets: [budgetOf('front', 1), budgetOf('cart', 1)] },
);

function planOf(layout: ClusterLayout): {
  plan: ConsolidationPlan;
  promised: Record<'co2e' | 'embodied' | 'cost', Interval>;
} {
  const { plan, findings } = creditSavings([], analysisOf(layout));
  const finding = findings.find(({ type }) => type === 'CONSOLIDATE_NODES');
  if (plan === null || finding === undefined) throw new Error('nothing can go');
  const { co2eGramsPerDay: co2e, embodiedGramsPerDay: embodied, costPerDay: cost } = finding.savings;
  return { plan, promised: { co2e, embodied, cost } };
}

describe('a plan that is carried out', () => {
  const { plan, promised } = planOf(cluster);
  const after = applied(cluster, plan);

  test('removes the nodes that it promised, and the pinned one stays', () => {
    expect(plan.going.map(({ node }) => node)).toEqual(['n2', 'n1', 'n3']);
    expect(after.nodes.map(({ name }) => name)).toEqual(['n4', 'n5', 'n6']);
    expect(plan.staying.find(({ node }) => node === 'n4')?.reason).toEqual({
      kind: 'pinned',
      pod: 'shop/db-0',
      why: 'a local volume',
    });
  });

  test('leaves every pod where another scheduler would let it be, and able to start anew', () => {
    expect(brokenRules(cluster)).toEqual([]);
    expect(brokenRules(after)).toEqual([]);
    expect(unschedulable(after)).toEqual([]);
    const names = (layout: ClusterLayout) =>
      layout.pods.filter(({ isDaemonSet }) => !isDaemonSet).map(({ name }) => name);
    expect(names(after)).toEqual(names(cluster));
  });

  test('saves what it promised: carbon within the range, manufacture and money to the cent', () => {
    const [before, later] = [dayOf(run(cluster)), dayOf(run(after))];
    const saved = before.co2eGrams - later.co2eGrams;
    expect(saved).toBeGreaterThan(promised.co2e.low);
    expect(saved).toBeLessThan(promised.co2e.high);
    // Idle power is all that is promised; work that meets other work on a node takes a little less besides.
    expect(saved / promised.co2e.central).toBeGreaterThan(1);
    expect(saved / promised.co2e.central).toBeLessThan(1.3);
    expect(before.embodiedGrams - later.embodiedGrams).toBeCloseTo(promised.embodied.central, 6);
    expect(before.cost - later.cost).toBeCloseTo(promised.cost.central, 6);
    expect(promised.co2e.high).toBeLessThan(before.co2eGrams);
  });
});

describe('rightsizing that is followed', () => {
  const pods = (cpuMillicores: number) =>
    ['n1', 'n2', 'n3', 'n4'].map((node, index) =>
      layoutPod(`shop-${index}`, node, { requests: { cpuMillicores, memoryBytes: 2 * GIB } }),
    );
  const nodes = ['n1', 'n2', 'n3', 'n4'].map((name) => small(name, 'a'));
  const asked = layoutOf(nodes, pods(3000));
  const smaller = layoutOf(nodes, pods(2000));
  const { findings, plan, joint } = creditSavings(
    [findingOn('shop', {}, { freedCpuMillicores: 4000 })],
    analysisOf(asked),
  );
  const promised = findings.find(({ type }) => type === 'RIGHTSIZING_CPU')?.savings;

  test('promises from 0 the nodes that go for it, though none goes as things are', () => {
    expect(plan?.going).toEqual([]);
    expect(joint.nodesThatCanGo).toBe(2);
    expect(promised).toMatchObject({ co2eGramsPerDay: joint.co2eGramsPerDay, needsNodeToGo: true });
    expect(promised?.co2eGramsPerDay.low).toBe(0);
    expect(promised?.costPerDay.low).toBe(0);
  });

  test('saves that once they are gone, and nothing before', () => {
    const [before, only] = [dayOf(run(asked)), dayOf(run(smaller, asked))];
    expect(only.co2eGrams).toBeCloseTo(before.co2eGrams, 6);
    expect(only.cost).toBeCloseTo(before.cost, 6);
    const { plan: later } = planOf(smaller);
    expect(later.going).toHaveLength(2);
    const after = applied(smaller, later);
    expect(brokenRules(after)).toEqual([]);
    const saved = before.co2eGrams - dayOf(run(after, asked)).co2eGrams;
    expect(saved).toBeGreaterThan(promised?.co2eGramsPerDay.central ?? 0);
    expect(saved).toBeLessThan(promised?.co2eGramsPerDay.high ?? 0);
    expect(before.cost - dayOf(run(after, asked)).cost).toBeCloseTo(promised?.costPerDay.central ?? 0, 6);
  });
});
