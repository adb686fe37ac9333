import type { Factor } from '../../model/bounds.ts';
import type { PueValue } from '../../model/coefficients.ts';
import { factorOfRange } from '../bounds/combine.ts';
import { ON_PREM_PUE, PERSON_PUE_FACTOR } from '../coefficients/carbon.ts';

/** What is known of the PUE of a provider and region; null where nothing is. */
export interface PueCandidates {
  readonly person: number | null;
  readonly region: number | null;
  readonly provider: number | null;
  /** The provider's default coefficient and its range. */
  readonly coefficient: { readonly pue: number; readonly low: number; readonly high: number } | null;
}

/** The ladder of METHODOLOGY 0.8: person, region, provider, default coefficients, own data centre. */
export function choosePue(candidates: PueCandidates): PueValue {
  const { person, region, provider, coefficient } = candidates;
  if (person !== null) return { pue: person, source: 'person', factor: atLeastOne(person, PERSON_PUE_FACTOR) };
  const range = coefficient ?? ON_PREM_PUE;
  if (region !== null) return { pue: region, source: 'region', factor: factorOfRange(region, range.low, range.high) };
  if (provider !== null)
    return { pue: provider, source: 'provider', factor: factorOfRange(provider, range.low, range.high) };
  if (coefficient !== null) {
    return {
      pue: coefficient.pue,
      source: 'coefficients',
      factor: factorOfRange(coefficient.pue, coefficient.low, coefficient.high),
    };
  }
  return {
    pue: ON_PREM_PUE.pue,
    source: 'on-prem',
    factor: factorOfRange(ON_PREM_PUE.pue, ON_PREM_PUE.low, ON_PREM_PUE.high),
  };
}

/** No building needs less than its machines: the low bound stays at a PUE of 1 or above. */
function atLeastOne(pue: number, factor: Factor): Factor {
  return { low: Math.min(1, Math.max(factor.low, 1 / pue)), high: factor.high };
}
