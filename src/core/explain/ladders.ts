import type { RowSources } from '../../model/sources.ts';
import type { NodeShare } from './node-share.ts';
import { LADDER_TITLES, LADDERS } from './rung-titles.ts';

export const QUANTITIES = ['cpu', 'usage', 'power', 'gpu', 'intensity', 'pue', 'embodied', 'cost'] as const;
export type Quantity = (typeof QUANTITIES)[number];

export interface LadderShares {
  readonly quantity: Quantity;
  readonly title: string;
  /** Best rung first; only those that were used. */
  readonly rungs: readonly {
    readonly rung: string;
    readonly title: string;
    readonly joules: number;
    readonly share: number;
  }[];
}

/** IT energy by rung of each ladder: power without GPUs, which have their own; CPU and usage without volumes too. */
export function laddersOf(shares: readonly NodeShare[]): LadderShares[] {
  return QUANTITIES.map((quantity) => ladderOf(quantity, shares)).filter(({ rungs }) => rungs.length > 0);
}

function ladderOf(quantity: Quantity, shares: readonly NodeShare[]): LadderShares {
  const joules = new Map<string, number>();
  let all = 0;
  for (const share of shares) {
    const amount = joulesOf(quantity, share);
    const rung = rungOf(quantity, share.sources);
    joules.set(rung, (joules.get(rung) ?? 0) + amount);
    all += amount;
  }
  const rungs = LADDERS[quantity].flatMap(([rung, title]) => {
    const amount = joules.get(rung) ?? 0;
    return amount > 0 ? [{ rung, title, joules: amount, share: Math.min(1, amount / all) }] : [];
  });
  return { quantity, title: LADDER_TITLES[quantity], rungs };
}

function rungOf(quantity: Quantity, sources: RowSources): string {
  return sources[quantity];
}

function joulesOf(quantity: Quantity, { joules, joulesGpu, joulesStorage }: NodeShare): number {
  switch (quantity) {
    case 'gpu':
      return joulesGpu;
    case 'power':
      return Math.max(0, joules - joulesGpu);
    case 'cpu':
    case 'usage':
      return Math.max(0, joules - joulesGpu - joulesStorage);
    case 'intensity':
    case 'pue':
    case 'embodied':
    case 'cost':
      return joules;
  }
}
