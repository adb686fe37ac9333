import type { CoefficientOverrides, CoefficientSources } from '../../../src/core/ports/coefficient-sources.ts';
import type { NodeDescription } from '../../../src/model/inventory.ts';

const factor = { low: 0.5, high: 2 };

/** Coefficients with round values; `asked` counts the calls to each port. */
export function fakeCoefficients(overrides: Partial<CoefficientOverrides> = {}) {
  const asked = { power: 0, pue: 0, zone: 0, intensity: 0, embodied: 0, prices: 0 };
  const sources: CoefficientSources = {
    power: {
      curveFor: async () => {
        asked.power += 1;
        return { id: 'test', watts: [10, 20, 40, 60], source: 'generic', factor, memoryWatts: 0, flags: [] };
      },
      gpuFor: async () => null,
      volumeFor: async () => ({ medium: 'ssd', wattHoursPerTerabyteHour: 1, replication: 2, factor, flags: [] }),
    },
    pue: {
      pueFor: async () => {
        asked.pue += 1;
        return { pue: overrides.pue ?? 1.5, source: 'provider', factor };
      },
    },
    grid: {
      zoneFor: async (node: NodeDescription) => {
        asked.zone += 1;
        if (node.region === null) return { zone: 'WORLD', countryCode: null, foundBy: 'unknown' };
        return { zone: overrides.zone ?? 'FR', countryCode: 'FR', foundBy: 'region' };
      },
      intensityFor: async ({ zone }) => {
        asked.intensity += 1;
        return { gramsPerKwh: 100, zone, source: 'zone-year', factorType: 'lifecycle', factor, atSeconds: null };
      },
      directFor: async () => null,
    },
    embodied: {
      embodiedFor: async () => {
        asked.embodied += 1;
        return { kilograms: 1000, lifespanHours: 35_040, source: 'table', factor };
      },
    },
    contracts: { contractFor: async () => (overrides.contract ? { ...overrides.contract, source: 'person' } : null) },
    prices: {
      pricesFor: async () => {
        asked.prices += 1;
        const prices = { cpuCoreHour: 0.04, memoryGbHour: 0.005, storageGbHour: 0, networkGb: 0, gpuHour: 0 };
        return {
          ...prices,
          ...overrides.prices,
          currency: overrides.prices?.currency ?? 'USD',
          source: 'default-prices',
          factor,
        };
      },
    },
  };
  return { sources, asked };
}
