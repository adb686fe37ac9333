import { regionCandidates } from '../../core/carbon/region-names.ts';
import type { NodePlace } from '../../model/inventory.ts';
import type { ProviderZoneRow } from './schemas.ts';

export interface PatternEntry {
  readonly pattern: string;
  readonly rule: ProviderZoneRow['match_rule'];
  readonly zone: string;
  readonly countryCode: string;
}

/** Patterns of region names by provider, the longest first. */
export type ProviderZoneIndex = ReadonlyMap<string, readonly PatternEntry[]>;

export function indexProviderZones(rows: readonly ProviderZoneRow[]): ProviderZoneIndex {
  const byProvider = new Map<string, PatternEntry[]>();
  for (const row of rows) {
    const entry = {
      pattern: row.region_pattern.toLowerCase(),
      rule: row.match_rule,
      zone: row.electricity_maps_zone,
      countryCode: row.country_code,
    };
    byProvider.set(row.provider, [...(byProvider.get(row.provider) ?? []), entry]);
  }
  for (const entries of byProvider.values()) entries.sort((a, b) => b.pattern.length - a.pattern.length);
  return byProvider;
}

/** The row whose pattern a node's region or zone has; null where none does. */
export function findProviderZone(index: ProviderZoneIndex, place: NodePlace): PatternEntry | null {
  const entries = index.get(place.provider) ?? [];
  // The zone is the more exact of the two: a network zone may hold several sites.
  for (const name of [place.zone, place.region]) {
    const found = name === null ? undefined : entries.find((entry) => matches(entry, name.toLowerCase()));
    if (found !== undefined) return found;
  }
  return null;
}

function matches({ pattern, rule }: PatternEntry, name: string): boolean {
  return rule === 'prefix' ? name.startsWith(pattern) : name.replace(/[-\d]+$/, '').endsWith(pattern);
}

/** First parts of region names that stand for a part of the world, though a country has the same two letters. */
const PARTS_OF_THE_WORLD = new Set(['af', 'ap', 'as', 'eu', 'me', 'na', 'sa']);
/** Providers whose region names begin with a country where they don't begin with a part of the world. */
const COUNTRY_FIRST = new Set(['aws', 'scaleway', 'oracle', 'linode', 'ibm', 'exoscale', 'alibaba', 'ovh', 'gcp']);

/** ISO code of the country that a region's name begins with (`de-ber-1`, `ca-east-9`); null where it names none. */
export function countryOfRegion(place: NodePlace, isCountry: (code: string) => boolean): string | null {
  if (!COUNTRY_FIRST.has(place.provider)) return null;
  for (const name of regionCandidates(place.region, place.zone)) {
    const first = /^([a-z]{2})-/i.exec(name)?.[1]?.toLowerCase();
    if (first === undefined || PARTS_OF_THE_WORLD.has(first)) continue;
    const code = first === 'uk' ? 'GB' : first.toUpperCase();
    if (isCountry(code)) return code;
  }
  return null;
}
