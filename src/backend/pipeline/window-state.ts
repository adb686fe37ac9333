import type { WindowState } from '../../model/results.ts';
import type { Window } from '../../model/time.ts';

/** From this share of covered time on a window is whole: one late scrape at an edge is not worth a word. */
export const WHOLE_SHARE = 0.98;
/** Below this share there is no data; METHODOLOGY 0.7. */
export const LEAST_SHARE = 0.5;

export interface JudgedWindow {
  readonly state: WindowState;
  readonly reason: string | null;
}

/** What a window becomes by the time that its metrics cover. */
export function judgeCoverage(window: Window, coveredSeconds: number): JudgedWindow {
  const share = coveredSeconds / window.durationSeconds;
  if (share >= WHOLE_SHARE) return { state: 'whole', reason: null };
  const reason = `Metrics cover ${minutes(coveredSeconds)} of ${minutes(window.durationSeconds)} minutes`;
  return { state: share >= LEAST_SHARE ? 'partial' : 'no-data', reason };
}

function minutes(seconds: number): string {
  return String(Math.round(seconds / 6) / 10);
}
