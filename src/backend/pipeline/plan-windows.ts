import type { LedgerEntry } from '../../model/results.ts';
import {
  BACKFILL_WINDOW_SECONDS,
  type EpochSeconds,
  floorTo,
  LIVE_WINDOW_SECONDS,
  type TimeRange,
  type Window,
  windowEndSeconds,
  windowsIn,
} from '../../model/time.ts';

/** `history`: hours from before collection began may come as 1-hour windows. `live`: 5-minute windows only. */
export type Step = 'history' | 'live';

export interface PlanInput {
  readonly range: TimeRange;
  readonly step: Step;
  /** End of the youngest window that can be read. */
  readonly closableUntilSeconds: EpochSeconds;
  /** When collection of this cluster began. */
  readonly beganAtSeconds: EpochSeconds;
  /** What is closed in the hours of the range. */
  readonly ledger: readonly Pick<LedgerEntry, 'window'>[];
}

export interface WindowPlan {
  /** By start; never two that overlap, never one that is closed. */
  readonly windows: readonly Window[];
  readonly alreadyThere: number;
}

/**
 * The windows to read. An hour is covered by one 1-hour window or by twelve of 5 minutes, never by both: an hour that
 * ended before collection began and has nothing yet is read in one; every other hour in 5-minute windows, as far as
 * they are missing; an hour that a 1-hour window covers is left alone.
 */
export function planWindows(input: PlanInput): WindowPlan {
  const endSeconds = Math.min(input.range.endSeconds, input.closableUntilSeconds);
  const closed = closedByHour(input.ledger);
  const windows: Window[] = [];
  const first = floorTo(input.range.startSeconds, BACKFILL_WINDOW_SECONDS);
  for (let hourStart = first; hourStart < endSeconds; hourStart += BACKFILL_WINDOW_SECONDS) {
    const starts = closed.get(hourStart);
    if (starts === 'whole-hour') continue;
    const hour: Window = { startSeconds: hourStart, durationSeconds: BACKFILL_WINDOW_SECONDS };
    const isInside = hourStart >= input.range.startSeconds && windowEndSeconds(hour) <= endSeconds;
    const isHistory = windowEndSeconds(hour) <= input.beganAtSeconds;
    if (input.step === 'history' && isInside && isHistory && starts === undefined) {
      windows.push(hour);
      continue;
    }
    const piece = {
      startSeconds: Math.max(hourStart, input.range.startSeconds),
      endSeconds: Math.min(windowEndSeconds(hour), endSeconds),
    };
    windows.push(...windowsIn(piece, LIVE_WINDOW_SECONDS).filter((window) => !starts?.has(window.startSeconds)));
  }
  return { windows, alreadyThere: input.ledger.length };
}

/** Cuts windows into runs that are contiguous and of one length, as sources read them. */
export function runsOf(windows: readonly Window[]): Window[][] {
  const runs: Window[][] = [];
  let last: Window | null = null;
  for (const window of windows) {
    const follows = last !== null && windowEndSeconds(last) === window.startSeconds;
    const run = runs.at(-1);
    if (run !== undefined && follows && last?.durationSeconds === window.durationSeconds) run.push(window);
    else runs.push([window]);
    last = window;
  }
  return runs;
}

/** The twelve 5-minute windows that take the place of a 1-hour window. */
export function fineWindows(hour: Window): Window[] {
  return windowsIn({ startSeconds: hour.startSeconds, endSeconds: windowEndSeconds(hour) }, LIVE_WINDOW_SECONDS);
}

function closedByHour(ledger: PlanInput['ledger']): Map<EpochSeconds, 'whole-hour' | Set<EpochSeconds>> {
  const closed = new Map<EpochSeconds, 'whole-hour' | Set<EpochSeconds>>();
  for (const { window } of ledger) {
    const hour = floorTo(window.startSeconds, BACKFILL_WINDOW_SECONDS);
    const known = closed.get(hour);
    if (window.durationSeconds === BACKFILL_WINDOW_SECONDS) closed.set(hour, 'whole-hour');
    else if (known === undefined) closed.set(hour, new Set([window.startSeconds]));
    else if (known !== 'whole-hour') known.add(window.startSeconds);
  }
  return closed;
}
