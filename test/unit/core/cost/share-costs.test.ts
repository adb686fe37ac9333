import { describe, expect, test } from 'vitest';
import { type CostNode, NO_COST, shareCosts, sumOfParts } from '../../../../src/core/cost/share-costs.ts';
import type { WindowCosts } from '../../../../src/model/costs.ts';

const PARTS = { cpu: 1, memory: 2, gpu: 3, storage: 4, network: 5 };
const costs = (pods: readonly string[], idle = NO_COST): WindowCosts => ({
  currency: null,
  pods: pods.map((pod) => ({ namespace: 'n', pod, ...PARTS })),
  idle,
});
const node = (changes: Partial<CostNode> & { readonly names?: readonly string[] } = {}): CostNode => ({
  pods: (changes.names ?? []).map((name) => ({ namespace: 'n', name })),
  shares: [],
  unallocatedShare: 0.5,
  price: 10,
  ...changes,
});

test('a pod has all parts of its own cost, another none', () => {
  const shared = shareCosts(costs(['a']), [node({ names: ['a', 'b'], shares: [0.2, 0.3] })]);
  expect(shared.pods).toEqual([[PARTS, null]]);
});

test('pods of the same name in other namespaces are others', () => {
  const other = { ...node(), pods: [{ namespace: 'm', name: 'a' }], shares: [1] };
  expect(shareCosts(costs(['a']), [other]).pods).toEqual([[null]]);
});

test('a pod on several nodes is split by its shares, or evenly where it has none', () => {
  const split = (shares: readonly number[]) =>
    shareCosts(
      costs(['a']),
      shares.map((share) => node({ names: ['a'], shares: [share] })),
    ).pods.map(([cost]) => cost?.cpu);
  expect(split([0.1, 0.3])).toEqual([expect.closeTo(0.25, 12), expect.closeTo(0.75, 12)]);
  expect(split([0, 0])).toEqual([0.5, 0.5]);
});

describe('what nobody held', () => {
  const idle = { ...NO_COST, cpu: 12 };
  const ofNodes = (...nodes: readonly Partial<CostNode>[]) =>
    shareCosts(costs([], idle), nodes.map(node)).unallocated.map(({ cpu }) => cpu);

  test('goes to the nodes by price and what is free of each', () => {
    expect(ofNodes({ price: 10, unallocatedShare: 0.5 }, { price: 10, unallocatedShare: 0.1 })).toEqual([
      expect.closeTo(10, 9),
      expect.closeTo(2, 9),
    ]);
  });

  test('goes by what is free where there are no prices', () => {
    expect(ofNodes({ price: 0, unallocatedShare: 0.5 }, { price: 0, unallocatedShare: 0.1 })).toEqual([
      expect.closeTo(10, 9),
      expect.closeTo(2, 9),
    ]);
  });

  test('goes by the price of the nodes where nothing is free, else evenly', () => {
    expect(ofNodes({ price: 3, unallocatedShare: 0 }, { price: 1, unallocatedShare: 0 })).toEqual([9, 3]);
    expect(ofNodes({ price: 0, unallocatedShare: 0 }, { price: 0, unallocatedShare: 0 })).toEqual([6, 6]);
  });

  test('is nowhere without nodes', () => {
    expect(shareCosts(costs([], idle), [])).toEqual({ pods: [], unallocated: [] });
  });

  test('holds what pods without a row cost', () => {
    const shared = shareCosts(costs(['gone'], idle), [node()]);
    expect(shared.unallocated.map(sumOfParts)).toEqual([12 + 15]);
  });
});
