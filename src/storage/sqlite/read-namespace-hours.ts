import type Database from 'better-sqlite3';
import * as z from 'zod';
import type { NamespaceHour } from '../../core/ports/cost-sums.ts';
import type { TimeRange } from '../../model/time.ts';
import { DICTIONARY } from '../sql/key-style.ts';
import { checkCostRange, NAMESPACE_HOUR_SUMS, namespaceHourOf } from '../sql/namespace-hours.ts';
import { clusterKeysOf } from './cluster-scope.ts';

const Line = z.record(z.string(), z.unknown());

/** Costs by namespace and hour, from the rows of the range. */
export function readNamespaceHours(
  database: Database.Database,
  { clusterId, range }: { readonly clusterId: string; readonly range: TimeRange },
): readonly NamespaceHour[] {
  checkCostRange(range);
  const [clusterKey] = clusterKeysOf(database, [clusterId]);
  if (clusterKey === undefined) return [];
  // Grouped by the key of the name; names are looked up once a line.
  return database
    .prepare(
      `SELECT ${DICTIONARY.textOf('g.namespace_key')} AS namespace, g.* FROM (
         SELECT k.namespace AS namespace_key, r.start_seconds - r.start_seconds % 3600 AS hour_start, ${NAMESPACE_HOUR_SUMS}
         FROM result_rows r CROSS JOIN pod_keys k ON k.id = r.key_id
         WHERE r.cluster_key = ? AND r.start_seconds >= ? AND r.start_seconds < ? GROUP BY 1, 2
       ) g ORDER BY g.hour_start, namespace`,
    )
    .all(clusterKey, range.startSeconds, range.endSeconds)
    .map((line) => namespaceHourOf(Line.parse(line)));
}
