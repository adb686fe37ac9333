import { Failure } from '../../model/failure.ts';
import type { NamedValues, Recommendation } from '../../model/recommendations/recommendation.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { appliedNow, reopened, type Step, stepTo } from './life.ts';

/** What a person may say of a recommendation; each throws `Failure` where it can't be said of this one. */
export function ignored(
  item: Recommendation,
  reason: string,
  untilSeconds: EpochSeconds | null,
  now: EpochSeconds,
): Step {
  if (item.appliedAtSeconds !== null) {
    throw new Failure('conflict', 'It is applied already, and is measured', {
      hint: 'What is applied needs no ignoring: it is not suggested again.',
    });
  }
  if (untilSeconds !== null && untilSeconds <= now) {
    throw new Failure('bad-input', 'until lies in the past: give a later instant, or leave it out for ever');
  }
  const life = { status: 'ignored', ignoreReason: reason, ignoredUntilSeconds: untilSeconds } as const;
  return stepTo(item, life, now, reason === '' ? null : reason);
}

export function unignored(item: Recommendation, now: EpochSeconds): Step {
  if (item.status !== 'ignored') {
    throw new Failure('conflict', 'It is not ignored', { hint: 'GET /recommendations/ignored lists those that are.' });
  }
  return reopened(item, now, 'Ignored no more');
}

/** `actual` left empty: as recommended. Said twice it corrects what was set. */
export function appliedByHand(
  item: Recommendation,
  actual: NamedValues,
  reason: string | null,
  now: EpochSeconds,
): Step {
  const known = new Set([...Object.keys(item.current), ...Object.keys(item.recommended)]);
  const unknown = Object.keys(actual).filter((name) => !known.has(name));
  if (unknown.length > 0) {
    const names = [...known].sort().join(', ');
    throw new Failure('bad-input', `actual holds "${(unknown[0] ?? '').slice(0, 40)}", which it does not recommend`, {
      hint: known.size === 0 ? 'Leave actual out.' : `It takes: ${names}.`,
    });
  }
  if (item.status === 'verified' || item.status === 'regressed') {
    throw new Failure('conflict', 'It is applied and measured already', {
      hint: 'Its detail shows what was measured.',
    });
  }
  const set = { ...item.recommended, ...actual };
  if (item.status !== 'applied') return appliedNow(item, 'person', now, { actual: set, reason });
  return stepTo(item, { status: 'applied', actual: set, verification: null }, now, reason);
}
