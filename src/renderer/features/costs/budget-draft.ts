import type { BudgetInput, BudgetItem } from '../../../contract/schemas/budgets.ts';

/** What the form holds; `cluster` empty: all clusters. */
export interface BudgetDraft {
  readonly name: string;
  readonly scope: BudgetItem['scope'];
  readonly cluster: string;
  readonly key: string;
  readonly unit: BudgetItem['unit'];
  readonly limit: string;
}

export const ALL_CLUSTERS = 'all';

export function draftOf(budget: BudgetItem | null, cluster: string | null, clusterIds: readonly string[]): BudgetDraft {
  if (budget !== null) {
    const { name, scope, unit, limit } = budget;
    return { name, scope, cluster: budget.cluster ?? ALL_CLUSTERS, key: budget.key ?? '', unit, limit: String(limit) };
  }
  const first = cluster ?? clusterIds[0] ?? ALL_CLUSTERS;
  return { name: '', scope: 'cluster', cluster: first, key: '', unit: 'carbon', limit: '' };
}

export const needsCluster = (scope: BudgetDraft['scope']): boolean => scope === 'cluster' || scope === 'namespace';

export type BudgetProblems = Partial<Record<'name' | 'cluster' | 'key' | 'limit', string>>;

export function problemsOf(draft: BudgetDraft): BudgetProblems {
  const limit = limitOf(draft.limit);
  return {
    ...(draft.name.trim() === '' ? { name: 'It needs a name' } : {}),
    ...(draft.name.trim().length > 100 ? { name: 'At most 100 characters' } : {}),
    ...(needsCluster(draft.scope) && draft.cluster === ALL_CLUSTERS ? { cluster: 'Choose one cluster' } : {}),
    ...(draft.scope !== 'cluster' && draft.key.trim() === '' ? { key: 'It needs the name' } : {}),
    ...(limit === null ? { limit: 'A number above 0' } : {}),
  };
}

/** `1,200.5` and `1200.5` are the same; null for what is no amount. */
export function limitOf(text: string): number | null {
  const value = Number(text.replaceAll(/[\s,]/g, ''));
  return text.trim() !== '' && Number.isFinite(value) && value > 0 && value <= 1e15 ? value : null;
}

export function inputOf(draft: BudgetDraft): Required<BudgetInput> {
  return {
    name: draft.name.trim(),
    scope: draft.scope,
    cluster: draft.cluster === ALL_CLUSTERS ? null : draft.cluster,
    key: draft.scope === 'cluster' ? null : draft.key.trim(),
    unit: draft.unit,
    limit: limitOf(draft.limit) ?? 0,
  };
}
