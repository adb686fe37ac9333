import type { RecommendationFilter } from '../../../core/ports/recommendation-store.ts';
import type { TimeRange } from '../../../model/time.ts';
import { isoOf } from '../instants.ts';
import { among, type Condition, type SayColumn, where, within } from '../kubernetes/questions.ts';
import type { Statement } from '../statement.ts';
import { SCORES } from './record-tables.ts';

const ORDERS: Readonly<Record<RecommendationFilter['sort'], string>> = {
  co2e: 't.potential_savings_co2e_grams DESC, t.potential_savings_cost DESC, t.id',
  cost: 't.potential_savings_cost DESC, t.potential_savings_co2e_grams DESC, t.id',
  priority: `CASE t.priority WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END,
    t.potential_savings_co2e_grams DESC, t.potential_savings_cost DESC, t.id`,
  newest: 't.timestamp DESC, t.id DESC',
};

export function orderOf({ sort }: RecommendationFilter): string {
  return ORDERS[sort];
}

/** Of these clusters, of all where there is none. */
export function ofClusters(clusterIds: readonly string[]): readonly Condition[] {
  return clusterIds.length === 0 ? [] : [among('cluster_id', clusterIds)];
}

export function conditionsOf(filter: RecommendationFilter): readonly Condition[] {
  const { clusterIds, statuses, types, namespace, found } = filter;
  return [
    ...ofClusters(clusterIds),
    ...(statuses.length === 0 ? [] : [among('status', statuses)]),
    ...(types.length === 0 ? [] : [among('type', types)]),
    ...(namespace === null ? [] : [where('t.namespace = ?', namespace)]),
    ...(found === null ? [] : within('timestamp', found)),
  ];
}

/** Sums of the savings ledger, all or by a column. */
export function savingsQuestion(
  clusterIds: readonly string[],
  range: TimeRange,
  by: 'type' | 'namespace' | null,
): Statement {
  const conditions = [...ofClusters(clusterIds), ...within('timestamp', range)];
  const key = by === null ? 'NULL' : `t.${by}`;
  const sums = ['promised_co2e_grams', 'promised_cost', 'co2e_saved_grams', 'cost_saved'].map(
    (column) => `COALESCE(SUM(t.${column}), 0) AS ${column}`,
  );
  return {
    text: `SELECT ${key} AS key, ${sums.join(', ')}, COUNT(DISTINCT t.recommendation_id) AS count FROM savings_ledger t
      WHERE ${conditions.map(({ text }) => text).join(' AND ')}${by === null ? '' : ` GROUP BY ${key} ORDER BY ${key} NULLS FIRST`}`,
    parameters: conditions.flatMap(({ parameters }) => parameters),
  };
}

/** Scores of days in a range; the days are what the key of the table is read by. */
export function scoreConditions(clusterId: string, namespace: string, range: TimeRange): readonly Condition[] {
  const dayOf = (seconds: number): string => isoOf(seconds).slice(0, 10);
  return [
    where('t.cluster_id = ?', clusterId),
    where('t.namespace = ?', namespace),
    where('t.date >= ?', dayOf(range.startSeconds)),
    where('t.date <= ?', dayOf(range.endSeconds)),
    ...within('timestamp', range),
  ];
}

/** The newest line of each cluster, or of each of its namespaces. */
export function latestScoresQuestion(
  say: SayColumn,
  clusterIds: readonly string[],
  of: 'cluster' | 'namespace',
): Statement {
  const conditions = [where(of === 'cluster' ? "t.namespace = ''" : "t.namespace <> ''"), ...ofClusters(clusterIds)];
  const newest = `(SELECT MAX(o.date) FROM score_history o WHERE o.cluster_id = t.cluster_id AND o.namespace = t.namespace)`;
  return {
    text: `SELECT ${SCORES.table.columns.map(say).join(', ')} FROM score_history t
      WHERE ${conditions.map(({ text }) => text).join(' AND ')} AND t.date = ${newest} ORDER BY t.cluster_id, t.namespace`,
    parameters: conditions.flatMap(({ parameters }) => parameters),
  };
}
