import type { ClusterFacts, WorkloadFacts } from '../../../../src/core/score/facts.ts';
import type { ScoreScope } from '../../../../src/core/score/scope.ts';
import { DEFAULT_THRESHOLDS } from '../../../../src/model/recommendations/thresholds.ts';
import type { Autoscaler, ClusterLayout } from '../../../../src/model/scheduling.ts';
import { workloadKey } from '../../../fakes/score/usage-lines.ts';

const NOTHING: Omit<WorkloadFacts, 'key'> = {
  hours: 168,
  joules: 1000,
  joulesDynamic: 500,
  intensityJoules: 0,
  cpuUsageMillicoreSeconds: 0,
  cpuRequestMillicoreSeconds: 0,
  memoryUsageByteSeconds: 0,
  memoryRequestByteSeconds: 0,
  podHours: 168,
  restarts: 0,
  networkBytes: 0,
  highestPodWatts: 0,
  cpuVariation: 0,
  podsFollowCpu: null,
  dynamicIntensityJoules: 0,
  dynamicJoulesWithIntensity: 0,
};

/** A workload by its path, with what a test is about. */
export const workload = (path: string, facts: Partial<WorkloadFacts> = {}): WorkloadFacts => ({
  ...NOTHING,
  ...facts,
  key: workloadKey(path),
});

const CLUSTER: ClusterFacts = {
  joules: 0,
  joulesIdle: 0,
  joulesUnallocated: 0,
  intensityJoules: 0,
  gramsPerKwhByHour: new Float64Array(0),
};

export const scopeWith = (
  workloads: readonly WorkloadFacts[],
  rest: Partial<Omit<ScoreScope, 'cluster'>> & { cluster?: Partial<ClusterFacts> } = {},
): ScoreScope => ({
  namespace: null,
  workloads,
  layout: null,
  thresholds: DEFAULT_THRESHOLDS,
  ...rest,
  cluster: { ...CLUSTER, ...rest.cluster },
});

export const layoutWith = (autoscalers: readonly Autoscaler[], missing: readonly string[] = []): ClusterLayout => ({
  clusterId: 'c',
  readAtSeconds: 0,
  nodes: [],
  pods: [],
  budgets: [],
  workloads: [],
  autoscalers,
  missing,
});
