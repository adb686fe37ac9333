import type { Owner, PodPhase, ResourceRequests } from './inventory.ts';
import type { Labels } from './kubernetes/objects.ts';
import type { EpochSeconds } from './time.ts';

export interface Taint {
  readonly key: string;
  readonly value: string | null;
  readonly effect: string;
}

/** As in a pod's spec; a null key tolerates everything. */
export interface Toleration {
  readonly key: string | null;
  readonly operator: 'Equal' | 'Exists';
  readonly value: string | null;
  readonly effect: string | null;
}

/** A requirement of a selector; `In`, `NotIn`, `Exists`, `DoesNotExist`, and for nodes `Gt`, `Lt`. */
export interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** Matches labels: all of `matchLabels` and all requirements. Nothing in it: everything. */
export interface Selector {
  readonly matchLabels: Labels;
  readonly requirements: readonly Requirement[];
}

/** Required pod affinity or anti-affinity. Empty namespaces: the pod's own. */
export interface PodTerm {
  readonly selector: Selector;
  readonly namespaces: readonly string[];
  readonly topologyKey: string;
}

export interface SpreadConstraint {
  readonly selector: Selector;
  readonly topologyKey: string;
  readonly maxSkew: number;
}

/** A node as the scheduler sees it. */
export interface LayoutNode {
  readonly name: string;
  readonly instanceType: string | null;
  readonly ready: boolean;
  readonly unschedulable: boolean;
  readonly isControlPlane: boolean;
  readonly cpuAllocatableMillicores: number;
  readonly memoryAllocatableBytes: number;
  readonly podsAllocatable: number;
  readonly gpus: number;
  readonly labels: Labels;
  readonly taints: readonly Taint[];
  readonly createdAtSeconds: EpochSeconds | null;
}

/** A pod that holds or wants a place. */
export interface LayoutPod {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly node: string | null;
  readonly owner: Owner | null;
  readonly phase: PodPhase;
  readonly requests: ResourceRequests;
  readonly labels: Labels;
  readonly nodeSelector: Labels;
  /** Required node affinity: one term of these must match. Empty: none. */
  readonly nodeTerms: readonly (readonly Requirement[])[];
  readonly tolerations: readonly Toleration[];
  readonly affinity: readonly PodTerm[];
  readonly antiAffinity: readonly PodTerm[];
  /** Only those that forbid (`DoNotSchedule`). */
  readonly spread: readonly SpreadConstraint[];
  readonly hostPorts: readonly number[];
  /** Of a DaemonSet: goes with its node. */
  readonly isDaemonSet: boolean;
  /** Started by the kubelet from a file: goes with its node. */
  readonly isStatic: boolean;
  /** Why it can't be moved, for example a local volume or `safe-to-evict: false`; null: it can. */
  readonly pinned: string | null;
}

/** A PodDisruptionBudget, as its status says it. */
export interface DisruptionBudget {
  readonly namespace: string;
  readonly name: string;
  readonly selector: Selector;
  readonly disruptionsAllowed: number;
  /** True where it never lets a pod go (maxUnavailable 0, or minAvailable of all). */
  readonly neverAllows: boolean;
}

export interface ContainerResources {
  readonly name: string;
  readonly isSidecar: boolean;
  readonly cpuRequestMillicores: number | null;
  readonly cpuLimitMillicores: number | null;
  readonly memoryRequestBytes: number | null;
  readonly memoryLimitBytes: number | null;
}

/** The template of a workload, for targets and patches. */
export interface WorkloadSpec {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
  readonly apiVersion: string;
  /** Desired; null where the kind has none. */
  readonly replicas: number | null;
  readonly containers: readonly ContainerResources[];
  readonly qosClass: 'Guaranteed' | 'Burstable' | 'BestEffort';
  /** Helm release that owns it, by `meta.helm.sh/release-name`; null: none. */
  readonly helmRelease: string | null;
  /** CronJob: its schedule and time zone. */
  readonly schedule: string | null;
  readonly timeZone: string | null;
  readonly suspended: boolean;
  /** Containers killed for memory, over the pods that are known. */
  readonly oomKills: number;
  readonly createdAtSeconds: EpochSeconds | null;
}

export interface Autoscaler {
  readonly namespace: string;
  /** `horizontal`: replicas; `vertical`: requests. */
  readonly kind: 'horizontal' | 'vertical';
  readonly targetKind: string;
  readonly targetName: string;
  readonly minReplicas: number | null;
  readonly maxReplicas: number | null;
  /** Horizontal: by `cpu` or `memory` use over request, where it scales so. */
  readonly metrics: readonly string[];
  /** Vertical: `Auto`, `Recreate`, `Initial`, `Off`. */
  readonly mode: string | null;
}

/** What a plan needs to know of a cluster as it is now. Parts that could not be read are named in `missing`. */
export interface ClusterLayout {
  readonly clusterId: string;
  readonly readAtSeconds: EpochSeconds;
  readonly nodes: readonly LayoutNode[];
  readonly pods: readonly LayoutPod[];
  readonly budgets: readonly DisruptionBudget[];
  readonly workloads: readonly WorkloadSpec[];
  readonly autoscalers: readonly Autoscaler[];
  /** For example `poddisruptionbudgets`: forbidden or unknown to the server. */
  readonly missing: readonly string[];
}
