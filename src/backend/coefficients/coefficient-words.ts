import type { CoefficientWords, StepWords } from '../../core/ports/cluster-source.ts';
import { type FeedState, zoneFeedState } from '../grid/feed-state.ts';
import type { LiveGrid } from '../grid/live-grid.ts';
import type { SourceSettings } from '../settings/source-settings.ts';
import type { BoaviztaState } from './boavizta-desk.ts';

export interface WordsDeps {
  readonly liveGrid: LiveGrid;
  readonly settings: SourceSettings;
  readonly boavizta: BoaviztaState;
  /** Grid zones of the cluster's nodes; empty for one that has no figures yet. */
  readonly zones: readonly string[];
}

/** What the bundled tables alone say. */
export const TABLE_WORDS: CoefficientWords = {
  grid: { state: 'passed', detail: 'Yearly intensity of each zone from the bundled tables', hint: null },
  hardware: { state: 'passed', detail: 'Power and embodied emissions from the bundled tables', hint: null },
};

const MOST_NAMED = 4;
/** A zone that stands for those of a cluster of which nothing is known yet. */
const ANY_ZONE = 'FR';

/** Where grid intensity and embodied emissions of a cluster come from now, in the words of its sources. */
export function coefficientWords({ liveGrid, settings, boavizta, zones }: WordsDeps): CoefficientWords {
  const feeds = (zones.length === 0 ? [ANY_ZONE] : zones).map((zone) => ({
    zone,
    feed: zoneFeedState(liveGrid, zone, settings),
  }));
  const served = feeds.filter(({ feed }) => feed.id !== 'tables');
  return {
    grid: served.length === 0 ? TABLE_WORDS.grid : gridWords(served, feeds, zones.length > 0),
    hardware: hardwareWords(boavizta),
  };
}

interface ZoneFeed {
  readonly zone: string;
  readonly feed: FeedState;
}

function gridWords(served: readonly ZoneFeed[], all: readonly ZoneFeed[], isKnown: boolean): StepWords {
  const trouble = served.find(({ feed }) => isTrouble(feed))?.feed;
  if (trouble !== undefined) {
    const detail = `${trouble.message ?? `${trouble.name} failed.`} Stored and yearly values serve meanwhile.`;
    return { state: 'partial', detail, hint: trouble.hint };
  }
  const names = [...new Set(served.map(({ feed }) => feed.name))].join(' and ');
  if (!isKnown) return { state: 'passed', detail: `Live intensity from ${names}`, hint: null };
  const byTables = all.filter((each) => !served.includes(each));
  const yearly = byTables.length === 0 ? '' : `; yearly values for ${listed(byTables)}`;
  return { state: 'passed', detail: `Live intensity of ${listed(served)} from ${names}${yearly}`, hint: null };
}

/** One that was not asked yet waits without trouble. */
function isTrouble({ state, hint }: FeedState): boolean {
  return state === 'failed' || state === 'offline' || (state === 'waiting' && hint !== null);
}

function listed(zones: readonly ZoneFeed[]): string {
  const named = zones.slice(0, MOST_NAMED).map(({ zone }) => zone);
  const more = zones.length - named.length;
  return more === 0 ? named.join(', ') : `${named.join(', ')} and ${more} more`;
}

function hardwareWords({ state, message, hint }: BoaviztaState): StepWords {
  switch (state) {
    case 'not-set-up':
    case 'offline':
      return TABLE_WORDS.hardware;
    case 'working':
    case 'waiting':
      if (message === null) {
        return {
          state: 'passed',
          detail: 'Embodied emissions from Boavizta, power from the bundled tables',
          hint: null,
        };
      }
      return { state: 'partial', detail: `${message} The bundled tables serve meanwhile.`, hint };
    case 'failed':
      return { state: 'partial', detail: `${message ?? 'Boavizta failed.'} The bundled tables serve meanwhile.`, hint };
  }
}
