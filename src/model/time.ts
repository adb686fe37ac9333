/** Whole seconds since the Unix epoch, UTC. Every instant in the model has this form. */
export type EpochSeconds = number;

/** Half-open range of time: `startSeconds` belongs to it, `endSeconds` doesn't. */
export interface TimeRange {
  readonly startSeconds: EpochSeconds;
  readonly endSeconds: EpochSeconds;
}

export const LIVE_WINDOW_SECONDS = 300;
export const BACKFILL_WINDOW_SECONDS = 3600;
export type WindowSeconds = typeof LIVE_WINDOW_SECONDS | typeof BACKFILL_WINDOW_SECONDS;

/** An aligned piece of time: `startSeconds` is a multiple of `durationSeconds`. */
export interface Window {
  readonly startSeconds: EpochSeconds;
  readonly durationSeconds: WindowSeconds;
}

export function windowEndSeconds(window: Window): EpochSeconds {
  return window.startSeconds + window.durationSeconds;
}

export function floorTo(seconds: EpochSeconds, step: number): EpochSeconds {
  return Math.floor(seconds / step) * step;
}

export function ceilTo(seconds: EpochSeconds, step: number): EpochSeconds {
  return Math.ceil(seconds / step) * step;
}

/** The whole windows inside a range, in order; the parts of the range outside whole windows are left out. */
export function windowsIn(range: TimeRange, durationSeconds: WindowSeconds): Window[] {
  const windows: Window[] = [];
  const first = ceilTo(range.startSeconds, durationSeconds);
  for (let start = first; start + durationSeconds <= range.endSeconds; start += durationSeconds) {
    windows.push({ startSeconds: start, durationSeconds });
  }
  return windows;
}
