import { chooseIntensity, WORLD_ZONE } from '../../core/carbon/choose-intensity.ts';
import { choosePue } from '../../core/carbon/choose-pue.ts';
import { regionCandidates } from '../../core/carbon/region-names.ts';
import { choosePrices } from '../../core/cost/prices.ts';
import { chooseEmbodied } from '../../core/embodied/choose-embodied.ts';
import type { CoefficientOverrides, CoefficientSources, GridZone } from '../../core/ports/coefficient-sources.ts';
import { chooseCurve } from '../../core/power/choose-curve.ts';
import { BYTES_PER_GB, MILLICORES_PER_CORE } from '../../core/units.ts';
import type { EmbodiedValue, IntensityValue, PowerCurve, PueValue } from '../../model/coefficients.ts';
import type { NodeDescription } from '../../model/inventory.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { familyOfName, type InstanceEntry, instanceKey } from './instance-index.ts';
import type { CoefficientTables } from './load.ts';
import { pueOfProvider, pueOfRegion } from './pue-index.ts';
import { findRegion, gridZoneOfLabel } from './region-index.ts';

/** Coefficients from the bundled tables, with what a person set over them. No call fails or waits. */
export function createTableCoefficients(
  tables: CoefficientTables,
  overrides: CoefficientOverrides,
): CoefficientSources {
  return {
    power: { curveFor: async (node) => curveFor(tables, node) },
    pue: { pueFor: async (node) => pueFor(tables, overrides, node) },
    grid: {
      zoneFor: async (node) => zoneFor(tables, overrides, node),
      intensityFor: async (zone, atSeconds) => intensityFor(tables, overrides, zone, atSeconds),
    },
    embodied: { embodiedFor: async (node) => embodiedFor(tables, node) },
    prices: { pricesFor: async () => choosePrices(overrides.prices) },
  };
}

function curveFor(tables: CoefficientTables, node: NodeDescription): PowerCurve {
  const instance = instanceOf(tables, node);
  const family = node.instanceType === null ? null : familyOfName(node.provider, node.instanceType);
  return chooseCurve(
    {
      provider: node.provider,
      instanceType: node.instanceType,
      vcpu: node.cpuCapacityMillicores / MILLICORES_PER_CORE,
      memoryGb: node.memoryCapacityBytes / BYTES_PER_GB,
    },
    {
      instance: instance?.power ?? null,
      family: family === null ? null : (tables.instances.families.get(instanceKey(node.provider, family)) ?? null),
      providerAverage: tables.providers.get(node.provider)?.watts ?? null,
    },
  );
}

function embodiedFor(tables: CoefficientTables, node: NodeDescription): EmbodiedValue {
  return chooseEmbodied(
    {
      provider: node.provider,
      vcpu: node.cpuCapacityMillicores / MILLICORES_PER_CORE,
      memoryGb: node.memoryCapacityBytes / BYTES_PER_GB,
      gpuCount: node.gpuCount,
    },
    instanceOf(tables, node)?.embodiedKilograms ?? null,
    tables.providers.get(node.provider)?.lifespanHours ?? null,
  );
}

function pueFor(tables: CoefficientTables, overrides: CoefficientOverrides, node: NodeDescription): PueValue {
  return choosePue({
    person: overrides.pue,
    region: pueOfRegion(tables.pue, node.provider, regionCandidates(node.region, node.zone)),
    provider: pueOfProvider(tables.pue, node.provider),
    coefficient: tables.providers.get(node.provider)?.pue ?? null,
  });
}

function zoneFor(tables: CoefficientTables, overrides: CoefficientOverrides, node: NodeDescription): GridZone {
  if (overrides.zone !== null)
    return { zone: overrides.zone, countryCode: countryOf(overrides.zone), foundBy: 'person' };
  const region = findRegion(tables.regions, node);
  if (region !== null) return { zone: region.zone, countryCode: region.countryCode, foundBy: 'region' };
  const label = gridZoneOfLabel(node, (zone) => tables.zoneYears.has(zone));
  if (label !== null) return { zone: label, countryCode: countryOf(label), foundBy: 'region' };
  return { zone: WORLD_ZONE, countryCode: null, foundBy: 'unknown' };
}

function intensityFor(
  tables: CoefficientTables,
  overrides: CoefficientOverrides,
  zone: GridZone,
  atSeconds: EpochSeconds,
): IntensityValue {
  return chooseIntensity(
    {
      zone: zone.zone,
      countryCode: zone.countryCode,
      zoneYears: tables.zoneYears.get(zone.zone) ?? [],
      countryYears: zone.countryCode === null ? [] : (tables.countryYears.get(zone.countryCode) ?? []),
      personDefaultGramsPerKwh: overrides.defaultIntensityGramsPerKwh,
    },
    atSeconds,
  );
}

function instanceOf(tables: CoefficientTables, node: NodeDescription): InstanceEntry | null {
  if (node.instanceType === null) return null;
  return tables.instances.instances.get(instanceKey(node.provider, node.instanceType)) ?? null;
}

/** Zones are named after their country: `SE-SE3` lies in `SE`. */
function countryOf(zone: string): string | null {
  const [country] = zone.split('-');
  return country !== undefined && /^[A-Z]{2}$/.test(country) ? country : null;
}
