import { exactSum } from '../../core/cost-attribution/exact-sum.ts';
import { type CostLine as LineKind, lineOf } from '../../core/cost-attribution/pseudo-namespaces.ts';
import type { KubernetesStore } from '../../core/ports/kubernetes-store.ts';
import type { TimeRange } from '../../model/time.ts';
import type { CostStore } from './cost-store.ts';
import type { NamespaceNames } from './namespace-names.ts';

type CostSum = Awaited<ReturnType<KubernetesStore['costsBy']>>[number];

/** A namespace of a cluster over a range, or a line that is none. */
export interface MonthLine {
  readonly kind: LineKind;
  readonly clusterId: string;
  readonly namespace: string;
  readonly costs: CostSum;
  readonly co2eGrams: number;
  readonly embodiedGrams: number;
  /** Cost of results that is not attributed yet. */
  readonly pendingCost: number;
}

/** Sums of the same numbers in another order, to a cent in ten million. */
const TOLERANCE = 1e-9;

export const AMOUNTS = [
  'cpuCost',
  'memoryCost',
  'gpuCost',
  'storageCost',
  'networkCost',
  'totalCost',
  'cpuCoreHours',
  'memoryGbHours',
  'storageGbHours',
  'networkGb',
] as const satisfies readonly (keyof CostSum)[];
export type Amounts = Pick<CostSum, (typeof AMOUNTS)[number]>;

/** The namespaces of a cluster with their costs and carbon; a range of whole UTC days. */
export async function monthLines(
  clusterId: string,
  range: TimeRange,
  store: CostStore,
  names: NamespaceNames,
): Promise<MonthLine[]> {
  const query = { filter: { clusterIds: [clusterId] }, buckets: [range], groupBy: 'namespace', top: null } as const;
  const [points, costs] = await Promise.all([store.series(query), store.costsBy('namespace', clusterId, range)]);
  const carbon = new Map(points.map((point) => [point.group?.key ?? '', point]));
  const lines: MonthLine[] = [];
  for (const cost of costs) {
    const namespace = (await names.of(cost.namespaceId)) ?? cost.namespaceId;
    const point = carbon.get(namespace);
    carbon.delete(namespace);
    const grams = { co2eGrams: point?.co2eGrams ?? 0, embodiedGrams: point?.embodiedCo2eGrams ?? 0 };
    const pendingCost = pending(point?.totalCost ?? 0, cost.totalCost);
    lines.push({ kind: lineOf(namespace), clusterId, namespace, costs: cost, ...grams, pendingCost });
  }
  for (const [namespace, { co2eGrams, embodiedCo2eGrams, totalCost }] of carbon) {
    const none = { key: null, clusterId, namespaceId: '', teamName: null, costCenter: null };
    const costs = { ...none, ...NO_AMOUNTS };
    const grams = { co2eGrams, embodiedGrams: embodiedCo2eGrams };
    lines.push({ kind: lineOf(namespace), clusterId, namespace, costs, ...grams, pendingCost: pending(totalCost, 0) });
  }
  return lines;
}

/** Attributed costs outlive the rows and roll-ups of their time: then nothing waits. */
function pending(ofResults: number, attributed: number): number {
  const rest = ofResults - attributed;
  return rest > TOLERANCE * Math.max(1, ofResults) ? rest : 0;
}

export function addAmounts(all: readonly Amounts[]): Amounts {
  const sums = AMOUNTS.map((field) => [field, exactSum(all.map((each) => each[field]))] as const);
  return { ...NO_AMOUNTS, ...Object.fromEntries(sums) };
}

/** What is left of a sum without a part of it; never a little below 0 by rounding. */
export function withoutAmounts(whole: Amounts, part: Amounts): Amounts {
  const left = AMOUNTS.map((field) => {
    const rest = whole[field] - part[field];
    return [field, rest < 1e-9 * Math.max(1, whole[field]) ? 0 : rest] as const;
  });
  return { ...NO_AMOUNTS, ...Object.fromEntries(left) };
}

export const NO_AMOUNTS: Amounts = {
  cpuCost: 0,
  memoryCost: 0,
  gpuCost: 0,
  storageCost: 0,
  networkCost: 0,
  totalCost: 0,
  cpuCoreHours: 0,
  memoryGbHours: 0,
  storageGbHours: 0,
  networkGb: 0,
};
