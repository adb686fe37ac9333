import type { Cluster } from '../../../contract/schemas/kubernetes/clusters.ts';
import { formatCount } from '../../format/digits.ts';
import type { Status } from '../../ui/StatusDot.tsx';

type Health = Cluster['health_status'];

export const HEALTH_NAMES: Readonly<Record<Health, string>> = {
  healthy: 'Healthy',
  degraded: 'Degraded',
  critical: 'Critical',
  unknown: 'Not known yet',
};

export const HEALTH_DOTS: Readonly<Record<Health, Status>> = {
  healthy: 'healthy',
  degraded: 'attention',
  critical: 'broken',
  unknown: 'off',
};

/** `12 nodes, 9 namespaces, 31 deployments, 113 pods`; what was never counted is left out. */
export function countsOf(cluster: Cluster): string {
  const counts = [
    [cluster.total_nodes, 'node', 'nodes'],
    [cluster.total_namespaces, 'namespace', 'namespaces'],
    [cluster.total_deployments, 'deployment', 'deployments'],
    [cluster.total_pods, 'pod', 'pods'],
  ] as const;
  return counts
    .flatMap(([count, one, many]) => (count === null ? [] : [`${formatCount(count)} ${count === 1 ? one : many}`]))
    .join(', ');
}
