import type * as z from 'zod';
import type { Figures } from '../../contract/schemas/figures.ts';
import type {
  Breakdown,
  BreakdownInput,
  BreakdownItem,
  Namespaces,
  NamespacesInput,
} from '../../contract/schemas/metrics.ts';
import type {
  BreakdownPage,
  BreakdownQuery,
  BreakdownItem as StoredItem,
  Totals,
} from '../../core/ports/results-store.ts';
import { Failure } from '../../model/failure.ts';
import { STORAGE_NAMESPACE } from '../../model/results.ts';
import { toPeriod } from '../ranges/instants.ts';
import { comparableShare, coverageOf } from './coverage.ts';
import type { ApiDeps } from './deps.ts';
import { figuresOf, partsOf, qualityOf, usageOf } from './figures.ts';
import { groupName, isOnNoNode, rowKindOf } from './group-names.ts';
import { type Scope, scopeOf } from './scope.ts';
import { spreadPage } from './spread-page.ts';

/** Groups of the period before that are looked at for `compare`. */
const MOST_COMPARED = 10_000;

type Input = z.infer<typeof BreakdownInput>;

export async function breakdown(
  input: Input,
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): Promise<z.infer<typeof Breakdown>> {
  const scope = await scopeOf(input, '24h', deps);
  const offset = input.cursor === undefined ? input.offset : offsetOf(input.cursor);
  const query = queryOf(input, scope, offset);
  const [page, [coverage], before] = await Promise.all([
    spreadPage(query, input.spread, deps.store, signal),
    coverageOf(scope.clusters, [scope.range], deps, signal),
    input.compare ? previousPage(query, input.spread, scope, deps, signal) : null,
  ]);
  const covered = coverage?.coveredSeconds ?? 0;
  const earlier = before === null ? null : previousFigures(before, query, scope);
  const next = offset + page.items.length;
  return {
    by: input.by,
    items: page.items.map((item) => itemOf(item, query, scope, covered, earlier)),
    total: { ...rowOf(page.total, covered), previous: before === null ? null : figuresOf(before.total) },
    total_items: page.groupCount,
    total_is_lower_bound: false,
    next_cursor: page.items.length > 0 && next < page.groupCount ? cursorOf(next) : null,
    period: toPeriod(scope.range),
    currency: scope.currency,
  };
}

/** The breakdown by namespace in its short form; one item a namespace and cluster. */
export async function namespaces(
  input: z.infer<typeof NamespacesInput>,
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): Promise<z.infer<typeof Namespaces>> {
  const { filter, range } = await scopeOf(input, '24h', deps);
  const query = {
    filter,
    range,
    by: 'namespace',
    sort: 'co2e',
    descending: true,
    limit: MOST_COMPARED,
    offset: 0,
    search: null,
  } as const;
  const { items } = await deps.store.breakdown(query, signal);
  return {
    namespaces: items.map((item) => ({
      name: item.group.key,
      pod_count: item.podCount,
      total_co2e_grams: item.co2eGrams,
      total_embodied_co2e_grams: item.embodiedCo2eGrams,
      total_energy_joules: item.joules,
      total_cost: item.totalCost,
    })),
    period: toPeriod(range),
  };
}

function queryOf(input: Input, { filter, range }: Scope, offset: number): BreakdownQuery {
  const { by, sort, limit, order, search } = input;
  return { filter, range, by, sort, descending: order === 'desc', limit, offset, search: search ?? null };
}

function rowOf(totals: Totals, coveredSeconds: number) {
  return {
    ...figuresOf(totals),
    parts: partsOf(totals),
    quality: qualityOf(totals),
    usage: usageOf(totals, coveredSeconds),
  };
}

function itemOf(
  item: StoredItem,
  query: BreakdownQuery,
  scope: Scope,
  coveredSeconds: number,
  earlier: ((key: string) => Figures | null) | null,
): BreakdownItem {
  const { key, label } = groupName(item.group, query.by, scope);
  const isOfVolumes = isOnNoNode(item.group, query.by);
  return {
    ...rowOf(item, coveredSeconds),
    key,
    label,
    cluster_id: item.group.clusterId,
    namespace: isOfVolumes ? STORAGE_NAMESPACE : item.group.namespace,
    owner_kind: item.group.ownerKind,
    owner_name: item.group.ownerName,
    node: isOfVolumes ? null : item.group.node,
    row_kind: rowKindOf(item.group, query.by),
    previous: earlier?.(key) ?? null,
  };
}

/** The same groups in the period before; null where too little of it was collected. */
async function previousPage(
  query: BreakdownQuery,
  spread: Input['spread'],
  scope: Scope,
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): Promise<BreakdownPage | null> {
  if ((await comparableShare(scope.clusters, scope.previous, deps, signal)) === null) return null;
  const whole = { ...query, range: scope.previous, limit: MOST_COMPARED, offset: 0 };
  return spreadPage(whole, spread, deps.store, signal);
}

/** A group that is not in the period before had nothing then, unless not all groups were looked at. */
function previousFigures(page: BreakdownPage, query: BreakdownQuery, scope: Scope): (key: string) => Figures | null {
  const byKey = new Map(page.items.map((item) => [groupName(item.group, query.by, scope).key, figuresOf(item)]));
  const isComplete = page.items.length >= page.groupCount;
  return (key) => byKey.get(key) ?? (isComplete ? NO_FIGURES : null);
}

const NO_FIGURES: Figures = {
  co2e_grams: 0,
  co2e_low_grams: 0,
  co2e_high_grams: 0,
  embodied_co2e_grams: 0,
  embodied_low_grams: 0,
  embodied_high_grams: 0,
  energy_joules: 0,
  energy_low_joules: 0,
  energy_high_joules: 0,
  facility_energy_joules: 0,
  facility_energy_low_joules: 0,
  facility_energy_high_joules: 0,
  total_cost: 0,
  cost_low: 0,
  cost_high: 0,
  pod_count: 0,
};

function cursorOf(offset: number): string {
  return `at-${offset}`;
}

function offsetOf(cursor: string): number {
  const match = /^at-(\d{1,7})$/.exec(cursor);
  if (match !== null) return Number(match[1]);
  throw new Failure('bad-input', 'cursor is not one that Podwatt gave: take next_cursor of the answer before');
}
