import type { EpochSeconds } from '../../../model/time.ts';

/** A Kubernetes timestamp (RFC 3339) in whole epoch seconds; null where there is none or it is none. */
export function instantSeconds(text: string | undefined): EpochSeconds | null {
  if (text === undefined) return null;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? null : Math.floor(milliseconds / 1000);
}
