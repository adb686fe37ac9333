import type { BreakdownItem, StoredNodeWindow, Sums } from '../ports/results-store.ts';

/** The node that took most of an aggregate's energy. */
export interface LargestNode {
  /** Its newest window in the range; null where node facts are gone. */
  readonly window: StoredNodeWindow | null;
  readonly provider: string;
  readonly zone: string;
  readonly instanceType: string | null;
  readonly embodiedKilograms: number | null;
  /** Embodied grams of the whole node over the range, whoever holds it. */
  readonly wholeEmbodiedGrams: number;
}

/** Sums of a range and filter, and what they are made of. */
export interface AggregateFacts {
  readonly totals: Sums;
  /** By energy, the largest first; the first ones of `nodeCount`. Volumes are among them with an empty key. */
  readonly nodes: readonly BreakdownItem[];
  /** Without volumes, which are on no node. */
  readonly nodeCount: number;
  readonly largest: LargestNode | null;
  readonly currency: string;
  /** True where the rows of the range were compacted or removed by retention. */
  readonly areRowsGone: boolean;
}
