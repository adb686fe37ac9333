import { describe, expect, test } from 'vitest';
import { mergeFacts } from '../../../../src/core/attribution/merge-facts.ts';
import { describeCards } from '../../../../src/core/attribution/node-description.ts';
import { joinPods } from '../../../../src/core/attribution/pod-facts.ts';
import type { GpuUsage, NodeMeter } from '../../../../src/model/energy.ts';
import type { NodeUsage, PodUsage } from '../../../../src/model/usage.ts';
import {
  HOUR,
  inventoryOf,
  nodeOf,
  nodeUsageOf,
  podDescriptionOf,
  podFactsOf,
  podUsageOf,
  readingOf,
} from '../builders.ts';

const METER: NodeMeter = {
  exporter: 'kepler',
  zone: 'package',
  activeJoules: 3,
  idleJoules: 4,
  isModelled: false,
};
const CARD: GpuUsage = { card: 'gpu-0', model: 'Tesla T4', joules: 9, utilisation: 0.5, pod: null };

function onlyNode(node: Partial<NodeUsage>, pod: Partial<PodUsage> = {}) {
  const { nodes } = mergeFacts({
    reading: readingOf({ nodes: [nodeUsageOf(node)], pods: [podUsageOf(pod)] }),
    inventory: inventoryOf(),
  });
  return nodes[0];
}

describe('a reading', () => {
  test('hands on the meter and the cards of a node', () => {
    expect(onlyNode({ meter: METER, gpus: [CARD] })).toMatchObject({ meter: METER, gpus: [CARD] });
    const plain = onlyNode({});
    expect(plain).not.toHaveProperty('meter');
    expect(plain).not.toHaveProperty('gpus');
  });

  test('hands on the active joules of a pod, also none of them', () => {
    expect(onlyNode({}, { activeJoules: 0 })?.pods[0]).toMatchObject({ activeJoules: 0 });
    expect(onlyNode({})?.pods[0]).not.toHaveProperty('activeJoules');
  });

  test('hands on the GPUs that a pod asks for, of the past or of now', () => {
    const requests = { cpuMillicores: 1, memoryBytes: 1, gpus: 2 };
    expect(onlyNode({}, { requests })?.pods[0]).toMatchObject({ gpuRequest: 2 });
    expect(onlyNode({}, { requests: { ...requests, gpus: 0 } })?.pods[0]).not.toHaveProperty('gpuRequest');
    const { nodes } = mergeFacts({
      reading: readingOf({ pods: [] }),
      inventory: inventoryOf({ pods: [podDescriptionOf({ requests })] }),
    });
    expect(nodes[0]?.pods[0]).toMatchObject({ gpuRequest: 2, usageSource: 'requests' });
  });
});

describe('cards that were seen', () => {
  test('tell how many a node has at least, and of which model', () => {
    const node = describeCards(nodeOf(), [CARD, { ...CARD, card: 'gpu-1' }, CARD]);
    expect(node).toMatchObject({ gpuCount: 2, labels: { 'nvidia.com/gpu.product': 'Tesla T4' } });
  });

  test("change neither a larger count nor the node's own label", () => {
    const labels = { 'nvidia.com/gpu.product': 'NVIDIA-L4' };
    expect(describeCards(nodeOf({ gpuCount: 4, labels }), [CARD])).toMatchObject({ gpuCount: 4, labels });
  });

  test('of no model add no label; without cards nothing changes', () => {
    const node = nodeOf();
    expect(describeCards(node, [{ ...CARD, model: null }]).labels).toEqual({});
    expect(describeCards(node, [])).toBe(node);
  });
});

describe('two pods of one name', () => {
  test('have the active joules of both, where either has any', () => {
    const metered = podFactsOf({ activeJoules: 5 });
    expect(joinPods(metered, podFactsOf({ activeJoules: 7 }), HOUR).activeJoules).toBe(12);
    expect(joinPods(metered, podFactsOf(), HOUR).activeJoules).toBe(5);
    expect(joinPods(podFactsOf(), podFactsOf(), HOUR)).not.toHaveProperty('activeJoules');
  });

  test('ask for the mean of their GPUs over the time that they lived', () => {
    const first = podFactsOf({ gpuRequest: 2, aliveSeconds: 900 });
    const second = podFactsOf({ aliveSeconds: 2700 });
    expect(joinPods(first, second, HOUR).gpuRequest).toBeCloseTo(0.5, 12);
    expect(joinPods(second, second, HOUR)).not.toHaveProperty('gpuRequest');
  });

  test.each([
    ['requests', 'metrics-server', 'metrics-server'],
    ['metrics-server', 'kubelet', 'kubelet'],
    ['kubelet', 'cadvisor', 'cadvisor'],
    ['requests', 'single-sample', 'single-sample'],
    ['requests', 'requests', 'requests'],
  ] as const)('seen by %s and %s are as seen by %s', (one, other, joined) => {
    const [first, second] = [podFactsOf({ usageSource: one }), podFactsOf({ usageSource: other })];
    expect(joinPods(first, second, HOUR).usageSource).toBe(joined);
    expect(joinPods(second, first, HOUR).usageSource).toBe(joined);
  });
});
