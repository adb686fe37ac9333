import type { GridFeedState, GridValue, GridZoneSummary } from '../../../contract/schemas/grid.ts';
import { sourceLook } from '../../app/source-names.ts';
import { RUNG_NAMES } from '../../charts/intensity.ts';
import { formatMomentAge, formatYear, toMilliseconds } from '../../format/time.ts';
import type { Marked } from '../../ui/Mark.tsx';

type Rung = GridValue['rung'];
const DAY_SECONDS = 86_400;
const LONGEST_HOUR_AGE_SECONDS = 40 * DAY_SECONDS;

/** How sure a rung is, as marks say it everywhere. */
export function markOf(rung: Rung): Marked {
  switch (rung) {
    case 'live':
      return 'measured';
    case 'estimated':
    case 'zone-profile':
      return 'modelled';
    case 'person':
      return 'person';
    case 'zone-year':
    case 'country-year':
    case 'world':
      return 'default';
  }
}

/** `Live, of 14:00, 25 min ago`, `Yearly value of 2025`: what a value is, and how old. */
export function valueWords(value: GridValue, nowMs: number, tz: string): string {
  const name = RUNG_NAMES[value.rung];
  if (value.at === null) return name;
  const isYear = value.rung === 'zone-year' || value.rung === 'country-year' || value.rung === 'world';
  if (isYear || nowMs - toMilliseconds(value.at) > LONGEST_HOUR_AGE_SECONDS * 1000) {
    return `${name}, ${formatYear(value.at, 'UTC')}`;
  }
  return `${name}, of ${formatMomentAge(value.at, nowMs, tz)}`;
}

/** `Electricity Maps, working`; the tables work without being set up. */
export function feedWords(feed: GridFeedState): string {
  if (feed.id === 'tables') return 'No live feed';
  return `${feed.name}, ${sourceLook(feed).word.toLowerCase()}`;
}

/** `1 cluster, 14 nodes` */
export function extentWords({ clusters, node_count }: GridZoneSummary): string {
  const [only] = clusters;
  const where = clusters.length === 1 && only !== undefined ? only.name : `${clusters.length} clusters`;
  return `${where}, ${node_count} ${node_count === 1 ? 'node' : 'nodes'}`;
}

const FOUND: Readonly<Record<GridZoneSummary['found_by'], string>> = {
  person: 'Set by a person',
  region: 'From the region of the nodes',
  country: 'From the country of the region',
  unknown: 'Place not known',
};
export const foundWords = ({ found_by }: GridZoneSummary): string => FOUND[found_by];

export const isUnknownZone = (zone: GridZoneSummary): boolean => zone.found_by === 'unknown' || zone.zone === 'WORLD';

/** Zones that emit most first; shares are of the emissions of all of them. */
export function zoneLines(zones: readonly GridZoneSummary[]): { zone: GridZoneSummary; share: number | null }[] {
  const total = zones.reduce((sum, zone) => sum + zone.co2e_grams, 0);
  return zones
    .map((zone) => ({ zone, share: total > 0 ? zone.co2e_grams / total : null }))
    .toSorted((a, b) => b.zone.co2e_grams - a.zone.co2e_grams || (a.zone.zone < b.zone.zone ? -1 : 1));
}
