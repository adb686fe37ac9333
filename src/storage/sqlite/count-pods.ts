import type Database from 'better-sqlite3';
import type { TimeRange } from '../../model/time.ts';
import { groupId, type PresenceQuestion, presentPods } from '../sql/present-pods.ts';
import { OTHER } from '../sql/series-question.ts';

/** An array in place of an object: there are thousands of them. */
type Presence = readonly [identity: number, first: number, last: number, slot: string | number];

/**
 * Distinct pods by group and bucket. Presence is walked once, pod by pod: a pod enters the count where it is first seen
 * and leaves where it is last seen, so the work is pods + buckets and not pods x buckets. Groups outside `kept` share
 * the slot OTHER.
 */
export function countPodsByBucket(
  database: Database.Database,
  question: PresenceQuestion,
  buckets: readonly TimeRange[],
  kept: ReadonlySet<string>,
): ReadonlyMap<string, readonly number[]> {
  const present = presentPods(question);
  const slot = question.groupBy === null ? `''` : groupId(question.groupBy);
  const lines = database
    .prepare<unknown[], Presence>(
      `SELECT identity, first, last, ${slot} FROM (${present.text}) ORDER BY identity, first`,
    )
    .raw();
  const changes = new Map<string, Int32Array>();
  let pod = -1;
  let counted = new Map<string, number>();
  for (const [identity, first, last, ofSlot] of lines.iterate(...present.parameters)) {
    if (identity !== pod) {
      pod = identity;
      counted = new Map();
    }
    const name = kept.has(String(ofSlot)) ? String(ofSlot) : OTHER;
    const from = Math.max(firstEndingAfter(buckets, first), counted.get(name) ?? 0);
    const to = firstStartingFrom(buckets, last);
    if (from >= to) continue;
    const change = changes.get(name) ?? new Int32Array(buckets.length + 1);
    changes.set(name, change);
    change[from] = (change[from] ?? 0) + 1;
    change[to] = (change[to] ?? 0) - 1;
    counted.set(name, to);
  }
  return new Map([...changes].map(([name, change]) => [name, runningSums(change)]));
}

function runningSums(changes: Int32Array): number[] {
  let sum = 0;
  return Array.from(changes, (change) => {
    sum += change;
    return sum;
  });
}

/** Index of the first bucket that ends after an instant. */
function firstEndingAfter(buckets: readonly TimeRange[], seconds: number): number {
  return search(buckets.length, (index) => (buckets[index]?.endSeconds ?? 0) > seconds);
}

/** Index of the first bucket that starts at or after an instant. */
function firstStartingFrom(buckets: readonly TimeRange[], seconds: number): number {
  return search(buckets.length, (index) => (buckets[index]?.startSeconds ?? 0) >= seconds);
}

function search(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
