import type { Labels } from '../../model/kubernetes/objects.ts';

/** Labels that name who owns a namespace or a pod, best first. */
export interface OwnerLabels {
  readonly team: readonly string[];
  readonly costCenter: readonly string[];
}

/** Who an object belongs to. */
export interface OwnerNames {
  readonly team: string | null;
  readonly costCenter: string | null;
}

export const DEFAULT_OWNER_LABELS: OwnerLabels = {
  team: ['team', 'app.kubernetes.io/team', 'squad'],
  costCenter: ['cost-center', 'app.kubernetes.io/cost-center', 'cost_center', 'costCenter'],
};

/** Team and cost center that the labels of one object name; null where none of them is set. */
export function ownersOf(labels: Labels | null | undefined, keys: OwnerLabels): OwnerNames {
  return { team: first(labels, keys.team), costCenter: first(labels, keys.costCenter) };
}

/** What a pod (or claim) does not say itself is that of its namespace, each of the two on its own. */
export function inheritedOwners(own: OwnerNames, namespace: OwnerNames | undefined): OwnerNames {
  return { team: own.team ?? namespace?.team ?? null, costCenter: own.costCenter ?? namespace?.costCenter ?? null };
}

function first(labels: Labels | null | undefined, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = labels?.[key];
    if (value !== undefined && value !== '') return value;
  }
  return null;
}
