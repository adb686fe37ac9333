import { describe, expect, test } from 'vitest';
import { mergeFacts } from '../../../../src/core/attribution/merge-facts.ts';
import type { NodeFacts } from '../../../../src/model/facts.ts';
import type { Inventory } from '../../../../src/model/inventory.ts';
import type { UsageReading } from '../../../../src/model/usage.ts';
import {
  FIVE_MINUTES,
  inventoryOf,
  NOON,
  nodeOf,
  nodeUsageOf,
  podDescriptionOf,
  podUsageOf,
  readingOf,
} from '../builders.ts';

function merged(reading: Partial<UsageReading> = {}, inventory: Partial<Inventory> = {}) {
  return mergeFacts({ reading: readingOf(reading), inventory: inventoryOf(inventory) });
}

function onlyNode(reading: Partial<UsageReading> = {}, inventory: Partial<Inventory> = {}): NodeFacts {
  const { nodes } = merged(reading, inventory);
  expect(nodes).toHaveLength(1);
  const [node] = nodes;
  if (node === undefined) throw new Error('no node');
  return node;
}

const KNOWN = { phase: 'Running', requests: { cpuMillicores: 1, memoryBytes: 1 } } as const;

describe('a pod with usage', () => {
  test('takes requests, owner and UID from the inventory where the reading has none', () => {
    expect(onlyNode().pods).toEqual([
      {
        namespace: 'shop',
        name: 'cart-1',
        uid: 'uid-cart-1',
        ownerKind: 'Deployment',
        ownerName: 'cart',
        team: 'storefront',
        cpuRequestMillicores: 250,
        memoryRequestBytes: 3e9,
        cpuSeconds: 100,
        memoryBytes: 1e9,
        networkReceiveBytes: 1,
        networkTransmitBytes: 2,
        diskReadBytes: 3,
        diskWriteBytes: 4,
        ephemeralStorageBytes: 5,
        restartCount: 0,
        aliveSeconds: 3600,
        usageSource: 'cadvisor',
      },
    ]);
  });

  test('keeps what the reading remembers of the past', () => {
    const usage = podUsageOf({
      uid: 'uid-then',
      requests: { cpuMillicores: 900, memoryBytes: 7e9 },
      owner: { kind: 'StatefulSet', name: 'cart-db' },
    });
    expect(onlyNode({ pods: [usage] }).pods[0]).toMatchObject({
      uid: 'uid-then',
      cpuRequestMillicores: 900,
      memoryRequestBytes: 7e9,
      ownerKind: 'StatefulSet',
      ownerName: 'cart-db',
    });
  });

  test('that the inventory no longer has stays, without requests and owner', () => {
    expect(onlyNode({}, { pods: [] }).pods[0]).toMatchObject({
      uid: null,
      ownerKind: null,
      cpuRequestMillicores: 0,
      cpuSeconds: 100,
    });
  });

  test("doesn't take the UID of a successor that was made after the window", () => {
    const successor = podDescriptionOf({ uid: 'uid-later', createdAtSeconds: NOON + 5000 });
    expect(onlyNode({}, { pods: [successor] }).pods[0]?.uid).toBeNull();
  });

  test('without a node in its series is on the node of the pod list', () => {
    const { nodes, podsWithoutNode } = merged({ pods: [podUsageOf({ node: null })] });
    expect(nodes[0]?.pods).toHaveLength(1);
    expect(podsWithoutNode).toEqual([]);
  });

  test('whose node nobody knows is named, not put anywhere', () => {
    const { nodes, podsWithoutNode } = merged({ pods: [podUsageOf({ node: null, name: 'gone' })] }, { pods: [] });
    expect(nodes[0]?.pods).toEqual([]);
    expect(podsWithoutNode).toEqual(['shop/gone']);
  });

  test('is never alive for longer than the window', () => {
    const pods = [podUsageOf({ aliveSeconds: 9999 })];
    expect(onlyNode({ window: FIVE_MINUTES, pods }).pods[0]?.aliveSeconds).toBe(300);
  });

  test('that moved is on both nodes', () => {
    const { nodes } = merged({
      nodes: [nodeUsageOf(), nodeUsageOf({ node: 'node-b' })],
      pods: [
        podUsageOf({ aliveSeconds: 1000, cpuSeconds: 10 }),
        podUsageOf({ node: 'node-b', aliveSeconds: 2600, cpuSeconds: 26 }),
      ],
    });
    expect(nodes.map((facts) => [facts.node.name, facts.pods[0]?.cpuSeconds])).toEqual([
      ['node-a', 10],
      ['node-b', 26],
    ]);
  });

  test('of a name that another had before it on that node is one row with it', () => {
    const first = podUsageOf({
      uid: 'first',
      aliveSeconds: 1000,
      cpuSeconds: 10,
      memoryBytes: 1e9,
      restartCount: 1,
      requests: { cpuMillicores: 100, memoryBytes: 1e9 },
    });
    const second = podUsageOf({
      uid: 'second',
      aliveSeconds: 2000,
      cpuSeconds: 20,
      memoryBytes: 4e9,
      restartCount: 2,
      requests: { cpuMillicores: 400, memoryBytes: 4e9 },
    });
    const { pods } = onlyNode({ pods: [first, second] });
    expect(pods).toHaveLength(1);
    expect(pods[0]).toMatchObject({
      uid: 'second',
      cpuSeconds: 30,
      memoryBytes: 3e9,
      cpuRequestMillicores: 300,
      memoryRequestBytes: 3e9,
      networkReceiveBytes: 2,
      restartCount: 3,
      aliveSeconds: 3000,
    });
  });

  test('with no CPU sample is shown with its requests', () => {
    const pods = [podUsageOf({ cpuSeconds: null, memoryBytes: null, usageSource: 'requests' })];
    expect(onlyNode({ pods }).pods[0]).toMatchObject({ cpuSeconds: 0, memoryBytes: 0, usageSource: 'requests' });
  });

  test('that finished and left no sample reserves nothing', () => {
    const pods = [podUsageOf({ phase: 'Succeeded', cpuSeconds: null, memoryBytes: null })];
    expect(onlyNode({ pods }).pods).toEqual([]);
  });

  test('that finished in the window keeps what it used', () => {
    const pods = [podUsageOf({ phase: 'Succeeded', cpuSeconds: 12, aliveSeconds: 90 })];
    expect(onlyNode({ pods }).pods[0]).toMatchObject({ cpuSeconds: 12, aliveSeconds: 90 });
  });

  test('of a single sample says so', () => {
    const pods = [podUsageOf({ usageSource: 'single-sample' })];
    expect(onlyNode({ pods }).pods[0]?.usageSource).toBe('single-sample');
  });
});

describe('teams', () => {
  test("are the pod's own before its namespace's", () => {
    const pods = [podDescriptionOf({ team: 'checkout' })];
    expect(onlyNode({}, { pods }).pods[0]?.team).toBe('checkout');
  });

  test('can be decided by the caller', () => {
    const facts = mergeFacts({
      reading: readingOf(),
      inventory: inventoryOf(),
      teamOf: (pod) => `team of ${pod.namespace}`,
    });
    expect(facts.nodes[0]?.pods[0]?.team).toBe('team of shop');
  });
});

describe('a pod without usage', () => {
  const silent = podDescriptionOf({ name: 'silent', uid: 'uid-silent' });

  test('is shown with its requests for the time it was bound', () => {
    const pods = [podDescriptionOf(), { ...silent, createdAtSeconds: NOON + 3000 }];
    const found = onlyNode({}, { pods }).pods.find((pod) => pod.name === 'silent');
    expect(found).toMatchObject({
      uid: 'uid-silent',
      cpuRequestMillicores: 250,
      cpuSeconds: 0,
      aliveSeconds: 600,
      usageSource: 'requests',
      team: 'storefront',
    });
  });

  test('is left out where the reading knows which pods there were', () => {
    const pods = [podUsageOf({ ...KNOWN })];
    expect(onlyNode({ pods }, { pods: [podDescriptionOf(), silent] }).pods.map((pod) => pod.name)).toEqual(['cart-1']);
  });

  test('is left out of windows before it was made', () => {
    const later = { ...silent, createdAtSeconds: NOON + 3600 };
    expect(onlyNode({ pods: [] }, { pods: [later] }).pods).toEqual([]);
  });

  test('and without a node is left out', () => {
    expect(onlyNode({ pods: [] }, { pods: [{ ...silent, node: null }] }).pods).toEqual([]);
  });

  test('is not added beside its own usage on another node', () => {
    const { nodes } = merged({
      nodes: [nodeUsageOf(), nodeUsageOf({ node: 'node-b' })],
      pods: [podUsageOf({ node: 'node-b' })],
    });
    expect(nodes.flatMap((facts) => facts.pods)).toHaveLength(1);
  });
});

describe("a node's CPU", () => {
  test('is its own where it has samples', () => {
    expect(onlyNode()).toMatchObject({ cpuSeconds: 500, cpuSource: 'node-exporter' });
    const root = [nodeUsageOf({ cpuSource: 'cadvisor-root' })];
    expect(onlyNode({ nodes: root })).toMatchObject({ cpuSource: 'cadvisor-root' });
  });

  test('is the sum of its pods where only they have samples', () => {
    const pods = [podUsageOf({ cpuSeconds: 40 }), podUsageOf({ name: 'cart-2', cpuSeconds: 2 })];
    const nodes = [nodeUsageOf({ cpuSeconds: null, cpuSource: 'no-samples' })];
    expect(onlyNode({ nodes, pods })).toMatchObject({ cpuSeconds: 42, cpuSource: 'pod-sum' });
    expect(onlyNode({ nodes: [], pods })).toMatchObject({ cpuSeconds: 42, cpuSource: 'pod-sum' });
  });

  test('is unknown for a node that exists and sent nothing', () => {
    const silent = nodeOf({ name: 'node-z' });
    const { nodes } = merged({}, { nodes: [nodeOf(), silent] });
    expect(nodes[1]).toMatchObject({ cpuSeconds: null, cpuSource: 'no-samples', existedSeconds: 3600, pods: [] });
  });

  test('is not scaled: the usage source answers for the whole window', () => {
    const nodes = [nodeUsageOf({ coveredSeconds: 2400, cpuSeconds: 500 })];
    expect(onlyNode({ coveredSeconds: 2400, nodes })).toMatchObject({ cpuSeconds: 500, existedSeconds: 3600 });
  });
});

describe('a node', () => {
  test('is described by what the reading remembers, over what the API server says now', () => {
    const described = { instanceType: 'm5.large', cpuCapacityMillicores: 2000, region: null };
    const { node } = onlyNode({ nodes: [nodeUsageOf({ described })] });
    expect(node).toMatchObject({
      instanceType: 'm5.large',
      cpuCapacityMillicores: 2000,
      memoryCapacityBytes: 16e9,
      region: 'eu-west-3',
      name: 'node-a',
    });
  });

  test('that is gone is described by the reading alone', () => {
    const described = { cpuCapacityMillicores: 8000, memoryCapacityBytes: 32e9, provider: 'gcp' } as const;
    const { node, sizeAssumed } = onlyNode({ nodes: [nodeUsageOf({ described })] }, { nodes: [], pods: [] });
    expect(node).toMatchObject({
      name: 'node-a',
      provider: 'gcp',
      cpuAllocatableMillicores: 8000,
      memoryAllocatableBytes: 32e9,
      instanceType: null,
    });
    expect(sizeAssumed).toBeUndefined();
  });

  test('of unknown size is as large as what runs on it, flagged', () => {
    const pods = [podUsageOf({ requests: { cpuMillicores: 2500, memoryBytes: 3e9 } })];
    const facts = onlyNode({ pods }, { nodes: [], pods: [] });
    expect(facts.sizeAssumed).toBe(true);
    expect(facts.node).toMatchObject({
      cpuCapacityMillicores: 3000,
      cpuAllocatableMillicores: 3000,
      memoryCapacityBytes: 3e9,
    });
  });

  test('of unknown size is no smaller than what it used', () => {
    const facts = onlyNode({ nodes: [nodeUsageOf({ cpuSeconds: 7 * 3600 })] }, { nodes: [], pods: [] });
    expect(facts.node.cpuCapacityMillicores).toBe(7000);
  });

  test('that joined after the window is not in it', () => {
    const later = nodeOf({ name: 'node-later', createdAtSeconds: NOON + 3600 });
    expect(merged({}, { nodes: [nodeOf(), later] }).nodes.map((facts) => facts.node.name)).toEqual(['node-a']);
  });

  test('of unknown age is in no window without samples', () => {
    const ageless = nodeOf({ name: 'node-ageless', createdAtSeconds: null });
    expect(merged({}, { nodes: [nodeOf(), ageless] }).nodes).toHaveLength(1);
  });

  test('that joined in the window existed from then on', () => {
    const joined = nodeOf({ createdAtSeconds: NOON + 2400 });
    const nodes = [nodeUsageOf({ coveredSeconds: 1180 })];
    expect(onlyNode({ nodes }, { nodes: [joined] }).existedSeconds).toBe(1200);
  });

  test('of a name that was there before existed for as long as its samples', () => {
    const again = nodeOf({ createdAtSeconds: NOON + 2400 });
    const nodes = [nodeUsageOf({ coveredSeconds: 3300 })];
    expect(onlyNode({ nodes }, { nodes: [again] }).existedSeconds).toBe(3300);
  });

  test('that is gone existed for as long as its samples, beside those of the others', () => {
    const nodes = [nodeUsageOf({ coveredSeconds: 900 })];
    expect(onlyNode({ nodes }, { nodes: [], pods: [] }).existedSeconds).toBe(900);
    const nearlyAll = [nodeUsageOf({ coveredSeconds: 3500 })];
    expect(onlyNode({ nodes: nearlyAll }, { nodes: [], pods: [] }).existedSeconds).toBe(3600);
  });

  test('that is still there existed all the time, however few its samples', () => {
    expect(onlyNode({ nodes: [nodeUsageOf({ coveredSeconds: 900 })] }).existedSeconds).toBe(3600);
  });
});

test('nodes come in the order of their names, with window and coverage', () => {
  const facts = merged(
    {
      coveredSeconds: 3000,
      nodes: [nodeUsageOf({ node: 'b' }), nodeUsageOf({ node: 'a' })],
      pods: [],
    },
    { nodes: [], pods: [] },
  );
  expect(facts.nodes.map((each) => each.node.name)).toEqual(['a', 'b']);
  expect(facts.coveredSeconds).toBe(3000);
  expect(facts.window).toEqual({ startSeconds: NOON, durationSeconds: 3600 });
});

test('the same facts come out whatever the order of the answers', () => {
  const pods = [podUsageOf(), podUsageOf({ name: 'b' }), podUsageOf({ name: 'c', node: 'node-b' })];
  const nodes = [nodeUsageOf(), nodeUsageOf({ node: 'node-b' })];
  const forward = merged({ nodes, pods });
  const backward = merged({ nodes: nodes.toReversed(), pods: pods.toReversed() });
  const names = (facts: typeof forward) => facts.nodes.map((each) => each.pods.map((pod) => pod.name).sort());
  expect(names(backward)).toEqual(names(forward));
});
