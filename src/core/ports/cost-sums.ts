import type { EpochSeconds, TimeRange } from '../../model/time.ts';

/** Longest range of one question, so that no question reads more rows than two days have. */
export const LONGEST_COST_RANGE_SECONDS = 48 * 3600;

/** What the rows of a namespace in `combined_metrics` cost whose windows start in one hour, and what they held. */
export interface NamespaceHour {
  readonly namespace: string;
  /** Start of the hour, UTC. */
  readonly startSeconds: EpochSeconds;
  readonly cpuCost: number;
  readonly memoryCost: number;
  readonly gpuCost: number;
  readonly storageCost: number;
  readonly networkCost: number;
  /** Σ max(request, use) × seconds of rows of pods: what is paid for. */
  readonly cpuMillicoreSeconds: number;
  readonly memoryByteSeconds: number;
  /** Σ requested bytes × seconds of rows of volumes. */
  readonly storageByteSeconds: number;
  /** Received and sent. */
  readonly networkBytes: number;
}

/** Costs by namespace, added up in the store. */
export interface CostSums {
  /**
   * One line a namespace and hour that has rows. The range begins and ends on hours and is at most 48 h long.
   * Throws `Failure` bad-input for another range.
   */
  costsByNamespaceHour(clusterId: string, range: TimeRange): Promise<readonly NamespaceHour[]>;
}
