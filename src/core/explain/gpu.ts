import { kwhOfJoules } from '../carbon/operational.ts';
import { GPU_FULL_SHARE_OF_TDP, GPU_IDLE_SHARE_OF_TDP, UNKNOWN_GPU_UTILISATION } from '../coefficients/gpu.ts';
import { MILLICORES_PER_CORE, SECONDS_PER_HOUR } from '../units.ts';
import { isSame, SAME } from './formula.ts';
import type { RowFacts } from './row-facts.ts';
import { gpuWords } from './source-words.ts';
import { type ExplainStep, type ExplainTerm, stepOf, term } from './step.ts';

const WATTS_PER_KILOWATT = 1000;

/** Energy of the cards of a row: by their own meter, or by TDP and use. */
export function gpuStep(facts: RowFacts): ExplainStep {
  const { row } = facts;
  const value = kwhOfJoules(row.joulesGpu);
  const base = { id: 'gpu', title: 'Energy of GPUs', value, unit: 'kWh' };
  const byTdp = row.sources.gpu === 'measured' ? null : tdpFormula(facts);
  return stepOf({ ...base, ...(byTdp ?? measured(facts, value)) });
}

function measured({ row }: RowFacts, kwh: number): { formula: string; terms: ExplainTerm[] } {
  const hours = row.durationSeconds / SECONDS_PER_HOUR;
  const at = { ...gpuWords(row.sources.gpu), atSeconds: row.startSeconds };
  return {
    formula: `watts × hours ÷ ${WATTS_PER_KILOWATT}`,
    terms: [
      term('watts', 'Mean power of the cards', (kwh * WATTS_PER_KILOWATT) / hours, 'W', at),
      term('hours', 'Hours of the window', hours, 'h', { source: 'Window', known: 'measured' }),
    ],
  };
}

/**
 * TDP × (idle share × cards + (full share − idle share) × cards in use). The number of cards follows from what is
 * stored; null where that can't be, as where the cards of a row are known in different ways.
 */
function tdpFormula(facts: RowFacts): { formula: string; terms: ExplainTerm[]; note: string } | null {
  const { row, nodeWindow } = facts;
  const tdp = nodeWindow?.gpuTdpWatts ?? null;
  if (tdp === null || tdp <= 0 || nodeWindow === null) return null;
  const hours = nodeWindow.existedSeconds / SECONDS_PER_HOUR;
  const perTdp = (kwhOfJoules(row.joulesGpu) * WATTS_PER_KILOWATT) / (tdp * hours);
  const span = GPU_FULL_SHARE_OF_TDP - GPU_IDLE_SHARE_OF_TDP;
  const isAssumed = row.sources.gpu === 'assumed';
  const seen = row.gpuUsageMillicores === null ? 0 : row.gpuUsageMillicores / MILLICORES_PER_CORE;
  const cards = isAssumed
    ? perTdp / (GPU_IDLE_SHARE_OF_TDP + span * UNKNOWN_GPU_UTILISATION)
    : (perTdp - span * seen) / GPU_IDLE_SHARE_OF_TDP;
  if (cards <= 0 || cards > nodeWindow.gpuCount * (1 + SAME)) return null;
  const held = isSame(cards, Math.round(cards)) ? Math.round(cards) : cards;
  const inUse = isAssumed ? held * UNKNOWN_GPU_UTILISATION : seen;
  const words = gpuWords(row.sources.gpu);
  return {
    formula: `tdp × (${GPU_IDLE_SHARE_OF_TDP} × cards + (${GPU_FULL_SHARE_OF_TDP} − ${GPU_IDLE_SHARE_OF_TDP}) × in_use) × hours ÷ ${WATTS_PER_KILOWATT}`,
    terms: [
      term('tdp', `TDP of ${nodeWindow.gpuModel ?? 'the card'}`, tdp, 'W', words),
      term('cards', 'Cards held', held, '', { source: 'Kubernetes: requests', known: 'measured' }),
      term('in_use', 'Cards in use, mean', inUse, '', {
        ...words,
        known: isAssumed ? 'default' : 'measured',
        atSeconds: row.startSeconds,
      }),
      term('hours', 'Hours of the window', hours, 'h', { source: 'Window', known: 'measured' }),
    ],
    note: isAssumed ? 'Nothing tells how busy the cards were: half is assumed.' : 'Methodology 1.3.',
  };
}
