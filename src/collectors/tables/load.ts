import { type InstanceIndex, indexInstances, indexMicroarchitectures } from './instance-index.ts';
import { indexCountryYears, indexZoneYears, type YearsByPlace } from './intensity-index.ts';
import { indexProviders, type ProviderEntry } from './provider-index.ts';
import { indexPue, type PueIndex } from './pue-index.ts';
import { readTable } from './read-table.ts';
import { indexRegions, type RegionIndex } from './region-index.ts';
import {
  CoefficientRow,
  GridYearRow,
  InstanceRow,
  MicroarchitectureRow,
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
  readonly pue: PueIndex;
}

/**
 * Loads the tables of `resources/data`. Throws `Failure`: `not-found` for a missing file, `bad-input` naming the file
 * and line of a bad row.
 */
export async function loadCoefficientTables(dataDir: string): Promise<CoefficientTables> {
  const [instances, microarchitectures, coefficients, regions, zoneYears, gridYears, pue] = await Promise.all([
    readTable(dataDir, 'instance_types.csv', InstanceRow),
    readTable(dataDir, 'cpu_microarchitecture_power.csv', MicroarchitectureRow),
    readTable(dataDir, 'provider_default_coefficients.csv', CoefficientRow),
    readTable(dataDir, 'cloud_regions.csv', RegionRow),
    readTable(dataDir, 'electricity_maps_yearly_ODbL.csv', ZoneYearRow),
    readTable(dataDir, 'grid_intensity_yearly.csv', GridYearRow),
    readTable(dataDir, 'pue.csv', PueRow),
  ]);
  return {
    instances: indexInstances(instances, indexMicroarchitectures(microarchitectures)),
    providers: indexProviders(coefficients),
    regions: indexRegions(regions),
    zoneYears: indexZoneYears(zoneYears),
    countryYears: indexCountryYears(gridYears),
    pue: indexPue(pue),
  };
}
