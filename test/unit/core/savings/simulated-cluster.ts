// A cluster that runs: every pod uses what it uses, and the product's own attribution says what that takes in each hour.
import type { AnalysisInput } from '../../../../src/core/recommendations/analysis-input.ts';
import { computeWindow } from '../../../../src/core/window/compute-window.ts';
import type { NodeCoefficients } from '../../../../src/model/coefficients.ts';
import type { NodeFacts } from '../../../../src/model/facts.ts';
import type { Finding } from '../../../../src/model/recommendations/recommendation.ts';
import { DEFAULT_THRESHOLDS } from '../../../../src/model/recommendations/thresholds.ts';
import type { ResultRow } from '../../../../src/model/results.ts';
import type { ClusterLayout, LayoutNode, LayoutPod } from '../../../../src/model/scheduling.ts';
import { coefficientsOf, NOON, nodeFactsOf, nodeOf, podFactsOf } from '../builders.ts';
import { nodeKey, usageOf, valuesOfRow, workloadKeyOf } from './usage-columns.ts';

/** As many as a verdict needs. */
export const HOURS = 24;
export const RANGE = { startSeconds: NOON, endSeconds: NOON + HOURS * 3600 };
const SYSTEM_CORES = 0.1;

/** What a pod uses of its request, by hour: between 20 and 60 %. */
export function usedShare(pod: LayoutPod, hour: number): number {
  const phase = pod.uid.length + hour;
  return 0.4 + 0.2 * Math.sin((phase * Math.PI) / 12);
}

function coefficients(instanceType: string | null, hour: number): NodeCoefficients {
  const base = coefficientsOf();
  const watts = instanceType === 'm5.2xlarge' ? ([18, 28, 54, 76] as const) : ([10, 16, 30, 40] as const);
  return {
    ...base,
    curve: { ...base.curve, watts },
    intensity: { ...base.intensity, gramsPerKwh: 250 + 100 * Math.sin((hour * Math.PI) / 12) },
  };
}

type Work = (pod: LayoutPod) => LayoutPod['requests'];

function nodeFacts(node: LayoutNode, pods: readonly LayoutPod[], hour: number, work: Work): NodeFacts {
  const used = pods.map((pod) => (work(pod).cpuMillicores / 1000) * usedShare(pod, hour));
  return nodeFactsOf({
    node: nodeOf({
      name: node.name,
      instanceType: node.instanceType,
      cpuCapacityMillicores: node.cpuAllocatableMillicores,
      cpuAllocatableMillicores: node.cpuAllocatableMillicores,
      memoryCapacityBytes: node.memoryAllocatableBytes,
      memoryAllocatableBytes: node.memoryAllocatableBytes,
    }),
    cpuSeconds: 3600 * (SYSTEM_CORES + used.reduce((sum, cores) => sum + cores, 0)),
    pods: pods.map((pod, index) =>
      podFactsOf({
        namespace: pod.namespace,
        name: pod.name,
        uid: pod.uid,
        ownerKind: pod.owner?.kind ?? 'Pod',
        ownerName: pod.owner?.name ?? pod.name,
        cpuRequestMillicores: pod.requests.cpuMillicores,
        memoryRequestBytes: pod.requests.memoryBytes,
        cpuSeconds: 3600 * (used[index] ?? 0),
        memoryBytes: work(pod).memoryBytes * 0.5,
      }),
    ),
  });
}

/** Rows of each hour of the range. `like`: pods work as they do there, whatever they ask for here. */
export function run(layout: ClusterLayout, like: ClusterLayout = layout): ResultRow[][] {
  const asked = new Map(like.pods.map((pod) => [pod.uid, pod.requests]));
  const work: Work = (pod) => asked.get(pod.uid) ?? pod.requests;
  return Array.from({ length: HOURS }, (_, hour) => {
    const { rows } = computeWindow({
      clusterId: layout.clusterId,
      facts: {
        window: { startSeconds: NOON + hour * 3600, durationSeconds: 3600 },
        coveredSeconds: 3600,
        nodes: layout.nodes.map((node) =>
          nodeFacts(
            node,
            layout.pods.filter((pod) => pod.node === node.name),
            hour,
            work,
          ),
        ),
      },
      coefficientsOf: (node) => coefficients(node.instanceType, hour),
      zoneOf: () => 'FR',
    });
    return [...rows];
  });
}

export interface Day {
  readonly co2eGrams: number;
  readonly embodiedGrams: number;
  readonly cost: number;
  readonly joules: number;
}

/** A mean day of what ran. */
export function dayOf(hours: readonly (readonly ResultRow[])[]): Day {
  const perDay = (of: (row: ResultRow) => number) =>
    (hours.flat().reduce((sum, row) => sum + of(row), 0) * 24) / hours.length;
  return {
    co2eGrams: perDay((row) => row.co2eGrams),
    embodiedGrams: perDay((row) => row.embodiedCo2eGrams),
    cost: perDay((row) => row.totalCost),
    joules: perDay((row) => row.joules),
  };
}

/** What an analysis sees of it. */
export function analysisOf(
  layout: ClusterLayout,
  hours = run(layout),
  changes: Partial<AnalysisInput> = {},
): AnalysisInput {
  const lines = (keyOf: (row: ResultRow) => ReturnType<typeof nodeKey> | null) =>
    usageOf(
      hours.flatMap((rows, hour) =>
        rows.flatMap((row) => {
          const key = keyOf(row);
          return key === null ? [] : [{ key, hour, values: valuesOfRow(row) }];
        }),
      ),
    );
  return {
    clusterId: layout.clusterId,
    range: RANGE,
    nowSeconds: RANGE.endSeconds,
    thresholds: DEFAULT_THRESHOLDS,
    nodes: lines((row) => nodeKey(row.node)),
    workloads: lines((row) =>
      row.rowKind === 'pod' ? workloadKeyOf(row.namespace, row.ownerKind ?? 'Pod', row.ownerName ?? row.podName) : null,
    ),
    layout,
    prices: coefficientsOf().prices,
    idOf: (parts) => parts.join('|'),
    ...changes,
  };
}

/** A finding as the rules on workloads make it. */
export function findingOn(
  name: string,
  changes: Partial<Finding> = {},
  savings: Partial<Finding['savings']> = {},
): Finding {
  const none = { low: 0, central: 0, high: 0 };
  return {
    id: `${changes.type ?? 'RIGHTSIZING_CPU'} ${name}`,
    planId: name,
    type: 'RIGHTSIZING_CPU',
    scope: 'workload',
    target: { clusterId: 'c1', namespace: 'shop', ownerKind: 'Deployment', ownerName: name, node: null },
    title: '',
    reason: '',
    priority: 'low',
    confidence: 'high',
    current: {},
    recommended: {},
    savings: {
      co2eGramsPerDay: none,
      embodiedGramsPerDay: none,
      costPerDay: none,
      joulesPerDay: 0,
      freedCpuMillicores: 0,
      freedMemoryBytes: 0,
      needsNodeToGo: true,
      ...savings,
    },
    evidence: { series: [], lines: [], figures: {}, hoursObserved: HOURS, hoursPossible: HOURS },
    change: null,
    range: RANGE,
    ...changes,
  };
}
