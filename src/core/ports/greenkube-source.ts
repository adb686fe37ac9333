import type { IntensityRecord } from '../../model/grid.ts';
import type { EpochSeconds } from '../../model/time.ts';

/** `raw` is GreenKube's `combined_metrics`, `hourly` its `combined_metrics_hourly`; an hour may be in both. */
export type GreenKubeOrigin = 'raw' | 'hourly';

/** A line of either table, with the units that GreenKube gives it. */
export interface GreenKubeRow {
  readonly origin: GreenKubeOrigin;
  readonly atSeconds: EpochSeconds;
  /** How long the sample stands for; of an hourly line the sum over its samples. Null where GreenKube did not say. */
  readonly durationSeconds: number | null;
  /** Of an hourly line; 1 of a raw one. */
  readonly samples: number;
  readonly podName: string;
  readonly namespace: string;
  readonly node: string | null;
  readonly nodeInstanceType: string | null;
  readonly nodeZone: string | null;
  readonly emapsZone: string | null;
  readonly ownerKind: string | null;
  readonly ownerName: string | null;
  /** Before PUE. */
  readonly joules: number;
  readonly co2eGrams: number;
  readonly embodiedCo2eGrams: number | null;
  readonly totalCost: number;
  readonly pue: number;
  readonly gridIntensity: number;
  readonly gridIntensityAtSeconds: EpochSeconds | null;
  readonly cpuRequestMillicores: number | null;
  readonly memoryRequestBytes: number | null;
  readonly cpuUsageMillicores: number | null;
  readonly memoryUsageBytes: number | null;
  readonly gpuUsageMillicores: number | null;
  readonly networkReceiveBytesPerSecond: number | null;
  readonly networkTransmitBytesPerSecond: number | null;
  readonly diskReadBytesPerSecond: number | null;
  readonly diskWriteBytesPerSecond: number | null;
  readonly ephemeralStorageRequestBytes: number | null;
  readonly ephemeralStorageUsageBytes: number | null;
  readonly estimationReasons: readonly string[];
  readonly calculationVersion: string | null;
}

/** A line of `node_snapshots`: a node as it was at an instant. */
export interface GreenKubeNode {
  readonly atSeconds: EpochSeconds;
  readonly name: string;
  readonly instanceType: string | null;
  readonly cpuCapacityCores: number;
  readonly memoryCapacityBytes: number;
  readonly architecture: string | null;
  readonly cloudProvider: string | null;
  readonly region: string | null;
  readonly zone: string | null;
  readonly embodiedKilograms: number | null;
}

/** What a line became: a value, or why it can't be taken, for example `joules is negative`. */
export type GreenKubeRead<T> =
  | { readonly kind: 'taken'; readonly value: T }
  | { readonly kind: 'refused'; readonly reason: string };

export type GreenKubeBatch<T> = readonly GreenKubeRead<T>[];

/** What the two tables hold of one hour. */
export interface GreenKubeHour {
  readonly startSeconds: EpochSeconds;
  readonly rawRows: number;
  /** Longest `duration_seconds` of the raw lines; null where none says. */
  readonly longestSeconds: number | null;
  /** Σ `sample_count` of the hourly lines. */
  readonly hourlySamples: number;
}

/**
 * A database of GreenKube 0.2.12, read only and as it was when it was opened. Every call may throw `Failure` with code
 * `store` or `store-away`.
 */
export interface GreenKubeSource {
  /** For people, without credentials. */
  readonly location: string;
  /** Oldest first; hours of lines without a readable time are left out. */
  hours(): Promise<readonly GreenKubeHour[]>;
  /** Lines of both tables by time; those without a readable time come before or after all others. */
  rows(): AsyncIterable<GreenKubeBatch<GreenKubeRow>>;
  /** By time. */
  nodes(): AsyncIterable<GreenKubeBatch<GreenKubeNode>>;
  intensities(): AsyncIterable<GreenKubeBatch<IntensityRecord>>;
  countRecommendations(): Promise<number>;
  close(): Promise<void>;
}
