import type { GpuSource } from '../../model/sources.ts';
import type { CardEnergy } from '../power/gpu-cards.ts';
import { podKey } from './pod-presence.ts';

/** What one pod, or nobody, holds of a node's cards. */
export interface GpuHolding {
  /** Cards held over the window; a part of one where it was shared or held for a part of the time. */
  readonly cards: number;
  readonly joules: number;
  readonly measuredJoules: number;
  readonly utilisationJoules: number;
  readonly assumedJoules: number;
  /** Mean cards in use; null where nothing tells it. */
  readonly usedCards: number | null;
}

export interface GpuClaim {
  readonly namespace: string;
  readonly name: string;
  /** Cards that the pod asks for, weighted by the time that it was alive. */
  readonly demand: number;
}

export interface GpuAttribution {
  /** In the order of the claims; null for a pod without a card. */
  readonly pods: readonly (GpuHolding | null)[];
  readonly free: GpuHolding | null;
  readonly joules: number;
}

const NO_GPUS: GpuAttribution = { pods: [], free: null, joules: 0 };

/**
 * The whole energy of a held card to its pod, that of a free one to nobody (METHODOLOGY 1.3, 1.7.4). Where nothing says who
 * holds a card, the pods that ask for more than they were seen to hold share the cards that are left, busiest first.
 */
export function attributeCards(cards: readonly CardEnergy[], claims: readonly GpuClaim[]): GpuAttribution {
  if (cards.length === 0) return NO_GPUS;
  const places = new Map(claims.map((claim, index) => [podKey(claim), index]));
  const pods: (GpuHolding | null)[] = claims.map(() => null);
  const loose: CardEnergy[] = [];
  let joules = 0;
  for (const card of cards) {
    joules += card.joules;
    const index = card.pod === null ? undefined : places.get(podKey(card.pod));
    if (index === undefined) loose.push(card);
    else pods[index] = held(pods[index] ?? null, card, 1);
  }
  const missing = claims.map((claim, index) => Math.max(0, claim.demand - (pods[index]?.cards ?? 0)));
  const wanted = missing.reduce((sum, each) => sum + each, 0);
  const { taken, left } = take(loose, wanted);
  if (taken !== null) {
    missing.forEach((each, index) => {
      if (each > 0) pods[index] = joined(pods[index] ?? null, taken, each / wanted);
    });
  }
  return { pods, free: left, joules };
}

/** The rung of a holding: the worst of its cards. */
export function gpuSourceOf(holding: GpuHolding | null): GpuSource {
  if (holding === null) return 'none';
  if (holding.assumedJoules > 0) return 'assumed';
  return holding.utilisationJoules > 0 ? 'utilisation' : 'measured';
}

function take(
  cards: readonly CardEnergy[],
  wanted: number,
): { readonly taken: GpuHolding | null; readonly left: GpuHolding | null } {
  let taken: GpuHolding | null = null;
  let left: GpuHolding | null = null;
  let open = wanted;
  for (const card of [...cards].sort((a, b) => b.joules - a.joules)) {
    const share = card.cards > 0 ? Math.min(1, open / card.cards) : 0;
    open -= card.cards * share;
    if (share > 0) taken = held(taken, card, share);
    if (share < 1) left = held(left, card, 1 - share);
  }
  return { taken, left };
}

function held(before: GpuHolding | null, card: CardEnergy, share: number): GpuHolding {
  return joined(
    before,
    {
      cards: card.cards,
      joules: card.joules,
      measuredJoules: card.source === 'measured' ? card.joules : 0,
      utilisationJoules: card.source === 'utilisation' ? card.joules : 0,
      assumedJoules: card.source === 'assumed' ? card.joules : 0,
      usedCards: card.utilisation === null ? null : card.utilisation * card.cards,
    },
    share,
  );
}

function joined(before: GpuHolding | null, more: GpuHolding, share: number): GpuHolding {
  const used = more.usedCards === null ? null : more.usedCards * share;
  return {
    cards: (before?.cards ?? 0) + more.cards * share,
    joules: (before?.joules ?? 0) + more.joules * share,
    measuredJoules: (before?.measuredJoules ?? 0) + more.measuredJoules * share,
    utilisationJoules: (before?.utilisationJoules ?? 0) + more.utilisationJoules * share,
    assumedJoules: (before?.assumedJoules ?? 0) + more.assumedJoules * share,
    usedCards: used === null ? (before?.usedCards ?? null) : (before?.usedCards ?? 0) + used,
  };
}
