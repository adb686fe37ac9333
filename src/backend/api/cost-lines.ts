import type * as z from 'zod';
import type { CostLine, CostLines, CostsInput, TeamsInput } from '../../contract/schemas/budgets.ts';
import { MIXED_CURRENCY } from '../../contract/schemas/primitives.ts';
import { DAY_SECONDS, monthOf, rangeOfMonth } from '../../core/cost-attribution/calendar.ts';
import { exactSum } from '../../core/cost-attribution/exact-sum.ts';
import type { KubernetesStore } from '../../core/ports/kubernetes-store.ts';
import type { ClusterRecord } from '../../model/cluster.ts';
import { ceilTo, type TimeRange } from '../../model/time.ts';
import type { CostStore } from '../costs/cost-store.ts';
import { type Amounts, addAmounts, type MonthLine, monthLines, withoutAmounts } from '../costs/month-lines.ts';
import { NamespaceNames } from '../costs/namespace-names.ts';
import { DEFAULT_CURRENCY } from '../pipeline/cluster-record.ts';
import { toPeriod } from '../ranges/instants.ts';
import { unknownCluster } from './scope.ts';

export interface CostLinesDeps {
  readonly store: CostStore & Pick<KubernetesStore, 'costsBy'>;
  readonly clock: { nowSeconds(): number };
}

/** Namespaces of a month, dearest first. */
export async function namespaceCosts(
  input: z.output<typeof CostsInput>,
  deps: CostLinesDeps,
): Promise<z.infer<typeof CostLines>> {
  const asked = await ask(input, deps);
  const lines = asked.lines.map(({ kind, clusterId, namespace, costs, co2eGrams, embodiedGrams }) =>
    wireLine(kind, namespace, costs, co2eGrams, embodiedGrams, {
      cluster: clusterId,
      team: costs.teamName,
      cost_center: costs.costCenter,
    }),
  );
  return answer(asked, lines);
}

/** Teams or cost centers of a month, dearest first; then what belongs to none, and what is idle, system and storage. */
export async function teamCosts(
  { by, ...input }: z.output<typeof TeamsInput>,
  deps: CostLinesDeps,
): Promise<z.infer<typeof CostLines>> {
  const asked = await ask(input, deps);
  const sums = await Promise.all(asked.clusters.map(({ id }) => deps.store.costsBy(by, id, asked.range)));
  const byKey = Map.groupBy(sums.flat(), ({ key }) => key);
  const own = asked.lines.filter(({ kind }) => kind === 'namespace');
  const keyOf = ({ costs }: MonthLine): string | null => (by === 'team' ? costs.teamName : costs.costCenter);
  const carbonOf = (lines: readonly MonthLine[]): [number, number] => [
    exactSum(lines.map(({ co2eGrams }) => co2eGrams)),
    exactSum(lines.map(({ embodiedGrams }) => embodiedGrams)),
  ];
  const named = [...new Set([...byKey.keys(), ...own.map(keyOf)])].filter((key) => key !== null);
  const lines = named.map((key) =>
    wireLine(by, key, addAmounts(byKey.get(key) ?? []), ...carbonOf(own.filter((line) => keyOf(line) === key))),
  );
  const others = (['idle', 'system', 'storage'] as const).map((kind) => ({
    kind,
    of: asked.lines.filter((line) => line.kind === kind),
  }));
  const nobodys = addAmounts(others.flatMap(({ of }) => of.map(({ costs }) => costs)));
  const unnamed = own.filter((line) => keyOf(line) === null);
  const rest = withoutAmounts(addAmounts(byKey.get(null) ?? []), nobodys);
  const last = [
    ...(unnamed.length > 0 || rest.totalCost > 0 ? [wireLine('none', null, rest, ...carbonOf(unnamed))] : []),
    ...others
      .filter(({ of }) => of.length > 0)
      .map(({ kind, of }) => wireLine(kind, null, addAmounts(of.map(({ costs }) => costs)), ...carbonOf(of))),
  ];
  return answer(asked, [...lines, ...last]);
}

interface Asked {
  readonly month: string;
  readonly range: TimeRange;
  readonly clusters: readonly ClusterRecord[];
  readonly lines: readonly MonthLine[];
  readonly coverage: number;
}

async function ask(input: z.output<typeof CostsInput>, { store, clock }: CostLinesDeps): Promise<Asked> {
  const now = clock.nowSeconds();
  const month = input.month ?? monthOf(now);
  const whole = rangeOfMonth(month);
  const endSeconds = Math.max(whole.startSeconds, Math.min(whole.endSeconds, ceilTo(now, DAY_SECONDS)));
  const range = { startSeconds: whole.startSeconds, endSeconds };
  const all = await store.listClusters();
  const clusters = all.filter(({ id }) => input.cluster === undefined || id === input.cluster);
  if (input.cluster !== undefined && clusters.length === 0) throw unknownCluster(input.cluster);
  if (range.startSeconds === range.endSeconds) return { month, range: whole, clusters, lines: [], coverage: 0 };
  const names = new NamespaceNames(store);
  const lines = await Promise.all(clusters.map(({ id }) => monthLines(id, range, store, names)));
  const gone = Math.max(1, Math.min(now, range.endSeconds) - range.startSeconds);
  const [covered] = await store.coverage(
    clusters.map(({ id }) => id),
    [range],
  );
  const coverage = clusters.length === 0 ? 0 : Math.min(1, (covered?.coveredSeconds ?? 0) / gone);
  return { month, range, clusters, lines: lines.flat(), coverage };
}

function answer(
  { month, range, clusters, coverage, lines: all }: Asked,
  lines: readonly CostLine[],
): z.infer<typeof CostLines> {
  const currencies = new Set(clusters.map(({ currency }) => currency));
  const [only = DEFAULT_CURRENCY] = currencies;
  const sum = (of: (line: CostLine) => number): number => exactSum(lines.map(of));
  return {
    month,
    period: toPeriod(range),
    currency: currencies.size > 1 ? MIXED_CURRENCY : only,
    lines: [...lines].sort(namedFirst),
    total_cost: sum((line) => line.total_cost),
    co2e_grams: sum((line) => line.co2e_grams),
    embodied_co2e_grams: sum((line) => line.embodied_co2e_grams),
    coverage,
    pending_cost: exactSum(all.map(({ pendingCost }) => pendingCost)),
  };
}

const LAST = ['none', 'storage', 'system', 'idle'];

/** Dearest first, most carbon of equal ones; the lines of nobody at the end. */
function namedFirst(a: CostLine, b: CostLine): number {
  const place = (line: CostLine): number => LAST.indexOf(line.line);
  return place(a) - place(b) || b.total_cost - a.total_cost || b.co2e_grams - a.co2e_grams;
}

function wireLine(
  line: CostLine['line'],
  key: string | null,
  amounts: Amounts,
  co2eGrams: number,
  embodiedGrams: number,
  of: Pick<CostLine, 'cluster' | 'team' | 'cost_center'> = { cluster: null, team: null, cost_center: null },
): CostLine {
  return {
    line,
    key,
    ...of,
    total_cost: amounts.totalCost,
    cpu_cost: amounts.cpuCost,
    memory_cost: amounts.memoryCost,
    gpu_cost: amounts.gpuCost,
    storage_cost: amounts.storageCost,
    network_cost: amounts.networkCost,
    cpu_core_hours: amounts.cpuCoreHours,
    memory_gb_hours: amounts.memoryGbHours,
    storage_gb_hours: amounts.storageGbHours,
    network_gb: amounts.networkGb,
    co2e_grams: co2eGrams,
    embodied_co2e_grams: embodiedGrams,
  };
}
