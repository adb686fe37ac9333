import { describe, expect, test } from 'vitest';
import { CREDIT } from '../../../../src/core/savings/credit.ts';
import { creditingSavings, creditSavings } from '../../../../src/core/savings/credit-savings.ts';
import { nodeDays } from '../../../../src/core/savings/node-days.ts';
import { namesOf } from '../../../../src/core/savings/node-plans.ts';
import type { Finding } from '../../../../src/model/recommendations/recommendation.ts';
import { GIB, layoutNode, layoutOf, layoutPod } from '../consolidation/layouts.ts';
import { analysisOf, dayOf, findingOn, run } from './simulated-cluster.ts';

const requests = (cpuMillicores: number, gib = 1) => ({ requests: { cpuMillicores, memoryBytes: gib * GIB } });
const nodes = ['n1', 'n2', 'n3'].map((name) => layoutNode(name));
/** Each node 75 % full: none can go. Half of what `shop` asks for would empty one. */
const full = layoutOf(nodes, [
  layoutPod('shop-0', 'n1', requests(3000)),
  layoutPod('shop-1', 'n2', requests(3000)),
  layoutPod('mail-0', 'n3', requests(3000)),
]);
const input = analysisOf(full);
const interval = (central: number) => ({ low: central / 2, central, high: central * 2 });

function credit(findings: readonly Finding[], options = {}) {
  const answer = creditSavings(findings, input, options);
  const of = (id: string) => answer.findings.find((finding) => finding.id === id)?.savings;
  return { ...answer, of };
}

describe('smaller requests', () => {
  test('promise nothing where no node can go for them, whatever the rule said', () => {
    const claim = { freedCpuMillicores: 200, co2eGramsPerDay: interval(50), costPerDay: interval(5), joulesPerDay: 7 };
    const { of, joint } = credit([findingOn('shop', {}, claim)]);
    const zero = { low: 0, central: 0, high: 0 };
    expect(of('RIGHTSIZING_CPU shop')).toMatchObject({
      co2eGramsPerDay: zero,
      embodiedGramsPerDay: zero,
      costPerDay: zero,
      joulesPerDay: 0,
      freedCpuMillicores: 200,
    });
    expect(joint).toEqual({ co2eGramsPerDay: zero, embodiedGramsPerDay: zero, costPerDay: zero, nodesThatCanGo: 0 });
  });

  test('share the node that goes for them by the room that each frees', () => {
    // 1.5 cores less of each: 2 × 1.5 fit on one node, with what mail needs on another.
    const { of, joint, plan } = credit([
      findingOn('shop', {}, { freedCpuMillicores: 2400 }),
      findingOn('mail', {}, { freedCpuMillicores: 800 }),
      findingOn('mail', { type: 'RIGHTSIZING_MEMORY' }, { freedMemoryBytes: 0 }),
    ]);
    expect(plan?.going).toEqual([]);
    expect(joint.nodesThatCanGo).toBe(1);
    const [shop, mail] = [of('RIGHTSIZING_CPU shop'), of('RIGHTSIZING_CPU mail')];
    expect(shop?.co2eGramsPerDay.low).toBe(0);
    expect((shop?.co2eGramsPerDay.central ?? 0) / (mail?.co2eGramsPerDay.central ?? 0)).toBeCloseTo(3, 9);
    expect((shop?.costPerDay.high ?? 0) / (mail?.costPerDay.high ?? 0)).toBeCloseTo(3, 9);
    expect(of('RIGHTSIZING_MEMORY mail')?.co2eGramsPerDay.central).toBe(0);
    const day = nodeDays(input).get('n1');
    expect((shop?.co2eGramsPerDay.central ?? 0) + (mail?.co2eGramsPerDay.central ?? 0)).toBeCloseTo(
      day?.idleGrams.central ?? 0,
      6,
    );
    expect(joint.co2eGramsPerDay.central).toBeCloseTo(day?.idleGrams.central ?? 0, 6);
    expect(joint.costPerDay.central).toBeCloseTo(day?.cost.central ?? 0, 6);
    expect(joint.embodiedGramsPerDay).toMatchObject({
      low: 0,
      central: expect.closeTo(day?.embodiedGrams.central ?? 0, 6),
    });
  });

  test('free no more than pods really need', () => {
    // They use up to 1.8 cores of the 3 asked for: to ask for none frees none of that.
    const { joint } = credit([
      findingOn('shop', {}, { freedCpuMillicores: 6000 }),
      findingOn('mail', {}, { freedCpuMillicores: 3000 }),
    ]);
    expect(joint.nodesThatCanGo).toBe(1);
  });

  test('of a workload without pods change nothing', () => {
    expect(credit([findingOn('nobody', {}, { freedCpuMillicores: 9000 })]).joint.nodesThatCanGo).toBe(0);
  });
});

describe('what is switched off', () => {
  const zombie = (changes: Partial<Finding> = {}) =>
    findingOn(
      'mail',
      { type: 'ZOMBIE_POD', ...changes },
      {
        co2eGramsPerDay: interval(4),
        costPerDay: { low: 0, central: 0, high: 3 },
        joulesPerDay: 1000,
        freedCpuMillicores: 3000,
        needsNodeToGo: false,
      },
    );

  test('promises its own carbon for sure, and that of the node that goes for it besides', () => {
    const { of, joint } = credit([zombie()]);
    const own = of('ZOMBIE_POD mail');
    const node = nodeDays(input).get('n3');
    expect(own?.co2eGramsPerDay.low).toBe(2);
    expect(own?.co2eGramsPerDay.central).toBeCloseTo(4 + (node?.idleGrams.central ?? 0), 6);
    expect(own?.costPerDay).toEqual({ low: 0, central: node?.cost.central, high: node?.cost.high });
    expect(own?.joulesPerDay).toBeCloseTo(1000 + (node?.idleJoules ?? 0), 3);
    expect(joint.nodesThatCanGo).toBe(1);
    expect(joint.co2eGramsPerDay.central).toBeCloseTo(own?.co2eGramsPerDay.central ?? 0, 6);
  });

  test('counts once where its namespace is switched off as well', () => {
    const namespace = findingOn(
      'ns',
      {
        type: 'IDLE_NAMESPACE',
        scope: 'namespace',
        target: { clusterId: 'c1', namespace: 'shop', ownerKind: null, ownerName: null, node: null },
      },
      { co2eGramsPerDay: interval(9), freedCpuMillicores: 9000, needsNodeToGo: false },
    );
    const { joint, plan, findings } = credit([zombie(), namespace]);
    expect(plan?.going).toEqual([]);
    // All pods stop, so all nodes but the last go.
    expect(joint.nodesThatCanGo).toBe(2);
    const idle = nodeDays(input).get('n1')?.idleGrams.central ?? 0;
    expect(joint.co2eGramsPerDay.central).toBeCloseTo(9 + 2 * idle, 6);
    const sum = findings.reduce((total, { savings }) => total + savings.co2eGramsPerDay.central, 0);
    expect(sum).toBeCloseTo(9 + 4 + 2 * idle, 6);
  });

  test('at night frees nodes for that part of the week', () => {
    const sleep = findingOn(
      'mail',
      { type: 'OFF_PEAK_SCALING', recommended: { off_peak_hours_per_week: 42 } },
      {
        co2eGramsPerDay: interval(1),
        freedCpuMillicores: 750,
        needsNodeToGo: false,
      },
    );
    const { of, joint } = credit([sleep]);
    const idle = nodeDays(input).get('n3')?.idleGrams.central ?? 0;
    expect(of('OFF_PEAK_SCALING mail')?.co2eGramsPerDay.central).toBeCloseTo(1 + idle / 4, 6);
    // It stays, the rest of the week.
    expect(joint.nodesThatCanGo).toBe(0);
  });
});

describe('nodes that can go as things are', () => {
  const spare = layoutOf([...nodes, layoutNode('n4')], [...full.pods, layoutPod('tiny-0', 'n4', requests(100))]);
  const sparing = analysisOf(spare);

  test('are one finding of their own, for sure, and credited to nobody else', () => {
    const { findings, joint } = creditSavings([findingOn('tiny', {}, { freedCpuMillicores: 100 })], sparing);
    expect(findings.map(({ type }) => type)).toEqual(['RIGHTSIZING_CPU', 'CONSOLIDATE_NODES']);
    const [small, nodesGo] = findings;
    expect(small?.savings.co2eGramsPerDay.high).toBe(0);
    expect(nodesGo?.savings.co2eGramsPerDay.low).toBeGreaterThan(0);
    expect(joint.co2eGramsPerDay).toEqual(nodesGo?.savings.co2eGramsPerDay);
    expect(joint.nodesThatCanGo).toBe(1);
  });

  test('count in no sum once they are ignored; nor does what is ignored free room', () => {
    const findings = [findingOn('shop', {}, { freedCpuMillicores: 3000 })];
    const all = creditSavings(findings, sparing);
    expect(all.joint.nodesThatCanGo).toBe(2);
    const rest = creditSavings(findings, sparing, { isOpen: ({ type }) => type === 'RIGHTSIZING_CPU' });
    expect(rest.joint.nodesThatCanGo).toBe(1);
    const none = creditSavings(findings, sparing, { isOpen: () => false });
    expect(none.joint.nodesThatCanGo).toBe(0);
    expect(none.findings[0]?.savings.co2eGramsPerDay.high).toBe(0);
    expect(none.findings[0]?.evidence.figures[CREDIT.nodes]).toBe(0);
  });
});

test('without a layout nothing of nodes is said or promised', () => {
  const answer = creditSavings([findingOn('shop', {}, { freedCpuMillicores: 3000, co2eGramsPerDay: interval(3) })], {
    ...input,
    layout: null,
  });
  expect(answer.plan).toBeNull();
  expect(answer.findings).toHaveLength(1);
  expect(answer.joint.co2eGramsPerDay.high).toBe(0);
});

test('findings that need no node pass as they are', () => {
  const aware = findingOn(
    'shop',
    { type: 'CARBON_AWARE_SCHEDULING' },
    { co2eGramsPerDay: interval(2), needsNodeToGo: false },
  );
  expect(credit([aware]).findings[0]).toEqual(aware);
});

test('a day of the simulated cluster is what its rows say', () => {
  const day = dayOf(run(full));
  const { joint } = credit([]);
  expect(joint.co2eGramsPerDay.central).toBeLessThan(day.co2eGrams);
});

test('it comes in pieces that end with the same', () => {
  const steps = creditingSavings([findingOn('shop', {}, { freedCpuMillicores: 3000 })], input);
  let count = 0;
  let step = steps.next();
  for (; !step.done; step = steps.next()) count += 1;
  expect(count).toBeGreaterThan(nodes.length);
  expect(step.value).toEqual(creditSavings([findingOn('shop', {}, { freedCpuMillicores: 3000 })], input));
  expect(namesOf(step.value.plan ?? { going: [], staying: [], heldBy: new Map() })).toEqual([]);
});
