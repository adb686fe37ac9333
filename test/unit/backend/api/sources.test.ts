import { afterEach, describe, expect, test } from 'vitest';
import { SourceSettings, SourceStates, SourceTestResult } from '../../../../src/contract/schemas/sources.ts';
import { type TestBackend, testBackend } from '../../../fakes/backend/test-backend.ts';
import { electricityMapsAnswers } from '../../../fakes/grid/grid-bench.ts';
import { type ScriptedAnswer, type SeenRequest, startScriptedService } from '../../../fakes/grid/scripted-service.ts';

const KEY = 'em-secret-key-4711';
const usual = electricityMapsAnswers();
let ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.reverse()) await end();
  ends = [];
});

async function open(answer?: (request: SeenRequest) => ScriptedAnswer, sources: object = {}) {
  let bench: TestBackend | null = null;
  const service = await startScriptedService((request) =>
    answer === undefined ? usual(bench?.time.nowSeconds() ?? 0, request) : answer(request),
  );
  bench = await testBackend({
    sources,
    secretsKey: async () => new Uint8Array(32).fill(3),
    env: {},
    gridAddresses: { electricityMaps: service.url, gbCarbonIntensity: service.url },
  });
  const { backend } = bench;
  ends = [service.stop, () => backend.stop()];
  return { ...bench, service };
}

describe('settings of sources', () => {
  test('a key goes in and never comes out: not in answers, state, logs or errors', async () => {
    const { client, state, logged } = await open(() => ({ status: 401, body: { error: KEY } }));
    const answers: unknown[] = [
      await client.sources.update({ electricity_maps: { key: KEY, enabled: true } }),
      await client.sources.settings(),
      await client.sources.test({ source: 'electricity-maps' }),
      await client.sources.test({ source: 'electricity-maps', key: `${KEY}-other` }),
      await client.grid.history({ zone: 'FR', last: '24h', tz: 'UTC' }),
      await client.sources.states(),
      await client.system.config(),
      await client.system.health(),
    ];
    expect(answers[0]).toMatchObject({ electricity_maps: { enabled: true, has_key: true } });
    expect(SourceSettings.parse(answers[1])).toEqual(answers[0]);
    const refused = await client.sources.update({ electricity_maps: { key: `${KEY} two words` } }).catch(String);
    const everything = JSON.stringify([answers, [...state.values], logged, refused]);
    expect(everything).not.toContain(KEY);
    expect(everything).not.toContain(Buffer.from(KEY).toString('base64'));
  });

  test('what is left out stays; null takes a key away', async () => {
    const { client } = await open();
    await client.sources.update({ electricity_maps: { key: KEY }, factor_type: 'direct', offline: true });
    expect(await client.sources.update({ boavizta: { url: 'https://boavizta.example/api' } })).toEqual({
      offline: true,
      factor_type: 'direct',
      electricity_maps: { enabled: true, has_key: true },
      gb_carbon_intensity: { enabled: true },
      boavizta: { url: 'https://boavizta.example/api' },
    });
    const after = await client.sources.update({
      electricity_maps: { key: null },
      gb_carbon_intensity: { enabled: false },
    });
    expect(after).toMatchObject({ electricity_maps: { has_key: false }, gb_carbon_intensity: { enabled: false } });
  });

  test.each(['ftp://b.example', 'https://user:word@b.example'])('an address like %s is refused', async (url) => {
    const { client } = await open();
    await expect(client.sources.update({ boavizta: { url } })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect((await client.sources.settings()).boavizta.url).toBeNull();
  });

  test('what a variable decides is refused', async () => {
    const { client } = await open(undefined, { offline: true });
    await expect(client.sources.update({ offline: false })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await client.sources.settings()).offline).toBe(true);
  });
});

describe('testing a source', () => {
  const failing: [string, ScriptedAnswer, RegExp][] = [
    ['a refused key', { status: 401, body: {} }, /refused the key/],
    ['a plan without this zone', { status: 403, body: {} }, /plan of the key/],
    [
      'too many requests',
      { status: 429, headers: { 'retry-after': '60' }, body: {} },
      /takes no more requests for 60 s/,
    ],
    ['a server error', { status: 502, body: {} }, /status 502/],
    ['something else at the address', { body: '<html>' }, /not in its documented form/],
    ['an empty zone', { status: 404, body: {} }, /has no value for DE/],
    ['another zone', { body: { zone: 'XX', carbonIntensity: 1, datetime: '2026-03-10T12:00:00Z' } }, /zone XX/],
  ];

  test.each(failing)('%s is said in words, with what to do', async (_, answer, words) => {
    const { client, service } = await open(() => answer);
    const result = await client.sources.test({ source: 'electricity-maps', key: KEY });
    expect(SourceTestResult.parse(result)).toEqual(result);
    expect(result.ok).toBe(false);
    expect(result.message).toMatch(words);
    expect(result.hint).not.toBeNull();
    expect(service.requests).toHaveLength(1);
  });

  test('a key that works, before it is saved', async () => {
    const { client, service } = await open();
    const result = await client.sources.test({ source: 'electricity-maps', key: KEY });
    expect(result).toMatchObject({ ok: true, hint: null });
    expect(result.message).toMatch(/DE had \d+ g CO2e\/kWh \(lifecycle factors\)/);
    expect(result.latency_ms).not.toBeNull();
    expect(service.requests[0]?.headers['auth-token']).toBe(KEY);
    expect((await client.sources.settings()).electricity_maps.has_key).toBe(false);
  });

  test('Great Britain, Boavizta, and what is missing for a test', async () => {
    const half = (from: string) => ({ from, to: from, intensity: { forecast: 100, actual: 120, index: 'low' } });
    const { client, service } = await open((request) =>
      request.path.startsWith('/v1/cloud')
        ? { body: { impacts: { gwp: { unit: 'kgCO2eq', embedded: { value: 24, min: 14, max: 40 } } } } }
        : { body: { data: [half('2026-03-11T09:00Z'), half('2026-03-11T09:30Z')] } },
    );
    expect(await client.sources.test({ source: 'gb-carbon-intensity' })).toMatchObject({ ok: true });
    expect((await client.sources.test({ source: 'gb-carbon-intensity' })).message).toContain('120 g CO2e/kWh (direct');
    expect(await client.sources.test({ source: 'boavizta', url: service.url })).toMatchObject({
      ok: true,
      message: 'Boavizta answers: 24 kg CO2e embodied in an m5.large.',
    });
    for (const source of ['boavizta', 'electricity-maps', 'opencost'] as const) {
      const result = await client.sources.test({ source });
      expect(result).toMatchObject({ ok: false, latency_ms: null });
      expect(result.message).toMatch(/There is no|context says/);
    }
  });
});

describe('states of sources', () => {
  test('name each source once', async () => {
    const { client } = await open();
    const { sources } = SourceStates.parse(await client.sources.states());
    expect(sources.map(({ id, state }) => [id, state])).toEqual([
      ['electricity-maps', 'not-set-up'],
      ['gb-carbon-intensity', 'waiting'],
      ['boavizta', 'not-set-up'],
    ]);
  });
});
