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

/**
 * What `increase()` over the window has to be multiplied with so that it stands for all `existedSeconds` of it.
 * `increase()` reaches to an edge of the window only if a sample is within 1.1 mean intervals of it, else half an
 * interval beyond the last sample. 1 where both edges are reached; null without two samples.
 *
 * @param times sorted sample times; those outside the window are left out
 */
export function edgeFactor(times: readonly number[], window: TimeRange, existedSeconds: number): number | null {
  const inside = times.filter((time) => time >= window.startSeconds && time <= window.endSeconds);
  const firstTime = inside[0];
  const lastTime = inside.at(-1);
  if (firstTime === undefined || lastTime === undefined || lastTime <= firstTime) return null;
  const meanInterval = (lastTime - firstTime) / (inside.length - 1);
  const reach = (gap: number): number => (gap < 1.1 * meanInterval ? gap : meanInterval / 2);
  const before = reach(firstTime - window.startSeconds);
  const after = reach(window.endSeconds - lastTime);
  return existedSeconds / (lastTime - firstTime + before + after);
}
