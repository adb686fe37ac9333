import { afterEach, describe, expect, test } from 'vitest';
import { electricityMaps } from '../../../../src/collectors/grid/electricity-maps.ts';
import { gbCarbonIntensity } from '../../../../src/collectors/grid/gb-carbon-intensity.ts';
import { RetryLater } from '../../../../src/collectors/grid/retry-later.ts';
import type { Failure } from '../../../../src/model/failure.ts';
import { type ScriptedAnswer, type SeenRequest, startScriptedService } from '../../../fakes/grid/scripted-service.ts';

const NOON = Date.UTC(2026, 2, 10, 12) / 1000;
const HOUR = 3600;
const { signal } = new AbortController();

let stop: () => Promise<void> = async () => undefined;
afterEach(() => stop());

async function start(answer: (request: SeenRequest) => ScriptedAnswer) {
  const service = await startScriptedService(answer);
  stop = service.stop;
  return service;
}

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  return work.then(
    () => {
      throw new Error('no failure');
    },
    (error: Failure) => error,
  );
}

const hour = (index: number) => new Date((NOON + index * HOUR) * 1000).toISOString();
const latest = {
  zone: 'DE',
  carbonIntensity: 302,
  datetime: hour(0),
  updatedAt: hour(0),
  emissionFactorType: 'lifecycle',
  isEstimated: true,
  estimationMethod: 'TIME_SLICER_AVERAGE',
};

describe('Electricity Maps', () => {
  const open = async (answer: (request: SeenRequest) => ScriptedAnswer) => {
    const service = await start(answer);
    return { feed: electricityMaps(service.transport, 'the-key', { nowSeconds: () => NOON + 2 * HOUR }), service };
  };

  test('asks for a zone by name, with the key in a header, and never by the caller’s address', async () => {
    const { feed, service } = await open(() => ({ body: latest }));
    expect(await feed.latest('DE', 'lifecycle', signal)).toEqual([
      {
        zone: 'DE',
        startSeconds: NOON,
        durationSeconds: HOUR,
        gramsPerKwh: 302,
        kind: 'average',
        factorType: 'lifecycle',
        isEstimated: true,
        isForecast: false,
        source: 'electricity-maps',
      },
    ]);
    const [request] = service.requests;
    expect(request?.path).toBe('/v3/carbon-intensity/latest');
    expect(request?.query.get('zone')).toBe('DE');
    expect(request?.query.get('emissionFactorType')).toBe('lifecycle');
    expect(request?.query.get('shouldUseFallbackCallerLookup')).toBe('false');
    expect(request?.headers['auth-token']).toBe('the-key');
    expect(request?.query.toString()).not.toContain('the-key');
  });

  test('refuses an answer for another zone', async () => {
    const { feed } = await open(() => ({ body: { ...latest, zone: 'FR' } }));
    const failure = await failureOf(feed.latest('DE', 'lifecycle', signal));
    expect(failure.code).toBe('bad-answer');
    expect(failure.message).toContain('FR');
  });

  test('never mixes factor types', async () => {
    const { feed } = await open(() => ({ body: { ...latest, emissionFactorType: 'direct' } }));
    expect(await feed.latest('DE', 'lifecycle', signal)).toEqual([]);
  });

  test('reads a past range in parts of 240 hours, and leaves empty hours out', async () => {
    const { feed, service } = await open((request) => ({
      body: {
        zone: 'DE',
        data: [
          { ...latest, datetime: request.query.get('start') },
          { ...latest, datetime: hour(1), carbonIntensity: null },
        ],
      },
    }));
    const range = { startSeconds: NOON, endSeconds: NOON + 300 * HOUR };
    const records = await feed.past('DE', range, 'lifecycle', signal);
    expect(records.map(({ startSeconds }) => (startSeconds - NOON) / HOUR)).toEqual([0, 240]);
    expect(service.requests.map(({ query }) => [query.get('start'), query.get('end')])).toEqual([
      ['2026-03-10T12:00:00Z', '2026-03-20T12:00:00Z'],
      ['2026-03-20T12:00:00Z', '2026-03-23T00:00:00Z'],
    ]);
  });

  test('a plan without ranges gives the last day in their place, and is not asked for ranges again', async () => {
    const { feed, service } = await open(({ path }) =>
      path.endsWith('past-range')
        ? { status: 403, body: {} }
        : { body: { zone: 'DE', history: [-1, 0, 1].map((index) => ({ ...latest, datetime: hour(index) })) } },
    );
    const range = { startSeconds: NOON, endSeconds: NOON + 300 * HOUR };
    for (let round = 0; round < 2; round += 1) {
      const records = await feed.past('DE', range, 'lifecycle', signal);
      expect(records.map(({ startSeconds }) => (startSeconds - NOON) / HOUR)).toEqual([0, 1]);
    }
    const old = { startSeconds: NOON - 100 * HOUR, endSeconds: NOON - 40 * HOUR };
    expect(await feed.past('DE', old, 'lifecycle', signal)).toEqual([]);
    expect(service.requests.map(({ path }) => path.split('/').at(-1))).toEqual(['past-range', 'history', 'history']);
  });

  test('a history of another zone is refused as well', async () => {
    const { feed } = await open(({ path }) =>
      path.endsWith('past-range') ? { status: 403, body: {} } : { body: { zone: 'FR', history: [latest] } },
    );
    const range = { startSeconds: NOON, endSeconds: NOON + HOUR };
    expect((await failureOf(feed.past('DE', range, 'lifecycle', signal))).code).toBe('bad-answer');
  });

  test('marks a forecast as one', async () => {
    const { feed } = await open(() => ({
      body: { zone: 'DE', forecast: [{ carbonIntensity: 250, datetime: hour(3) }], updatedAt: hour(0) },
    }));
    expect(await feed.forecast('DE', 'lifecycle', signal)).toMatchObject([
      { isForecast: true, startSeconds: NOON + 3 * HOUR, gramsPerKwh: 250 },
    ]);
  });

  test.each([
    [401, 'unauthenticated'],
    [403, 'forbidden'],
    [500, 'unreachable'],
    [503, 'unreachable'],
  ])('%i is %s, without the key or the body', async (status, code) => {
    const { feed } = await open(() => ({ status, body: { error: 'secret-body' } }));
    const failure = await failureOf(feed.latest('DE', 'lifecycle', signal));
    expect(failure.code).toBe(code);
    expect(`${failure.message} ${failure.hint}`).not.toMatch(/the-key|secret-body/);
  });

  test.each([
    ['120', 120],
    [undefined, 900],
  ])('429 with Retry-After %s waits %i s', async (header, waitSeconds) => {
    const headers: Record<string, string> = header === undefined ? {} : { 'retry-after': header };
    const { feed } = await open(() => ({ status: 429, headers, body: {} }));
    const failure = await failureOf(feed.latest('DE', 'lifecycle', signal));
    expect(failure).toBeInstanceOf(RetryLater);
    expect((failure as RetryLater).waitSeconds).toBe(waitSeconds);
  });

  test.each([['{"zone": "DE", "carbon'], ['[]'], ['{"zone":"DE","carbonIntensity":"302","datetime":"now"}'], ['']])(
    'an answer like %j is refused',
    async (body) => {
      const { feed } = await open(() => ({ body }));
      expect((await failureOf(feed.latest('DE', 'lifecycle', signal))).code).toBe('bad-answer');
    },
  );

  test('a zone that it does not have is no error', async () => {
    const { feed } = await open(() => ({ status: 404, body: { error: 'no zone' } }));
    expect(await feed.latest('XX', 'lifecycle', signal)).toEqual([]);
    expect(await feed.forecast('XX', 'lifecycle', signal)).toEqual([]);
    expect(feed.covers('WORLD')).toBe(false);
    expect(feed.covers('SE-SE3')).toBe(true);
  });
});

describe('the Carbon Intensity API of Great Britain', () => {
  const half = (minutes: number, forecast: number | null, actual: number | null) => ({
    from: `${new Date((NOON + minutes * 60) * 1000).toISOString().slice(0, 16)}Z`,
    to: `${new Date((NOON + minutes * 60 + 1800) * 1000).toISOString().slice(0, 16)}Z`,
    intensity: { forecast, actual, index: 'moderate' },
  });
  const open = async (body: unknown) => {
    const service = await start(() => ({ body }));
    return { feed: gbCarbonIntensity(service.transport, { nowSeconds: () => NOON }), service };
  };

  test('an hour is the mean of its halves; one with a forecast in it is an estimate', async () => {
    const { feed, service } = await open({
      data: [half(-60, 100, 120), half(-30, 100, 140), half(0, 90, null), half(30, 110, 130), half(60, 80, 80)],
    });
    expect(await feed.latest('GB', 'direct', signal)).toMatchObject([
      { startSeconds: NOON - HOUR, gramsPerKwh: 130, isEstimated: false, factorType: 'direct' },
      { startSeconds: NOON, gramsPerKwh: 110, isEstimated: true },
    ]);
    // A day back, so that what was an estimate is replaced.
    expect(service.requests.map(({ path }) => path)).toEqual(['/intensity/2026-03-09T13:01Z/2026-03-10T13:00Z']);
  });

  test('the newest values end with the hour that runs, whatever the answer holds', async () => {
    const { feed } = await open({ data: [0, 30, 60, 90, 120, 150].map((minutes) => half(minutes, 100, null)) });
    const records = await feed.latest('GB', 'direct', signal);
    expect(records.map(({ startSeconds }) => startSeconds)).toEqual([NOON]);
  });

  test('has direct factors of one zone only, and asks nothing for others', async () => {
    const { feed, service } = await open({ data: [] });
    expect(feed.covers('FR')).toBe(false);
    for (const answer of [
      await feed.latest('GB', 'lifecycle', signal),
      await feed.past('GB', { startSeconds: NOON, endSeconds: NOON + HOUR }, 'lifecycle', signal),
      await feed.forecast('GB', 'lifecycle', signal),
    ]) {
      expect(answer).toEqual([]);
    }
    expect(service.requests).toEqual([]);
  });

  test('reads the past in parts of 14 days', async () => {
    const { feed, service } = await open({ data: [half(0, 1, 2), half(30, 3, 4)] });
    const range = { startSeconds: NOON, endSeconds: NOON + 20 * 86_400 };
    expect(await feed.past('GB', range, 'direct', signal)).toHaveLength(2);
    expect(service.requests.map(({ path }) => path)).toEqual([
      '/intensity/2026-03-10T12:01Z/2026-03-24T12:00Z',
      '/intensity/2026-03-24T12:01Z/2026-03-30T12:00Z',
    ]);
  });

  test('marks a forecast as one', async () => {
    const { feed, service } = await open({ data: [half(0, 100, 90), half(30, 120, null)] });
    expect(await feed.forecast('GB', 'direct', signal)).toMatchObject([{ gramsPerKwh: 110, isForecast: true }]);
    expect(service.requests[0]?.path).toBe('/intensity/2026-03-10T12:01Z/fw48h');
  });
});
