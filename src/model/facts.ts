import type { GpuUsage, NodeMeter, VolumeUsage } from './energy.ts';
import type { NodeDescription } from './inventory.ts';
import type { CpuSource, PodUsageSource } from './sources.ts';
import type { Window } from './time.ts';

/** A pod on a node in one window, after inventory and usage were joined. All that attribution needs. */
export interface PodFacts {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string | null;
  readonly ownerKind: string | null;
  readonly ownerName: string | null;
  readonly team: string | null;
  readonly cpuRequestMillicores: number;
  readonly memoryRequestBytes: number;
  /** 0 where no sample was seen (`usageSource` is `requests` then). */
  readonly cpuSeconds: number;
  readonly memoryBytes: number;
  readonly networkReceiveBytes: number;
  readonly networkTransmitBytes: number;
  readonly diskReadBytes: number;
  readonly diskWriteBytes: number;
  readonly ephemeralStorageBytes: number;
  readonly restartCount: number;
  readonly aliveSeconds: number;
  readonly usageSource: PodUsageSource;
  /** Whole GPUs that it asks for; left out without. */
  readonly gpuRequest?: number;
  /** Joules above idle by the node's meter; left out without one. */
  readonly activeJoules?: number;
}

export interface NodeFacts {
  readonly node: NodeDescription;
  /** Null without samples: the node then counts at P0. */
  readonly cpuSeconds: number | null;
  readonly cpuSource: CpuSource;
  /** Seconds of the window in which the node existed. */
  readonly existedSeconds: number;
  /** True where nothing says how large the node is, so that the size of what runs on it stands in the description. */
  readonly sizeAssumed?: true;
  readonly pods: readonly PodFacts[];
  readonly meter?: NodeMeter;
  readonly gpus?: readonly GpuUsage[];
}

/** A volume, and the node whose place (provider, region, grid zone) is taken for it. */
export interface VolumeFacts extends VolumeUsage {
  readonly place: NodeDescription;
}

/** The facts of one window of one cluster. */
export interface WindowFacts {
  readonly window: Window;
  readonly coveredSeconds: number;
  readonly nodes: readonly NodeFacts[];
  readonly volumes?: readonly VolumeFacts[];
}
