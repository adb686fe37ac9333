import { describe, expect, test } from 'vitest';
import { mergeReadings, nodesOf, nodesWithGaps } from '../../../../../src/backend/clusters/sampling/merge-readings.ts';
import type { SampledNode } from '../../../../../src/backend/clusters/sampling/node-history.ts';
import type { NodeUsage, PodUsage, UsageReading } from '../../../../../src/model/usage.ts';
import { FakeCluster } from '../../../../fakes/backend/fake-cluster.ts';

const window = { startSeconds: 9000, durationSeconds: 300 } as const;
const cluster = new FakeCluster();
const whole = cluster.reading(window);

function sampled(name: string, source: 'kubelet' | 'metrics-server' = 'kubelet'): SampledNode {
  const node: NodeUsage = { node: name, cpuSeconds: 77, cpuSource: source, coveredSeconds: 240, described: null };
  const pods = whole.pods
    .filter((pod) => pod.node === name)
    .map((pod): PodUsage => ({ ...pod, cpuSeconds: 7, memoryBytes: 8, networkReceiveBytes: 9, usageSource: source }));
  return { node, pods };
}
const both = new Map([
  ['n1', sampled('n1')],
  ['n2', sampled('n2')],
]);
const without = (change: (node: NodeUsage) => NodeUsage | null): UsageReading => ({
  ...whole,
  nodes: whole.nodes.flatMap((node) => change(node) ?? []),
});

describe('Prometheus and samples of kubelets together', () => {
  test('what Prometheus has stays as it is', () => {
    expect(mergeReadings(whole, both)).toEqual({ reading: whole, nodes: [] });
    expect(mergeReadings(whole, new Map()).reading).toBe(whole);
  });

  test('a node that it lacks, or has no CPU of, is filled with its pods', () => {
    const lacks = { ...without((node) => (node.node === 'n2' ? null : node)), pods: whole.pods.slice(0, 2) };
    const { reading, nodes } = mergeReadings(lacks, both);
    expect(nodes).toEqual(['n2']);
    expect(reading.nodes.map(({ node, cpuSource }) => [node, cpuSource])).toEqual([
      ['n1', 'node-exporter'],
      ['n2', 'kubelet'],
    ]);
    expect(reading.pods.map(({ name, usageSource }) => [name, usageSource])).toEqual([
      ['shop-cart-1', 'cadvisor'],
      ['shop-web-1', 'cadvisor'],
      ['jobs-nightly-1', 'kubelet'],
    ]);
    const silent = without((node) =>
      node.node === 'n2' ? { ...node, cpuSeconds: null, cpuSource: 'no-samples' } : node,
    );
    const described = mergeReadings(silent, both).reading.nodes.find(({ node }) => node === 'n2');
    expect(described).toMatchObject({ cpuSeconds: 77, cpuSource: 'kubelet', coveredSeconds: 300 });
  });

  test('each quantity of a pod has a rung of its own; facts of kube-state-metrics stay', () => {
    const requests = { cpuMillicores: 1, memoryBytes: 2 };
    const pods = whole.pods.map((pod, index) => {
      if (index === 0) return { ...pod, memoryBytes: null, networkReceiveBytes: null };
      return index === 1 ? { ...pod, cpuSeconds: null, usageSource: 'requests' as const, requests } : pod;
    });
    const { reading, nodes } = mergeReadings({ ...whole, pods }, both);
    expect(nodes).toEqual(['n1']);
    expect(reading.pods[0]).toEqual({ ...whole.pods[0], memoryBytes: 8, networkReceiveBytes: 9 });
    expect(reading.pods[1]).toEqual({ ...whole.pods[1], cpuSeconds: 7, usageSource: 'kubelet', requests });
    expect(reading.pods[2]).toBe(whole.pods[2]);
  });

  test('a pod is never there twice, whatever node the two name', () => {
    const moved = whole.pods.map((pod) => ({ ...pod, node: pod.name === 'jobs-nightly-1' ? null : pod.node }));
    const { reading } = mergeReadings({ ...whole, pods: moved }, both);
    expect(reading.pods.map((pod) => pod.name)).toEqual(whole.pods.map((pod) => pod.name));
  });

  test('covers as much as the best of its nodes', () => {
    const hole: UsageReading = { ...whole, coveredSeconds: 0, nodes: [], pods: [] };
    expect(mergeReadings(hole, both).reading.coveredSeconds).toBe(240);
    expect(mergeReadings(hole, new Map([['n1', sampled('n1', 'metrics-server')]])).reading).toMatchObject({
      nodes: [{ cpuSource: 'metrics-server' }],
      pods: [{ usageSource: 'metrics-server' }, { usageSource: 'metrics-server' }],
    });
  });
});

describe('gaps of a reading', () => {
  const inventory = { ...cluster.inventory(), pods: cluster.pods.map((pod) => ({ ...pod, startedAtSeconds: 0 })) };

  test('are nodes without CPU and nodes with a running pod without CPU', () => {
    expect(nodesWithGaps(whole, inventory)).toEqual([]);
    expect(nodesWithGaps({ ...whole, nodes: whole.nodes.slice(0, 1) }, inventory)).toEqual(['n2']);
    expect(nodesWithGaps({ ...whole, pods: whole.pods.slice(1) }, inventory)).toEqual(['n1']);
    const pods = whole.pods.map((pod) => ({ ...pod, cpuSeconds: null }));
    expect(nodesWithGaps({ ...whole, pods }, inventory)).toEqual(['n1', 'n2']);
  });

  test('are not pods that began in the window, ended or wait', () => {
    const change = (pod: object) => ({ ...inventory, pods: inventory.pods.map((each) => ({ ...each, ...pod })) });
    const bare = { ...whole, pods: [] };
    expect(nodesWithGaps(bare, change({ startedAtSeconds: 9010 }))).toEqual([]);
    expect(nodesWithGaps(bare, change({ phase: 'Succeeded' }))).toEqual([]);
    expect(nodesWithGaps(bare, change({ node: null }))).toEqual([]);
  });

  test('nodes that may not be listed are known by their pods', () => {
    expect(nodesOf({ ...inventory, nodes: [] })).toEqual(['n1', 'n2']);
  });
});
