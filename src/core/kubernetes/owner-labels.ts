import type { Labels } from '../../model/kubernetes/objects.ts';

/** Labels that name who owns a namespace or a pod, best first. */
export interface OwnerLabels {
  readonly team: readonly string[];
  readonly costCenter: readonly string[];
}

export const DEFAULT_OWNER_LABELS: OwnerLabels = {
  team: ['team', 'app.kubernetes.io/team', 'squad'],
  costCenter: ['cost-center', 'app.kubernetes.io/cost-center', 'cost_center', 'costCenter'],
};

/** Team and cost center of one object; null where none of the labels is set. Pods inherit what they lack from their namespace. */
export function ownersOf(
  labels: Labels | null | undefined,
  keys: OwnerLabels,
): { readonly team: string | null; readonly costCenter: string | null } {
  return { team: first(labels, keys.team), costCenter: first(labels, keys.costCenter) };
}

function first(labels: Labels | null | undefined, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = labels?.[key];
    if (value !== undefined && value !== '') return value;
  }
  return null;
}
