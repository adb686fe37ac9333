import type { HealthStatus } from '../../model/kubernetes/health.ts';
import type { KubeWorkload } from '../../model/kubernetes/objects.ts';

type Replicas = Pick<KubeWorkload, 'kind' | 'replicasDesired' | 'replicasAvailable' | 'replicasUnavailable'>;

/** Kinds whose pods come and go by plan: that none runs now is no trouble. */
const RUNS_TO_AN_END: ReadonlySet<string> = new Set(['Job', 'CronJob']);

/** Health of a workload by its replicas: critical with none of those it wants, degraded with some missing. */
export function workloadHealth(workload: Replicas, status: string | null): HealthStatus {
  if (RUNS_TO_AN_END.has(workload.kind)) return status === 'Failed' ? 'degraded' : 'healthy';
  if (workload.replicasDesired === 0) return 'healthy';
  if (workload.replicasAvailable === 0) return 'critical';
  return workload.replicasUnavailable > 0 ? 'degraded' : 'healthy';
}

/** True where it lacks pods that it should have now. */
export function isUnavailable(workload: Replicas): boolean {
  return !RUNS_TO_AN_END.has(workload.kind) && workload.replicasDesired > 0 && workload.replicasUnavailable > 0;
}
