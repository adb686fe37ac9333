import { describe, expect, it } from 'vitest';
import { type ClusterSize, clusterSize } from '../../../../src/core/recommendations/analysis-context.ts';
import { stakeOf, type WeighedFinding, withPriority } from '../../../../src/core/recommendations/priority.ts';
import { workloadFindings } from '../../../../src/core/recommendations/workload-findings.ts';
import { creditSavings } from '../../../../src/core/savings/credit-savings.ts';
import type { Savings } from '../../../../src/model/recommendations/recommendation.ts';
import { findings, GIB, made } from './made-cluster.ts';

const flat = (value: number) => ({ low: value, central: value, high: value });
const NONE: Savings = {
  co2eGramsPerDay: flat(0),
  embodiedGramsPerDay: flat(0),
  costPerDay: flat(0),
  joulesPerDay: 0,
  freedCpuMillicores: 0,
  freedMemoryBytes: 0,
  needsNodeToGo: false,
};
/** 100 W at 300 g/kWh and PUE 1.2, 5 of money an hour; 100 cores and 400 GiB. */
const input = made();
const GRAMS = 100 * 24 * 0.3 * 1.2;

describe('what is at stake', () => {
  const cluster: ClusterSize = {
    co2eGramsPerDay: 1000,
    costPerDay: 100,
    allocatableCpuMillicores: 10_000,
    allocatableMemoryBytes: 100 * GIB,
  };

  it.each<[string, Partial<Savings>, number]>([
    ['carbon, at its highest', { co2eGramsPerDay: { low: 0, central: 1, high: 50 } }, 0.05],
    ['money, at its highest', { costPerDay: { low: 0, central: 1, high: 20 } }, 0.2],
    ['cores', { freedCpuMillicores: 500 }, 0.05],
    ['memory', { freedMemoryBytes: 30 * GIB }, 0.3],
    ['the largest of them', { freedMemoryBytes: GIB, costPerDay: flat(50), freedCpuMillicores: 100 }, 0.5],
    ['nothing where more is reserved', { freedCpuMillicores: -500 }, 0],
  ])('is the share of %s', (_, savings, expected) => {
    expect(stakeOf(cluster, { ...NONE, ...savings })).toBeCloseTo(expected, 12);
  });

  it('is nothing of a cluster of which nothing is known', () => {
    const empty = { co2eGramsPerDay: 0, costPerDay: 0, allocatableCpuMillicores: 0, allocatableMemoryBytes: 0 };
    expect(stakeOf(empty, { ...NONE, co2eGramsPerDay: flat(5), freedCpuMillicores: 5 })).toBe(0);
  });

  it('is compared with a day of the cluster', () => {
    if (input.layout === null) throw new Error('no layout');
    expect(clusterSize(input, input.layout)).toEqual({
      co2eGramsPerDay: expect.closeTo(GRAMS, 9),
      costPerDay: expect.closeTo(120, 9),
      allocatableCpuMillicores: 100_000,
      allocatableMemoryBytes: 400 * GIB,
    });
  });
});

describe('priorities once savings are credited', () => {
  /** Half of what it asks for would do; alone that is 0.5 of 100 cores. */
  const [base] = findings({ workloads: [{ cpu: 50 }] });
  if (base === undefined) throw new Error('nothing found');
  const weighed = (savings: Partial<Savings>, more: Partial<WeighedFinding> = {}): WeighedFinding => ({
    ...base,
    priority: 'low',
    confidence: 'high',
    weights: { risk: 'low', atLeast: 'low' },
    savings: { ...NONE, ...savings },
    ...more,
  });
  const priority = (finding: WeighedFinding) => withPriority([finding], input)[0]?.priority;

  it('are by what is promised now, not by what a rule claimed', () => {
    expect(priority(weighed({}))).toBe('low');
    expect(priority(weighed({ co2eGramsPerDay: flat(GRAMS * 0.011) }))).toBe('high');
    expect(priority(weighed({ costPerDay: flat(120 * 0.051) }))).toBe('critical');
    expect(priority(weighed({}, { priority: 'critical' }))).toBe('low');
  });

  it('weigh risk and confidence as before, and keep what is least', () => {
    const much = { costPerDay: flat(120 * 0.051) };
    expect(priority(weighed(much, { weights: { risk: 'high', atLeast: 'low' } }))).toBe('high');
    expect(priority(weighed(much, { confidence: 'low' }))).toBe('high');
    expect(priority(weighed({}, { weights: { risk: 'high', atLeast: 'critical' } }))).toBe('critical');
  });

  it('stay of findings without weights, and where no layout is known', () => {
    const { weights: _, ...node } = weighed({}, { priority: 'high' });
    expect(withPriority([node], input)[0]?.priority).toBe('high');
    expect(withPriority([weighed({}, { priority: 'high' })], { ...input, layout: null })[0]?.priority).toBe('high');
  });

  it('leave no weights on what is handed on, and change nothing else', () => {
    const before = weighed({ co2eGramsPerDay: flat(1) });
    const [after] = withPriority([before], input);
    expect(after).not.toHaveProperty('weights');
    expect({ ...after, weights: before.weights }).toEqual({ ...before, priority: after?.priority });
    expect(withPriority([before], { ...input, layout: null })[0]).not.toHaveProperty('weights');
  });

  it('are of the whole way from rules to credited savings', () => {
    // Alone, 32 % of the bill is at stake by unit prices; no node goes, so that nothing of it is promised.
    const cluster = made({
      workloads: [{ cpu: 5, pods: 8, memoryRequest: 2 * GIB, memory: 1.9 * GIB }],
      nodeCost: 0.5,
    });
    const rules = [...workloadFindings(cluster)].filter((each) => each !== null);
    const { findings: credited } = creditSavings(rules, cluster);
    const ranked = withPriority(credited, cluster);
    const of = (list: readonly WeighedFinding[]) => list.find(({ type }) => type === 'RIGHTSIZING_CPU');
    expect(of(rules)?.priority).toBe('critical');
    expect(of(credited)?.savings.costPerDay.high).toBe(0);
    expect(of(credited)?.priority).toBe('critical');
    expect(of(ranked)?.priority).toBe('high');
  });
});
