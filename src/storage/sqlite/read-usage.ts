import type Database from 'better-sqlite3';
import type { UsageHours, UsageHoursQuery } from '../../core/ports/usage-hours.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { PEAK_FIGURES, SUMMED_FIGURES } from '../sql/usage/usage-columns.ts';
import { buffersOf, checkUsageRange, FIGURES, PODS, UsageLines } from '../sql/usage/usage-lines.ts';
import { clusterKeysOf, openHoursOf } from './cluster-scope.ts';
import { UsageGroups } from './usage-groups.ts';
import { handOver } from './worker-messages.ts';

const HOUR = 3600;

/** Figures of a pod in an hour: its key, the sums, the peaks. */
type Line = readonly (number | null)[];

const SUMS = SUMMED_FIGURES.length;
const PLACES = Int32Array.from(SUMMED_FIGURES, ({ place }) => place);
/** Of each peak: its place among the figures, and that of its sum in a line. */
const PEAKS = PEAK_FIGURES.map(({ place, sum }) => ({
  place,
  sum: 1 + SUMMED_FIGURES.findIndex(({ column }) => column === sum),
}));

/**
 * Hours of workloads or nodes, from the roll-ups by pod; of open hours from their rows. Added up here: by hour and key
 * in SQL, each line would be sorted first.
 */
export function readUsage(database: Database.Database, query: UsageHoursQuery): UsageHours {
  checkUsageRange(query);
  const { startSeconds, endSeconds } = query.range;
  const lines = new UsageLines();
  const [cluster] = clusterKeysOf(database, [query.clusterId]);
  if (cluster === undefined) return lines.take([]);
  const groups = new UsageGroups(database, query.by);
  const linesOfHour = hourReader(database, cluster);
  for (let hour = startSeconds; hour < endSeconds; hour += HOUR) {
    addHour(lines, groups, (hour - startSeconds) / HOUR, linesOfHour(hour));
  }
  const answer = lines.take(groups.keys());
  return handOver(answer, buffersOf(answer));
}

function hourReader(database: Database.Database, cluster: number): (hour: EpochSeconds) => readonly Line[] {
  const open = new Set(openHoursOf(database, [cluster]).map(({ startSeconds }) => startSeconds));
  const kept = database
    .prepare<[number, number], Line>(
      `SELECT key_id, ${[...SUMMED_FIGURES, ...PEAK_FIGURES].map(({ column }) => column).join(', ')}
       FROM rollup_hour_pod WHERE cluster_key = ? AND start_seconds = ?`,
    )
    .raw();
  const ofRows = database
    .prepare<[number, number, number], Line>(
      `SELECT r.key_id, ${SUMMED_FIGURES.map(({ ofRow }) => `SUM(${ofRow})`).join(', ')},
         ${PEAK_FIGURES.map(({ ofRow }) => `MAX(${ofRow})`).join(', ')}
       FROM result_rows r CROSS JOIN pod_keys k ON k.id = r.key_id
       WHERE r.cluster_key = ? AND r.start_seconds >= ? AND r.start_seconds < ? GROUP BY r.key_id`,
    )
    .raw();
  return (hour) => (open.has(hour) ? ofRows.all(cluster, hour, hour + HOUR) : kept.all(cluster, hour));
}

function addHour(lines: UsageLines, groups: UsageGroups, hour: number, found: readonly Line[]): void {
  const added = new Map<number, ReturnType<UsageLines['add']>>();
  const counted = new Set<number>();
  for (const line of found) {
    const member = groups.memberOf(line[0] ?? 0);
    if (member === null) continue;
    const known = added.get(member.group);
    const into = known ?? lines.add(member.group, hour);
    if (known === undefined) added.set(member.group, into);
    const { figures, at } = into;
    for (let index = 0; index < SUMS; index += 1) {
      const place = at + (PLACES[index] ?? FIGURES);
      figures[place] = (figures[place] ?? 0) + (line[1 + index] ?? 0);
    }
    if (!member.isPod) continue;
    for (const [index, { place, sum }] of PEAKS.entries()) {
      const peak = line[1 + SUMS + index] ?? (line[sum] ?? 0) / HOUR;
      figures[at + place] = Math.max(figures[at + place] ?? 0, peak);
    }
    // A pod that moved within the hour has two keys, and is one pod.
    if (counted.has(member.pod)) continue;
    counted.add(member.pod);
    figures[at + PODS] = (figures[at + PODS] ?? 0) + 1;
  }
}
