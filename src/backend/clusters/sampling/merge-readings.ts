import type { Inventory } from '../../../model/inventory.ts';
import type { NodeUsage, PodUsage, UsageReading } from '../../../model/usage.ts';
import type { SampledNode } from './node-history.ts';

/** A reading with what samples of kubelets (or of metrics.k8s.io) add to it, and the nodes that gained by it. */
export interface MergedReading {
  readonly reading: UsageReading;
  readonly nodes: readonly string[];
}

/**
 * What the metrics source has of a node or a pod stays; each quantity that it lacks is taken from the samples. So one
 * row may have its CPU from the kubelet and its memory from Prometheus; the source that is named is that of its CPU.
 */
export function mergeReadings(reading: UsageReading, sampled: ReadonlyMap<string, SampledNode>): MergedReading {
  const gained = new Set<string>();
  const nodes = new Map(reading.nodes.map((node) => [node.node, node]));
  const pods = new Map(reading.pods.map((pod) => [keyOf(pod), pod]));
  const placed = new Set(reading.pods.map((pod) => `${pod.namespace}/${pod.name}`));
  for (const [name, sample] of sampled) {
    const node = nodes.get(name);
    const merged = node === undefined ? sample.node : mergeNode(node, sample.node);
    if (merged !== node && merged.cpuSeconds !== null) gained.add(name);
    nodes.set(name, merged);
    for (const pod of sample.pods) {
      const known = pods.get(keyOf(pod));
      // A pod that the metrics source has on another node, or on none that it names, is there already.
      if (known === undefined && placed.has(`${pod.namespace}/${pod.name}`)) continue;
      const joined = known === undefined ? pod : mergePod(known, pod);
      if (joined !== known) gained.add(name);
      pods.set(keyOf(pod), joined);
    }
  }
  const coveredSeconds = Math.max(reading.coveredSeconds, ...[...nodes.values()].map((node) => node.coveredSeconds));
  const merged = { ...reading, coveredSeconds, nodes: [...nodes.values()], pods: [...pods.values()] };
  return { reading: gained.size === 0 ? reading : merged, nodes: [...gained].sort() };
}

/** Nodes of which a reading lacks the CPU of the machine, or that of a pod which runs there. */
export function nodesWithGaps(reading: UsageReading, inventory: Inventory): string[] {
  const whole = new Set(reading.nodes.flatMap((node) => (node.cpuSeconds === null ? [] : [node.node])));
  const seen = new Set(reading.pods.flatMap((pod) => (pod.cpuSeconds === null ? [] : `${pod.namespace}/${pod.name}`)));
  const end = reading.window.startSeconds + reading.window.durationSeconds;
  const gaps = new Set(nodesOf(inventory).filter((node) => !whole.has(node)));
  for (const pod of inventory.pods) {
    // A pod that began lately has no two scrapes yet.
    const isOld = (pod.startedAtSeconds ?? end) < reading.window.startSeconds;
    const isExpected = pod.node !== null && pod.phase === 'Running' && isOld;
    if (isExpected && pod.node !== null && !seen.has(`${pod.namespace}/${pod.name}`)) gaps.add(pod.node);
  }
  return [...gaps].sort();
}

/** Nodes that the API server lists, and those that only its pods name. */
export function nodesOf(inventory: Inventory): string[] {
  const isBound = (pod: Inventory['pods'][number]) => pod.phase === 'Running' || pod.phase === 'Pending';
  const ofPods = inventory.pods.flatMap((pod) => (pod.node !== null && isBound(pod) ? [pod.node] : []));
  return [...new Set([...inventory.nodes.map((node) => node.name), ...ofPods])].sort();
}

function mergeNode(node: NodeUsage, sample: NodeUsage): NodeUsage {
  if (node.cpuSeconds !== null || sample.cpuSeconds === null) return node;
  const coveredSeconds = Math.max(node.coveredSeconds, sample.coveredSeconds);
  return { ...node, cpuSeconds: sample.cpuSeconds, cpuSource: sample.cpuSource, coveredSeconds };
}

const QUANTITIES = ['memoryBytes', 'networkReceiveBytes', 'networkTransmitBytes', 'ephemeralStorageBytes'] as const;

function mergePod(pod: PodUsage, sample: PodUsage): PodUsage {
  const takesCpu = pod.cpuSeconds === null && sample.cpuSeconds !== null;
  const filled = Object.fromEntries(
    QUANTITIES.filter((key) => pod[key] === null && sample[key] !== null).map((key) => [key, sample[key]]),
  );
  if (!takesCpu && Object.keys(filled).length === 0) return pod;
  const cpu = takesCpu ? { cpuSeconds: sample.cpuSeconds, usageSource: sample.usageSource } : {};
  return { ...pod, ...filled, ...cpu };
}

function keyOf(pod: PodUsage): string {
  return `${pod.namespace}/${pod.name}@${pod.node ?? ''}`;
}
