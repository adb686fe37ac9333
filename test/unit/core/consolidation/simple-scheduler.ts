// A scheduler on its own: lists, loops and the rules of Kubernetes as its documentation says them. It shares no code
// with the product, so that what the product plans can be held against it.
import type { ConsolidationPlan } from '../../../../src/core/consolidation/plan.ts';
import type {
  ClusterLayout,
  LayoutNode,
  LayoutPod,
  PodTerm,
  Requirement,
  Selector,
} from '../../../../src/model/scheduling.ts';

type Labels = Readonly<Record<string, string>>;

function meets(labels: Labels, { key, operator, values }: Requirement): boolean {
  const has = Object.hasOwn(labels, key);
  const value = labels[key] ?? '';
  if (operator === 'In') return has && values.includes(value);
  if (operator === 'NotIn') return !has || !values.includes(value);
  if (operator === 'Exists') return has;
  if (operator === 'DoesNotExist') return !has;
  if (operator === 'Gt') return has && Number.parseInt(value, 10) > Number.parseInt(values[0] ?? '', 10);
  if (operator === 'Lt') return has && Number.parseInt(value, 10) < Number.parseInt(values[0] ?? '', 10);
  throw new Error(`no operator ${operator}`);
}

function selects(selector: Selector, labels: Labels): boolean {
  for (const key of Object.keys(selector.matchLabels)) if (labels[key] !== selector.matchLabels[key]) return false;
  return selector.requirements.every((requirement) => meets(labels, requirement));
}

function termSelects(term: PodTerm, owner: LayoutPod, other: LayoutPod): boolean {
  const inNamespace =
    term.namespaces.length > 0 ? term.namespaces.includes(other.namespace) : other.namespace === owner.namespace;
  return inNamespace && selects(term.selector, other.labels);
}

function nodeAsked(pod: LayoutPod, node: LayoutNode): boolean {
  if (!Object.keys(pod.nodeSelector).every((key) => node.labels[key] === pod.nodeSelector[key])) return false;
  return pod.nodeTerms.length === 0 || pod.nodeTerms.some((term) => term.every((each) => meets(node.labels, each)));
}

/** Why a pod can't be put on a node beside `others` (which are placed); null: it can. */
export function obstacle(
  pod: LayoutPod,
  node: LayoutNode,
  nodes: readonly LayoutNode[],
  others: readonly LayoutPod[],
): string | null {
  if (!node.ready || node.unschedulable) return 'closed';
  if (!nodeAsked(pod, node)) return 'labels';
  for (const taint of node.taints) {
    if (taint.effect === 'PreferNoSchedule') continue;
    const tolerated = pod.tolerations.some(
      ({ key, operator, value, effect }) =>
        (effect === null || effect === taint.effect) &&
        (operator === 'Exists'
          ? key === null || key === taint.key
          : key === taint.key && (value ?? '') === (taint.value ?? '')),
    );
    if (!tolerated) return `taint ${taint.key}`;
  }
  const here = others.filter((other) => other.node === node.name);
  const all = [...here, pod];
  if (all.length > node.podsAllocatable) return 'number of pods';
  if (sum(all, (each) => each.requests.cpuMillicores) > node.cpuAllocatableMillicores + 0.001) return 'cpu';
  if (sum(all, (each) => each.requests.memoryBytes) > node.memoryAllocatableBytes + 2) return 'memory';
  if (sum(all, (each) => each.requests.gpus ?? 0) > node.gpus) return 'gpus';
  if (here.some((other) => other.hostPorts.some((port) => pod.hostPorts.includes(port)))) return 'host port';
  return beside(pod, node, nodes, others);
}

function beside(
  pod: LayoutPod,
  node: LayoutNode,
  nodes: readonly LayoutNode[],
  others: readonly LayoutPod[],
): string | null {
  const domain = (name: string | null, key: string) => nodes.find((each) => each.name === name)?.labels[key];
  const near = (other: LayoutPod, key: string) =>
    node.labels[key] !== undefined && domain(other.node, key) === node.labels[key];
  for (const term of pod.antiAffinity) {
    if (others.some((other) => termSelects(term, pod, other) && near(other, term.topologyKey)))
      return 'its anti-affinity';
  }
  for (const other of others) {
    if (other.antiAffinity.some((term) => termSelects(term, other, pod) && near(other, term.topologyKey)))
      return 'an anti-affinity';
  }
  if (pod.affinity.length > 0) {
    const fits = (other: LayoutPod) => pod.affinity.every((term) => termSelects(term, pod, other));
    const friends = others.filter(fits);
    const alone = friends.length === 0 && fits(pod);
    const found = pod.affinity.every(
      ({ topologyKey }) =>
        node.labels[topologyKey] !== undefined && (alone || friends.some((other) => near(other, topologyKey))),
    );
    if (!found) return 'affinity';
  }
  for (const { selector, topologyKey, maxSkew } of pod.spread) {
    const counts = new Map<string, number>();
    for (const each of nodes) {
      const value = each.labels[topologyKey];
      if (value !== undefined && nodeAsked(pod, each)) counts.set(value, 0);
    }
    for (const other of others) {
      const value = domain(other.node, topologyKey);
      if (value === undefined || !counts.has(value)) continue;
      if (other.namespace === pod.namespace && selects(selector, other.labels))
        counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const own = node.labels[topologyKey];
    if (own === undefined) return 'no domain';
    const after = (counts.get(own) ?? 0) + (selects(selector, pod.labels) ? 1 : 0);
    if (after - Math.min(...counts.values()) > maxSkew) return 'spread';
  }
  return null;
}

/** The cluster after the plan: nodes gone, moved pods where they go, DaemonSet and static pods gone with their node. */
export function applied(layout: ClusterLayout, plan: ConsolidationPlan): ClusterLayout {
  const gone = new Set(plan.going.map(({ node }) => node));
  const places = new Map(plan.going.flatMap(({ moves }) => moves.map(({ uid, to }) => [uid, to] as const)));
  return {
    ...layout,
    nodes: layout.nodes.filter(({ name }) => !gone.has(name)),
    pods: layout.pods
      .filter((pod) => pod.node === null || !gone.has(pod.node) || places.has(pod.uid))
      .map((pod) => ({ ...pod, node: places.get(pod.uid) ?? pod.node })),
  };
}

/** Rules that don't hold in a cluster, each pod held against all others; spread is only asked when a pod is placed. */
export function brokenRules(layout: ClusterLayout): string[] {
  const placed = layout.pods.filter((pod) => pod.node !== null);
  return placed.flatMap((pod) => {
    const node = layout.nodes.find(({ name }) => name === pod.node);
    if (node === undefined) return [`${pod.name} is on ${pod.node}, which is not there`];
    const others = placed.filter((other) => other !== pod);
    const why = obstacle({ ...pod, spread: [] }, { ...node, ready: true, unschedulable: false }, layout.nodes, others);
    return why === null ? [] : [`${pod.name} on ${node.name}: ${why}`];
  });
}

/** Unevenness of each spread rule of a pod that may be moved, by pod and topology. */
export function skews(layout: ClusterLayout): Map<string, number> {
  const found = new Map<string, number>();
  for (const pod of layout.pods.filter(({ isDaemonSet }) => !isDaemonSet)) {
    for (const { selector, topologyKey } of pod.spread) {
      const nodes = layout.nodes.filter((node) => node.labels[topologyKey] !== undefined && nodeAsked(pod, node));
      const counts = nodes.map((node) => {
        const domain = nodes
          .filter((each) => each.labels[topologyKey] === node.labels[topologyKey])
          .map(({ name }) => name);
        return layout.pods.filter(
          (other) =>
            other.namespace === pod.namespace && selects(selector, other.labels) && domain.includes(other.node ?? ''),
        ).length;
      });
      if (counts.length > 0) found.set(`${pod.uid} ${topologyKey}`, Math.max(...counts) - Math.min(...counts));
    }
  }
  return found;
}

/** Pods that could not be started anew, one at a time, in the cluster as it is. */
export function unschedulable(layout: ClusterLayout): string[] {
  return layout.pods
    .filter((pod) => pod.node !== null && !pod.isDaemonSet && !pod.isStatic)
    .filter((pod) => {
      const others = layout.pods.filter((other) => other !== pod && other.node !== null);
      return !layout.nodes.some((node) => obstacle(pod, node, layout.nodes, others) === null);
    })
    .map(({ name }) => name);
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
