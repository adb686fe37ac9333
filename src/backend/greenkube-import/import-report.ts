import type { Tally } from './tally.ts';

/** What became of the windows. Sums are of what was written. */
export interface WindowCounts {
  written: number;
  /** The store had one of that time. */
  known: number;
  /** Not over yet. */
  open: number;
  /** By what the store said. */
  readonly refused: Map<string, number>;
  /** Lines of hours that were taken from the other table. */
  rowsInOther: number;
  /** Lines of windows that were not written. */
  rowsLeft: number;
  joules: number;
  co2eGrams: number;
  embodiedCo2eGrams: number;
  totalCost: number;
}

/** What an import did. */
export interface GreenKubeImport {
  readonly from: string;
  readonly to: string;
  readonly cluster: { readonly id: string; readonly name: string; readonly currency: string };
  readonly windows: WindowCounts;
  readonly rows: Tally;
  readonly nodes: Tally;
  readonly intensities: Tally;
  /** Lines of `recommendation_history`, none of which is taken. */
  readonly recommendationsLeft: number;
}
