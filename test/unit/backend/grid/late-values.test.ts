import { afterEach, describe, expect, test } from 'vitest';
import { createLiveGrid } from '../../../../src/backend/grid/live-grid.ts';
import type { GridFeed } from '../../../../src/core/ports/grid-feed.ts';
import type { IntensityRecord } from '../../../../src/model/grid.ts';
import { settle } from '../../../fakes/backend/manual-time.ts';
import { MemoryScience } from '../../../fakes/backend/memory-science.ts';
import {
  electricityMapsAnswers,
  type GridBench,
  gramsOf,
  gridBench,
  HOUR,
  NOON,
  place,
  record,
} from '../../../fakes/grid/grid-bench.ts';

let bench: GridBench;
afterEach(() => bench.stop());

const use = (atSeconds: number) => bench.grid.intensityFor(place('DE'), atSeconds);

/** A feed whose answers a test gives by hand. */
function feedByHand() {
  const questions: { kind: string; answer: (records: readonly IntensityRecord[]) => void }[] = [];
  const ask = (kind: string) => () =>
    new Promise<readonly IntensityRecord[]>((answer) => questions.push({ kind, answer }));
  const feed: GridFeed = {
    id: 'electricity-maps',
    name: 'Electricity Maps',
    factorTypes: ['lifecycle', 'direct'],
    covers: () => true,
    latest: ask('latest'),
    past: ask('past'),
    forecast: ask('forecast'),
  };
  return { feed, questions };
}

describe('a value that comes late', () => {
  test('serves from then on, and whoever listens is told of the hour that was served otherwise', async () => {
    const { feed, questions } = feedByHand();
    bench = await gridBench({ feed });
    const served = use(NOON);
    await bench.time.advance(4);
    expect(await served).toMatchObject({ source: 'zone-year' });
    questions[0]?.answer([record(NOON)]);
    await settle();
    expect(bench.finals).toEqual([{ zone: 'DE', range: { startSeconds: NOON, endSeconds: NOON + HOUR } }]);
    expect(await use(NOON)).toMatchObject({ source: 'live', gramsPerKwh: 200 });
    expect(questions).toHaveLength(1);
  });

  test('many slow answers are waited for three seconds in a minute, all together', async () => {
    const { feed, questions } = feedByHand();
    bench = await gridBench({ feed });
    const rungs: string[] = [];
    for (const zone of ['AT', 'BE', 'CH', 'DK']) {
      const served = bench.grid.intensityFor(place(zone), NOON);
      await bench.time.advance(1.2);
      questions.at(-1)?.answer([record(NOON, { zone })]);
      await settle();
      rungs.push((await served).source);
    }
    // 1.2 s, 1.2 s, then 0.6 s are left.
    expect(rungs).toEqual(['live', 'live', 'zone-year', 'zone-year']);
    expect(questions).toHaveLength(4);
    await settle();
    expect(bench.finals.map(({ zone }) => zone)).toEqual(['CH', 'DK']);
    await bench.time.advance(60);
    const served = bench.grid.intensityFor(place('ES'), NOON);
    await bench.time.advance(1.2);
    questions.at(-1)?.answer([record(NOON, { zone: 'ES' })]);
    expect((await served).source).toBe('live');
  });

  test('in time changes nothing that was computed, so nobody is told', async () => {
    bench = await gridBench();
    await use(NOON);
    expect(bench.finals).toEqual([]);
  });

  test('estimates that became final restate those hours and the ones they served after', async () => {
    bench = await gridBench({ zonesInUse: ['DE'] });
    bench.live.start();
    for (let hour = 0; hour < 8; hour += 1) {
      await use(bench.time.nowSeconds());
      await bench.advance(HOUR);
    }
    expect(bench.finals.length).toBeGreaterThan(0);
    const [final] = bench.finals;
    expect(final?.zone).toBe('DE');
    // The first hours were estimates by `latest`; reading the last days again brought final values.
    expect(await use(NOON)).toMatchObject({ source: 'live', gramsPerKwh: gramsOf(NOON) });
    expect(final?.range.startSeconds).toBeLessThanOrEqual(NOON);
    const settled = bench.service.requests.filter(({ path }) => path.endsWith('past-range'));
    expect(settled.length).toBeLessThanOrEqual(2);
  });

  test('of an hour that an earlier run computed is told too, unless it is the same', async () => {
    const store = new MemoryScience();
    const old = NOON - 5 * HOUR;
    await store.putIntensities([record(old, { gramsPerKwh: gramsOf(old) })]);
    await store.putIntensities([record(old + HOUR, { gramsPerKwh: 999, isEstimated: true })]);
    bench = await gridBench({ store });
    await bench.live.fetchPast('DE', 'lifecycle', old);
    await settle();
    const [told] = bench.finals;
    expect(told?.range.startSeconds).toBeGreaterThanOrEqual(NOON - 72 * HOUR);
    const before = bench.finals.length;
    await bench.live.fetchPast('DE', 'lifecycle', old);
    expect(bench.finals).toHaveLength(before);
  });

  test('older than 72 hours is kept, and nothing is restated for it', async () => {
    const { feed, questions } = feedByHand();
    bench = await gridBench({ feed });
    const old = NOON - 100 * HOUR;
    const served = use(old);
    await bench.time.advance(4);
    await served;
    questions[0]?.answer([record(old)]);
    await settle();
    expect(bench.finals).toEqual([]);
    expect(await use(old)).toMatchObject({ source: 'live' });
  });

  test('a listener that fails keeps nobody else from being told', async () => {
    const { feed, questions } = feedByHand();
    bench = await gridBench({ feed });
    const off = bench.live.onFinal(() => {
      throw new Error('broken');
    });
    const told: string[] = [];
    bench.live.onFinal((zone) => told.push(zone));
    const served = use(NOON);
    await bench.time.advance(4);
    await served;
    questions[0]?.answer([record(NOON)]);
    await settle();
    expect(told).toEqual(['DE']);
    expect(bench.warnings()).toEqual(['A late grid value could not be passed on']);
    off();
  });
});

describe('requests over hours', () => {
  test('three zones, windows every five minutes: one a zone and hour of the newest, and the past read again', async () => {
    const usual = electricityMapsAnswers();
    const zones = ['DE', 'FR', 'SE-SE3'];
    bench = await gridBench({ answer: (request, now) => usual(now, request), zonesInUse: zones });
    bench.live.start();
    for (let minute = 0; minute < 8 * 60; minute += 30) {
      for (const zone of zones) await bench.grid.intensityFor(place(zone), bench.time.nowSeconds() - 300);
      await bench.advance(1800);
    }
    const latest = bench.service.requests.filter(({ path }) => path.endsWith('latest'));
    const slots = latest.map(({ query }) => query.get('zone'));
    for (const zone of zones) {
      const ofZone = slots.filter((each) => each === zone).length;
      expect(ofZone).toBeGreaterThanOrEqual(8);
      expect(ofZone).toBeLessThanOrEqual(9);
    }
    // Every six hours at most.
    expect(bench.service.requests.length - latest.length).toBeLessThanOrEqual(zones.length * 2);
    expect(bench.service.requests.every(({ query }) => query.get('shouldUseFallbackCallerLookup') === 'false')).toBe(
      true,
    );
    expect(bench.service.requests.every(({ query }) => zones.includes(query.get('zone') ?? ''))).toBe(true);
  });

  test('a second start in the same hour asks nothing again', async () => {
    bench = await gridBench();
    await use(NOON);
    const { state, store, choices, feeds, time, log, service } = bench;
    const second = await createLiveGrid({
      ...{ state, store, choices, feeds, clock: time, timers: time, log, random: () => 0 },
      zonesInUse: async () => ['DE'],
    });
    expect(await second.published('DE', 'lifecycle', NOON + 900)).toMatchObject({ source: 'estimated' });
    const before = service.requests.length;
    await second.refresh();
    expect(service.requests.slice(before).map(({ path }) => path)).not.toContain('/v3/carbon-intensity/latest');
  });
});
