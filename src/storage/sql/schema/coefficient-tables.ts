import { optional, required, type Table } from './table.ts';

const ID = required('id', 'text', 'UUID');
const CLUSTER = required('cluster_id', 'text', 'k8s_clusters.id');
const OF_CLUSTER = { column: 'cluster_id', table: 'k8s_clusters', onDelete: 'CASCADE' } as const;
const STATUSES = ['active', 'ignored', 'applied', 'stale'];

const CARBON_INTENSITY: Table = {
  name: 'carbon_intensity',
  meaning: 'a value of a grid zone from a time on, as a source gave it',
  columns: [
    required('zone', 'text', 'grid zone, for example FR'),
    required('timestamp', 'time', 'start of the time that it holds for'),
    required('intensity', 'number', 'gCO2e/kWh'),
    required('kind', 'text', 'average or marginal', { oneOf: ['average', 'marginal'] }),
    required('factor_type', 'text', 'lifecycle or direct emissions', { oneOf: ['lifecycle', 'direct'] }),
    required('is_estimated', 'flag', 'the source itself estimated it'),
    required('is_forecast', 'flag', 'it was given before its time'),
    required('source', 'text', 'who gave it'),
  ],
  primaryKey: ['zone', 'timestamp', 'kind', 'factor_type', 'is_estimated', 'is_forecast', 'source'],
  indexes: [],
};

const EMBODIED_CACHE: Table = {
  name: 'embodied_cache',
  meaning: 'manufacture of an instance type as a source gave it, also that it knows none',
  columns: [
    required('provider', 'text', 'cloud provider'),
    required('instance_type', 'text', 'instance type of that provider'),
    optional('gwp_manufacture', 'number', 'kgCO2e of the share of the server; null: the source knows none'),
    optional('lifespan_hours', 'number', 'hours that it is spread over'),
    required('source', 'text', 'who gave it'),
    required('last_updated', 'time', 'when it was asked for'),
    optional('expires_at', 'time', 'when it is asked for again; null: never'),
  ],
  primaryKey: ['provider', 'instance_type'],
  indexes: [],
};

const RECOMMENDATIONS: Table = {
  name: 'recommendations',
  meaning: 'a recommendation and what became of it',
  columns: [
    ID,
    CLUSTER,
    required('timestamp', 'time', 'when it was found'),
    required('type', 'text', 'for example RIGHTSIZING_CPU'),
    required('scope', 'text', 'what it is about: pod, workload, namespace, node, cluster'),
    optional('namespace', 'text', 'namespace of the target; null for nodes and clusters'),
    optional('pod_name', 'text', 'pod of the target; null for other scopes'),
    required('target', 'text', 'what to change, for example Deployment/cart'),
    required('description', 'text', 'what to do', { isLong: true }),
    required('reason', 'text', 'why', { isLong: true }),
    required('priority', 'text', 'critical, high, medium or low', { oneOf: ['critical', 'high', 'medium', 'low'] }),
    required('current_values', 'json', 'measured and requested now, by name with units'),
    required('recommended_values', 'json', 'what it should be, by the same names'),
    optional('potential_savings_co2e_grams', 'number', 'gCO2e a day', { mayBeNegative: true }),
    optional('potential_savings_cost', 'number', 'money a day, currency of the cluster', { mayBeNegative: true }),
    required('range_start', 'time', 'start of the time that was looked at'),
    required('range_end', 'time', 'its end'),
    required('status', 'text', 'active, ignored, applied or stale', { oneOf: STATUSES, fallback: "'active'" }),
    required('updated_at', 'time', 'last change of its status or values'),
  ],
  primaryKey: ['id'],
  foreignKeys: [OF_CLUSTER],
  indexes: [{ name: 'recommendations_by_status', on: ['cluster_id', 'status', 'timestamp'] }],
};

const RECOMMENDATION_HISTORY: Table = {
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

const SAVINGS_LEDGER: Table = {
  name: 'savings_ledger',
  meaning: 'what an applied recommendation saved in a time',
  columns: [
    required('recommendation_id', 'text', 'recommendations.id; stays when that is gone'),
    CLUSTER,
    required('timestamp', 'time', 'start of the time'),
    required('duration_seconds', 'number', 'seconds'),
    optional('namespace', 'text', 'namespace of the target'),
    required('type', 'text', 'type of the recommendation'),
    required('co2e_saved_grams', 'number', 'gCO2e in the time', { mayBeNegative: true }),
    required('cost_saved', 'number', 'money in the time, currency of the cluster', { mayBeNegative: true }),
  ],
  primaryKey: ['recommendation_id', 'timestamp'],
  foreignKeys: [OF_CLUSTER],
  indexes: [{ name: 'savings_ledger_by_time', on: ['cluster_id', 'timestamp'] }],
};

const AUDIT: Table = {
  name: 'audit',
  meaning: 'a change of stored results or settings of a cluster, and who made it',
  columns: [
    ID,
    optional('cluster_id', 'text', 'the cluster it is about; null: all, or one that is gone'),
    required('timestamp', 'time', 'when'),
    required('actor', 'text', 'person or part of Podwatt'),
    required('action', 'text', 'for example restate'),
    required('subject', 'text', 'what was changed'),
    required('detail', 'json', 'before and after, without secrets'),
  ],
  primaryKey: ['id'],
  foreignKeys: [OF_CLUSTER],
  indexes: [{ name: 'audit_by_time', on: ['cluster_id', 'timestamp'] }],
};

/** Coefficients as they were, and what people and Podwatt did: migration 2 of both SQL stores. */
export const COEFFICIENT_TABLES: readonly Table[] = [
  CARBON_INTENSITY,
  EMBODIED_CACHE,
  RECOMMENDATIONS,
  RECOMMENDATION_HISTORY,
  SAVINGS_LEDGER,
  AUDIT,
];
