import type { EmbodiedValue } from '../../model/coefficients.ts';
import type { NodeWindowRow, ResultRow } from '../../model/results.ts';
import { embodiedGramsPerHour } from '../embodied/share.ts';
import { SECONDS_PER_HOUR } from '../units.ts';

/**
 * Embodied grams of a node's rows with another value for the node: shares stay as they were. Where the node had none
 * before, they are those of its idle energy, which goes by the same reservation.
 */
export function embodiedScale(
  rows: readonly ResultRow[],
  window: NodeWindowRow,
  embodied: EmbodiedValue,
): (row: ResultRow) => number {
  const hours = window.existedSeconds / SECONDS_PER_HOUR;
  const grams = embodiedGramsPerHour(embodied.kilograms, embodied.lifespanHours) * hours;
  const before = sumOf(rows, (row) => row.embodiedCo2eGrams);
  if (before > 0) return (row) => row.embodiedCo2eGrams * (grams / before);
  const idle = sumOf(rows, (row) => row.joulesIdle);
  return (row) => (idle > 0 ? grams * (row.joulesIdle / idle) : 0);
}

function sumOf(rows: readonly ResultRow[], of: (row: ResultRow) => number): number {
  return rows.reduce((sum, row) => sum + of(row), 0);
}
