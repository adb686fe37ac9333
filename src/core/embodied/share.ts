import { GRAMS_PER_KILOGRAM } from '../units.ts';

/** Grams of a node's making that one hour of its life carries. Source: METHODOLOGY 1.10. */
export function embodiedGramsPerHour(instanceKilograms: number, lifespanHours: number): number {
  return lifespanHours > 0 ? (instanceKilograms * GRAMS_PER_KILOGRAM) / lifespanHours : 0;
}

/** Grams for some hours and for who holds `share` (0 to 1) of the node. */
export function embodiedShareGrams(gramsPerHour: number, hours: number, share: number): number {
  return gramsPerHour * hours * share;
}
