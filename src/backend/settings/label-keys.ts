import * as z from 'zod';
import { DEFAULT_OWNER_LABELS, type OwnerLabels } from '../../core/kubernetes/owner-labels.ts';

/** Keys of labels, best first. */
export const LabelKeys = z.object({ team: z.array(z.string()), costCenter: z.array(z.string()) });
export type LabelKeys = z.infer<typeof LabelKeys>;

export const DEFAULT_LABEL_KEYS: LabelKeys = {
  team: [...DEFAULT_OWNER_LABELS.team],
  costCenter: [...DEFAULT_OWNER_LABELS.costCenter],
};

/** In the form that the readers of clusters take. */
export function ownerLabelsOf({ labelKeys }: { readonly labelKeys: LabelKeys }): OwnerLabels {
  return labelKeys;
}

export function areSameKeys(one: LabelKeys, other: LabelKeys): boolean {
  return isSame(one.team, other.team) && isSame(one.costCenter, other.costCenter);
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((key, index) => key === other[index]);
}
