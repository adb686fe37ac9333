import type { Dimension, GroupKey } from '../../core/ports/results-store.ts';
import type { ClusterRecord } from '../../model/cluster.ts';
import { type RowKind, STORAGE_NAMESPACE, SYSTEM_NAMESPACE, UNALLOCATED_NAMESPACE } from '../../model/results.ts';
import type { Scope } from './scope.ts';

export interface GroupName {
  /** Unique in the answer, and the same in a breakdown and a time series of one filter. */
  readonly key: string;
  readonly label: string;
}

/**
 * A group's key is the value of its dimension. Workloads and pods get their namespace before it unless the filter
 * names one; objects of a cluster get the cluster's id before it where several clusters are in the answer.
 */
export function groupName(group: GroupKey, by: Dimension, scope: Pick<Scope, 'clusters' | 'filter'>): GroupName {
  const parts = [group.key];
  const isInNamespace = by === 'workload' || by === 'pod';
  if (
    isInNamespace &&
    scope.filter.namespace === undefined &&
    group.namespace !== null &&
    group.namespace !== group.key
  ) {
    parts.unshift(group.namespace);
  }
  if (isOfCluster(by) && scope.clusters.length > 1 && group.clusterId !== null) parts.unshift(group.clusterId);
  return { key: parts.join('/'), label: labelOf(group, by, scope.clusters) };
}

function isOfCluster(by: Dimension): boolean {
  return by === 'namespace' || by === 'workload' || by === 'pod' || by === 'node';
}

function labelOf(group: GroupKey, by: Dimension, clusters: readonly ClusterRecord[]): string {
  switch (by) {
    case 'cluster':
      return clusters.find((cluster) => cluster.id === group.clusterId)?.name ?? group.key;
    case 'workload':
      return group.ownerName ?? group.key;
    case 'node':
      return isOnNoNode(group, by) ? 'Volumes' : group.key;
    case 'namespace':
    case 'pod':
    case 'team':
    case 'zone':
    case 'provider':
      return group.key;
  }
}

/** Only volumes are on no node. */
export function isOnNoNode(group: GroupKey, by: Dimension): boolean {
  return by === 'node' && group.key === '';
}

/** What kind of rows a group holds: groups of rows that are no pod are named by a namespace that no pod has. */
export function rowKindOf(group: GroupKey, by: Dimension): RowKind {
  if (isOnNoNode(group, by)) return 'volume';
  switch (group.namespace) {
    case SYSTEM_NAMESPACE:
      return 'system';
    case UNALLOCATED_NAMESPACE:
      return 'unallocated';
    case STORAGE_NAMESPACE:
      return 'volume';
    default:
      return 'pod';
  }
}
