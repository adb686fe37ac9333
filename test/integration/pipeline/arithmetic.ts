import type { ExpectedWindow } from '../../fixtures/prometheus/integration-cluster.ts';
import type { NodeSpec } from '../../fixtures/prometheus/specs.ts';

// Joules and grams of a window in plain arithmetic, with numbers typed off the tables and the method's pages: nothing
// of the product is called here.

/** Watts at 0, 10, 50 and 100 %: rows aws/m5.xlarge and aws/m5.large of the instance table. */
const WATTS: Readonly<Record<string, readonly [number, number, number, number]>> = {
  'm5.xlarge': [8.8, 14, 28.2, 39.9],
  'm5.large': [4.4, 7, 14.1, 20],
};
/** AWS, all regions, 2024. */
const PUE = 1.15;
/** France, 2025 (the latest year that is not after March 2026). */
const GRAMS_PER_KWH = 31;
/** Kilograms of the whole instance, over four years. */
const EMBODIED_KG: Readonly<Record<string, number>> = { 'm5.xlarge': 67.12, 'm5.large': 33.56 };
const LIFESPAN_HOURS = 35_040;
/** USD an hour of a vCPU and of a GB. */
const CPU_PRICE = 0.04;
const MEMORY_PRICE = 0.005;
const BYTES_PER_GB = 1e9;

export interface Figures {
  joules: number;
  grams: number;
  embodiedGrams: number;
  cost: number;
}

export interface ComputedWindow {
  readonly nodes: Map<string, Figures>;
  /** By `namespace/pod@node`. */
  readonly pods: Map<string, Figures & { isRough: boolean }>;
  readonly namespaces: Map<string, Figures>;
}

export function computeExpected(
  expected: ExpectedWindow,
  specs: readonly NodeSpec[],
  durationSeconds: number,
): ComputedWindow {
  const result: ComputedWindow = { nodes: new Map(), pods: new Map(), namespaces: new Map() };
  for (const node of expected.nodes) {
    const spec = specs.find(({ name }) => name === node.node)!;
    addNode(result, expected, spec, node.cpuSeconds, durationSeconds);
  }
  return result;
}

function addNode(
  result: ComputedWindow,
  expected: ExpectedWindow,
  spec: NodeSpec,
  cpuSeconds: number,
  durationSeconds: number,
): void {
  const watts = WATTS[spec.instanceType]!;
  const hours = durationSeconds / 3600;
  const total = wattsAt(watts, cpuSeconds / (spec.cpuCores * durationSeconds));
  const dynamicJoules = (total - watts[0]) * durationSeconds;
  const idleJoules = watts[0] * durationSeconds;
  const pods = expected.pods.filter((pod) => pod.node === spec.name);
  const held = pods.map((pod) => {
    const cores = Math.max(pod.cpuRequestMillicores / 1000, pod.cpuSeconds / pod.aliveSeconds);
    const bytes = Math.max(pod.memoryRequestBytes, pod.memoryBytes);
    const alive = pod.aliveSeconds / durationSeconds;
    const share = (0.5 * (cores / allocatableCores(spec)) + 0.5 * (bytes / allocatableBytes(spec))) * alive;
    return { pod, share, cost: (cores * CPU_PRICE + (bytes / BYTES_PER_GB) * MEMORY_PRICE) * hours * alive };
  });
  const sum = held.reduce((total_, { share }) => total_ + share, 0);
  const scale = sum > 1 ? 1 / sum : 1;
  const embodied = ((EMBODIED_KG[spec.instanceType]! * 1000) / LIFESPAN_HOURS) * hours;
  for (const { pod, share, cost } of held) {
    const joules = dynamicJoules * (pod.cpuSeconds / cpuSeconds) + idleJoules * share * scale;
    const figures = { ...figuresOf(joules), embodiedGrams: embodied * share * scale, cost };
    result.pods.set(`${pod.namespace}/${pod.name}@${pod.node}`, { ...figures, isRough: pod.isRough });
    add(result.namespaces, pod.namespace, figures);
  }
  add(result.nodes, spec.name, { ...figuresOf(total * durationSeconds), embodiedGrams: embodied, cost: 0 });
}

/** Straight lines between the four points. */
function wattsAt(watts: readonly [number, number, number, number], utilisation: number): number {
  const [at0, at10, at50, at100] = watts;
  if (utilisation <= 0.1) return at0 + ((at10 - at0) * utilisation) / 0.1;
  if (utilisation <= 0.5) return at10 + ((at50 - at10) * (utilisation - 0.1)) / 0.4;
  return at50 + ((at100 - at50) * Math.min(utilisation - 0.5, 0.5)) / 0.5;
}

function figuresOf(joules: number): Pick<Figures, 'joules' | 'grams'> {
  return { joules, grams: (joules / 3.6e6) * PUE * GRAMS_PER_KWH };
}

function add(sums: Map<string, Figures>, key: string, figures: Figures): void {
  const sum = sums.get(key) ?? { joules: 0, grams: 0, embodiedGrams: 0, cost: 0 };
  sum.joules += figures.joules;
  sum.grams += figures.grams;
  sum.embodiedGrams += figures.embodiedGrams;
  sum.cost += figures.cost;
  sums.set(key, sum);
}

/** What the integration cluster's API objects leave to pods. */
const ALLOCATABLE_SHARE = 0.95;

function allocatableCores(spec: NodeSpec): number {
  return spec.cpuCores * ALLOCATABLE_SHARE;
}

function allocatableBytes(spec: NodeSpec): number {
  return spec.memoryBytes * ALLOCATABLE_SHARE;
}
