import type { NodeShare } from './node-share.ts';

export type NarrowingFactor = 'power' | 'gpu' | 'storage' | 'pue' | 'intensity' | 'embodied' | 'price';

/** Nodes that one better source would serve: of one place, type or zone. */
export interface NarrowingPlace {
  readonly factor: NarrowingFactor;
  readonly shares: readonly NodeShare[];
  readonly width: number;
}
