import type { Provider } from './cluster.ts';
import type { EpochSeconds } from './time.ts';

/** Provider and place of a node, as its providerID and labels tell. */
export interface NodePlace {
  readonly provider: Provider;
  readonly region: string | null;
  /** Availability zone, for example `eu-west-3a`. */
  readonly zone: string | null;
  readonly instanceType: string | null;
}

export interface NodeDescription extends NodePlace {
  readonly name: string;
  readonly uid: string | null;
  readonly providerId: string | null;
  readonly architecture: string | null;
  readonly os: string | null;
  readonly cpuCapacityMillicores: number;
  readonly memoryCapacityBytes: number;
  readonly cpuAllocatableMillicores: number;
  readonly memoryAllocatableBytes: number;
  readonly gpuCount: number;
  readonly ready: boolean;
  readonly createdAtSeconds: EpochSeconds | null;
  readonly addresses: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

export interface Owner {
  readonly kind: string;
  readonly name: string;
}

/** What the scheduler reserves: max(containers + sidecars, peak of init containers), or the pod level where set. */
export interface ResourceRequests {
  readonly cpuMillicores: number;
  readonly memoryBytes: number;
  /** Whole GPUs; left out where none is asked for. */
  readonly gpus?: number;
}

export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';

export interface PodDescription {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string | null;
  /** Null while the pod is not bound. */
  readonly node: string | null;
  /** Top owner (Deployment, StatefulSet, CronJob, …); null for a bare pod. */
  readonly owner: Owner | null;
  readonly phase: PodPhase;
  readonly requests: ResourceRequests;
  /** Its own, else its namespace's. */
  readonly team: string | null;
  /** Its own, else its namespace's; left out where nothing could tell. */
  readonly costCenter?: string | null;
  readonly createdAtSeconds: EpochSeconds | null;
  readonly startedAtSeconds: EpochSeconds | null;
  readonly finishedAtSeconds: EpochSeconds | null;
}

export interface NamespaceDescription {
  readonly name: string;
  readonly team: string | null;
  readonly costCenter?: string | null;
}

/** One Service of the cluster, as far as discovery needs it. */
export interface ServiceDescription {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly { readonly name: string | null; readonly port: number }[];
}

/** A bound persistent volume claim as the API server lists it now; see `VolumeUsage`. */
export interface VolumeDescription {
  readonly namespace: string;
  readonly claim: string;
  readonly storageClass: string | null;
  readonly provisioner: string | null;
  readonly diskType: string | null;
  readonly requestedBytes: number;
  /** A node with a running pod that mounts it. */
  readonly node: string | null;
  readonly team: string | null;
  readonly createdAtSeconds: EpochSeconds | null;
}

/** What the API server says now. Parts that could not be read are empty and named in `notices`. */
export interface Inventory {
  readonly readAtSeconds: EpochSeconds;
  readonly nodes: readonly NodeDescription[];
  readonly pods: readonly PodDescription[];
  readonly namespaces: readonly NamespaceDescription[];
  readonly services: readonly ServiceDescription[];
  /** Left out where claims could not be listed. */
  readonly volumes?: readonly VolumeDescription[];
  readonly notices: readonly Notice[];
}

/** Something that was missing, what is used instead, and what the person can do. Not an error: work goes on. */
export interface Notice {
  /** Stable machine name, for example `prometheus-not-found`. */
  readonly code: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
  readonly hint: string | null;
}
