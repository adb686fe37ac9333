import type { CoefficientOverrides, CoefficientSources } from '../../core/ports/coefficient-sources.ts';
import type { FactorType } from '../../model/grid.ts';
import { DEFAULT_CURRENCY } from '../pipeline/cluster-record.ts';
import type { ContextSettings } from './context-settings.ts';
import type { GeneralSettings } from './general-settings.ts';

export function coefficientOverrides(
  settings: ContextSettings,
  general: GeneralSettings,
  factorType: FactorType,
): CoefficientOverrides {
  const prices = {
    ...(settings.priceCpuCoreHour === null ? {} : { cpuCoreHour: settings.priceCpuCoreHour }),
    ...(settings.priceMemoryGbHour === null ? {} : { memoryGbHour: settings.priceMemoryGbHour }),
    ...(settings.priceStorageGbHour === null ? {} : { storageGbHour: settings.priceStorageGbHour }),
    ...(settings.priceNetworkGb === null ? {} : { networkGb: settings.priceNetworkGb }),
    ...(settings.priceGpuHour === null ? {} : { gpuHour: settings.priceGpuHour }),
    ...(settings.currency === null ? {} : { currency: settings.currency }),
  };
  return {
    pue: settings.pue,
    zone: settings.zone,
    defaultIntensityGramsPerKwh: general.defaultIntensityGramsPerKwh,
    prices: Object.keys(prices).length === 0 ? null : prices,
    contract: settings.contract,
    factorType,
    zoneRules: settings.zoneRules,
  };
}

export function currencyOf(settings: ContextSettings): string {
  return settings.currency ?? DEFAULT_CURRENCY;
}

/** Puts nodes whose place tells no zone into the person's default zone; all others stay where they are. */
export function withDefaultZone(sources: CoefficientSources, defaultZone: string | null): CoefficientSources {
  if (defaultZone === null) return sources;
  const zone = { zone: defaultZone, countryCode: defaultZone.split('-')[0] ?? null, foundBy: 'person' } as const;
  const { grid } = sources;
  return {
    ...sources,
    grid: {
      ...grid,
      zoneFor: async (node) => {
        const found = await grid.zoneFor(node);
        return found.foundBy === 'unknown' ? zone : found;
      },
    },
  };
}
