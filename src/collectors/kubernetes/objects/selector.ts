import type { Requirement, Selector } from '../../../model/scheduling.ts';
import type { RawRequirement, RawSelector } from './scheduling-schemas.ts';

/** A label selector; null where there is none, which matches nothing (an empty one matches everything). */
export function selectorOf(raw: RawSelector): Selector | null {
  if (!raw) return null;
  return { matchLabels: raw.matchLabels ?? {}, requirements: (raw.matchExpressions ?? []).map(requirementOf) };
}

export function requirementOf({ key, operator, values }: RawRequirement): Requirement {
  return { key, operator, values: values ?? [] };
}
