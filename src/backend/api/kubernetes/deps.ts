import type { Clock } from '../../../core/ports/clock.ts';
import type { KubernetesStore } from '../../../core/ports/kubernetes-store.ts';
import type { SyncDesk, WorkerState } from '../../../core/ports/sync-desk.ts';
import type { ClusterRegistry } from '../../registry/cluster-registry.ts';
import type { RotationDeps } from '../../registry/rotation.ts';

/** What the operations of the Kubernetes part work with. */
export interface KubernetesDeps {
  readonly kubernetes: KubernetesStore;
  readonly registry: ClusterRegistry;
  readonly sync: SyncDesk;
  /** Other workers, for example of the costs. */
  readonly workers: readonly (() => readonly WorkerState[])[];
  readonly rotation: RotationDeps;
  readonly clock: Clock;
}
