import type {
  Finding,
  NamedValues,
  Recommendation,
  RecommendationStatus,
  StatusChange,
} from '../../model/recommendations/recommendation.ts';
import type { EpochSeconds } from '../../model/time.ts';

/** A recommendation after a step of its life, and the line that the step adds to its history. */
export interface Step {
  readonly item: Recommendation;
  readonly change: StatusChange | null;
}

/** A finding that was never seen before. */
export function born(finding: Finding, now: EpochSeconds): Step {
  const item: Recommendation = {
    ...finding,
    status: 'active',
    foundAtSeconds: now,
    updatedAtSeconds: now,
    lastSeenAtSeconds: now,
    ignoreReason: null,
    ignoredUntilSeconds: null,
    appliedAtSeconds: null,
    appliedBy: null,
    actual: null,
    verification: null,
  };
  return { item, change: changeOf(item, now, null) };
}

/** The same recommendation with another status; fields of its life that no longer hold are the caller's to change. */
export function stepTo(
  before: Recommendation,
  change: Partial<Recommendation> & { readonly status: RecommendationStatus },
  now: EpochSeconds,
  reason: string | null,
): Step {
  const item = { ...before, ...change, updatedAtSeconds: now };
  return { item, change: changeOf(item, now, reason) };
}

/** Open again: what was said or measured of it before stays in its history only. */
export function reopened(before: Recommendation, now: EpochSeconds, reason: string): Step {
  return stepTo(before, { status: 'active', ...UNTOUCHED }, now, reason);
}

/** The change was made, as the layout shows it or as a person says. */
export function appliedNow(
  before: Recommendation,
  by: 'watched' | 'person',
  now: EpochSeconds,
  given: { readonly actual?: NamedValues | null; readonly reason?: string | null } = {},
): Step {
  const life = { ...UNTOUCHED, appliedAtSeconds: now, appliedBy: by, actual: given.actual ?? null };
  return stepTo(before, { status: 'applied', ...life }, now, given.reason ?? null);
}

const UNTOUCHED = {
  ignoreReason: null,
  ignoredUntilSeconds: null,
  appliedAtSeconds: null,
  appliedBy: null,
  actual: null,
  verification: null,
} as const;

function changeOf(item: Recommendation, atSeconds: EpochSeconds, reason: string | null): StatusChange {
  const { id, target, status, actual } = item;
  return { recommendationId: id, clusterId: target.clusterId, atSeconds, status, reason, actual };
}
