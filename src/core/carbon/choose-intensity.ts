import type { IntensityValue } from '../../model/coefficients.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { factorOfRange } from '../bounds/combine.ts';
import { WORLD_FACTOR, WORLD_GRAMS_PER_KWH, ZONE_YEAR_FACTOR } from '../coefficients/carbon.ts';

export const WORLD_ZONE = 'WORLD';

/** One yearly value; `low` and `high` are null where the source gives no range. */
export interface YearlyIntensity {
  readonly year: number;
  readonly gramsPerKwh: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface IntensityCandidates {
  readonly zone: string;
  readonly countryCode: string | null;
  readonly zoneYears: readonly YearlyIntensity[];
  readonly countryYears: readonly YearlyIntensity[];
  /** What the person set for places that are not known; null for the world's mean. */
  readonly personDefaultGramsPerKwh: number | null;
}

/** The ladder of METHODOLOGY 0.9: the zone's year, the country's year, the person's default, the world. */
export function chooseIntensity(candidates: IntensityCandidates, atSeconds: EpochSeconds): IntensityValue {
  const year = new Date(atSeconds * 1000).getUTCFullYear();
  const zoneYear = latestNotAfter(candidates.zoneYears, year);
  if (zoneYear !== null) return yearly(zoneYear, candidates.zone, 'zone-year');
  const countryYear = latestNotAfter(candidates.countryYears, year);
  if (countryYear !== null) return yearly(countryYear, candidates.countryCode ?? candidates.zone, 'country-year');
  const person = candidates.personDefaultGramsPerKwh;
  return {
    gramsPerKwh: person ?? WORLD_GRAMS_PER_KWH,
    zone: candidates.zone,
    source: person === null ? 'world' : 'person',
    factorType: 'lifecycle',
    // A value that a person set stands for places nobody knows: as wide as a yearly one.
    factor: person === null ? WORLD_FACTOR : ZONE_YEAR_FACTOR,
    atSeconds: null,
  };
}

/** The youngest value of a year up to `year`; the oldest of all where every one is later. */
export function latestNotAfter(values: readonly YearlyIntensity[], year: number): YearlyIntensity | null {
  const inOrder = [...values].sort((a, b) => a.year - b.year);
  return inOrder.findLast((value) => value.year <= year) ?? inOrder[0] ?? null;
}

function yearly(value: YearlyIntensity, zone: string, source: 'zone-year' | 'country-year'): IntensityValue {
  const hasRange = value.low !== null && value.high !== null;
  return {
    gramsPerKwh: value.gramsPerKwh,
    zone,
    source,
    factorType: 'lifecycle',
    factor: hasRange ? factorOfRange(value.gramsPerKwh, value.low, value.high) : ZONE_YEAR_FACTOR,
    atSeconds: Date.UTC(value.year, 0, 1) / 1000,
  };
}
