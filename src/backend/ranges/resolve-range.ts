import { Failure } from '../../model/failure.ts';
import {
  BACKFILL_WINDOW_SECONDS,
  ceilTo,
  type EpochSeconds,
  LIVE_WINDOW_SECONDS,
  type TimeRange,
} from '../../model/time.ts';
import { closableUntil } from '../scheduler/next-run.ts';
import { fromIso } from './instants.ts';
import { relativeStart } from './relative.ts';

/** Ranges up to here are answered from windows of 5 minutes; longer ones from whole hours. */
export const FINE_RANGE_SECONDS = 48 * 3600;

export interface RangeInput {
  readonly last?: string | undefined;
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  readonly tz: string;
}

export interface ResolvedRange {
  readonly range: TimeRange;
  /** The period of the same length right before. */
  readonly previous: TimeRange;
  readonly timeZone: string;
}

/**
 * The range that a request means, aligned as it is answered. A window belongs to a range by its start, so both ends
 * are moved up to the next 5 minutes, or to the next hour where the range is longer than 48 hours. Relative ranges of
 * at most 48 hours end with the youngest window that can be closed.
 */
export function resolveRange(input: RangeInput, defaultLast: string, nowSeconds: EpochSeconds): ResolvedRange {
  const asked = input.start === undefined ? relative(input, defaultLast, nowSeconds) : absolute(input, nowSeconds);
  const range = align(asked);
  const length = range.endSeconds - range.startSeconds;
  const previous = { startSeconds: Math.max(0, range.startSeconds - length), endSeconds: range.startSeconds };
  return { range, previous, timeZone: input.tz };
}

function relative(input: RangeInput, defaultLast: string, nowSeconds: EpochSeconds): TimeRange {
  if (input.end !== undefined) {
    throw new Failure('bad-input', 'end needs start: give start and end, or last');
  }
  const last = input.last ?? defaultLast;
  const endSeconds = closableUntil(nowSeconds);
  const fine = { startSeconds: relativeStart(last, endSeconds, input.tz), endSeconds };
  if (fine.endSeconds - fine.startSeconds <= FINE_RANGE_SECONDS) return fine;
  return { startSeconds: relativeStart(last, nowSeconds, input.tz), endSeconds: nowSeconds };
}

function absolute(input: RangeInput, nowSeconds: EpochSeconds): TimeRange {
  if (input.last !== undefined) {
    throw new Failure('bad-input', 'last and start exclude each other: give last, or start and end');
  }
  const startSeconds = fromIso(input.start ?? '', 'start');
  const endSeconds = input.end === undefined ? nowSeconds : fromIso(input.end, 'end');
  if (startSeconds < 0) throw new Failure('bad-input', 'start lies before 1970: give a later one');
  if (startSeconds >= endSeconds) {
    throw new Failure('bad-input', input.end === undefined ? 'start lies in the future' : 'start must lie before end');
  }
  return { startSeconds, endSeconds };
}

function align(asked: TimeRange): TimeRange {
  const step =
    asked.endSeconds - asked.startSeconds <= FINE_RANGE_SECONDS ? LIVE_WINDOW_SECONDS : BACKFILL_WINDOW_SECONDS;
  return { startSeconds: ceilTo(asked.startSeconds, step), endSeconds: ceilTo(asked.endSeconds, step) };
}
