import type { DisruptionBudget, LayoutPod } from '../../model/scheduling.ts';
import { ClusterRoom, type Held } from './cluster-room.ts';
import {
  budgetsOf,
  exceededBudget,
  goesWithNode,
  holdsPlace,
  nodeKept,
  type Pin,
  pinOf,
  waitsForPlace,
} from './movability.ts';
import { isOpen } from './node-fit.ts';
import { byName, type Candidate, inOrder } from './order.ts';
import {
  budgetName,
  type ConsolidationInput,
  type ConsolidationPlan,
  type GoingNode,
  podName,
  type StayingNode,
  type StayReason,
} from './plan.ts';
import { rulesBroken, rulesNow } from './rules-kept.ts';

const NO_VALUE = { co2eGramsPerDay: 1, costPerDay: 1 };

/**
 * Nodes that can go: one after the other, best first, each pod of a node is placed anew on those that stay; where one
 * finds no place, the node stays and nothing changed. The same answer for the same layout. Yields after each node tried,
 * so that the caller may pause.
 */
export function* consolidation(input: ConsolidationInput): Generator<undefined, ConsolidationPlan> {
  const search = new Search(input);
  yield;
  for (const candidate of search.candidates()) {
    search.attempt(candidate);
    yield;
  }
  return search.plan();
}

/** The plan at once, for small clusters and tests. */
export function consolidate(input: ConsolidationInput): ConsolidationPlan {
  const steps = consolidation(input);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

class Search {
  readonly #room: ClusterRoom;
  readonly #input: ConsolidationInput;
  readonly #budgets: readonly (readonly DisruptionBudget[])[];
  readonly #pins: readonly (Pin | null)[];
  readonly #staying: StayingNode[] = [];
  readonly #going: number[] = [];
  /** Pods on each node now, by index. */
  readonly #podsOn: Set<number>[];
  /** Room that each pod takes, as the sum of its shares of the largest node. */
  readonly #sizes: Float64Array;
  #open: number;

  constructor(input: ConsolidationInput) {
    this.#input = input;
    const { layout, isStopped = () => false } = input;
    const nodes = [...layout.nodes].sort((a, b) => byName(a.name, b.name));
    const indexOf = new Map(nodes.map((node, index) => [node.name, index]));
    const pods = layout.pods
      .filter((pod) => (holdsPlace(pod) || waitsForPlace(pod)) && !isStopped(pod))
      .sort((a, b) => byName(podName(a), podName(b)));
    this.#room = new ClusterRoom(nodes, pods, (pod) => heldOf(pod, input));
    this.#budgets = pods.map((pod) => budgetsOf(pod, layout.budgets));
    this.#pins = pods.map((pod, index) => pinOf(pod, this.#budgets[index] ?? []));
    this.#podsOn = nodes.map(() => new Set());
    pods.forEach((pod, index) => {
      const node = pod.node === null ? undefined : indexOf.get(pod.node);
      if (node !== undefined) this.#put(index, node);
    });
    // Pods that wait take their place first: a node that the scheduler is about to use is not spare.
    pods.forEach((pod, index) => {
      const node = pod.node === null ? this.#room.bestPlace(index) : -1;
      if (node >= 0) this.#put(index, node);
    });
    this.#sizes = sizesOf(this.#room);
    this.#open = nodes.filter((node) => isOpen(node) && !node.isControlPlane).length;
  }

  /** Nodes that may go by themselves, in order; of the others it notes why they stay. */
  candidates(): Candidate[] {
    const { worthOf = () => NO_VALUE, isKnown = () => true, first = [] } = this.#input;
    const found: Candidate[] = [];
    this.#room.nodes.forEach((node, index) => {
      const kept = nodeKept(node) ?? (isKnown(node.name) ? null : 'new');
      const reason: StayReason | null = kept === null ? this.#pinned(index) : { kind: kept };
      if (reason !== null) this.#staying.push({ node: node.name, reason });
      else {
        const movable = this.#movable(index).map((pod) => this.#heldBy(pod));
        found.push({ index, node, value: worthOf(node.name), movable });
      }
    });
    return inOrder(found, first);
  }

  /** Takes the node away if all its pods find a place. */
  attempt({ index, node }: Candidate): void {
    const reason = this.#tryWithout(index);
    if (reason === null) {
      this.#going.push(index);
      this.#open -= 1;
    } else this.#staying.push({ node: node.name, reason });
  }

  plan(): ConsolidationPlan {
    const heldBy = new Map<string, { cpuMillicores: number; memoryBytes: number }>();
    this.#room.nodes.forEach((node, index) => {
      if (this.#room.stands[index] !== 1) return;
      const held = [...(this.#podsOn[index] ?? [])].map((pod) => this.#heldBy(pod));
      heldBy.set(node.name, {
        cpuMillicores: held.reduce((sum, { cpuMillicores }) => sum + cpuMillicores, 0),
        memoryBytes: held.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
      });
    });
    return {
      going: this.#going.map((node) => this.#goingNode(node)),
      staying: [...this.#staying].sort((a, b) => byName(a.node, b.node)),
      heldBy,
    };
  }

  #tryWithout(node: number): StayReason | null {
    if (this.#open <= 1) return { kind: 'last' };
    const moving = this.#movable(node);
    const exceeded = exceededBudget(moving.map((pod) => this.#budgets[pod] ?? []));
    if (exceeded !== null) return { kind: 'budget', pod: null, budget: budgetName(exceeded.budget) };
    const leaving = [...(this.#podsOn[node] ?? [])];
    const before = rulesNow(this.#room, leaving);
    for (const pod of leaving) this.#take(pod);
    this.#room.stands[node] = 0;
    const homeless = this.#placeAll(moving);
    const broken = homeless === null ? rulesBroken(this.#room, moving, before) : null;
    if (homeless === null && broken === null) return null;
    for (const pod of leaving) this.#take(pod);
    this.#room.stands[node] = 1;
    for (const pod of leaving) this.#put(pod, node);
    if (homeless !== null) return { kind: 'no-place', pod: this.#name(homeless) };
    return { kind: 'others', pod: this.#name(broken ?? 0) };
  }

  /** Largest first; a pod that needs another beside it waits until that one has its place. Answers one that finds none. */
  #placeAll(pods: readonly number[]): number | null {
    let waiting = [...pods].sort((a, b) => this.#size(b) - this.#size(a) || a - b);
    while (waiting.length > 0) {
      const still: number[] = [];
      for (const pod of waiting) {
        const node = this.#room.bestPlace(pod);
        if (node >= 0) this.#put(pod, node);
        else if ((this.#room.pods[pod]?.rules.affinity.length ?? 0) > 0) still.push(pod);
        else return pod;
      }
      if (still.length === waiting.length) return still[0] ?? null;
      waiting = still;
    }
    return null;
  }

  #size(pod: number): number {
    return this.#sizes[pod] ?? 0;
  }

  #pinned(node: number): StayReason | null {
    for (const pod of this.#podsOn[node] ?? []) {
      const pin = this.#pins[pod] ?? null;
      // A pod that waits has nothing to lose yet.
      if (pin !== null && this.#room.pods[pod]?.pod.node !== null) return stayOf(pin, this.#name(pod));
    }
    return null;
  }

  #movable(node: number): number[] {
    return [...(this.#podsOn[node] ?? [])].filter((index) => {
      const placed = this.#room.pods[index];
      return placed !== undefined && !goesWithNode(placed.pod);
    });
  }

  #goingNode(node: number): GoingNode {
    const from = this.#room.nodes[node]?.name ?? '';
    const here = this.#room.pods.flatMap(({ pod }, index) => (pod.node === from ? [{ pod, index }] : []));
    return {
      node: from,
      moves: here.flatMap(({ pod, index }) => {
        const to = this.#room.nodes[this.#room.placeOf[index] ?? -1]?.name;
        if (to === undefined || goesWithNode(pod)) return [];
        return [{ uid: pod.uid, namespace: pod.namespace, name: pod.name, from, to }];
      }),
      podsThatGo: here.filter(({ pod }) => goesWithNode(pod)).length,
    };
  }

  #put(pod: number, node: number): void {
    this.#room.put(pod, node);
    this.#podsOn[node]?.add(pod);
  }

  #take(pod: number): void {
    const node = this.#room.take(pod);
    if (node >= 0) this.#podsOn[node]?.delete(pod);
  }

  #heldBy(pod: number): Held {
    return this.#room.pods[pod]?.held ?? { cpuMillicores: 0, memoryBytes: 0, gpus: 0 };
  }

  #name(pod: number): string {
    const placed = this.#room.pods[pod];
    return placed === undefined ? '' : podName(placed.pod);
  }
}

function heldOf(pod: LayoutPod, { requestsOf, needOf }: ConsolidationInput): Held {
  const asked = requestsOf?.(pod) ?? pod.requests;
  const need = needOf?.(pod) ?? { cpuMillicores: 0, memoryBytes: 0 };
  return {
    cpuMillicores: Math.max(asked.cpuMillicores, need.cpuMillicores),
    memoryBytes: Math.max(asked.memoryBytes, need.memoryBytes),
    gpus: pod.requests.gpus ?? 0,
  };
}

function sizesOf({ nodes, pods }: ClusterRoom): Float64Array {
  const cpu = nodes.reduce((most, node) => Math.max(most, node.cpuAllocatableMillicores), 1);
  const memory = nodes.reduce((most, node) => Math.max(most, node.memoryAllocatableBytes), 1);
  return Float64Array.from(pods, ({ held }) => held.cpuMillicores / cpu + held.memoryBytes / memory);
}

function stayOf(pin: Pin, pod: string): StayReason {
  switch (pin.kind) {
    case 'pinned':
      return { kind: 'pinned', pod, why: pin.reason };
    case 'no-owner':
      return { kind: 'no-owner', pod };
    case 'budget':
      return { kind: 'budget', pod, budget: budgetName(pin.budget) };
    case 'budgets':
      return { kind: 'budget', pod, budget: pin.budgets.map(budgetName).join(' and ') };
  }
}
