import type { LayoutNode, LayoutPod } from '../../model/scheduling.ts';
import { type NodeFit, nodeFits } from './node-fit.ts';
import { type PodRules, podRules, type SpreadRule, type Watch } from './pod-watches.ts';

/** What a pod takes of a node. */
export interface Held {
  readonly cpuMillicores: number;
  readonly memoryBytes: number;
  readonly gpus: number;
}

/** A pod with all that says where it may go. */
export interface PlacedPod {
  readonly pod: LayoutPod;
  readonly held: Held;
  readonly fit: NodeFit;
  readonly rules: PodRules;
}

/** Rounding of sums of requests never decides. */
const MEMORY_SLACK_BYTES = 1;
const CPU_SLACK_MILLICORES = 1e-6;
const NOWHERE = -1;

/**
 * Nodes with what is free of them and where each pod is. Says what the scheduler would: requests, number of pods, GPUs,
 * host ports, labels, taints, affinity and anti-affinity in both directions, spread. Pods and nodes go by their index.
 */
export class ClusterRoom {
  readonly nodes: readonly LayoutNode[];
  readonly pods: readonly PlacedPod[];
  /** Node of each pod; -1: none. */
  readonly placeOf: Int32Array;
  /** 1 for nodes that are still there. */
  readonly stands: Uint8Array;
  readonly #cpuFree: Float64Array;
  readonly #memoryFree: Float64Array;
  readonly #gpusFree: Float64Array;
  readonly #podsFree: Float64Array;
  readonly #ports: readonly Map<number, number>[];

  constructor(nodes: readonly LayoutNode[], pods: readonly LayoutPod[], heldBy: (pod: LayoutPod) => Held) {
    this.nodes = nodes;
    const fitOf = nodeFits(nodes);
    const rules = podRules(nodes, pods);
    this.pods = pods.map((pod, index) => ({
      pod,
      held: heldBy(pod),
      fit: fitOf(pod),
      rules: rules[index] ?? { matched: [], antiAffinity: [], affinity: [], wantsItself: false, spread: [] },
    }));
    this.placeOf = new Int32Array(pods.length).fill(NOWHERE);
    this.stands = new Uint8Array(nodes.length).fill(1);
    this.#cpuFree = Float64Array.from(nodes, (node) => node.cpuAllocatableMillicores);
    this.#memoryFree = Float64Array.from(nodes, (node) => node.memoryAllocatableBytes);
    this.#gpusFree = Float64Array.from(nodes, (node) => node.gpus);
    this.#podsFree = Float64Array.from(nodes, (node) => node.podsAllocatable);
    this.#ports = nodes.map(() => new Map());
  }

  /** Puts a pod on a node without asking whether it fits: for pods that run there. */
  put(podIndex: number, node: number): void {
    this.#count(podIndex, node, 1);
    this.placeOf[podIndex] = node;
  }

  /** Takes a pod off its node. Answers the node, -1 where it had none. */
  take(podIndex: number): number {
    const node = this.placeOf[podIndex] ?? NOWHERE;
    if (node !== NOWHERE) this.#count(podIndex, node, -1);
    this.placeOf[podIndex] = NOWHERE;
    return node;
  }

  /**
   * The node on which a pod that has no place leaves the least room, so that large gaps stay whole; the first on a tie.
   * -1 where it fits nowhere.
   */
  bestPlace(podIndex: number): number {
    const placed = this.pods[podIndex];
    if (placed === undefined) return NOWHERE;
    const floors = placed.rules.spread.map(({ watch }) => this.#extremes(watch, placed.fit).lowest);
    let best = NOWHERE;
    let bestRoom = Number.POSITIVE_INFINITY;
    for (let node = 0; node < this.nodes.length; node += 1) {
      if (!this.#hasRoom(placed, node)) continue;
      const room = this.#roomAfter(placed.held, node);
      if (room < bestRoom && this.#isWelcome(placed, node, floors)) {
        best = node;
        bestRoom = room;
      }
    }
    return best;
  }

  /** True where required affinity of a placed pod holds where it is. */
  keepsCompany(podIndex: number): boolean {
    const node = this.placeOf[podIndex] ?? NOWHERE;
    const rules = this.pods[podIndex]?.rules;
    if (node === NOWHERE || rules === undefined) return true;
    return this.#hasCompany(rules, node, rules.wantsItself ? 1 : 0);
  }

  /** How uneven the pods of a rule lie over the domains that the pod may use. */
  skewOf({ watch }: SpreadRule, fit: NodeFit): number {
    const { lowest, highest } = this.#extremes(watch, fit);
    return Math.max(0, highest - lowest);
  }

  #hasRoom({ held, fit, pod }: PlacedPod, node: number): boolean {
    return (
      this.stands[node] === 1 &&
      fit.admits[node] === 1 &&
      (this.#podsFree[node] ?? 0) >= 1 &&
      (held.cpuMillicores <= 0 || (this.#cpuFree[node] ?? 0) + CPU_SLACK_MILLICORES >= held.cpuMillicores) &&
      (held.memoryBytes <= 0 || (this.#memoryFree[node] ?? 0) + MEMORY_SLACK_BYTES >= held.memoryBytes) &&
      (held.gpus <= 0 || (this.#gpusFree[node] ?? 0) >= held.gpus) &&
      !pod.hostPorts.some((port) => this.#ports[node]?.has(port))
    );
  }

  #roomAfter(held: Held, node: number): number {
    const { cpuAllocatableMillicores, memoryAllocatableBytes } = this.nodes[node] as LayoutNode;
    return (
      ((this.#cpuFree[node] ?? 0) - held.cpuMillicores) / Math.max(1, cpuAllocatableMillicores) +
      ((this.#memoryFree[node] ?? 0) - held.memoryBytes) / Math.max(1, memoryAllocatableBytes)
    );
  }

  #isWelcome({ rules }: PlacedPod, node: number, floors: readonly number[]): boolean {
    for (const { domainOf, counts } of rules.antiAffinity) {
      const domain = domainOf[node] ?? NOWHERE;
      if (domain !== NOWHERE && (counts[domain] ?? 0) > 0) return false;
    }
    for (const { domainOf, owners } of rules.matched) {
      const domain = domainOf[node] ?? NOWHERE;
      if (domain !== NOWHERE && (owners[domain] ?? 0) > 0) return false;
    }
    if (!this.#hasCompany(rules, node, 0)) return false;
    return rules.spread.every(({ watch, maxSkew, countsItself }, index) => {
      const domain = watch.domainOf[node] ?? NOWHERE;
      if (domain === NOWHERE) return false;
      return (watch.counts[domain] ?? 0) + (countsItself ? 1 : 0) - (floors[index] ?? 0) <= maxSkew;
    });
  }

  /** `itself`: how many of the counted pods are the pod that asks. */
  #hasCompany({ affinity, wantsItself }: PodRules, node: number, itself: number): boolean {
    if (affinity.length === 0) return true;
    const isFirst = wantsItself && affinity.every(({ total }) => total <= itself);
    return affinity.every(({ domainOf, counts }) => {
      const domain = domainOf[node] ?? NOWHERE;
      return domain !== NOWHERE && (isFirst || (counts[domain] ?? 0) > itself);
    });
  }

  /** Fewest and most pods of a rule in a domain where the pod may be. */
  #extremes(watch: Watch, fit: NodeFit): { readonly lowest: number; readonly highest: number } {
    let lowest = Number.POSITIVE_INFINITY;
    let highest = 0;
    for (let node = 0; node < this.nodes.length; node += 1) {
      const domain = watch.domainOf[node] ?? NOWHERE;
      if (domain === NOWHERE || fit.selects[node] !== 1 || (watch.isByNode && this.stands[node] !== 1)) continue;
      const count = watch.counts[domain] ?? 0;
      lowest = Math.min(lowest, count);
      highest = Math.max(highest, count);
    }
    return { lowest, highest };
  }

  #count(podIndex: number, node: number, sign: 1 | -1): void {
    const placed = this.pods[podIndex];
    if (placed === undefined) return;
    const { held, rules, pod } = placed;
    add(this.#cpuFree, node, -sign * held.cpuMillicores);
    add(this.#memoryFree, node, -sign * held.memoryBytes);
    add(this.#gpusFree, node, -sign * held.gpus);
    add(this.#podsFree, node, -sign);
    for (const watch of rules.matched) {
      watch.total += sign;
      add(watch.counts, watch.domainOf[node] ?? NOWHERE, sign);
    }
    for (const { owners, domainOf } of rules.antiAffinity) add(owners, domainOf[node] ?? NOWHERE, sign);
    const ports = this.#ports[node];
    for (const port of pod.hostPorts) {
      const count = (ports?.get(port) ?? 0) + sign;
      if (count > 0) ports?.set(port, count);
      else ports?.delete(port);
    }
  }
}

function add(values: Float64Array | Int32Array, index: number, amount: number): void {
  if (index >= 0) values[index] = (values[index] ?? 0) + amount;
}
