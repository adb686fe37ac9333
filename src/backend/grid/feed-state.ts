import { RetryLater } from '../../collectors/grid/retry-later.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { toIso } from '../ranges/instants.ts';
import type { SourceSettings } from '../settings/source-settings.ts';
import { chooseFeed } from './feed-choice.ts';
import { ELECTRICITY_MAPS, FEED_NAMES, type FeedId, GB_CARBON_INTENSITY } from './grid-feeds.ts';
import type { LiveGrid } from './live-grid.ts';

/** How a source does, for people. `lastGoodSeconds` is when it last gave a value. */
export interface FeedState {
  readonly id: FeedId | 'tables';
  readonly name: string;
  readonly state: 'working' | 'failed' | 'waiting' | 'not-set-up' | 'offline';
  readonly message: string | null;
  readonly hint: string | null;
  readonly lastGoodSeconds: EpochSeconds | null;
}

/** The feed of a zone, or the tables where none serves it. */
export function zoneFeedState(live: LiveGrid, zone: string, settings: SourceSettings): FeedState {
  const { feedId, reason } = chooseFeed(zone, settings.factorType, settings);
  if (feedId === null) {
    const { message = null, hint = null } = reason ?? {};
    return { id: 'tables', name: 'Bundled tables', state: 'not-set-up', message, hint, lastGoodSeconds: null };
  }
  return stateOf(live, feedId, zone, settings);
}

/** Both feeds over all zones, as the list of sources shows them. */
export function feedStates(live: LiveGrid, settings: SourceSettings): FeedState[] {
  const { electricityMapsEnabled, electricityMapsKey, gbEnabled } = settings;
  return [
    electricityMapsEnabled && electricityMapsKey !== null
      ? stateOf(live, ELECTRICITY_MAPS, null, settings)
      : notSetUp(ELECTRICITY_MAPS, electricityMapsEnabled ? NO_KEY : SWITCHED_OFF),
    gbEnabled
      ? stateOf(live, GB_CARBON_INTENSITY, null, settings)
      : notSetUp(GB_CARBON_INTENSITY, { ...SWITCHED_OFF, message: 'It is switched off.' }),
  ];
}

function stateOf(live: LiveGrid, id: FeedId, zone: string | null, settings: SourceSettings): FeedState {
  const lastGoodSeconds = live.limits.lastGoodSeconds(id, zone);
  const base = { id, name: FEED_NAMES[id], lastGoodSeconds };
  if (settings.offline) return { ...base, state: 'offline', ...OFFLINE };
  const trouble = live.desk.trouble(id, zone);
  if (trouble !== null) {
    const { message, hint } = trouble;
    return { ...base, state: trouble instanceof RetryLater ? 'waiting' : 'failed', message, hint };
  }
  const pausedUntil = zone === null ? null : live.limits.pausedUntil({ feedId: id, zone, kind: 'latest' });
  if (pausedUntil !== null) {
    const message = `${FEED_NAMES[id]} gave no value for ${zone}; it is asked again after ${toIso(pausedUntil)}.`;
    return { ...base, state: 'failed', message, hint: 'Stored and yearly values serve. Check the name of the zone.' };
  }
  if (lastGoodSeconds !== null) return { ...base, state: 'working', message: null, hint: null };
  return { ...base, state: 'waiting', message: 'It was not asked yet.', hint: null };
}

function notSetUp(id: FeedId, words: { message: string; hint: string }): FeedState {
  return { id, name: FEED_NAMES[id], state: 'not-set-up', ...words, lastGoodSeconds: null };
}

const OFFLINE = {
  message: 'Podwatt is set to work offline: nothing is asked.',
  hint: 'Switch offline mode off in the settings.',
};
const NO_KEY = { message: 'There is no key for it.', hint: 'Enter a key of Electricity Maps in the settings.' };
const SWITCHED_OFF = { message: 'It is switched off.', hint: 'Switch it on in the settings.' };
