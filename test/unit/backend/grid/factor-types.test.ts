import { afterEach, describe, expect, test } from 'vitest';
import { chooseFeed } from '../../../../src/backend/grid/feed-choice.ts';
import { feedStates, zoneFeedState } from '../../../../src/backend/grid/feed-state.ts';
import type { SourceSettings } from '../../../../src/backend/settings/source-settings.ts';
import { type GridBench, gridBench, HOUR, NOON, place } from '../../../fakes/grid/grid-bench.ts';
import type { ScriptedAnswer, SeenRequest } from '../../../fakes/grid/scripted-service.ts';

let bench: GridBench | null = null;
afterEach(async () => {
  await bench?.stop();
  bench = null;
});

const SETTINGS: SourceSettings = {
  offline: false,
  factorType: 'lifecycle',
  electricityMapsEnabled: true,
  electricityMapsKey: 'k',
  gbEnabled: true,
  boaviztaUrl: null,
};

/** Half hours of the day up to now, and of the two days to come, with an actual value only for the past. */
function gbAnswers({ path }: SeenRequest, nowSeconds: number): ScriptedAnswer {
  const from = Date.parse(path.split('/')[2] ?? '') / 1000;
  const start = Math.floor(from / 1800) * 1800;
  const end = path.endsWith('fw48h') ? start + 48 * HOUR : Date.parse(path.split('/')[3] ?? '') / 1000;
  const at = (seconds: number) => `${new Date(seconds * 1000).toISOString().slice(0, 16)}Z`;
  const data = Array.from({ length: (end - start) / 1800 }, (_, index) => {
    const half = start + index * 1800;
    const actual = half + 1800 <= nowSeconds ? 150 : null;
    return { from: at(half), to: at(half + 1800), intensity: { forecast: 140, actual, index: 'low' } };
  });
  return { body: { data } };
}

describe('who serves a zone', () => {
  const feedOf = (zone: string, factorType: 'lifecycle' | 'direct', change: Partial<SourceSettings> = {}) =>
    chooseFeed(zone, factorType, { ...SETTINGS, ...change }).feedId;

  test('Electricity Maps with a key, for the factors that were chosen', () => {
    expect(feedOf('DE', 'lifecycle')).toBe('electricity-maps');
    expect(feedOf('GB', 'lifecycle')).toBe('electricity-maps');
    expect(feedOf('GB', 'direct', { factorType: 'direct' })).toBe('electricity-maps');
    expect(feedOf('DE', 'direct')).toBeNull();
    expect(feedOf('WORLD', 'lifecycle')).toBeNull();
  });

  test('the API of Great Britain without one, for its zone and direct factors', () => {
    const noKey = { electricityMapsKey: null };
    expect(feedOf('GB', 'direct', noKey)).toBe('gb-carbon-intensity');
    expect(feedOf('GB', 'lifecycle', noKey)).toBeNull();
    expect(feedOf('DE', 'direct', noKey)).toBeNull();
    expect(feedOf('GB', 'direct', { ...noKey, gbEnabled: false })).toBeNull();
    expect(feedOf('GB', 'direct', { electricityMapsEnabled: false })).toBe('gb-carbon-intensity');
  });

  test('says why there is none', () => {
    const reasonOf = (zone: string, change: Partial<SourceSettings>) =>
      chooseFeed(zone, 'lifecycle', { ...SETTINGS, electricityMapsKey: null, ...change }).reason?.message;
    expect(reasonOf('GB', {})).toContain('direct factors only');
    expect(reasonOf('DE', {})).toContain('no live source');
    expect(reasonOf('DE', { electricityMapsEnabled: false })).toContain('switched off');
    expect(reasonOf('WORLD', {})).toContain('in which grid zone');
  });
});

describe('Great Britain', () => {
  test('with direct factors its own API serves, once an hour', async () => {
    bench = await gridBench({ answer: gbAnswers, settings: { electricityMapsKey: null, factorType: 'direct' } });
    const running = await bench.grid.intensityFor(place('GB'), NOON);
    expect(running).toMatchObject({ gramsPerKwh: 140, factorType: 'direct', source: 'estimated', atSeconds: NOON });
    const before = await bench.grid.intensityFor(place('GB'), NOON - HOUR);
    expect(before).toMatchObject({ gramsPerKwh: 150, source: 'live' });
    expect(bench.service.requests).toHaveLength(1);
    // A forecast begins with the hour that runs, and does not take the place of its value.
    await bench.live.fetchForecast('GB', 'direct');
    const kept = await bench.live.archive.read('GB', 'direct', { startSeconds: NOON, endSeconds: NOON + 3 * HOUR });
    expect(kept.map(({ startSeconds, isForecast }) => [(startSeconds - NOON) / HOUR, isForecast])).toEqual([
      [0, false],
      [1, true],
      [2, true],
    ]);
    expect(
      [...bench.store.intensityRecords.values()].every(
        ({ startSeconds, isForecast }) => isForecast || startSeconds <= NOON,
      ),
    ).toBe(true);
    expect(zoneFeedState(bench.live, 'GB', bench.choices.value)).toMatchObject({ state: 'working' });
  });

  test('with lifecycle factors its values never enter a figure, and serve scope 2 of own hardware', async () => {
    bench = await gridBench({ answer: gbAnswers, settings: { electricityMapsKey: null } });
    expect(await bench.grid.intensityFor(place('GB'), NOON)).toMatchObject({
      factorType: 'lifecycle',
      gramsPerKwh: 400,
    });
    expect(bench.service.requests).toEqual([]);
    expect(await bench.grid.directFor(place('GB'), NOON)).toMatchObject({ factorType: 'direct', gramsPerKwh: 140 });
    expect(await bench.grid.intensityFor(place('GB'), NOON)).toMatchObject({
      factorType: 'lifecycle',
      gramsPerKwh: 400,
    });
    expect(bench.finals).toEqual([]);
    const state = zoneFeedState(bench.live, 'GB', bench.choices.value);
    expect(state).toMatchObject({ id: 'tables', state: 'not-set-up' });
    expect(state.message).toContain('direct factors only');
    expect(await bench.grid.directFor(place('DE'), NOON)).toBeNull();
  });
});

describe('the list of sources', () => {
  test('tells each feed: not set up, offline, waiting, working', async () => {
    bench = await gridBench({ settings: { electricityMapsKey: null, gbEnabled: false } });
    const states = () => (bench === null ? [] : feedStates(bench.live, bench.choices.value));
    expect(states()).toMatchObject([
      { id: 'electricity-maps', state: 'not-set-up', message: 'There is no key for it.' },
      { id: 'gb-carbon-intensity', state: 'not-set-up', message: 'It is switched off.' },
    ]);
    await bench.choices.update({ electricityMapsKey: 'k', gbEnabled: true, offline: true });
    expect(states().map(({ state }) => state)).toEqual(['offline', 'offline']);
    await bench.choices.update({ offline: false });
    expect(states().map(({ state }) => state)).toEqual(['waiting', 'waiting']);
    await bench.grid.intensityFor(place('DE'), NOON);
    expect(states()[0]).toMatchObject({ state: 'working', lastGoodSeconds: NOON + 600 });
    await bench.choices.update({ offline: true });
    expect(states()[0]).toMatchObject({ state: 'offline', lastGoodSeconds: NOON + 600 });
  });
});
