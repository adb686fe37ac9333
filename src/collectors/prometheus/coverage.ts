import type { TimeRange } from '../../model/time.ts';

/** Samples further apart than this many scrape intervals leave a hole. Source: METHODOLOGY 0.1. */
export const HOLE_INTERVALS = 5;
const DEFAULT_INTERVAL_SECONDS = 30;

/** Median distance of sorted instants; 30 s where two are missing. */
export function scrapeIntervalSeconds(times: readonly number[]): number {
  return medianInterval(times) ?? DEFAULT_INTERVAL_SECONDS;
}

export function medianInterval(times: readonly number[]): number | null {
  const gaps: number[] = [];
  for (let index = 1; index < times.length; index += 1) {
    const gap = (times[index] ?? 0) - (times[index - 1] ?? 0);
    if (gap > 0) gaps.push(gap);
  }
  gaps.sort((left, right) => left - right);
  return gaps[Math.floor(gaps.length / 2)] ?? null;
}

/** The pieces of time between samples that are at most 5 scrape intervals apart, joined, in order. */
export function coveredRanges(times: readonly number[], intervalSeconds: number): TimeRange[] {
  const ranges: { startSeconds: number; endSeconds: number }[] = [];
  for (let index = 1; index < times.length; index += 1) {
    const startSeconds = times[index - 1] ?? 0;
    const endSeconds = times[index] ?? 0;
    if (endSeconds - startSeconds > HOLE_INTERVALS * intervalSeconds) continue;
    const last = ranges.at(-1);
    if (last !== undefined && last.endSeconds === startSeconds) last.endSeconds = endSeconds;
    else ranges.push({ startSeconds, endSeconds });
  }
  return ranges;
}

/** Seconds of `range` that the ranges cover, overlaps once. */
export function coveredSeconds(ranges: readonly TimeRange[], range: TimeRange): number {
  const sorted = [...ranges].sort((left, right) => left.startSeconds - right.startSeconds);
  let seconds = 0;
  let reached = range.startSeconds;
  for (const item of sorted) {
    const from = Math.max(item.startSeconds, reached);
    const to = Math.min(item.endSeconds, range.endSeconds);
    if (to <= from) continue;
    seconds += to - from;
    reached = to;
  }
  return seconds;
}

/** What `increase()` of a node's counters gave for a window, and what is known of its edges. */
export interface WindowIncrease {
  readonly increase: number;
  /** Sorted sample times of the target; those outside the window are left out. */
  readonly times: readonly number[];
  /** Per second, from the samples on both sides of the window's edge; null where one of them is missing. */
  readonly startRate: number | null;
  readonly endRate: number | null;
}

/**
 * The gain of a counter over `existed`, the part of the window in which its node existed.
 *
 * `increase()` reaches to an edge of the window only if a sample is within 1.1 mean intervals of it, else half an
 * interval beyond the last sample, each at the mean rate. This takes that reach off again, which leaves the plain
 * difference between the first and the last sample, and adds the edges: at the rate around the edge where that is
 * known, else (a hole) at the mean rate. Null without two samples.
 */
export function gainOfIncrease(window: TimeRange, existed: TimeRange, known: WindowIncrease): number | null {
  const inside = known.times.filter((time) => time >= window.startSeconds && time <= window.endSeconds);
  const firstTime = inside[0];
  const lastTime = inside.at(-1);
  if (firstTime === undefined || lastTime === undefined || lastTime <= firstTime) return null;
  const span = lastTime - firstTime;
  const meanInterval = span / (inside.length - 1);
  const reach = (gap: number): number => (gap < 1.1 * meanInterval ? gap : meanInterval / 2);
  const reached = span + reach(firstTime - window.startSeconds) + reach(window.endSeconds - lastTime);
  const inner = (known.increase * span) / reached;
  const mean = inner / span;
  const before = Math.max(0, firstTime - existed.startSeconds) * (known.startRate ?? mean);
  const after = Math.max(0, existed.endSeconds - lastTime) * (known.endRate ?? mean);
  return inner + before + after;
}
