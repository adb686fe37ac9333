import * as z from 'zod';
import type { ViewRow } from '../../../core/ports/kubernetes-store.ts';
import type { ClusterHealthRow, NamespaceCostRow } from '../schema/kubernetes/view-rows.ts';
import { optional } from '../schema/table.ts';
import type { Statement } from '../statement.ts';
import type { SayColumn } from './questions.ts';

const HEALTH_COLUMNS = [
  'cluster_id',
  'cluster_name',
  'provider',
  'environment',
  'status',
  'health_status',
  'total_nodes',
  'healthy_nodes',
  'total_deployments',
  'healthy_deployments',
  'total_namespaces',
  'total_pods',
  'cpu_usage_cores',
  'memory_usage_bytes',
  'estimated_monthly_cost',
  'cost_currency',
  'last_sync_at',
  'last_error',
] as const satisfies readonly (keyof ClusterHealthRow)[];

const COST_COLUMNS = [
  'cluster_id',
  'namespace_id',
  'namespace',
  'team_name',
  'cost_center',
  'total_cost',
  'average_daily_cost',
  'cpu_core_hours',
  'memory_gb_hours',
  'storage_gb_hours',
  'network_gb',
] as const satisfies readonly (keyof NamespaceCostRow)[];

/** The line of a cluster in `v_k8s_cluster_health`. */
export function clusterHealthQuestion(say: SayColumn, clusterId: string): Statement {
  const columns = HEALTH_COLUMNS.map((name) => say(optional(name, name === 'last_sync_at' ? 'time' : 'text', '')));
  return {
    text: `SELECT ${columns.join(', ')} FROM v_k8s_cluster_health t WHERE t.cluster_id = ?`,
    parameters: [clusterId],
  };
}

/** The lines of a cluster in `v_k8s_namespace_costs`, by name. */
export function namespaceCostsQuestion(clusterId: string): Statement {
  const columns = COST_COLUMNS.map((name) => `t.${name}`);
  return {
    text: `SELECT ${columns.join(', ')} FROM v_k8s_namespace_costs t WHERE t.cluster_id = ? ORDER BY t.namespace`,
    parameters: [clusterId],
  };
}

const Line = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));

export function viewRowOf(line: unknown): ViewRow {
  return Line.parse(line);
}
