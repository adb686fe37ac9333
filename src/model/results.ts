import type { Notice } from './inventory.ts';
import type { CpuSource, RowSources } from './sources.ts';
import type { EpochSeconds, Window } from './time.ts';

export const ROW_KINDS = ['pod', 'system', 'unallocated', 'volume'] as const;
export type RowKind = (typeof ROW_KINDS)[number];

/** Namespaces of rows that are no pod; Kubernetes forbids such names. */
export const SYSTEM_NAMESPACE = '__system__';
export const UNALLOCATED_NAMESPACE = '__unallocated__';
export const STORAGE_NAMESPACE = '__storage__';

/**
 * One row of `combined_metrics`: a pod (or system, unallocated, volume row) on a node in a window.
 * `joules` is IT energy before PUE and equals dynamic + idle + gpu + storage; `co2eGrams` is operational.
 */
export interface ResultRow {
  readonly clusterId: string;
  readonly rowKind: RowKind;
  readonly podName: string;
  readonly namespace: string;
  readonly podUid: string | null;
  readonly node: string;
  readonly nodeInstanceType: string | null;
  readonly nodeZone: string | null;
  readonly provider: string;
  readonly emapsZone: string;
  readonly ownerKind: string | null;
  readonly ownerName: string | null;
  readonly team: string | null;
  readonly joules: number;
  readonly joulesLow: number;
  readonly joulesHigh: number;
  /** Power above P0, by use. The whole of a system row. */
  readonly joulesDynamic: number;
  /** P0 by reservation. The whole of an unallocated row. */
  readonly joulesIdle: number;
  /** Share of `joulesIdle` that installed memory draws; information only, already inside `joulesIdle`. */
  readonly joulesMemory: number;
  readonly joulesGpu: number;
  readonly joulesStorage: number;
  readonly co2eGrams: number;
  readonly co2eLowGrams: number;
  readonly co2eHighGrams: number;
  readonly embodiedCo2eGrams: number;
  readonly embodiedLowGrams: number;
  readonly embodiedHighGrams: number;
  /** Operational grams by supply contracts (market-based); equal to `co2eGrams` without one. */
  readonly co2eMarketGrams: number;
  /** Operational grams by direct factors, for scope 2 of own hardware; null for clouds and where no direct factor is known. */
  readonly co2eDirectGrams: number | null;
  readonly gridIntensity: number;
  readonly gridIntensityAtSeconds: EpochSeconds | null;
  readonly pue: number;
  readonly costCpu: number;
  readonly costMemory: number;
  readonly costGpu: number;
  readonly costStorage: number;
  readonly costNetwork: number;
  /** Σ of the cost parts. */
  readonly totalCost: number;
  readonly costLow: number;
  readonly costHigh: number;
  readonly cpuRequestMillicores: number;
  readonly cpuUsageMillicores: number;
  /** Mean GPUs in use × 1,000; null where no GPU was held or nothing tells its use. */
  readonly gpuUsageMillicores: number | null;
  readonly memoryRequestBytes: number;
  readonly memoryUsageBytes: number;
  readonly networkReceiveBytes: number;
  readonly networkTransmitBytes: number;
  readonly diskReadBytes: number;
  readonly diskWriteBytes: number;
  /** Of volume rows; null otherwise. */
  readonly storageRequestBytes: number | null;
  readonly storageUsageBytes: number | null;
  readonly ephemeralStorageRequestBytes: number | null;
  readonly ephemeralStorageUsageBytes: number;
  readonly restartCount: number;
  /** False only where energy was measured and intensity live. */
  readonly isEstimated: boolean;
  readonly estimationReasons: readonly string[];
  readonly sources: RowSources;
  readonly calculationVersion: string;
}

/** One row of `node_windows`: the facts from which a node's window can be explained and computed again. */
export interface NodeWindowRow {
  readonly clusterId: string;
  readonly node: string;
  readonly cpuSeconds: number | null;
  readonly systemCpuSeconds: number;
  readonly cpuSource: CpuSource;
  readonly utilisation: number;
  readonly existedSeconds: number;
  /** Raw joules of the machine's meter, active and idle, before `meterFactor`; null without a meter. */
  readonly measuredJoules: number | null;
  /** Which meter, for example `kepler package`; null without one. */
  readonly meter: string | null;
  /** From the meter's place to the plug; null without a meter. */
  readonly meterFactor: number | null;
  readonly cpuCapacityMillicores: number;
  readonly memoryCapacityBytes: number;
  readonly cpuAllocatableMillicores: number;
  readonly memoryAllocatableBytes: number;
  readonly curveId: string;
  readonly curveWatts: readonly [number, number, number, number];
  readonly curveLowFactor: number;
  readonly curveHighFactor: number;
  readonly idleWatts: number;
  readonly joulesDynamic: number;
  readonly joulesIdleReserved: number;
  readonly joulesSystem: number;
  readonly joulesUnallocated: number;
  /** GPUs of the node, whoever holds them (nobody: in the unallocated row); in none of the four above. */
  readonly joulesGpu: number;
  readonly gpuCount: number;
  readonly gpuModel: string | null;
  readonly gpuTdpWatts: number | null;
  /** Σ of the five above. */
  readonly joulesTotal: number;
  readonly sources: RowSources;
}

export type WindowState = 'whole' | 'partial' | 'no-data';

/** One row of `collection_runs`: how a window ended. Unique on (cluster, window start); overlaps are refused. */
export interface LedgerEntry {
  readonly clusterId: string;
  readonly window: Window;
  readonly state: WindowState;
  readonly coveredSeconds: number;
  /** Why it is not whole; null if it is. */
  readonly reason: string | null;
  readonly notices: readonly Notice[];
  readonly rowCount: number;
  readonly closedAtSeconds: EpochSeconds;
}

/** A node as it was from `snapshotAtSeconds` on; a new one only when something changed. */
export interface NodeSnapshot {
  readonly clusterId: string;
  readonly snapshotAtSeconds: EpochSeconds;
  readonly name: string;
  readonly instanceType: string | null;
  readonly provider: string;
  readonly region: string | null;
  readonly zone: string | null;
  readonly emapsZone: string;
  readonly cpuCapacityMillicores: number;
  readonly memoryCapacityBytes: number;
  readonly architecture: string | null;
  readonly os: string | null;
  readonly embodiedKilograms: number;
}

/** What one window became: everything that `replaceWindow` writes in one transaction. */
export interface WindowResult {
  readonly entry: LedgerEntry;
  readonly rows: readonly ResultRow[];
  readonly nodeWindows: readonly NodeWindowRow[];
  readonly nodeSnapshots: readonly NodeSnapshot[];
}
