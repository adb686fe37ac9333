import type { NodeFacts, PodFacts, WindowFacts } from '../../model/facts.ts';
import type { Inventory, NodeDescription } from '../../model/inventory.ts';
import type { CpuSource } from '../../model/sources.ts';
import { windowEndSeconds } from '../../model/time.ts';
import type { NodeUsage, UsageReading } from '../../model/usage.ts';
import { assumeSize, describeCards, describeNode, nodesByName } from './node-description.ts';
import { existedSeconds } from './node-lifetime.ts';
import { placeVolumes } from './place-volumes.ts';
import { factsOfInventory, factsOfUsage, joinPods, type TeamOf } from './pod-facts.ts';

import { boundSeconds, knowsPods, podKey, podsByName } from './pod-presence.ts';

export interface MergeInput {
  readonly reading: UsageReading;
  readonly inventory: Inventory;
  /** Default: the pod's own team, else its namespace's. */
  readonly teamOf?: TeamOf;
}

export interface MergedFacts extends WindowFacts {
  /** Pods with usage whose node nobody knows: they are in no node's facts. `namespace/name`, in order. */
  readonly podsWithoutNode: readonly string[];
}

/**
 * Joins what a usage source saw in a window with what the API server says now.
 *
 * CPU seconds are taken as they are: they are of the whole window, because the usage source extrapolates the edges
 * that miss (METHODOLOGY 0.1, 0.7) and a hole inside a counter is in its difference already. Nothing is scaled here.
 */
export function mergeFacts(input: MergeInput): MergedFacts {
  const { reading, inventory } = input;
  const teamOf = input.teamOf ?? teamsOfNamespaces(inventory);
  const { byNode, podsWithoutNode } = placePods(reading, inventory, teamOf);
  const known = nodesByName(inventory);
  const usages = new Map(reading.nodes.map((usage) => [usage.node, usage]));
  const names = new Set([...usages.keys(), ...byNode.keys()]);
  const end = windowEndSeconds(reading.window);
  for (const node of inventory.nodes) {
    if (node.createdAtSeconds !== null && node.createdAtSeconds < end) names.add(node.name);
  }
  const nodes = [...names]
    .sort()
    .map((name) =>
      nodeFacts(reading, known.get(name) ?? null, usages.get(name) ?? null, name, [
        ...(byNode.get(name)?.values() ?? []),
      ]),
    );
  const { window, coveredSeconds, volumes } = reading;
  const facts = { window, coveredSeconds, nodes, podsWithoutNode };
  return volumes === undefined ? facts : { ...facts, volumes: placeVolumes(volumes, nodes, window) };
}

type PodsOfNodes = Map<string, Map<string, PodFacts>>;

function placePods(
  reading: UsageReading,
  inventory: Inventory,
  teamOf: TeamOf,
): { byNode: PodsOfNodes; podsWithoutNode: string[] } {
  const byNode: PodsOfNodes = new Map();
  const podsWithoutNode: string[] = [];
  const known = podsByName(inventory);
  const seen = new Set<string>();
  const place = (node: string, facts: PodFacts): void => {
    const pods = byNode.get(node) ?? new Map<string, PodFacts>();
    byNode.set(node, pods);
    const key = podKey(facts);
    const before = pods.get(key);
    pods.set(key, before === undefined ? facts : joinPods(before, facts, reading.window));
  };
  for (const usage of reading.pods) {
    const key = podKey(usage);
    const description = known.get(key) ?? null;
    seen.add(key);
    const facts = factsOfUsage(usage, description, reading.window, teamOf);
    if (facts === null) continue;
    const node = usage.node ?? description?.node ?? null;
    if (node === null) podsWithoutNode.push(key);
    else place(node, facts);
  }
  if (!knowsPods(reading)) {
    for (const pod of inventory.pods) {
      if (seen.has(podKey(pod)) || pod.node === null) continue;
      const alive = boundSeconds(pod, reading.window, inventory.readAtSeconds);
      if (alive > 0) place(pod.node, factsOfInventory(pod, alive, teamOf));
    }
  }
  return { byNode, podsWithoutNode: podsWithoutNode.sort() };
}

function nodeFacts(
  reading: UsageReading,
  known: NodeDescription | null,
  usage: NodeUsage | null,
  name: string,
  pods: readonly PodFacts[],
): NodeFacts {
  const node = describeCards(describeNode(name, known, usage), usage?.gpus ?? []);
  const existed = existedSeconds(node, usage, known !== null, reading.window, reading.coveredSeconds);
  const { cpuSeconds, cpuSource } = cpuOf(usage, pods);
  const facts: NodeFacts = {
    node,
    cpuSeconds,
    cpuSource,
    existedSeconds: existed,
    pods,
    ...(usage?.meter === undefined ? {} : { meter: usage.meter }),
    ...(usage?.gpus === undefined ? {} : { gpus: usage.gpus }),
  };
  if (node.cpuCapacityMillicores > 0 && node.memoryCapacityBytes > 0) return facts;
  return { ...facts, node: assumeSize(node, pods, cpuSeconds, existed), sizeAssumed: true };
}

/** The ladder of METHODOLOGY 0.1: the node's own CPU, else the pod sum; without either the node has no samples. */
function cpuOf(
  usage: NodeUsage | null,
  pods: readonly PodFacts[],
): { cpuSeconds: number | null; cpuSource: CpuSource } {
  if (usage !== null && usage.cpuSeconds !== null) return { cpuSeconds: usage.cpuSeconds, cpuSource: usage.cpuSource };
  const withUsage = pods.filter((pod) => pod.usageSource !== 'requests');
  if (withUsage.length === 0) return { cpuSeconds: null, cpuSource: 'no-samples' };
  return { cpuSeconds: withUsage.reduce((sum, pod) => sum + pod.cpuSeconds, 0), cpuSource: 'pod-sum' };
}

function teamsOfNamespaces(inventory: Inventory): TeamOf {
  const teams = new Map(inventory.namespaces.map((namespace) => [namespace.name, namespace.team]));
  return (pod) => pod.team ?? teams.get(pod.namespace) ?? null;
}
