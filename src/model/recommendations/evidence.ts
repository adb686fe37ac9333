import type { EpochSeconds } from '../time.ts';

/** A line or band over the hours of the look-back; null where nothing is known. */
export interface EvidenceSeries {
  readonly name: string;
  readonly unit: 'cores' | 'bytes' | 'watts' | 'gramsPerKwh' | 'pods' | 'share';
  readonly startSeconds: EpochSeconds;
  readonly stepSeconds: number;
  readonly mean: readonly (number | null)[];
  /** Highest of the step (busiest pod), where it is known. */
  readonly peak: readonly (number | null)[] | null;
}

/** A horizontal line of the chart, in the unit of the series. */
export interface EvidenceLine {
  readonly kind: 'request' | 'limit' | 'proposal' | 'p95' | 'maximum' | 'threshold';
  readonly label: string;
  readonly value: number;
}

export interface Evidence {
  readonly series: readonly EvidenceSeries[];
  readonly lines: readonly EvidenceLine[];
  /** Named figures behind the verdict, for example `p95_millicores`, `hours_observed`. */
  readonly figures: Readonly<Record<string, number | string | null>>;
  /** Hours with data in the look-back, and those that there are. */
  readonly hoursObserved: number;
  readonly hoursPossible: number;
}
