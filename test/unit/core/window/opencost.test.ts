import { describe, expect, test } from 'vitest';
import { computeWindow } from '../../../../src/core/window/compute-window.ts';
import type { WindowCosts } from '../../../../src/model/costs.ts';
import type { NodeFacts, VolumeFacts } from '../../../../src/model/facts.ts';
import type { ResultRow } from '../../../../src/model/results.ts';
import { coefficientsOf, factsOf, nodeFactsOf, nodeOf, podFactsOf } from '../builders.ts';

const CART = { namespace: 'shop', pod: 'cart-1', cpu: 0.3, memory: 0.1, gpu: 0, storage: 0.02, network: 0.01 };
const IDLE = { cpu: 0.4, memory: 0.2, gpu: 0, storage: 0, network: 0 };
const costsOf = (changes: Partial<WindowCosts> = {}): WindowCosts => ({
  currency: 'USD',
  pods: [CART],
  idle: IDLE,
  ...changes,
});

function computed(
  costs: WindowCosts | null,
  nodes: readonly NodeFacts[] = [nodeFactsOf()],
  volumes: VolumeFacts[] = [],
) {
  const medium = { medium: 'ssd', wattHoursPerTerabyteHour: 1, replication: 1 } as const;
  return computeWindow({
    clusterId: 'c',
    facts: { ...factsOf(nodes), volumes },
    coefficientsOf: () => coefficientsOf(),
    zoneOf: () => 'FR',
    volumeOf: () => ({ ...medium, factor: { low: 1, high: 1 }, flags: [] }),
    costs,
  });
}

const total = (rows: readonly ResultRow[]) => rows.reduce((sum, row) => sum + row.totalCost, 0);
const podsOf = (rows: readonly ResultRow[]) => rows.filter((row) => row.rowKind === 'pod');
const freeOf = (rows: readonly ResultRow[]) => rows.filter((row) => row.rowKind === 'unallocated');

describe('with costs of the cluster', () => {
  const { rows, nodeWindows } = computed(costsOf());

  test('a pod has its own, as they are', () => {
    const [pod] = podsOf(rows);
    expect(pod).toMatchObject({
      costCpu: 0.3,
      costMemory: 0.1,
      costGpu: 0,
      costStorage: 0.02,
      costNetwork: 0.01,
      sources: { cost: 'opencost' },
    });
    expect(pod?.totalCost).toBeCloseTo(0.43, 12);
    expect([pod?.costLow, pod?.costHigh]).toEqual([pod?.totalCost, pod?.totalCost]);
  });

  test('what nobody held is unallocated; all rows sum to what the source says', () => {
    expect(freeOf(rows)[0]).toMatchObject({ costCpu: 0.4, costMemory: 0.2, sources: { cost: 'opencost' } });
    expect(total(rows)).toBeCloseTo(1.03, 9);
    expect(nodeWindows[0]?.sources.cost).toBe('opencost');
  });
});

test('a pod that it does not know costs by unit prices', () => {
  const { rows } = computed(costsOf(), [nodeFactsOf({ pods: [podFactsOf(), podFactsOf({ name: 'new' })] })]);
  const [known, other] = podsOf(rows);
  expect([known?.sources.cost, other?.sources.cost]).toEqual(['opencost', 'default-prices']);
  expect(other?.totalCost).toBeCloseTo(0.06, 12);
  expect(other?.costHigh).toBeCloseTo(0.096, 12);
});

test('a pod on two nodes has its costs split by what it reserved on each', () => {
  const first = nodeFactsOf();
  const half = podFactsOf({ aliveSeconds: 1200, cpuSeconds: 600 });
  const second = nodeFactsOf({ node: nodeOf({ name: 'node-b' }), pods: [half] });
  const { rows } = computed(costsOf(), [first, second]);
  const [one, two] = podsOf(rows);
  expect(one?.totalCost).toBeCloseTo(0.43 * 0.75, 9);
  expect(two?.totalCost).toBeCloseTo(0.43 * 0.25, 9);
  expect(total(rows)).toBeCloseTo(1.03, 9);
});

test('a pod that reserves nothing on any node is split evenly', () => {
  const nothing = podFactsOf({ cpuRequestMillicores: 0, memoryRequestBytes: 0, cpuSeconds: 0, memoryBytes: 0 });
  const nodes = ['node-a', 'node-b'].map((name) => nodeFactsOf({ node: nodeOf({ name }), pods: [nothing] }));
  const [one, two] = podsOf(computed(costsOf(), nodes).rows);
  expect(one?.totalCost).toBeCloseTo(0.215, 9);
  expect(two?.totalCost).toBeCloseTo(0.215, 9);
});

test('idle goes to the nodes by what is free of each', () => {
  const large = nodeFactsOf({
    node: nodeOf({ name: 'node-b', cpuAllocatableMillicores: 8000, memoryAllocatableBytes: 32e9 }),
    pods: [],
  });
  const [small, big] = freeOf(computed(costsOf(), [nodeFactsOf(), large]).rows);
  // Three quarters of a node, and the whole of one of twice its size.
  expect(small?.totalCost).toBeCloseTo((0.6 * 0.75) / 2.75, 9);
  expect(big?.totalCost).toBeCloseTo((0.6 * 2) / 2.75, 9);
});

test('idle of a cluster that is wholly reserved still stands somewhere', () => {
  const whole = podFactsOf({ cpuRequestMillicores: 4000, memoryRequestBytes: 16e9 });
  const { rows } = computed(costsOf(), [nodeFactsOf({ pods: [whole] })]);
  expect(freeOf(rows)[0]?.totalCost).toBeCloseTo(0.6, 12);
  expect(total(rows)).toBeCloseTo(1.03, 9);
});

test('pods without a row are not lost', () => {
  const gone = { ...CART, pod: 'gone', cpu: 1, memory: 0, storage: 0, network: 0 };
  const { rows } = computed(costsOf({ pods: [CART, gone] }));
  expect(total(rows)).toBeCloseTo(2.03, 9);
  expect(freeOf(rows)[0]?.costCpu).toBeCloseTo(1.4, 12);
});

test('volumes are in the costs of their pods already', () => {
  const volume: VolumeFacts = {
    namespace: 'shop',
    claim: 'data',
    storageClass: null,
    provisioner: null,
    diskType: null,
    requestedBytes: 1e12,
    usedBytes: null,
    aliveSeconds: 3600,
    node: null,
    team: null,
    place: nodeOf(),
  };
  const [row] = computed(costsOf(), [nodeFactsOf()], [volume]).rows.filter((each) => each.rowKind === 'volume');
  expect(row).toMatchObject({ costStorage: 0, totalCost: 0, sources: { cost: 'opencost' } });
  const [priced] = computed(null, [nodeFactsOf()], [volume]).rows.filter((each) => each.rowKind === 'volume');
  expect(priced?.costStorage).toBeCloseTo(0.1, 12);
});

test('costs in another currency are left out, and each row of a node says so', () => {
  const { rows } = computed(costsOf({ currency: 'EUR' }));
  const plain = computed(null).rows;
  rows.forEach((row, index) => {
    expect(row.totalCost).toBe(plain[index]?.totalCost);
    expect(row.sources.cost).toBe('default-prices');
    expect(row.estimationReasons.at(-1)).toBe('OpenCost counts in EUR, the prices in USD: costs are by unit prices.');
  });
});

test('costs that do not tell their currency are in the one of the prices', () => {
  expect(podsOf(computed(costsOf({ currency: null })).rows)[0]?.sources.cost).toBe('opencost');
});

test('costs change no energy and no carbon', () => {
  const [priced, plain] = [computed(costsOf()).rows, computed(null).rows];
  expect(priced.map((row) => [row.joules, row.co2eGrams])).toEqual(plain.map((row) => [row.joules, row.co2eGrams]));
});
