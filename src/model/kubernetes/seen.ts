import type { NodeDescription, Owner, PodPhase, ResourceRequests, ServiceDescription } from '../inventory.ts';
import type { Autoscaler, ContainerResources, DisruptionBudget, LayoutPod, PodTerm, Selector } from '../scheduling.ts';
import type { EpochSeconds } from '../time.ts';
import type { HelmRelease, KubeCondition, KubeContainer, KubeNode, KubePod, KubeWorkload, Labels } from './objects.ts';

/** A namespace as the API server shows it now. */
export interface SeenNamespace {
  readonly kind: 'Namespace';
  readonly name: string;
  readonly uid: string | null;
  readonly createdAtSeconds: EpochSeconds | null;
  readonly status: string;
  readonly team: string | null;
  readonly costCenter: string | null;
  readonly labels: Labels;
  readonly annotations: Labels;
}

export interface SeenNode {
  readonly kind: 'Node';
  readonly name: string;
  readonly uid: string | null;
  readonly createdAtSeconds: EpochSeconds | null;
  readonly description: NodeDescription;
  readonly nodeType: string | null;
  readonly podCapacity: number | null;
  readonly podAllocatable: number | null;
  readonly status: KubeNode['status'];
  readonly conditions: readonly KubeCondition[];
  readonly taints: KubeNode['taints'];
  readonly unschedulable: boolean;
  readonly kubeletVersion: string | null;
  readonly osImage: string | null;
}

/** A container that was killed for memory. `ordinal` counts the container's ends from 1, so that one is never counted twice. */
export interface OomKill {
  readonly container: string;
  readonly ordinal: number;
  readonly atSeconds: EpochSeconds | null;
}

/** As `PodTerm`; namespaces may also be chosen by their labels. */
export interface SeenPodTerm extends PodTerm {
  readonly namespaceSelector: Selector | null;
}

/** By what a scheduler places a pod, besides its requests. */
export interface PodPlacement
  extends Pick<LayoutPod, 'labels' | 'nodeSelector' | 'nodeTerms' | 'tolerations' | 'spread' | 'hostPorts'> {
  readonly affinity: readonly SeenPodTerm[];
  readonly antiAffinity: readonly SeenPodTerm[];
}

export interface SeenPod {
  readonly kind: 'Pod';
  readonly namespace: string;
  readonly name: string;
  readonly uid: string | null;
  readonly createdAtSeconds: EpochSeconds | null;
  readonly startedAtSeconds: EpochSeconds | null;
  /** When its last container ended; null while one runs, and where no container's end is told (an evicted pod). */
  readonly finishedAtSeconds: EpochSeconds | null;
  /** When one of its conditions changed last. */
  readonly changedAtSeconds: EpochSeconds | null;
  readonly node: string | null;
  readonly phase: PodPhase;
  readonly status: string;
  readonly reason: string | null;
  readonly qosClass: KubePod['qosClass'];
  readonly restartCount: number;
  readonly containers: readonly KubeContainer[];
  readonly initContainers: readonly KubeContainer[];
  readonly oomKills: readonly OomKill[];
  readonly requests: ResourceRequests;
  readonly cpuLimitMillicores: number;
  readonly memoryLimitBytes: number;
  /** One step up; null for a bare pod. */
  readonly owner: Owner | null;
  readonly templateHash: string | null;
  readonly team: string | null;
  readonly costCenter: string | null;
  readonly claims: readonly string[];
  readonly placement: PodPlacement;
  /** The kubelet started it from a file. */
  readonly isStatic: boolean;
  /** Why its own spec forbids to move it; null: it doesn't. */
  readonly pinned: string | null;
}

/** What a workload makes its pods of. */
export interface SeenTemplate {
  readonly containers: readonly ContainerResources[];
  readonly qosClass: 'Guaranteed' | 'Burstable' | 'BestEffort';
  /** Of a CronJob. */
  readonly schedule: string | null;
  readonly timeZone: string | null;
  readonly suspended: boolean;
}

/** A Deployment, StatefulSet, DaemonSet, ReplicaSet, Job or CronJob. What has an owner is kept only to find the top owner. */
export interface SeenWorkload {
  readonly kind: 'Workload';
  readonly workloadKind: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string | null;
  readonly createdAtSeconds: EpochSeconds | null;
  readonly owner: Owner | null;
  readonly replicas: Pick<
    KubeWorkload,
    'replicasDesired' | 'replicasCurrent' | 'replicasReady' | 'replicasAvailable' | 'replicasUnavailable'
  >;
  readonly containers: KubeWorkload['containers'];
  readonly status: string | null;
  /** Since when it says that it is unavailable; null where it doesn't. */
  readonly unavailableSinceSeconds: EpochSeconds | null;
  readonly strategy: string | null;
  readonly labels: Labels;
  readonly annotations: Labels;
  /** Null for what has an owner, and for what only its pods tell of. */
  readonly template: SeenTemplate | null;
}

/** A PodDisruptionBudget. */
export interface SeenBudget extends DisruptionBudget {
  readonly kind: 'Budget';
}

/** A HorizontalPodAutoscaler or VerticalPodAutoscaler. */
export interface SeenAutoscaler {
  readonly kind: 'Autoscaler';
  readonly namespace: string;
  readonly name: string;
  readonly autoscaler: Autoscaler;
}

/** Limits of one ResourceQuota; null: it sets none. */
export interface SeenQuota {
  readonly kind: 'Quota';
  readonly namespace: string;
  readonly name: string;
  readonly cpuLimitMillicores: number | null;
  readonly memoryLimitBytes: number | null;
  readonly podLimit: number | null;
}

export interface SeenService {
  readonly kind: 'Service';
  readonly namespace: string;
  readonly name: string;
  readonly description: ServiceDescription;
}

/** A bound claim; one that isn't bound holds nothing (`requestedBytes` null). */
export interface SeenClaim {
  readonly kind: 'Claim';
  readonly namespace: string;
  readonly name: string;
  readonly storageClass: string | null;
  readonly requestedBytes: number | null;
  readonly team: string | null;
  readonly createdAtSeconds: EpochSeconds | null;
}

export interface SeenStorageClass {
  readonly kind: 'StorageClass';
  readonly namespace: '';
  readonly name: string;
  readonly provisioner: string | null;
  readonly diskType: string | null;
}

/** One revision of a Helm release; `name` is the Secret's. Values are masked already. */
export interface SeenRelease {
  readonly kind: 'Release';
  readonly namespace: string;
  readonly name: string;
  readonly release: Omit<HelmRelease, 'id' | 'clusterId' | 'namespaceId' | 'updatedAtSeconds' | 'deletedAtSeconds'>;
}

export type Seen =
  | SeenNamespace
  | SeenNode
  | SeenPod
  | SeenWorkload
  | SeenQuota
  | SeenService
  | SeenClaim
  | SeenStorageClass
  | SeenRelease
  | SeenBudget
  | SeenAutoscaler;
