import type { TimeRange } from '../../model/time.ts';
import type { Sample } from './answer.ts';
import { HOLE_INTERVALS } from './coverage.ts';

/** What is known of the life of the process behind a counter. */
export interface CounterLife {
  /** Null where no metric tells; then a counter is taken as new if its target was scraped shortly before. */
  readonly startedAtSeconds: number | null;
  /** Null while it goes on, or where nothing tells. */
  readonly endedAtSeconds: number | null;
  readonly scrapeIntervalSeconds: number;
  /** True if the target of the counter gave samples shortly before the counter's first one. */
  readonly targetSeenBefore: boolean;
  /** True if the target of the counter gave samples after the counter's last one. */
  readonly targetSeenAfter: boolean;
}

/**
 * What a counter that starts or ends near the window gained in the window.
 *
 * `increase()` can't know it: it has nothing of the time before the first sample and guesses the time after the last
 * one. Here, with C(t) the counter with its resets added up:
 *
 *   gain = C(at the window's end) − C(at its start)
 *
 * where C between two samples is linear; before the first sample it runs from 0 at the start of the process if the
 * process started in the window or shortly before, else back at the mean rate (never below 0); after the last sample it
 * goes on at the mean rate to the end of the process where that is known, else for half a scrape interval if the
 * target went on without it, else (a hole) to the end of the window.
 *
 * @param samples by time, from some scrapes before to some after the window
 */
export function counterGain(samples: readonly Sample[], window: TimeRange, life: CounterLife): number {
  const points = withoutResets(samples);
  const head = points[0];
  const tail = points.at(-1);
  if (head === undefined || tail === undefined) return 0;
  const startedAt = startOf(head, window, life);
  const rate = meanRate(head, tail, startedAt ?? life.startedAtSeconds);

  const valueAt = (seconds: number): number => {
    if (seconds <= head.seconds) {
      if (startedAt === null) return Math.max(0, head.value - rate * (head.seconds - seconds));
      if (seconds <= startedAt) return 0;
      return head.seconds === startedAt
        ? head.value
        : (head.value * (seconds - startedAt)) / (head.seconds - startedAt);
    }
    if (seconds >= tail.seconds) {
      const until = Math.min(seconds, endOf(tail, life) ?? seconds);
      return tail.value + rate * Math.max(0, until - tail.seconds);
    }
    return between(points, seconds);
  };
  return Math.max(0, valueAt(window.endSeconds) - valueAt(window.startSeconds));
}

/** The same counter as if it had never been reset. */
function withoutResets(samples: readonly Sample[]): Sample[] {
  let added = 0;
  let previous = 0;
  return samples.map((sample) => {
    if (sample.value < previous) added += previous;
    previous = sample.value;
    return { seconds: sample.seconds, value: sample.value + added };
  });
}

/**
 * When the counter was 0; null if that was so long before that its first value says little of the window. A start time
 * after the first sample is of a later run under the same labels, and says nothing of this one.
 */
function startOf(head: Sample, window: TimeRange, life: CounterLife): number | null {
  const { startedAtSeconds, scrapeIntervalSeconds } = life;
  if (startedAtSeconds !== null && startedAtSeconds <= head.seconds) {
    const reach = HOLE_INTERVALS * scrapeIntervalSeconds;
    return startedAtSeconds >= Math.min(window.startSeconds, head.seconds) - reach ? startedAtSeconds : null;
  }
  return life.targetSeenBefore ? head.seconds - scrapeIntervalSeconds / 2 : null;
}

function endOf(tail: Sample, life: CounterLife): number | null {
  if (life.endedAtSeconds !== null) return Math.max(life.endedAtSeconds, tail.seconds);
  return life.targetSeenAfter ? tail.seconds + life.scrapeIntervalSeconds / 2 : null;
}

function meanRate(head: Sample, tail: Sample, startedAt: number | null): number {
  if (tail.seconds > head.seconds) return (tail.value - head.value) / (tail.seconds - head.seconds);
  if (startedAt !== null && head.seconds > startedAt) return head.value / (head.seconds - startedAt);
  return 0;
}

function between(points: readonly Sample[], seconds: number): number {
  let low = 0;
  let high = points.length - 1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if ((points[middle]?.seconds ?? 0) <= seconds) low = middle;
    else high = middle;
  }
  const left = points[low];
  const right = points[high];
  if (left === undefined || right === undefined) return 0;
  if (right.seconds === left.seconds) return right.value;
  return left.value + ((right.value - left.value) * (seconds - left.seconds)) / (right.seconds - left.seconds);
}
