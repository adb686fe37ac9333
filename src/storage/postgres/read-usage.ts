import type { UsageHours, UsageHoursQuery, UsageKey } from '../../core/ports/usage-hours.ts';
import { literals } from '../sql/statement.ts';
import { numberIn } from '../sql/sums.ts';
import { PEAK_FIGURES, SUMMED_FIGURES } from '../sql/usage/usage-columns.ts';
import { checkUsageRange, PODS, UsageLines } from '../sql/usage/usage-lines.ts';
import { clusterKeysOf } from './cluster-scope.ts';
import { HOUR } from './rollups.ts';
import type { Line, Session } from './session.ts';

/** Hours a question: what is on the way at one time stays small. */
const HOURS_A_PIECE = 6;

/** Hours of workloads or nodes, added up by the server from the roll-ups by pod, a few hours at a time. */
export async function readUsage(session: Session, query: UsageHoursQuery): Promise<UsageHours> {
  checkUsageRange(query);
  const { startSeconds, endSeconds } = query.range;
  const lines = new UsageLines();
  const [cluster] = await clusterKeysOf(session, [query.clusterId]);
  if (cluster === undefined) return lines.take([]);
  const groups = new Groups();
  const statement = question(query.by, cluster);
  for (let from = startSeconds; from < endSeconds; from += HOURS_A_PIECE * HOUR) {
    const to = Math.min(endSeconds, from + HOURS_A_PIECE * HOUR);
    for (const line of await session.query(statement, [from, to])) {
      const hour = (numberIn(line, 'start_seconds') - startSeconds) / HOUR;
      const { figures, at } = lines.add(groups.placeOf(line), hour);
      figures[at + PODS] = numberIn(line, 'pods');
      for (const { place, column } of FIGURES) figures[at + place] = numberIn(line, column);
    }
  }
  return lines.takeInSteps(groups.keys);
}

const FIGURES = [...SUMMED_FIGURES, ...PEAK_FIGURES].map(({ place, column }) => ({ place, column }));

const OF_WORKLOADS = ['namespace', 'workload_kind', 'workload_name', 'team'] as const;
const OF_NODES = ['node'] as const;

function question(by: UsageHoursQuery['by'], cluster: number): string {
  const key = (by === 'node' ? OF_NODES : OF_WORKLOADS).map((column) => `k.${column}`).join(', ');
  const sums = SUMMED_FIGURES.map(({ column }) => `SUM(r.${column}) AS ${column}`).join(', ');
  const peaks = PEAK_FIGURES.map(
    ({ column, sum }) =>
      `COALESCE(MAX(COALESCE(r.${column}, r.${sum} / ${HOUR})) FILTER (WHERE k.row_kind = 0), 0) AS ${column}`,
  ).join(', ');
  // A pod that moved within the hour has two keys, and is one pod.
  const pods = by === 'node' ? '(k.namespace, k.pod)' : 'k.pod';
  return `SELECT r.start_seconds, ${key}, COUNT(DISTINCT ${pods}) FILTER (WHERE k.row_kind = 0) AS pods, ${sums}, ${peaks}
    FROM rollup_hour_pod r JOIN pod_keys k ON k.id = r.key_id
    WHERE r.cluster_key = ${literals([cluster])} AND r.start_seconds >= $1::bigint AND r.start_seconds < $2::bigint
      AND ${by === 'node' ? "k.node <> ''" : 'k.row_kind = 0'}
    GROUP BY r.start_seconds, ${key} ORDER BY r.start_seconds`;
}

/** Keys of lines, each once. */
class Groups {
  readonly keys: UsageKey[] = [];
  readonly #places = new Map<string, number>();

  placeOf(line: Line): number {
    const key = keyOf(line);
    const name = `${key.namespace}\n${key.ownerKind}\n${key.ownerName}\n${key.team}\n${key.node}`;
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    this.#places.set(name, this.keys.length);
    return this.keys.push(key) - 1;
  }
}

function keyOf(line: Line): UsageKey {
  const text = (column: string): string | null => {
    const value = line[column];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  return {
    namespace: text('namespace'),
    ownerKind: text('workload_kind'),
    ownerName: text('workload_name'),
    team: text('team'),
    node: text('node'),
  };
}
