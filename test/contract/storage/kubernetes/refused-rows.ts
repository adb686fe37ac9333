import { at, cluster, NOW } from './many-rows.ts';
import type { Row } from './stored-rows.ts';

type Refused = readonly [why: string, table: string, rows: readonly Row[]];

const MADE = { created_at: at(NOW), updated_at: at(NOW) };
const namespace = (id: string, more: Row = {}): Row => ({ id, cluster_id: 'c1', name: id, ...MADE, ...more });
const metric = (more: Row): Row => ({
  cluster_id: 'c1',
  resource_type: 'cluster',
  object_id: 'c1',
  collected_at: at(NOW),
  ...more,
});
const pod = (more: Row): Row => ({
  id: 'p',
  cluster_id: 'c1',
  namespace_id: 'n',
  name: 'p',
  pod_uid: 'p',
  ...MADE,
  ...more,
});

/** Rows that every SQL store refuses, where cluster c1 is there. */
export function refusedRows(): readonly Refused[] {
  return [
    ['the same cluster twice', 'k8s_clusters', [cluster(1)]],
    ['an unknown status', 'k8s_clusters', [{ ...cluster(2), status: 'sleeping' }]],
    ['an unknown health', 'k8s_clusters', [{ ...cluster(2), health_status: 'fine' }]],
    ['an unknown environment', 'k8s_clusters', [{ ...cluster(2), environment: 'home' }]],
    ['fewer than no nodes', 'k8s_clusters', [{ ...cluster(2), total_nodes: -1 }]],
    ['a cost below nothing', 'k8s_clusters', [{ ...cluster(2), estimated_monthly_cost: -0.01 }]],
    ['a namespace without its cluster', 'k8s_namespaces', [namespace('n', { cluster_id: 'c9' })]],
    ['two namespaces of one name', 'k8s_namespaces', [namespace('n'), namespace('m', { name: 'n' })]],
    ['a namespace without a name', 'k8s_namespaces', [namespace('n', { name: null })]],
    ['a limit below nothing', 'k8s_namespaces', [namespace('n', { cpu_limit: -1 })]],
    [
      'a node in no state',
      'k8s_nodes',
      [{ id: 'w', cluster_id: 'c1', name: 'w', status: 'Asleep', labels: '{}', ...MADE }],
    ],
    ['a pod without its namespace', 'k8s_pods', [pod({})]],
    ['a pod in no phase', 'k8s_pods', [pod({ phase: 'Waiting' })]],
    ['a pod of no class', 'k8s_pods', [pod({ qos_class: 'Best' })]],
    ['an unknown level', 'k8s_resource_metrics', [metric({ resource_type: 'rack' })]],
    ['the same metrics twice', 'k8s_resource_metrics', [metric({}), metric({})]],
    ['metrics of another object than they say', 'k8s_resource_metrics', [metric({ resource_type: 'pod' })]],
    [
      'metrics of a node that is not there',
      'k8s_resource_metrics',
      [metric({ resource_type: 'node', node_id: 'w', object_id: 'w' })],
    ],
    ['memory below nothing', 'k8s_resource_metrics', [metric({ memory_usage_bytes: -1 })]],
    ['a 25th hour', 'k8s_cost_attribution', [cost({ hour: 24 })]],
    ['a cost of no namespace', 'k8s_cost_attribution', [cost({})]],
  ];
}

function cost(more: Row): Row {
  return { id: 'x', cluster_id: 'c1', namespace_id: 'n', date: at(NOW).slice(0, 10), updated_at: at(NOW), ...more };
}
