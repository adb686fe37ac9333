import type { ClusterLayout } from '../../model/scheduling.ts';

/** What runs where in each cluster that is followed, as the sync keeps it; null while it isn't known. */
export interface LayoutSource {
  layout(clusterId: string): ClusterLayout | null;
  /** Called whenever the spec of workloads of a cluster changed. The answer ends it. */
  onSpecChange(listener: (clusterId: string) => void): () => void;
}
