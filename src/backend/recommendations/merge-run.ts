import type { Finding, Recommendation, StatusChange } from '../../model/recommendations/recommendation.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { appliedNow, born, reopened, type Step, stepTo } from './life.ts';

/** How the spec stands to a recommendation now: as it asks for, as it was, or not to be seen. */
export type Standing = 'applied' | 'open' | 'unknown';

export interface RunContext {
  readonly now: EpochSeconds;
  /** False where this run could not have found it again: too little data, or a part of the cluster that wasn't read. */
  canTell(item: Recommendation): boolean;
  standingOf(item: Recommendation): Standing;
}

export interface Merged {
  /** Whole rows that are new or differ from what is stored. */
  readonly items: readonly Recommendation[];
  readonly changes: readonly StatusChange[];
}

/** What a person said of the change counts for a day before the spec is asked: a rollout takes its time. */
export const ROLLOUT_SECONDS = 86_400;

/**
 * What a run makes of what is stored. An item keeps its life: ignored stays ignored until its day, applied never opens
 * again unless the change was undone, and what is found no more is stale.
 */
export function mergeRun(stored: readonly Recommendation[], findings: readonly Finding[], context: RunContext): Merged {
  const found = new Map(findings.map((finding) => [finding.id, finding]));
  const known = new Set(stored.map((item) => item.id));
  const steps = stored.flatMap((item) => nextStep(item, found.get(item.id) ?? null, context) ?? []);
  for (const finding of found.values()) if (!known.has(finding.id)) steps.push(born(finding, context.now));
  return { items: steps.map((step) => step.item), changes: steps.flatMap(({ change }) => change ?? []) };
}

function nextStep(item: Recommendation, finding: Finding | null, context: RunContext): Step | null {
  switch (item.status) {
    case 'active':
      return ofActive(item, finding, context);
    case 'ignored':
      return ofIgnored(item, finding, context);
    case 'stale':
      return finding === null ? null : reopened(seen(item, finding, context.now).item, context.now, 'Found again');
    case 'applied':
    case 'verified':
    case 'regressed':
      return ofApplied(item, finding, context);
  }
}

function ofActive(item: Recommendation, finding: Finding | null, context: RunContext): Step | null {
  if (context.standingOf(item) === 'applied') return appliedNow(item, 'watched', context.now);
  if (finding !== null) return seen(item, finding, context.now);
  if (!context.canTell(item)) return null;
  return stepTo(item, { status: 'stale' }, context.now, 'The reason for it is gone, though it was not applied');
}

function ofIgnored(item: Recommendation, finding: Finding | null, context: RunContext): Step | null {
  const { ignoredUntilSeconds: until } = item;
  const isOver = until !== null && until <= context.now;
  if (!isOver) return finding === null ? null : seen(item, finding, context.now);
  if (finding !== null)
    return reopened(seen(item, finding, context.now).item, context.now, 'The time that it was ignored for is over');
  if (!context.canTell(item)) return null;
  const quiet = { status: 'stale', ignoreReason: null, ignoredUntilSeconds: null } as const;
  return stepTo(item, quiet, context.now, 'The time that it was ignored for is over, and its reason is gone');
}

/** What was promised stays as it was: it is measured against later. */
function ofApplied(item: Recommendation, finding: Finding | null, context: RunContext): Step | null {
  if (!isUndone(item, context)) return null;
  if (item.status !== 'regressed') return stepTo(item, { status: 'regressed' }, context.now, 'The change was undone');
  if (finding === null) return null;
  return reopened(seen(item, finding, context.now).item, context.now, 'Found again after the change was undone');
}

export function isUndone(item: Recommendation, { now, standingOf }: Pick<RunContext, 'now' | 'standingOf'>): boolean {
  const { appliedAtSeconds: at, appliedBy } = item;
  if (at === null || standingOf(item) !== 'open') return false;
  return appliedBy === 'watched' || now - at >= ROLLOUT_SECONDS;
}

/** The new values of a finding, in the life that it has. */
function seen(item: Recommendation, finding: Finding, now: EpochSeconds): Step {
  const isSame = valuesOf(item) === valuesOf(finding);
  const updatedAtSeconds = isSame ? item.updatedAtSeconds : now;
  return { item: { ...item, ...finding, updatedAtSeconds, lastSeenAtSeconds: now }, change: null };
}

function valuesOf({ title, priority, confidence, current, recommended }: Finding): string {
  return JSON.stringify([title, priority, confidence, sorted(current), sorted(recommended)]);
}

function sorted(values: Readonly<Record<string, unknown>>): unknown {
  return Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
}
