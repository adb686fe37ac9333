import type { Factor } from '../../model/bounds.ts';
import type { RowSources } from '../../model/sources.ts';

/** A part of what is looked at: one node (or volumes of one place) with one set of sources, and what it amounts to. */
export interface NodeShare {
  readonly clusterId: string;
  readonly clusterName: string;
  /** Empty for volumes that no node mounts. */
  readonly node: string;
  readonly instanceType: string | null;
  readonly provider: string;
  readonly region: string | null;
  /** Grid zone. */
  readonly zone: string;
  readonly sources: RowSources;
  /** Range of the power curve as it was stored; null: what its source says. */
  readonly curveFactor: Factor | null;
  readonly joules: number;
  readonly joulesGpu: number;
  readonly joulesStorage: number;
  readonly co2eGrams: number;
  readonly embodiedGrams: number;
  readonly cost: number;
}
