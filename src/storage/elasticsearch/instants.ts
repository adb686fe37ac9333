import type { EpochSeconds } from '../../model/time.ts';

/** `2026-11-21T10:05:00Z`, as documents carry it. */
export function isoOf(seconds: EpochSeconds): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** The reverse. Throws RangeError for what is no instant. */
export function secondsOf(iso: string): EpochSeconds {
  const seconds = Date.parse(iso) / 1000;
  if (!Number.isInteger(seconds)) throw new RangeError('a document holds an instant that is none');
  return seconds;
}
