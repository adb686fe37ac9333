import type { TimeRange } from '../../model/time.ts';
import { IN_CLEAR } from '../sql/key-style.ts';
import { groupId, type PresenceQuestion, presentPods } from '../sql/present-pods.ts';
import { OTHER } from '../sql/series-question.ts';
import { literals } from '../sql/statement.ts';
import { numberIn } from '../sql/sums.ts';
import { numbered } from './numbered.ts';
import type { Session } from './session.ts';

/**
 * Distinct pods by group and bucket. A pod enters the count of its group in the bucket where it is first seen and
 * leaves after the one where it is last seen; where several of its keys overlap, it is counted from where the one before
 * ended. So the work is pods + buckets, and only the changes by bucket leave the server. Groups outside `kept` share the
 * slot OTHER.
 */
export async function countPodsByBucket(
  session: Session,
  question: PresenceQuestion,
  buckets: readonly TimeRange[],
  kept: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const present = presentPods(question, IN_CLEAR);
  const starts = `ARRAY[${literals(buckets.map((bucket) => bucket.startSeconds))}]::bigint[]`;
  const ends = `ARRAY[${literals(buckets.map((bucket) => bucket.endSeconds))}]::bigint[]`;
  const group = question.groupBy === null ? "''" : `(${groupId(question.groupBy)})::text`;
  const lines = await session.query(
    numbered(`WITH seen AS (
        SELECT identity, CASE WHEN slot = ANY(?::text[]) THEN slot ELSE '${OTHER}' END AS slot, enters, leaves
        FROM (SELECT identity, ${group} AS slot, width_bucket(first, ${ends}) AS enters, width_bucket(last - 1, ${starts}) AS leaves
          FROM (${present.text}) present) placed),
      counted AS (
        SELECT slot, leaves, GREATEST(enters, MAX(leaves) OVER (PARTITION BY slot, identity ORDER BY enters, leaves
          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) AS enters FROM seen WHERE enters < leaves)
      SELECT slot, bucket, SUM(change)::integer AS change FROM (
        SELECT slot, enters AS bucket, 1 AS change FROM counted WHERE enters < leaves
        UNION ALL SELECT slot, leaves, -1 FROM counted WHERE enters < leaves) changes
      GROUP BY slot, bucket ORDER BY slot, bucket`),
    [[...kept], ...present.parameters],
  );
  const counts = new Map<string, number[]>();
  for (const line of lines) {
    const slot = String(line.slot);
    const changes = counts.get(slot) ?? new Array<number>(buckets.length + 1).fill(0);
    changes[numberIn(line, 'bucket')] = numberIn(line, 'change');
    counts.set(slot, changes);
  }
  return new Map([...counts].map(([slot, changes]) => [slot, runningSums(changes)]));
}

function runningSums(changes: readonly number[]): number[] {
  let sum = 0;
  return changes.map((change) => {
    sum += change;
    return sum;
  });
}
