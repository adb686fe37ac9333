import type { SeenBudget } from '../../../model/kubernetes/seen.ts';
import { budgetObject, type RawBudget } from './scheduling-schemas.ts';
import { selectorOf } from './selector.ts';

/** A PodDisruptionBudget (policy/v1); null for what is none, and for one without a selector, which guards nothing. */
export function readBudget(raw: unknown): SeenBudget | null {
  const parsed = budgetObject.safeParse(raw);
  if (!parsed.success || parsed.data.metadata.namespace === undefined) return null;
  const { metadata, spec, status } = parsed.data;
  const selector = selectorOf(spec?.selector);
  if (selector === null) return null;
  return {
    kind: 'Budget',
    namespace: parsed.data.metadata.namespace,
    name: metadata.name,
    selector,
    disruptionsAllowed: status?.disruptionsAllowed ?? 0,
    neverAllows: neverAllows(spec, status?.expectedPods ?? null),
  };
}

/** True where all pods have to be there, whatever their number and health. */
function neverAllows(spec: RawBudget['spec'], expectedPods: number | null): boolean {
  const { minAvailable, maxUnavailable } = spec ?? {};
  if (maxUnavailable != null) return maxUnavailable === 0 || maxUnavailable === '0' || maxUnavailable === '0%';
  if (minAvailable == null) return false;
  if (typeof minAvailable === 'string' && minAvailable.endsWith('%')) return Number.parseFloat(minAvailable) >= 100;
  return expectedPods !== null && expectedPods > 0 && Number(minAvailable) >= expectedPods;
}
