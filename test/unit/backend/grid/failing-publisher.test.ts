import { afterEach, describe, expect, test } from 'vitest';
import { zoneFeedState } from '../../../../src/backend/grid/feed-state.ts';
import { MemoryScience } from '../../../fakes/backend/memory-science.ts';
import {
  electricityMapsAnswers,
  type GridBench,
  type GridBenchOptions,
  gramsOf,
  gridBench,
  HOUR,
  NOON,
  place,
  record,
} from '../../../fakes/grid/grid-bench.ts';
import type { ScriptedAnswer } from '../../../fakes/grid/scripted-service.ts';

let bench: GridBench;
afterEach(() => bench.stop());

const good = electricityMapsAnswers();
const stateNow = (zone = 'DE') => zoneFeedState(bench.live, zone, bench.choices.value);
/** A value that ended two hours ago serves no more; the one before the hour does. */
const keptBefore = async () => {
  const store = new MemoryScience();
  await store.putIntensities([record(NOON - HOUR, { gramsPerKwh: 222 })]);
  return store;
};

/** Answers `first` until told that the publisher is well again. */
async function failing(first: ScriptedAnswer, options: GridBenchOptions = {}) {
  let isWell = false;
  bench = await gridBench({
    store: await keptBefore(),
    answer: (request, now) => (isWell ? good(now, request) : first),
    ...options,
  });
  return () => {
    isWell = true;
  };
}

const use = () => bench.grid.intensityFor(place('DE'), bench.time.nowSeconds());

/** Each kind of broken answer, with the words that say so. */
const BROKEN: [string, ScriptedAnswer, RegExp][] = [
  ['a server error', { status: 500, body: { error: 'foreign words' } }, /answered with status 500/],
  ['a silent server', { body: null }, /did not answer|in time|took too long/i],
  ['half an answer', { body: '{"zone": "DE", "carbonIn' }, /not in its documented form/],
  ['an answer for another zone', { body: { zone: 'FR', carbonIntensity: 50, datetime: '2026-03-10T12:00:00Z' } }, /FR/],
];

describe('a publisher that fails', () => {
  test.each(BROKEN)('%s: the ladder goes on, it is said once, and asked once an hour', async (_, answer, words) => {
    const isSilent = 'body' in answer && answer.body === null;
    const heal = await failing(answer, isSilent ? { timeoutMilliseconds: 150 } : {});
    for (let minute = 0; minute < 45; minute += 5) {
      const value = await use();
      // The hour before serves on, with the width of an estimate.
      expect(value).toMatchObject({ gramsPerKwh: 222, source: 'live', factor: { low: 0.85, high: 1.15 } });
      await bench.time.advance(300);
    }
    expect(bench.service.requests).toHaveLength(1);
    expect(bench.warnings()).toHaveLength(1);
    expect(bench.warnings()[0]).toMatch(words);
    expect(stateNow()).toMatchObject({ state: 'failed', lastGoodSeconds: null });
    expect(stateNow().message).toMatch(words);
    expect(JSON.stringify(bench.logged)).not.toMatch(/the-key|foreign words/);

    heal();
    await bench.advance(HOUR);
    expect(await use()).toMatchObject({ gramsPerKwh: gramsOf(NOON + HOUR), atSeconds: NOON + HOUR });
    expect(stateNow()).toMatchObject({ state: 'working', message: null, lastGoodSeconds: bench.time.nowSeconds() });
    expect(bench.service.requests).toHaveLength(2);
  });

  test('without any value that is near, the tables serve', async () => {
    await failing({ status: 500, body: {} }, { store: new MemoryScience() });
    expect(await use()).toMatchObject({ source: 'zone-year', gramsPerKwh: 400 });
  });

  test('a refused key is said once and not used again, until there is another', async () => {
    const heal = await failing({ status: 401, body: { error: 'invalid auth-token' } });
    for (let hour = 0; hour < 5; hour += 1) {
      await use();
      await bench.grid.intensityFor(place('SE-SE3'), bench.time.nowSeconds());
      await bench.live.refresh();
      await bench.advance(HOUR);
    }
    expect(bench.service.requests).toHaveLength(1);
    expect(bench.warnings()).toEqual(['Electricity Maps refused the key.']);
    expect(stateNow()).toMatchObject({ state: 'failed', hint: 'Check the key in the settings.' });

    heal();
    bench.live.start();
    await bench.choices.update({ electricityMapsKey: 'another-key' });
    await bench.time.advance(1);
    expect(await use()).toMatchObject({ source: 'estimated', gramsPerKwh: gramsOf(NOON + 5 * HOUR) });
    expect(bench.service.requests.at(-1)?.headers['auth-token']).toBe('another-key');
    expect(stateNow().state).toBe('working');
  });

  test.each([429, 503])('%i with Retry-After: nothing is asked for any zone before that', async (status) => {
    await failing({ status, headers: { 'retry-after': '7200' }, body: {} });
    const times: number[] = [];
    for (let minute = 0; minute <= 185; minute += 5) {
      const before = bench.service.requests.length;
      await use();
      await bench.grid.intensityFor(place('FR'), bench.time.nowSeconds());
      if (bench.service.requests.length > before) times.push(minute);
      await bench.time.advance(300);
    }
    expect(times).toEqual([0, 120]);
    expect(bench.warnings()).toEqual([]);
    expect(bench.logged.filter(({ level }) => level === 'info')).toHaveLength(1);
    expect(stateNow()).toMatchObject({ state: 'waiting' });
    expect(stateNow().message).toContain('takes no more requests for 120 min');
  });

  test('what a publisher asked for outlives a restart', async () => {
    await failing({ status: 429, headers: { 'retry-after': '7200' }, body: {} });
    await use();
    const { state } = bench;
    await bench.stop();
    await failing({ status: 500, body: {} }, { state });
    await use();
    expect(bench.service.requests).toEqual([]);
  });

  test('a zone without values is left alone for a day', async () => {
    await failing({ status: 404, body: { error: 'no zone' } });
    for (let hour = 0; hour < 30; hour += 1) {
      await use();
      await bench.live.refresh();
      await bench.advance(HOUR);
    }
    expect(bench.service.requests.length).toBeLessThanOrEqual(2);
    expect(bench.warnings()).toEqual([]);
    expect(stateNow()).toMatchObject({ state: 'failed' });
    expect(stateNow().message).toContain('no value for DE');
  });

  test('a failing server is left alone by all zones for a while, longer each time', async () => {
    const zones = Array.from({ length: 26 }, (_, index) => `A${String.fromCharCode(65 + index)}`);
    await failing({ status: 500, body: {} }, { store: new MemoryScience() });
    for (let minute = 0; minute < 45; minute += 1) {
      for (const zone of zones) await bench.grid.intensityFor(place(zone), bench.time.nowSeconds());
      await bench.time.advance(60);
    }
    // Pauses of 1, 2, 4, 8, 16, 32 minutes.
    expect(bench.service.requests.length).toBeLessThanOrEqual(6);
    expect(bench.warnings()).toHaveLength(1);
  });

  test('a figure waits three seconds for a silent server, and nobody waits again', async () => {
    bench = await gridBench({ answer: () => ({ body: null }) });
    let value: unknown = null;
    void use().then((found) => {
      value = found;
    });
    await bench.time.advance(2.9);
    expect(value).toBeNull();
    await bench.time.advance(0.2);
    expect(value).toMatchObject({ source: 'zone-year' });
    const [again, other] = await Promise.all([use(), bench.grid.intensityFor(place('FR'), NOON)]);
    expect([again.source, other.source]).toEqual(['zone-year', 'zone-year']);
    // Both came back while the requests are still open.
    expect(bench.warnings()).toEqual([]);
  });
});
