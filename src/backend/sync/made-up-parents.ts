import type { SeenNamespace, SeenWorkload } from '../../model/kubernetes/seen.ts';
import type { EpochSeconds } from '../../model/time.ts';
import type { CachedPod } from './sync-cache.ts';

/** A namespace that objects are in and that could not be listed itself. */
export function unlistedNamespace(name: string, nowSeconds: EpochSeconds): SeenNamespace {
  return {
    kind: 'Namespace',
    name,
    uid: null,
    createdAtSeconds: nowSeconds,
    status: 'Active',
    team: null,
    costCenter: null,
    labels: {},
    annotations: {},
  };
}

/** A workload of a kind that is not followed (a Rollout, say), as its pods show it. */
export function workloadOfPods(
  workloadKind: string,
  namespace: string,
  name: string,
  pods: readonly CachedPod[],
): SeenWorkload {
  const alive = pods.filter(({ seen }) => seen.phase === 'Pending' || seen.phase === 'Running');
  const ready = alive.filter(
    ({ seen }) => seen.phase === 'Running' && seen.containers.every((container) => container.ready),
  ).length;
  const created = pods.flatMap(({ seen }) => seen.createdAtSeconds ?? []);
  const [first] = pods;
  return {
    kind: 'Workload',
    workloadKind,
    namespace,
    name,
    uid: null,
    createdAtSeconds: created.length === 0 ? null : Math.min(...created),
    owner: null,
    replicas: {
      replicasDesired: alive.length,
      replicasCurrent: alive.length,
      replicasReady: ready,
      replicasAvailable: ready,
      replicasUnavailable: alive.length - ready,
    },
    containers: (first?.seen.containers ?? []).map((container) => ({ name: container.name, image: container.image })),
    status: null,
    unavailableSinceSeconds: null,
    strategy: null,
    labels: {},
    annotations: {},
    template: null,
  };
}
