import { regionCandidates } from '../../core/carbon/region-names.ts';
import { isOwnMetal } from '../../core/embodied/choose-embodied.ts';
import type { NodePlace } from '../../model/inventory.ts';
import type { RegionRow } from './schemas.ts';

export interface RegionEntry {
  readonly regionId: string;
  readonly zone: string;
  readonly countryCode: string;
}

export interface RegionIndex {
  readonly exact: ReadonlyMap<string, RegionEntry>;
  /** Providers that number their data centres (`GRA11` is `GRA`); longest prefix first. */
  readonly prefixes: ReadonlyMap<string, readonly RegionEntry[]>;
}

export function indexRegions(rows: readonly RegionRow[]): RegionIndex {
  const exact = new Map<string, RegionEntry>();
  const prefixes = new Map<string, RegionEntry[]>();
  for (const row of rows) {
    const entry = { regionId: row.region_id, zone: row.electricity_maps_zone, countryCode: row.country_code };
    if (row.match_rule === 'exact') exact.set(`${row.provider}/${row.region_id.toLowerCase()}`, entry);
    else prefixes.set(row.provider, [...(prefixes.get(row.provider) ?? []), entry]);
  }
  for (const entries of prefixes.values()) entries.sort((a, b) => b.regionId.length - a.regionId.length);
  return { exact, prefixes };
}

/** The row of a node's region: exact, by prefix, or from its zone's name; null where the table has none. */
export function findRegion(index: RegionIndex, place: NodePlace): RegionEntry | null {
  const names = regionCandidates(place.region, place.zone);
  for (const name of names) {
    const entry = index.exact.get(`${place.provider}/${name.toLowerCase()}`);
    if (entry !== undefined) return entry;
  }
  const prefixed = index.prefixes.get(place.provider) ?? [];
  for (const name of names) {
    const entry = prefixed.find((row) => name.toUpperCase().startsWith(row.regionId));
    if (entry !== undefined) return entry;
  }
  return null;
}

/**
 * Own metal has no regions of a provider. Its region or zone label may name a grid zone as it is (`SE-SE3`), which is
 * how a cluster says where its racks stand.
 */
export function gridZoneOfLabel(place: NodePlace, isGridZone: (zone: string) => boolean): string | null {
  if (!isOwnMetal(place.provider)) return null;
  for (const label of [place.region, place.zone]) {
    const name = label?.toUpperCase();
    if (name !== undefined && isGridZone(name)) return name;
  }
  return null;
}
