import { K8S_RESOURCE_METRICS } from '../schema/kubernetes/resource-metrics.ts';
import { columnsOf, type NamedQuery } from './named-query.ts';

const SELECT = `SELECT ${columnsOf(K8S_RESOURCE_METRICS)} FROM k8s_resource_metrics`;
const IN_TIME = 'collected_at >= ? AND collected_at < ?';

export const METRIC_QUERIES: readonly NamedQuery[] = [
  {
    name: 'metrics of an object',
    index: 'k8s_resource_metrics_pkey',
    use: 'what a cluster, namespace, deployment, pod or node used in a time',
    text: `${SELECT} WHERE object_id = ? AND ${IN_TIME} ORDER BY collected_at`,
  },
  {
    name: 'metrics of a level',
    index: 'k8s_resource_metrics_by_level',
    use: 'all objects of one level of a cluster in a time; retention',
    text: `${SELECT} WHERE cluster_id = ? AND resource_type = ? AND ${IN_TIME} ORDER BY collected_at`,
  },
  {
    name: 'metrics in a namespace',
    index: 'k8s_resource_metrics_by_namespace',
    use: 'a namespace, or what is in it, in a time',
    text: `${SELECT} WHERE namespace_id = ? AND resource_type = ? AND ${IN_TIME} ORDER BY collected_at`,
  },
  {
    name: 'metrics in a deployment',
    index: 'k8s_resource_metrics_by_deployment',
    use: 'a workload, or its pods, in a time',
    text: `${SELECT} WHERE deployment_id = ? AND resource_type = ? AND ${IN_TIME} ORDER BY collected_at`,
  },
  {
    name: 'metrics on a node',
    index: 'k8s_resource_metrics_by_node',
    use: 'a node, or the pods on it, in a time',
    text: `${SELECT} WHERE node_id = ? AND resource_type = ? AND ${IN_TIME} ORDER BY collected_at`,
  },
  {
    name: 'memory kills of a cluster',
    index: 'k8s_resource_metrics_oom',
    use: 'health: where containers were killed for memory in a time',
    text: `${SELECT} WHERE cluster_id = ? AND ${IN_TIME} AND oom_kills > 0 ORDER BY collected_at`,
  },
  {
    name: 'restarts of a cluster',
    index: 'k8s_resource_metrics_restarts',
    use: 'health: where containers restarted in a time (crash loops)',
    text: `${SELECT} WHERE cluster_id = ? AND ${IN_TIME} AND restarts > 0 ORDER BY collected_at`,
  },
];
