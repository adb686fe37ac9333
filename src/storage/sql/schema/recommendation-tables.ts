import { optional, required, type Table } from './table.ts';

const CLUSTER = required('cluster_id', 'text', 'k8s_clusters.id');
const OF_CLUSTER = { column: 'cluster_id', table: 'k8s_clusters', onDelete: 'CASCADE' } as const;
const SIGNED = { mayBeNegative: true } as const;
// As they are released with this step: a status more needs a step more.
const STATUSES = ['active', 'ignored', 'applied', 'verified', 'regressed', 'stale'];

export const RECOMMENDATIONS: Table = {
  name: 'recommendations',
  meaning: 'a recommendation and what became of it',
  columns: [
    required('id', 'text', 'UUID'),
    CLUSTER,
    required('plan_id', 'text', 'same for all that change one workload: their changes are one patch'),
    required('timestamp', 'time', 'when it was found'),
    required('type', 'text', 'for example RIGHTSIZING_CPU'),
    required('scope', 'text', 'what it is about: pod, workload, namespace, node, cluster'),
    optional('namespace', 'text', 'namespace of the target; null for nodes and clusters'),
    optional('pod_name', 'text', 'pod of the target; null for other scopes'),
    optional('owner_kind', 'text', 'kind of the workload, Pod for a bare pod; null for other scopes'),
    optional('owner_name', 'text', 'name of the workload; null for other scopes'),
    optional('node', 'text', 'node of the target; null for other scopes'),
    required('target', 'text', 'what to change, for example Deployment/cart'),
    required('description', 'text', 'what to do', { isLong: true }),
    required('reason', 'text', 'why', { isLong: true }),
    required('priority', 'text', 'critical, high, medium or low', { oneOf: ['critical', 'high', 'medium', 'low'] }),
    required('confidence', 'text', 'high, medium or low', { oneOf: ['high', 'medium', 'low'] }),
    required('current_values', 'json', 'measured and requested now, by name with units'),
    required('recommended_values', 'json', 'what it should be, by the same names'),
    required('potential_savings_co2e_grams', 'number', 'gCO2e a day, operational', SIGNED),
    required('potential_savings_co2e_low_grams', 'number', 'gCO2e a day, lower bound', SIGNED),
    required('potential_savings_co2e_high_grams', 'number', 'gCO2e a day, upper bound', SIGNED),
    required('potential_savings_embodied_grams', 'number', 'gCO2e a day of manufacture, in none of the above', SIGNED),
    required('potential_savings_embodied_low_grams', 'number', 'gCO2e a day of manufacture, lower bound', SIGNED),
    required('potential_savings_embodied_high_grams', 'number', 'gCO2e a day of manufacture, upper bound', SIGNED),
    required('potential_savings_cost', 'number', 'money a day, currency of the cluster', SIGNED),
    required('potential_savings_cost_low', 'number', 'money a day, lower bound', SIGNED),
    required('potential_savings_cost_high', 'number', 'money a day, upper bound', SIGNED),
    required('potential_savings_joules', 'number', 'J a day, IT energy', SIGNED),
    required('freed_cpu_millicores', 'number', 'millicores of requests that become free', SIGNED),
    required('freed_memory_bytes', 'number', 'bytes of requests that become free', SIGNED),
    required('needs_node_to_go', 'flag', 'the saving comes only when a node goes'),
    required('evidence', 'json', 'series, lines and figures behind it'),
    optional('change', 'json', 'patch, commands and Helm values; null: none can be written down'),
    required('range_start', 'time', 'start of the time that was looked at'),
    required('range_end', 'time', 'its end'),
    required('status', 'text', 'active, ignored, applied, verified, regressed or stale', { oneOf: STATUSES }),
    required('updated_at', 'time', 'last change of its status or values'),
    required('last_seen', 'time', 'the analysis that last found it'),
    optional('ignore_reason', 'text', 'why it is ignored, in the words of the person', { isLong: true }),
    optional('ignored_until', 'time', 'until when it is ignored; null with status ignored: for ever'),
    optional('applied_at', 'time', 'when it was applied'),
    optional('applied_by', 'text', 'watched (seen in the workload) or person (said by hand)', {
      oneOf: ['watched', 'person'],
    }),
    optional('actual_values', 'json', 'what was set in truth, by name with units'),
    optional('verification', 'json', 'measured before and after, a day: gCO2e and money saved, with bounds'),
  ],
  primaryKey: ['id'],
  foreignKeys: [OF_CLUSTER],
  indexes: [
    { name: 'recommendations_by_status', on: ['cluster_id', 'status', 'timestamp'] },
    { name: 'recommendations_by_time', on: ['timestamp', 'id'] },
  ],
};

export const RECOMMENDATION_HISTORY: Table = {
  name: 'recommendation_history',
  meaning: 'each change of the status of a recommendation',
  columns: [
    required('recommendation_id', 'text', 'recommendations.id'),
    CLUSTER,
    required('timestamp', 'time', 'when it changed'),
    required('status', 'text', 'the status from then on', { oneOf: STATUSES }),
    optional('reason', 'text', 'why, in the words of the person', { isLong: true }),
    optional('actual_values', 'json', 'what was set in truth, by name with units'),
  ],
  primaryKey: ['recommendation_id', 'timestamp', 'status'],
  foreignKeys: [OF_CLUSTER, { column: 'recommendation_id', table: 'recommendations', onDelete: 'CASCADE' }],
  indexes: [{ name: 'recommendation_history_by_time', on: ['cluster_id', 'timestamp'] }],
};

export const SAVINGS_LEDGER: Table = {
  name: 'savings_ledger',
  meaning: 'what an applied recommendation promised and saved in a day',
  columns: [
    required('recommendation_id', 'text', 'recommendations.id; stays when that is gone'),
    CLUSTER,
    required('timestamp', 'time', 'start of the day, UTC'),
    required('duration_seconds', 'number', 'seconds'),
    optional('namespace', 'text', 'namespace of the target'),
    required('type', 'text', 'type of the recommendation'),
    required('promised_co2e_grams', 'number', 'gCO2e in the time, as was promised', SIGNED),
    required('promised_cost', 'number', 'money in the time, as was promised, currency of the cluster', SIGNED),
    optional('co2e_saved_grams', 'number', 'gCO2e in the time, measured; null until it is', SIGNED),
    optional('cost_saved', 'number', 'money in the time, measured, currency of the cluster; null until it is', SIGNED),
  ],
  primaryKey: ['recommendation_id', 'timestamp'],
  foreignKeys: [OF_CLUSTER],
  indexes: [{ name: 'savings_ledger_by_time', on: ['cluster_id', 'timestamp'] }],
};

export const SCORE_HISTORY: Table = {
  name: 'score_history',
  meaning: 'the sustainability score of a cluster or namespace, one a day',
  columns: [
    CLUSTER,
    required('namespace', 'text', 'namespace; empty: the whole cluster'),
    required('date', 'date', 'day, UTC'),
    required('timestamp', 'time', 'when it was computed'),
    optional('score', 'number', '0 to 100; null: no dimension had data', { most: 100 }),
    required('dimensions', 'json', 'array of its dimensions: score, weight, figures, note'),
    optional('improvement', 'json', 'the dimension that would raise it most, by how many points, and how'),
  ],
  primaryKey: ['cluster_id', 'namespace', 'date'],
  foreignKeys: [OF_CLUSTER],
  indexes: [{ name: 'score_history_by_date', on: ['date'] }],
};

/** The tables of migration 6: three in the place of those of migration 2, which nothing was ever written to. */
export const RECOMMENDATION_TABLES: readonly Table[] = [
  RECOMMENDATIONS,
  RECOMMENDATION_HISTORY,
  SAVINGS_LEDGER,
  SCORE_HISTORY,
];

/** Those that migration 6 takes the place of, in the order in which they can be dropped. */
export const REPLACED_TABLES: readonly string[] = ['recommendation_history', 'savings_ledger', 'recommendations'];
