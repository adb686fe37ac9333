import type * as z from 'zod';
import type { SourceSettings, SourceSettingsInput, SourceState, SourceStates } from '../../contract/schemas/sources.ts';
import { Failure } from '../../model/failure.ts';
import type { Collecting } from '../clusters/collecting.ts';
import type { BoaviztaDesk } from '../coefficients/boavizta-desk.ts';
import { feedStates } from '../grid/feed-state.ts';
import { withoutCredentials } from '../settings/redact.ts';
import type { SourceChange, SourceSettings as SourcesNow } from '../settings/source-settings.ts';
import type { ApiDeps } from './deps.ts';
import { isoOrNull } from './grid-wire.ts';
import { restateAll } from './restate-all.ts';

type Settings = z.infer<typeof SourceSettings>;
type State = z.infer<typeof SourceState>;

export function sourceSettings(deps: ApiDeps): Settings {
  return answerOf(deps.sourceChoices.value);
}

/** Changes what is given, keeps what is left out; a key goes in and never comes out. In force at once. */
export async function updateSources(
  input: z.infer<typeof SourceSettingsInput>,
  deps: ApiDeps,
): Promise<z.infer<typeof SourceSettings>> {
  const { factorType } = deps.sourceChoices.value;
  const after = await deps.sourceChoices.update(changeOf(input));
  // Two factor types are never mixed: what was computed with the other one is computed again.
  if (after.factorType !== factorType) {
    restateAll('intensity', `Emission factors ${factorType} → ${after.factorType}`, deps);
  }
  deps.changes.publish({ kind: 'contexts' });
  return answerOf(after);
}

/** Feeds of grids first, then what the other parts tell. */
export function sourceStates(deps: ApiDeps): z.infer<typeof SourceStates> {
  const feeds = feedStates(deps.liveGrid, deps.sourceChoices.value).flatMap((state): State[] => {
    const { id, lastGoodSeconds, message, hint } = state;
    if (id === 'tables') return [];
    return [{ id, cluster: null, state: state.state, message, hint, last_good_at: isoOrNull(lastGoodSeconds) }];
  });
  return { sources: [...feeds, ...deps.sourceStates.flatMap((states) => states())] };
}

export function boaviztaState(boavizta: BoaviztaDesk): State {
  const { lastGoodAtSeconds, ...state } = boavizta.state();
  return { id: 'boavizta', cluster: null, ...state, last_good_at: isoOrNull(lastGoodAtSeconds) };
}

/** What the connections of the contexts that are switched on tell of the sources in their clusters. */
export function connectionStates(collecting: Collecting): State[] {
  return collecting.sessions().flatMap(({ clusterId, connectionSources }) =>
    connectionSources.map(({ lastGoodAtSeconds, ...state }) => ({
      ...state,
      cluster: clusterId,
      last_good_at: isoOrNull(lastGoodAtSeconds),
    })),
  );
}

function changeOf(input: z.infer<typeof SourceSettingsInput>): SourceChange {
  const { offline, factor_type, electricity_maps: maps, gb_carbon_intensity: gb, boavizta } = input;
  const key = maps?.key;
  return {
    ...(offline === undefined ? {} : { offline }),
    ...(factor_type === undefined ? {} : { factorType: factor_type }),
    ...(maps?.enabled === undefined ? {} : { electricityMapsEnabled: maps.enabled }),
    ...(key === undefined ? {} : { electricityMapsKey: key === null ? null : checkedKey(key) }),
    ...(gb === undefined ? {} : { gbEnabled: gb.enabled }),
    ...(boavizta === undefined ? {} : { boaviztaUrl: boavizta.url === null ? null : checkedUrl(boavizta.url) }),
  };
}

/** It goes into a header: one word of printable characters. */
export function checkedKey(key: string): string {
  const trimmed = key.trim();
  if (/^[\x21-\x7e]+$/.test(trimmed)) return trimmed;
  throw new Failure('bad-input', 'key must be one word of letters, digits and signs, as Electricity Maps gave it');
}

export function checkedUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol)) {
    throw new Failure('bad-input', 'url takes an http or https address, for example https://boavizta.example.org');
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw new Failure('bad-input', 'url must not hold a user or a password');
  }
  return url;
}

function answerOf(now: SourcesNow): Settings {
  return {
    offline: now.offline,
    factor_type: now.factorType,
    electricity_maps: { enabled: now.electricityMapsEnabled, has_key: now.electricityMapsKey !== null },
    gb_carbon_intensity: { enabled: now.gbEnabled },
    boavizta: { url: now.boaviztaUrl === null ? null : withoutCredentials(now.boaviztaUrl) },
  };
}
