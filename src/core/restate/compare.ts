import type { RestatedTotals } from '../../model/audit.ts';
import type { ResultRow, WindowResult } from '../../model/results.ts';

/** Relative difference below which a figure is the same. */
const UNCHANGED = 1e-12;

const FIGURES = [
  'co2eGrams',
  'co2eLowGrams',
  'co2eHighGrams',
  'co2eMarketGrams',
  'embodiedCo2eGrams',
  'embodiedLowGrams',
  'embodiedHighGrams',
  'gridIntensity',
  'pue',
  'costCpu',
  'costMemory',
  'costGpu',
  'costStorage',
  'costNetwork',
  'totalCost',
  'costLow',
  'costHigh',
] as const satisfies readonly (keyof ResultRow)[];

/** Whether a window need not be written: no figure, source or zone of any row would be another. */
export function isUnchanged(before: WindowResult, after: WindowResult): boolean {
  return before.rows.every((row, index) => {
    const now = after.rows[index];
    return now !== undefined && isSameRow(row, now);
  });
}

function isSameRow(before: ResultRow, after: ResultRow): boolean {
  if (before.emapsZone !== after.emapsZone) return false;
  if (!isClose(before.co2eDirectGrams ?? -1, after.co2eDirectGrams ?? -1)) return false;
  if (FIGURES.some((figure) => !isClose(before[figure], after[figure]))) return false;
  const { pue, intensity, embodied, cost } = after.sources;
  const known = before.sources;
  return pue === known.pue && intensity === known.intensity && embodied === known.embodied && cost === known.cost;
}

function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= UNCHANGED * Math.max(Math.abs(a), Math.abs(b));
}

export const NO_TOTALS: RestatedTotals = { co2eGrams: 0, embodiedCo2eGrams: 0, totalCost: 0, joules: 0 };

export function addTotals(sum: RestatedTotals, { rows }: Pick<WindowResult, 'rows'>): RestatedTotals {
  let { co2eGrams, embodiedCo2eGrams, totalCost, joules } = sum;
  for (const row of rows) {
    co2eGrams += row.co2eGrams;
    embodiedCo2eGrams += row.embodiedCo2eGrams;
    totalCost += row.totalCost;
    joules += row.joules;
  }
  return { co2eGrams, embodiedCo2eGrams, totalCost, joules };
}
