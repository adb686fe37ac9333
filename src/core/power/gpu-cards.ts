import type { GpuCoefficients } from '../../model/coefficients.ts';
import type { GpuUsage } from '../../model/energy.ts';
import type { NodeFacts } from '../../model/facts.ts';
import type { GpuSource } from '../../model/sources.ts';
import { UNKNOWN_GPU_UTILISATION } from '../coefficients/gpu.ts';
import { gpuWatts } from './gpu.ts';

/** Energy of one card (or of the part of it that one pod held) in a window. */
export interface CardEnergy {
  readonly joules: number;
  readonly source: Exclude<GpuSource, 'none'>;
  /** 1, or less where several entries are of one card. */
  readonly cards: number;
  /** 0 to 1; null where nothing tells. */
  readonly utilisation: number | null;
  readonly pod: GpuUsage['pod'];
}

/**
 * Every card of a node: joules of the card itself, else its TDP at the use that was seen, else its TDP at an assumed use;
 * cards that nothing tells of are assumed too. Without coefficients the node's curve holds its cards already, and only
 * what a card measured is known. Source: METHODOLOGY 1.3.
 */
export function cardsOf(
  facts: Pick<NodeFacts, 'node' | 'gpus' | 'existedSeconds'>,
  coefficients: GpuCoefficients | undefined,
): CardEnergy[] {
  const seen = facts.gpus ?? [];
  if (seen.length === 0 && coefficients === undefined) return [];
  const entries = new Map<string, number>();
  for (const { card } of seen) entries.set(card, (entries.get(card) ?? 0) + 1);
  const cards: CardEnergy[] = [];
  for (const usage of seen) {
    const energy = seenCard(usage, 1 / (entries.get(usage.card) ?? 1), facts.existedSeconds, coefficients);
    if (energy !== null) cards.push(energy);
  }
  if (coefficients === undefined) return cards;
  const all = coefficients.cardCount ?? facts.node.gpuCount;
  for (let card = entries.size; card < all; card += 1) {
    cards.push(modelledCard(coefficients.tdpWatts, null, 1, facts.existedSeconds, null));
  }
  return cards;
}

function seenCard(
  usage: GpuUsage,
  part: number,
  existedSeconds: number,
  coefficients: GpuCoefficients | undefined,
): CardEnergy | null {
  const { joules, utilisation, pod } = usage;
  if (joules !== null) return { joules, source: 'measured', cards: part, utilisation, pod };
  if (coefficients === undefined) return null;
  return modelledCard(coefficients.tdpWatts, utilisation, part, existedSeconds, pod);
}

function modelledCard(
  tdpWatts: number,
  utilisation: number | null,
  part: number,
  existedSeconds: number,
  pod: GpuUsage['pod'],
): CardEnergy {
  const joules = gpuWatts(tdpWatts, part, utilisation ?? UNKNOWN_GPU_UTILISATION) * existedSeconds;
  return { joules, source: utilisation === null ? 'assumed' : 'utilisation', cards: part, utilisation, pod };
}
