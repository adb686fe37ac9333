import { WORLD_ZONE } from '../../core/carbon/choose-intensity.ts';
import { regionCandidates } from '../../core/carbon/region-names.ts';
import type { CoefficientOverrides, GridZone, ZoneRule } from '../../core/ports/coefficient-sources.ts';
import type { NodeDescription } from '../../model/inventory.ts';
import type { CoefficientTables } from './load.ts';
import { countryOfRegion, findProviderZone } from './provider-zones.ts';
import { findRegion, gridZoneOfLabel } from './region-index.ts';

/**
 * Grid zone of a node: the person's for the cluster, the person's first rule that matches, the region's row, a pattern of
 * the provider's names, a zone that own metal names itself, the country that the region's name begins with; else the world.
 */
export function zoneOfNode(
  tables: CoefficientTables,
  overrides: Pick<CoefficientOverrides, 'zone' | 'zoneRules'>,
  node: NodeDescription,
): GridZone {
  const person = overrides.zone ?? overrides.zoneRules.find((rule) => matches(rule, node))?.zone ?? null;
  if (person !== null) return { zone: person, countryCode: countryOfZone(person), foundBy: 'person' };
  const region = findRegion(tables.regions, node) ?? findProviderZone(tables.providerZones, node);
  if (region !== null) return { zone: region.zone, countryCode: region.countryCode, foundBy: 'region' };
  const label = gridZoneOfLabel(node, (zone) => tables.zoneYears.has(zone));
  if (label !== null) return { zone: label, countryCode: countryOfZone(label), foundBy: 'region' };
  const country = countryOfRegion(node, (code) => tables.zoneYears.has(code) || tables.countryYears.has(code));
  if (country !== null) return { zone: country, countryCode: country, foundBy: 'country' };
  return { zone: WORLD_ZONE, countryCode: null, foundBy: 'unknown' };
}

/** All that a rule gives must match; a rule that gives nothing matches every node. */
function matches(rule: ZoneRule, node: NodeDescription): boolean {
  if (rule.provider !== null && rule.provider !== node.provider) return false;
  if (rule.region !== null) {
    const names = regionCandidates(node.region, node.zone).map((name) => name.toLowerCase());
    if (!names.includes(rule.region.toLowerCase())) return false;
  }
  if (rule.label === null) return true;
  const value = node.labels[rule.label.name];
  return value !== undefined && (rule.label.value === null || rule.label.value === value);
}

/** Zones are named after their country: `SE-SE3` lies in `SE`. */
export function countryOfZone(zone: string): string | null {
  const [country] = zone.split('-');
  return country !== undefined && /^[A-Z]{2}$/.test(country) ? country : null;
}
