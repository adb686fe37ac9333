import { type CfeIndex, indexCfe } from './contract-index.ts';
import { type GpuIndex, indexGpus } from './gpu-index.ts';
import { type InstanceIndex, indexInstances, indexMicroarchitectures } from './instance-index.ts';
import { indexCountryYears, indexDirectYears, indexZoneYears, type YearsByPlace } from './intensity-index.ts';
import { indexProfiles, type ProfileIndex } from './profile-index.ts';
import { indexProviders, type ProviderEntry } from './provider-index.ts';
import { indexProviderZones, type ProviderZoneIndex } from './provider-zones.ts';
import { indexPue, type PueIndex } from './pue-index.ts';
import { readTable } from './read-table.ts';
import { indexRegions, type RegionIndex } from './region-index.ts';
import {
  CfeRow,
  CoefficientRow,
  GpuRow,
  GridYearRow,
  InstanceRow,
  MicroarchitectureRow,
  ProfileRow,
  ProviderZoneRow,
  PueRow,
  RegionRow,
  ZoneYearRow,
} from './schemas.ts';

/** The bundled tables, checked and indexed. */
export interface CoefficientTables {
  readonly instances: InstanceIndex;
  readonly providers: ReadonlyMap<string, ProviderEntry>;
  readonly regions: RegionIndex;
  readonly zoneYears: YearsByPlace;
  readonly countryYears: YearsByPlace;
  /** Direct factors of grid zones, of the cloud regions that lie in them. */
  readonly directYears: YearsByPlace;
  readonly pue: PueIndex;
  readonly gpus: GpuIndex;
  readonly profiles: ProfileIndex;
  readonly carbonFree: CfeIndex;
  readonly providerZones: ProviderZoneIndex;
}

/**
 * Loads the tables of `resources/data`. Throws `Failure`: `not-found` for a missing file, `bad-input` naming the file
 * and line of a bad row.
 */
export async function loadCoefficientTables(dataDir: string): Promise<CoefficientTables> {
  const [instances, microarchitectures, coefficients, regions, zoneYears, gridYears, pue, gpus, profiles, cfe, zones] =
    await Promise.all([
      readTable(dataDir, 'instance_types.csv', InstanceRow),
      readTable(dataDir, 'cpu_microarchitecture_power.csv', MicroarchitectureRow),
      readTable(dataDir, 'provider_default_coefficients.csv', CoefficientRow),
      readTable(dataDir, 'cloud_regions.csv', RegionRow),
      readTable(dataDir, 'electricity_maps_yearly_ODbL.csv', ZoneYearRow),
      readTable(dataDir, 'grid_intensity_yearly.csv', GridYearRow),
      readTable(dataDir, 'pue.csv', PueRow),
      readTable(dataDir, 'gpu_tdp.csv', GpuRow),
      readTable(dataDir, 'diurnal_profiles_us.csv', ProfileRow),
      readTable(dataDir, 'gcp_region_cfe.csv', CfeRow),
      readTable(dataDir, 'provider_zones.csv', ProviderZoneRow),
    ]);
  const gpuIndex = indexGpus(gpus);
  return {
    instances: indexInstances(instances, indexMicroarchitectures(microarchitectures), gpuIndex),
    providers: indexProviders(coefficients),
    regions: indexRegions(regions),
    zoneYears: indexZoneYears(zoneYears),
    countryYears: indexCountryYears(gridYears),
    directYears: indexDirectYears(gridYears, regions),
    pue: indexPue(pue),
    gpus: gpuIndex,
    profiles: indexProfiles(profiles),
    carbonFree: indexCfe(cfe),
    providerZones: indexProviderZones(zones),
  };
}
