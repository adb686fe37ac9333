import { chooseIntensity, latestNotAfter, type YearlyIntensity } from '../../core/carbon/choose-intensity.ts';
import { choosePue } from '../../core/carbon/choose-pue.ts';
import { regionCandidates } from '../../core/carbon/region-names.ts';
import { choosePrices } from '../../core/cost/prices.ts';
import { chooseEmbodied } from '../../core/embodied/choose-embodied.ts';
import type { CoefficientOverrides, CoefficientSources, GridZone } from '../../core/ports/coefficient-sources.ts';
import { chooseCurve } from '../../core/power/choose-curve.ts';
import { BYTES_PER_GB, MILLICORES_PER_CORE } from '../../core/units.ts';
import type {
  EmbodiedValue,
  IntensityValue,
  PowerCurve,
  PueValue,
  SupplyContract,
  VolumeCoefficient,
} from '../../model/coefficients.ts';
import type { VolumeUsage } from '../../model/energy.ts';
import type { NodeDescription } from '../../model/inventory.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { GPU_LABELS } from './gpu-index.ts';
import { gpuOfNode } from './gpu-of-node.ts';
import { familyOfName, type InstanceEntry, instanceKey } from './instance-index.ts';
import type { CoefficientTables } from './load.ts';
import { withProfile } from './profile-index.ts';
import { GENERAL_STORAGE } from './provider-index.ts';
import { pueOfProvider, pueOfRegion } from './pue-index.ts';
import { findRegion } from './region-index.ts';
import { volumeCoefficient } from './volume-coefficient.ts';
import { zoneOfNode } from './zone-of-node.ts';

/** Coefficients from the bundled tables, with what a person set over them. No call fails or waits. */
export function createTableCoefficients(
  tables: CoefficientTables,
  overrides: CoefficientOverrides,
): CoefficientSources {
  return {
    power: {
      curveFor: async (node) => curveFor(tables, node),
      gpuFor: async (node) => gpuOfNode(tables.gpus, instanceOf(tables, node)?.power ?? null, node),
      volumeFor: async (volume, place) => volumeFor(tables, volume, place),
    },
    pue: { pueFor: async (node) => pueFor(tables, overrides, node) },
    grid: {
      zoneFor: async (node) => zoneOfNode(tables, overrides, node),
      intensityFor: async (zone, atSeconds) => intensityFor(tables, overrides, zone, atSeconds),
      directFor: async (zone, atSeconds) => directFor(tables, zone, atSeconds),
    },
    embodied: { embodiedFor: async (node) => embodiedFor(tables, node) },
    prices: { pricesFor: async () => choosePrices(overrides.prices) },
    contracts: { contractFor: async (node) => contractFor(tables, overrides, node) },
    labels: [...GPU_LABELS, ...overrides.zoneRules.flatMap((rule) => (rule.label === null ? [] : [rule.label.name]))],
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

function volumeFor(tables: CoefficientTables, volume: VolumeUsage, place: NodeDescription): VolumeCoefficient {
  const storage = tables.providers.get(place.provider)?.storage ?? null;
  return volumeCoefficient(volume, place.provider, storage, GENERAL_STORAGE);
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

/** By direct factors only where the person chose them and the tables have them; the type stands in the value. */
function intensityFor(
  tables: CoefficientTables,
  overrides: CoefficientOverrides,
  zone: GridZone,
  atSeconds: EpochSeconds,
): IntensityValue {
  const direct = overrides.factorType === 'direct' ? directFor(tables, zone, atSeconds) : null;
  if (direct !== null) return direct;
  const yearly = chooseIntensity(
    {
      zone: zone.zone,
      countryCode: zone.countryCode,
      zoneYears: tables.zoneYears.get(zone.zone) ?? [],
      countryYears: zone.countryCode === null ? [] : (tables.countryYears.get(zone.countryCode) ?? []),
      personDefaultGramsPerKwh: overrides.defaultIntensityGramsPerKwh,
    },
    atSeconds,
  );
  return withProfile(tables.profiles, yearly, atSeconds);
}

function directFor(tables: CoefficientTables, zone: GridZone, atSeconds: EpochSeconds): IntensityValue | null {
  const years: readonly YearlyIntensity[] = tables.directYears.get(zone.zone) ?? [];
  if (latestNotAfter(years, new Date(atSeconds * 1000).getUTCFullYear()) === null) return null;
  const value = chooseIntensity(
    { zone: zone.zone, countryCode: null, zoneYears: years, countryYears: [], personDefaultGramsPerKwh: null },
    atSeconds,
  );
  return { ...value, factorType: 'direct' };
}

/** The person's contract; for Google Cloud else the published share of carbon-free energy, the rest as the grid is. */
function contractFor(
  tables: CoefficientTables,
  overrides: CoefficientOverrides,
  node: NodeDescription,
): SupplyContract | null {
  if (overrides.contract !== null) return { ...overrides.contract, source: 'person' };
  if (node.provider !== 'gcp') return null;
  const share = tables.carbonFree.get(findRegion(tables.regions, node)?.regionId ?? '');
  if (share === undefined) return null;
  return { share, contractGramsPerKwh: 0, residualGramsPerKwh: null, source: 'gcp-cfe' };
}

function instanceOf(tables: CoefficientTables, node: NodeDescription): InstanceEntry | null {
  if (node.instanceType === null) return null;
  return tables.instances.instances.get(instanceKey(node.provider, node.instanceType)) ?? null;
}
