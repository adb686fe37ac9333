import type { EpochSeconds } from '../time.ts';
import type { HealthStatus } from './health.ts';

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };
export type Labels = Readonly<Record<string, string>>;

interface Kept {
  /** Kubernetes UID, or UUIDv5 of (cluster id, kind, namespace, name): stable over syncs. */
  readonly id: string;
  readonly clusterId: string;
  readonly createdAtSeconds: EpochSeconds;
  readonly updatedAtSeconds: EpochSeconds;
  /** When it was found gone; null while it is there. Its row stays, so that its history keeps its name. */
  readonly deletedAtSeconds: EpochSeconds | null;
}

/** One row of `k8s_namespaces`. */
export interface KubeNamespace extends Kept {
  readonly name: string;
  readonly uid: string | null;
  readonly status: string;
  /** Of its ResourceQuotas, the smallest of each; null: none. */
  readonly cpuLimitMillicores: number | null;
  readonly memoryLimitBytes: number | null;
  readonly podLimit: number | null;
  readonly cpuUsageCores: number | null;
  readonly memoryUsageBytes: number | null;
  readonly podCount: number | null;
  readonly teamName: string | null;
  readonly costCenter: string | null;
  readonly estimatedDailyCost: number | null;
  readonly labels: Labels;
  readonly annotations: Labels;
}

export interface KubeCondition {
  readonly type: string;
  readonly status: string;
  readonly reason: string | null;
  readonly message: string | null;
  readonly changedAtSeconds: EpochSeconds | null;
}

/** One row of `k8s_nodes`. */
export interface KubeNode extends Kept {
  readonly name: string;
  readonly uid: string | null;
  /** Role, for example control-plane or worker. */
  readonly nodeType: string | null;
  readonly instanceType: string | null;
  readonly cpuCapacityMillicores: number | null;
  readonly memoryCapacityBytes: number | null;
  readonly podCapacity: number | null;
  readonly cpuAllocatableMillicores: number | null;
  readonly memoryAllocatableBytes: number | null;
  readonly podAllocatable: number | null;
  readonly cpuUsageCores: number | null;
  readonly memoryUsageBytes: number | null;
  readonly podCount: number | null;
  readonly status: 'Ready' | 'NotReady' | 'Unknown';
  readonly conditions: readonly KubeCondition[];
  readonly labels: Labels;
  readonly taints: readonly { readonly key: string; readonly value: string | null; readonly effect: string }[];
}

export interface KubeContainer {
  readonly name: string;
  readonly image: string;
  /** `running`, `waiting`, `terminated`; null where nothing is said yet. */
  readonly state: string | null;
  /** For example CrashLoopBackOff or OOMKilled. */
  readonly reason: string | null;
  readonly ready: boolean;
  readonly restartCount: number;
}

/** One row of `k8s_deployments`: a Deployment, or another kind of workload that keeps pods running. */
export interface KubeWorkload extends Kept {
  readonly namespaceId: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string | null;
  readonly replicasDesired: number;
  readonly replicasCurrent: number;
  readonly replicasReady: number;
  readonly replicasAvailable: number;
  readonly replicasUnavailable: number;
  readonly containers: readonly { readonly name: string; readonly image: string }[];
  readonly status: string | null;
  readonly healthStatus: HealthStatus;
  readonly strategy: string | null;
  readonly labels: Labels;
  readonly annotations: Labels;
}

/** One row of `k8s_pods`: a pod over its life. */
export interface KubePod {
  readonly id: string;
  readonly clusterId: string;
  readonly namespaceId: string;
  /** `k8s_deployments.id` of the workload that keeps it; null: none. */
  readonly workloadId: string | null;
  readonly name: string;
  readonly uid: string;
  readonly nodeName: string | null;
  readonly phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
  /** As kubectl shows it, for example CrashLoopBackOff. */
  readonly status: string | null;
  readonly reason: string | null;
  readonly qosClass: 'Guaranteed' | 'Burstable' | 'BestEffort' | null;
  readonly restartCount: number;
  /** Containers killed for memory over its life. */
  readonly oomKills: number;
  readonly containers: readonly KubeContainer[];
  readonly initContainers: readonly KubeContainer[];
  readonly cpuRequestMillicores: number | null;
  readonly cpuLimitMillicores: number | null;
  readonly memoryRequestBytes: number | null;
  readonly memoryLimitBytes: number | null;
  readonly startedAtSeconds: EpochSeconds | null;
  /** When it ended or was found gone; null while it is there. */
  readonly finishedAtSeconds: EpochSeconds | null;
  readonly createdAtSeconds: EpochSeconds;
  readonly updatedAtSeconds: EpochSeconds;
}

/** One row of `k8s_helm_releases`: the newest revision of a release. */
export interface HelmRelease extends Kept {
  readonly namespaceId: string;
  readonly name: string;
  readonly chartName: string;
  readonly chartVersion: string | null;
  readonly appVersion: string | null;
  readonly status: string;
  readonly revision: number;
  /** Values of the person; what looks secret is masked before it comes here. */
  readonly valuesYaml: string | null;
  readonly firstDeployedAtSeconds: EpochSeconds | null;
  readonly lastDeployedAtSeconds: EpochSeconds | null;
}

export const METRIC_LEVELS = ['cluster', 'namespace', 'deployment', 'pod', 'node'] as const;
export type MetricLevel = (typeof METRIC_LEVELS)[number];

/** One row of `k8s_resource_metrics`: what an object used in 5 minutes. */
export interface ResourceMetric {
  readonly clusterId: string;
  readonly level: MetricLevel;
  /** Id of the object of that level. */
  readonly objectId: string;
  readonly namespaceId: string | null;
  readonly workloadId: string | null;
  readonly podId: string | null;
  readonly nodeId: string | null;
  readonly cpuUsageCores: number | null;
  readonly memoryUsageBytes: number | null;
  readonly networkReceiveBytes: number | null;
  readonly networkTransmitBytes: number | null;
  readonly storageUsageBytes: number | null;
  readonly restarts: number;
  readonly oomKills: number;
  /** Start of the 5 minutes. */
  readonly collectedAtSeconds: EpochSeconds;
}

/** One row of `k8s_cost_attribution`: a namespace in an hour of a UTC day (`hour` null: the whole day). */
export interface CostAttribution {
  readonly id: string;
  readonly clusterId: string;
  readonly namespaceId: string;
  /** `YYYY-MM-DD`, UTC. */
  readonly date: string;
  readonly hour: number | null;
  readonly cpuCost: number;
  readonly memoryCost: number;
  readonly gpuCost: number;
  readonly storageCost: number;
  readonly networkCost: number;
  readonly totalCost: number;
  readonly cpuCoreHours: number;
  readonly memoryGbHours: number;
  readonly storageGbHours: number;
  readonly networkGb: number;
  readonly teamName: string | null;
  readonly costCenter: string | null;
  readonly updatedAtSeconds: EpochSeconds;
}
