import { USAGE_COLUMNS, type UsageColumn } from '../../../core/ports/usage-hours.ts';
import { PEAK_COLUMNS, SUM_COLUMNS } from '../sums.ts';

/** A figure of `UsageHours` that is a sum of the roll-ups. */
export interface SummedFigure {
  /** Place in USAGE_COLUMNS. */
  readonly place: number;
  readonly name: UsageColumn;
  /** Column of the roll-ups. */
  readonly column: string;
  readonly ofRow: string;
}

/** Every figure that is a sum, in the order of USAGE_COLUMNS: all but the number of pods and the peaks. */
export const SUMMED_FIGURES: readonly SummedFigure[] = USAGE_COLUMNS.flatMap((name, place) =>
  SUM_COLUMNS.filter(({ field }) => field === name).map(({ column, ofRow }) => ({ place, name, column, ofRow })),
);

export interface PeakFigure {
  readonly place: number;
  /** Column of hours by pod; null in hours from before it. */
  readonly column: string;
  readonly ofRow: string;
  /** Column whose mean over the hour stands in. */
  readonly sum: string;
}

/** The peaks. */
export const PEAK_FIGURES: readonly PeakFigure[] = (['cpuPeakPodMillicores', 'memoryPeakPodBytes'] as const).flatMap(
  (name, index) =>
    PEAK_COLUMNS.slice(index, index + 1).map((peak) => ({ place: USAGE_COLUMNS.indexOf(name), ...peak })),
);
