import type { FactorType } from '../../model/grid.ts';
import type { SourceSettings } from '../settings/source-settings.ts';
import { ELECTRICITY_MAPS, type FeedId, GB_CARBON_INTENSITY } from './grid-feeds.ts';

export interface FeedChoice {
  /** Null: the tables serve. */
  readonly feedId: FeedId | null;
  readonly factorType: FactorType;
  /** Why there is no feed for these factors, in plain words; null where there is one. */
  readonly reason: { readonly message: string; readonly hint: string } | null;
}

const ZONE_OF_ELECTRICITY_MAPS = /^[A-Z]{2}(-[A-Z0-9-]+)?$/;

/**
 * Who serves a zone: Electricity Maps where there is a key, for the factors that were chosen; else, in Great Britain,
 * its own API, which has direct factors only. Factor types are never mixed. METHODOLOGY 1.9.
 */
export function chooseFeed(zone: string, factorType: FactorType, settings: SourceSettings): FeedChoice {
  const { electricityMapsEnabled, electricityMapsKey, gbEnabled } = settings;
  const hasKey = electricityMapsEnabled && electricityMapsKey !== null && ZONE_OF_ELECTRICITY_MAPS.test(zone);
  // One factor type, so that one request a zone and hour is enough.
  if (hasKey && factorType === settings.factorType) return { feedId: ELECTRICITY_MAPS, factorType, reason: null };
  const hasGb = gbEnabled && zone === 'GB';
  if (hasGb && factorType === 'direct') return { feedId: GB_CARBON_INTENSITY, factorType, reason: null };
  return { feedId: null, factorType, reason: hasGb ? DIRECT_ONLY : reasonOf(zone, electricityMapsEnabled) };
}

function reasonOf(zone: string, electricityMapsEnabled: boolean) {
  if (zone === 'WORLD') return NO_ZONE;
  return electricityMapsEnabled ? NO_KEY : SWITCHED_OFF;
}

const DIRECT_ONLY = {
  message:
    'The Carbon Intensity API of Great Britain publishes direct factors only. Figures are by lifecycle factors, which are never mixed with them, so yearly values serve.',
  hint: 'Choose direct factors, or enter a key of Electricity Maps.',
};
const NO_KEY = {
  message: 'Values of the bundled tables serve: no live source is set up for this zone.',
  hint: 'Enter a key of Electricity Maps in the settings.',
};
const SWITCHED_OFF = {
  message: 'Values of the bundled tables serve: Electricity Maps is switched off.',
  hint: 'Switch it on in the settings.',
};
const NO_ZONE = {
  message: 'Nothing tells in which grid zone these nodes are.',
  hint: 'Set the zone of the cluster, or rules for its nodes.',
};
