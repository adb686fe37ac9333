import type { Budget } from '../../model/kubernetes/budget.ts';
import { exactSum } from '../cost-attribution/exact-sum.ts';
import type { UsedDay } from './forecast.ts';

/** What one namespace of a cluster used in a day. */
export interface ScopeDay {
  readonly date: string;
  readonly namespace: string;
  readonly carbonKilograms: number;
  readonly cost: number;
  readonly teamName: string | null;
  readonly costCenter: string | null;
}

/** One cluster's days: its lines, and how much of each day was collected. */
export interface ScopeCluster {
  readonly lines: readonly ScopeDay[];
  readonly coveredSeconds: ReadonlyMap<string, number>;
}

type Scope = Pick<Budget, 'scope' | 'key' | 'unit'>;

/** The cluster's idle, system and storage lines are in a budget of the whole cluster only. */
export function isInScope({ scope, key }: Scope, line: ScopeDay): boolean {
  switch (scope) {
    case 'cluster':
      return true;
    case 'namespace':
      return line.namespace === key;
    case 'team':
      return line.teamName === key;
    case 'cost-center':
      return line.costCenter === key;
  }
}

/**
 * The days of a budget's scope over its clusters. Of a day over several clusters as much is known as of the best of them:
 * one that was added later, or is switched off, takes nothing from the days of the others.
 */
export function usedDays(budget: Scope, clusters: readonly ScopeCluster[]): UsedDay[] {
  const amounts = new Map<string, number[]>();
  const covered = new Map<string, number>();
  for (const { lines, coveredSeconds } of clusters) {
    for (const [date, seconds] of coveredSeconds) covered.set(date, Math.max(covered.get(date) ?? 0, seconds));
    for (const line of lines) {
      if (!isInScope(budget, line)) continue;
      const known = amounts.get(line.date) ?? [];
      known.push(budget.unit === 'carbon' ? line.carbonKilograms : line.cost);
      amounts.set(line.date, known);
    }
  }
  return [...covered.keys()].sort().map((date) => ({
    date,
    amount: exactSum(amounts.get(date) ?? []),
    coveredSeconds: covered.get(date) ?? 0,
  }));
}
