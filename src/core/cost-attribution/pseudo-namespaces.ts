import type { KubeNamespace } from '../../model/kubernetes/objects.ts';
import { STORAGE_NAMESPACE, SYSTEM_NAMESPACE, UNALLOCATED_NAMESPACE } from '../../model/results.ts';
import type { EpochSeconds } from '../../model/time.ts';

/**
 * Namespaces of `combined_metrics` that Kubernetes doesn't know. Each has a row in `k8s_namespaces`, so that its costs
 * have a parent; it is marked as gone from its first day, so that no count of namespaces and no sync takes it for one.
 */
export const PSEUDO_NAMESPACES = [UNALLOCATED_NAMESPACE, SYSTEM_NAMESPACE, STORAGE_NAMESPACE] as const;
export const COST_LINES = ['namespace', 'idle', 'system', 'storage'] as const;
export type CostLine = (typeof COST_LINES)[number];

export function lineOf(namespace: string): CostLine {
  switch (namespace) {
    case UNALLOCATED_NAMESPACE:
      return 'idle';
    case SYSTEM_NAMESPACE:
      return 'system';
    case STORAGE_NAMESPACE:
      return 'storage';
    default:
      return 'namespace';
  }
}

/** `Pseudo`: no namespace of Kubernetes. `Unknown`: has costs, and was never seen by a sync. */
export function placeholderNamespace(
  id: string,
  clusterId: string,
  name: string,
  atSeconds: EpochSeconds,
): KubeNamespace {
  return {
    id,
    clusterId,
    name,
    uid: null,
    status: lineOf(name) === 'namespace' ? 'Unknown' : 'Pseudo',
    cpuLimitMillicores: null,
    memoryLimitBytes: null,
    podLimit: null,
    cpuUsageCores: null,
    memoryUsageBytes: null,
    podCount: null,
    teamName: null,
    costCenter: null,
    estimatedDailyCost: null,
    labels: {},
    annotations: {},
    createdAtSeconds: atSeconds,
    updatedAtSeconds: atSeconds,
    deletedAtSeconds: atSeconds,
  };
}
