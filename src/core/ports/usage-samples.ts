import type { EpochSeconds } from '../../model/time.ts';

/** CPU at an instant: counted since some start, or the mean use over the seconds before. */
export type CpuSample =
  | { readonly kind: 'counter'; readonly atSeconds: EpochSeconds; readonly coreSeconds: number }
  | { readonly kind: 'rate'; readonly atSeconds: EpochSeconds; readonly cores: number; readonly overSeconds: number };

/** A pod as a source sees it now. Network bytes are counters since the pod's start. */
export interface PodSample {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string | null;
  readonly startedAtSeconds: EpochSeconds | null;
  readonly cpu: CpuSample | null;
  /** Working set. */
  readonly memoryBytes: number | null;
  readonly networkReceiveBytes: number | null;
  readonly networkTransmitBytes: number | null;
  readonly ephemeralStorageBytes: number | null;
  readonly claims: readonly ClaimSample[];
}

/** A persistent volume claim that a pod mounts. */
export interface ClaimSample {
  readonly namespace: string;
  readonly claim: string;
  readonly usedBytes: number | null;
  readonly capacityBytes: number | null;
}

/** A node and its pods as a source sees them now. */
export interface NodeSample {
  readonly node: string;
  readonly atSeconds: EpochSeconds;
  readonly cpu: CpuSample | null;
  readonly pods: readonly PodSample[];
}
