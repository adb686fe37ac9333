import type { FactorType, IntensityRecord } from '../../model/grid.ts';
import type { EpochSeconds, TimeRange } from '../../model/time.ts';

/** A publisher of grid intensity over the network. Every call may throw `Failure`, or `RetryLater` of it. */
export interface GridFeed {
  /** Stands in `IntensityRecord.source`. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  readonly factorTypes: readonly FactorType[];
  covers(zone: string): boolean;
  /** Newest values, at least that of the running or the last full hour. */
  latest(zone: string, factorType: FactorType, signal: AbortSignal): Promise<readonly IntensityRecord[]>;
  /** Hours that start in the range, cut to what the publisher gives; empty where it gives none of it. */
  past(
    zone: string,
    range: TimeRange,
    factorType: FactorType,
    signal: AbortSignal,
  ): Promise<readonly IntensityRecord[]>;
  /** Values of the hours to come; empty where the plan or the publisher has none. */
  forecast(zone: string, factorType: FactorType, signal: AbortSignal): Promise<readonly IntensityRecord[]>;
}

/** What is kept of published values: table `carbon_intensity`. */
export interface IntensityStore {
  /** A value of the same zone, start, kind, factor type and source is replaced; one that is no forecast, by no forecast. */
  putIntensities(records: readonly IntensityRecord[]): Promise<void>;
  /** Values whose stretch starts in the range, oldest first; average ones only. */
  intensities(zone: string, factorType: FactorType, range: TimeRange): Promise<readonly IntensityRecord[]>;
  /** The newest average value at or before an instant that is no forecast; null if there is none. */
  latestIntensity(zone: string, factorType: FactorType, atSeconds: EpochSeconds): Promise<IntensityRecord | null>;
}
