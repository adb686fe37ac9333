import type { EpochSeconds } from '../time.ts';

/** Dimensions of the sustainability score and their weights; together 1. */
export const SCORE_WEIGHTS = {
  resource_efficiency: 0.25,
  carbon: 0.2,
  waste: 0.15,
  nodes: 0.15,
  scaling: 0.1,
  carbon_aware: 0.1,
  stability: 0.05,
} as const;
export type ScoreDimension = keyof typeof SCORE_WEIGHTS;

export interface DimensionScore {
  readonly dimension: ScoreDimension;
  /** 0 to 100; null without data: then it is left out and the rest is weighted anew. */
  readonly score: number | null;
  /** The weight that it had in this score, 0 where it was left out. */
  readonly weight: number;
  /** Figures behind it, by name with units. */
  readonly figures: Readonly<Record<string, number | null>>;
  /** In words: what the score comes from, or why there is none. */
  readonly note: string;
}

export interface Score {
  readonly clusterId: string;
  /** Null: the whole cluster. */
  readonly namespace: string | null;
  readonly atSeconds: EpochSeconds;
  /** 0 to 100; null where no dimension has data. */
  readonly score: number | null;
  readonly dimensions: readonly DimensionScore[];
  /** The dimension that would raise it most, and by how many points at most; null where nothing would. */
  readonly raise: { readonly dimension: ScoreDimension; readonly points: number; readonly how: string } | null;
}
