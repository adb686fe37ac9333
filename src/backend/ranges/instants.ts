import { Failure } from '../../model/failure.ts';
import type { EpochSeconds, TimeRange } from '../../model/time.ts';

/** ISO-8601 in UTC with `Z`, whole seconds. */
export function toIso(seconds: EpochSeconds): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

export function toPeriod(range: TimeRange): { start: string; end: string } {
  return { start: toIso(range.startSeconds), end: toIso(range.endSeconds) };
}

/** Parses an ISO-8601 instant with an offset. */
export function fromIso(text: string, parameter: string): EpochSeconds {
  const milliseconds = Date.parse(text);
  if (!Number.isNaN(milliseconds)) return milliseconds / 1000;
  throw new Failure('bad-input', `${parameter} is not an instant: give ISO-8601, for example 2026-01-31T00:00:00Z`);
}
