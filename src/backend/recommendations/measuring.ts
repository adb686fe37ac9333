import type {
  Recommendation,
  SavingsDay,
  StatusChange,
  Verification,
} from '../../model/recommendations/recommendation.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { closedDaysAfter, DAY_SECONDS, daysBefore } from './days.ts';
import { countsDays, savingsDays } from './ledger.ts';
import { stepTo } from './life.ts';
import { measureDays } from './measure.ts';
import type { Peer } from './shares.ts';
import type { SavingsStore } from './store-port.ts';
import { LONGEST_WAIT_SECONDS, verify } from './verify.ts';

/** Days that are written down late: a backend that was off, a store that was away. */
const LATE_DAYS = 35;
const MOST_DAYS = 100_000;

/** What was measured of one applied recommendation in one go. */
export interface Measurement {
  readonly item: Recommendation;
  readonly changes: readonly StatusChange[];
  /** True where the row differs from what is stored. */
  readonly isChanged: boolean;
  readonly days: readonly SavingsDay[];
}

export type WrittenDays = ReadonlyMap<string, ReadonlySet<EpochSeconds>>;

/** Days of the last weeks that are measured already, by recommendation. */
export async function writtenDays(
  clusterId: string,
  now: EpochSeconds,
  store: Pick<SavingsStore, 'savingsDays'>,
): Promise<WrittenDays> {
  const range = { startSeconds: now - LATE_DAYS * DAY_SECONDS, endSeconds: now };
  const days = await store.savingsDays([clusterId], range, MOST_DAYS);
  const written = new Map<string, Set<EpochSeconds>>();
  for (const { recommendationId, dayStartSeconds, measuredCo2eGrams } of days) {
    if (measuredCo2eGrams === null) continue;
    const known = written.get(recommendationId) ?? new Set<EpochSeconds>();
    written.set(recommendationId, known.add(dayStartSeconds));
  }
  return written;
}

/** Verifies what waits for it, and writes the days that are over; null where nothing is to be done now. */
export async function measureApplied(
  item: Recommendation,
  written: ReadonlySet<EpochSeconds>,
  now: EpochSeconds,
  peers: readonly Peer[],
  store: Pick<SavingsStore, 'series' | 'coverage'>,
  signal: AbortSignal,
): Promise<Measurement | null> {
  const at = item.appliedAtSeconds;
  if (at === null || !countsDays(item)) return null;
  const closed = closedDaysAfter(at, now);
  const due = closed.filter((day) => day >= now - LATE_DAYS * DAY_SECONDS && !written.has(day));
  if (due.length === 0 && item.verification !== null) return null;
  const isOpen = item.status === 'applied';
  const compared = isOpen ? closed.filter((day) => day < at + LONGEST_WAIT_SECONDS) : [];
  const measured = await measureDays(item, [...daysBefore(at), ...compared, ...due], store, signal);
  const days = savingsDays(item, due, measured, peers);
  const verification = isOpen ? verify(item, measured, now, peers) : null;
  if (verification === null || isSame(verification, item.verification)) {
    return { item, changes: [], isChanged: false, days };
  }
  return { ...settled(item, verification, now), isChanged: true, days };
}

function settled(
  item: Recommendation,
  verification: Verification,
  now: EpochSeconds,
): { item: Recommendation; changes: readonly StatusChange[] } {
  switch (verification.outcome) {
    case 'waiting':
      return { item: { ...item, verification }, changes: [] };
    case 'below': {
      const step = stepTo(item, { status: 'regressed', verification }, now, 'Measured: it saves less than promised');
      return { item: step.item, changes: step.change === null ? [] : [step.change] };
    }
    case 'within':
    case 'above': {
      const reason = verification.outcome === 'above' ? 'Measured: more than promised' : 'Measured: as promised';
      const step = stepTo(item, { status: 'verified', verification }, now, reason);
      return { item: step.item, changes: step.change === null ? [] : [step.change] };
    }
  }
}

function isSame(a: Verification, b: Verification | null): boolean {
  return (
    b !== null && JSON.stringify({ ...a, measuredAtSeconds: 0 }) === JSON.stringify({ ...b, measuredAtSeconds: 0 })
  );
}
