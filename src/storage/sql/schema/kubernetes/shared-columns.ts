import { type Column, type ForeignKey, optional, required } from '../table.ts';

export const ID = required('id', 'text', 'UUID, stable over syncs');
export const CLUSTER = required('cluster_id', 'text', 'k8s_clusters.id');
export const NAMESPACE = required('namespace_id', 'text', 'k8s_namespaces.id');
export const OF_CLUSTER: ForeignKey = { column: 'cluster_id', table: 'k8s_clusters', onDelete: 'CASCADE' };
export const OF_NAMESPACE: ForeignKey = { column: 'namespace_id', table: 'k8s_namespaces', onDelete: 'CASCADE' };

export const LABELS = required('labels', 'json', 'Kubernetes labels, by key', { fallback: "'{}'" });
export const ANNOTATIONS = required('annotations', 'json', 'Kubernetes annotations, by key', { fallback: "'{}'" });

/** Times of an object that can go; its row stays, so that its history keeps its name. */
export const TIMES: readonly Column[] = [
  required('created_at', 'time', 'its creationTimestamp'),
  required('updated_at', 'time', 'last change of this row'),
  optional('deleted_at', 'time', 'when it was found gone; null while it is there'),
];

export const HEALTH = required('health_status', 'text', 'healthy, degraded, critical or unknown', {
  oneOf: ['healthy', 'degraded', 'critical', 'unknown'],
  fallback: "'unknown'",
});

export const OWNERS: readonly Column[] = [
  optional('team_name', 'text', 'team, from a label'),
  optional('cost_center', 'text', 'cost center, from a label'),
];
