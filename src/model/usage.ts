import type { GpuUsage, NodeMeter, VolumeUsage } from './energy.ts';
import type { NodeDescription, Notice, Owner, PodPhase, ResourceRequests } from './inventory.ts';
import type { CpuSource, PodUsageSource } from './sources.ts';
import type { Window } from './time.ts';

/** A node in one window, as the usage source saw it. */
export interface NodeUsage {
  readonly node: string;
  /** CPU seconds used in the window (all modes but idle, iowait, steal); null without samples. */
  readonly cpuSeconds: number | null;
  readonly cpuSource: Exclude<CpuSource, 'pod-sum'>;
  /** Seconds between samples that are at most 5 scrape intervals apart. */
  readonly coveredSeconds: number;
  /** Facts of the past (kube-state-metrics) that differ from, or are missing in, what the API server says now. */
  readonly described: Partial<Omit<NodeDescription, 'name'>> | null;
  /** Left out where the machine's energy was not metered. */
  readonly meter?: NodeMeter;
  readonly gpus?: readonly GpuUsage[];
}

/** A pod on one node in one window, as the usage source saw it. All bytes and restarts are of this window. */
export interface PodUsage {
  readonly namespace: string;
  readonly name: string;
  /** Null where the series has no node; then the pod list decides. */
  readonly node: string | null;
  readonly uid: string | null;
  /** Null without a sample in the window. */
  readonly cpuSeconds: number | null;
  readonly usageSource: PodUsageSource;
  /** Working set, summed over containers first, mean over the window then. */
  readonly memoryBytes: number | null;
  readonly networkReceiveBytes: number | null;
  readonly networkTransmitBytes: number | null;
  readonly diskReadBytes: number | null;
  readonly diskWriteBytes: number | null;
  readonly ephemeralStorageBytes: number | null;
  readonly restartCount: number;
  /** Seconds of the window in which the pod was bound to the node and not finished; 0 < alive ≤ window. */
  readonly aliveSeconds: number;
  /** What kube-state-metrics remembers of the past; null where it doesn't know the pod. */
  readonly requests: ResourceRequests | null;
  readonly owner: Owner | null;
  readonly phase: PodPhase | null;
  /** Joules above idle that the node's meter gives to this pod; same zone as the node's. Left out without a meter. */
  readonly activeJoules?: number;
}

/** Everything a usage source knows of one window. `coveredSeconds` below half of the window means: no data. */
export interface UsageReading {
  readonly window: Window;
  readonly coveredSeconds: number;
  readonly nodes: readonly NodeUsage[];
  readonly pods: readonly PodUsage[];
  /** Left out where nothing tells of volumes. */
  readonly volumes?: readonly VolumeUsage[];
  readonly notices: readonly Notice[];
}
