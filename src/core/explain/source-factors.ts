import { EXACT, type Factor } from '../../model/bounds.ts';
import type {
  CostSource,
  EmbodiedSource,
  GpuSource,
  IntensitySource,
  PowerSource,
  PueSource,
} from '../../model/sources.ts';
import { factorOfRange } from '../bounds/combine.ts';
import { ESTIMATED_FACTOR, LIVE_FACTOR } from '../carbon/choose-recorded.ts';
import { ON_PREM_PUE, PERSON_PUE_FACTOR, WORLD_FACTOR, ZONE_YEAR_FACTOR } from '../coefficients/carbon.ts';
import { EMBODIED_FACTOR } from '../coefficients/embodied.ts';
import { GPU_TDP_FACTOR, MEASURED_GPU_FACTOR, UNKNOWN_GPU_FACTOR } from '../coefficients/gpu.ts';
import { MEASURED_FACTOR, METER_MODEL_FACTOR } from '../coefficients/meter.ts';
import { DEFAULT_POWER_FACTOR, MICROARCHITECTURE_FACTOR } from '../coefficients/power.ts';
import { DEFAULT_PRICE_FACTOR } from '../coefficients/prices.ts';

/** Ranges of METHODOLOGY 1.1, for explanations; each row carries the range that its own sources gave it. */
const TEADS: Factor = { low: 0.6, high: 1.4 };
const PROFILE: Factor = { low: 0.7, high: 1.3 };
/** Joules a terabyte-hour: CCF's values by medium, half to twice. */
const STORAGE: Factor = { low: 0.5, high: 2 };

/** PUE of each provider's data centres: value and range of `provider_default_coefficients.csv`. */
export const PUE_RANGES: Readonly<
  Record<string, { readonly pue: number; readonly low: number; readonly high: number }>
> = {
  aws: { pue: 1.135, low: 1.07, high: 1.5 },
  azure: { pue: 1.185, low: 1.11, high: 1.3 },
  gcp: { pue: 1.1, low: 1.07, high: 1.13 },
  ovh: { pue: 1.26, low: 1.16, high: 1.37 },
  scaleway: { pue: 1.37, low: 1.25, high: 1.4 },
};

export function powerFactor(source: PowerSource): Factor {
  switch (source) {
    case 'measured':
      return MEASURED_FACTOR;
    case 'teads':
      return TEADS;
    case 'microarchitecture':
      return MICROARCHITECTURE_FACTOR;
    case 'meter-model':
      return METER_MODEL_FACTOR;
    case 'provider-default':
    case 'generic':
      return DEFAULT_POWER_FACTOR;
  }
}

export function gpuFactor(source: GpuSource): Factor {
  switch (source) {
    case 'none':
      return EXACT;
    case 'measured':
      return MEASURED_GPU_FACTOR;
    case 'utilisation':
      return GPU_TDP_FACTOR;
    case 'assumed':
      return UNKNOWN_GPU_FACTOR;
  }
}

export function storageFactor(): Factor {
  return STORAGE;
}

export function pueFactor(source: PueSource, provider: string): Factor {
  if (source === 'person') return PERSON_PUE_FACTOR;
  const { pue, low, high } = PUE_RANGES[provider] ?? ON_PREM_PUE;
  return factorOfRange(pue, low, high);
}

export function intensityFactor(source: IntensitySource): Factor {
  switch (source) {
    case 'live':
      return LIVE_FACTOR;
    case 'estimated':
      return ESTIMATED_FACTOR;
    case 'zone-profile':
      return PROFILE;
    case 'zone-year':
    case 'country-year':
    case 'person':
      return ZONE_YEAR_FACTOR;
    case 'world':
      return WORLD_FACTOR;
  }
}

/** Boavizta's own minimum and maximum vary by type: about as wide as this. */
const BOAVIZTA: Factor = { low: 0.6, high: 1.7 };

export function embodiedFactor(source: EmbodiedSource): Factor {
  return source === 'boavizta' ? BOAVIZTA : EMBODIED_FACTOR;
}

export function priceFactor(source: CostSource): Factor {
  return source === 'default-prices' ? DEFAULT_PRICE_FACTOR : EXACT;
}

/** How wide a range is, squared, in log space: what adds up over independent factors. */
export function logVariance({ low, high }: Factor): number {
  return (Math.log(1 / low) ** 2 + Math.log(high) ** 2) / 2;
}
