import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BoaviztaDesk, type OpenBoavizta } from '../../../../src/backend/coefficients/boavizta-desk.ts';
import { openBoavizta } from '../../../../src/backend/coefficients/open-boavizta.ts';
import type { BoaviztaImpact } from '../../../../src/collectors/boavizta/boavizta.ts';
import type { CachedEmbodied } from '../../../../src/core/ports/science-stores.ts';
import { Failure } from '../../../../src/model/failure.ts';
import type { NodeDescription } from '../../../../src/model/inventory.ts';
import { FakeCluster } from '../../../fakes/backend/fake-cluster.ts';
import { ManualTime, settle } from '../../../fakes/backend/manual-time.ts';
import { type ScriptedAnswer, startScriptedService } from '../../../fakes/grid/scripted-service.ts';

const NOW = Date.UTC(2026, 2, 11, 10) / 1000;
const DAY = 86_400;
const [NODE] = new FakeCluster().nodes as [NodeDescription];
const TABLE = {
  kilograms: 100,
  lifespanHours: 35_040,
  source: 'table',
  factor: { low: 0.5, high: 2 },
} as const;
const answerOf = (value: number, warnings: string[] = []) => ({
  body: { impacts: { gwp: { unit: 'kgCO2eq', embedded: { value, min: value / 2, max: value * 1.5 } } }, warnings },
});
const NOT_KNOWN: ScriptedAnswer = { status: 404, body: { detail: 'x at aws not found' } };

let time: ManualTime;
let service: Awaited<ReturnType<typeof startScriptedService>>;
let answer: (type: string) => ScriptedAnswer;
let stored: Map<string, CachedEmbodied>;
let logged: string[];
let desks: BoaviztaDesk[];
let isStoreAway: boolean;

beforeEach(async () => {
  time = new ManualTime(NOW);
  answer = () => answerOf(24);
  service = await startScriptedService(({ body }) => answer(JSON.parse(body).instance_type));
  stored = new Map();
  logged = [];
  desks = [];
  isStoreAway = false;
});
afterEach(async () => {
  for (const desk of desks) await desk.close();
  await service.stop();
});

const write = (_: object | string, message?: string) => void logged.push(message ?? '');
function open(settings: { url?: string | null; offline?: boolean; service?: OpenBoavizta } = {}) {
  const desk = new BoaviztaDesk({
    settings: {
      boaviztaUrl: () => (settings.url === undefined ? service.url : settings.url),
      isOffline: () => settings.offline === true,
    },
    cache: {
      cachedEmbodied: async (provider, type) => {
        if (isStoreAway) throw new Failure('store-away', 'The store is away');
        return stored.get(`${provider}/${type}`) ?? null;
      },
      putEmbodied: async (entry) => {
        if (isStoreAway) throw new Failure('store-away', 'The store is away');
        stored.set(`${entry.provider}/${entry.instanceType}`, entry);
      },
    },
    clock: time,
    // Real questions on loopback; only the time between them is by hand.
    timers: time,
    log: { debug: write, info: write, warn: write, error: write },
    random: () => 0,
    open: async (url) => settings.service ?? openBoavizta(url, {}, () => settings.offline === true),
  });
  desks.push(desk);
  const source = desk.over({ embodiedFor: async () => TABLE });
  return { desk, of: (type: string | null = 'm5.large') => source.embodiedFor({ ...NODE, instanceType: type }) };
}

describe('embodied emissions by Boavizta', () => {
  test('the answer is the whole life, its range is the factor, and the life is that of the tables', async () => {
    const { desk, of } = open();
    expect(await of()).toEqual({
      kilograms: 24,
      lifespanHours: 35_040,
      source: 'boavizta',
      factor: { low: 0.5, high: 1.5 },
    });
    expect(stored.get('aws/m5.large')).toMatchObject({
      kilograms: 24,
      lowKilograms: 12,
      highKilograms: 36,
      expiresAtSeconds: NOW + 90 * DAY,
    });
    expect(desk.state()).toMatchObject({ state: 'working', lastGoodAtSeconds: NOW, message: null });
  });

  test('a type is asked for once, by all who need it, until the answer has run out', async () => {
    const { of } = open();
    await Promise.all([of(), of(), of()]);
    await of();
    const another = open();
    expect((await another.of()).source).toBe('boavizta');
    expect(service.requests).toHaveLength(1);
    await time.advance(90 * DAY);
    answer = () => answerOf(30);
    expect((await another.of()).kilograms).toBe(30);
    expect(service.requests).toHaveLength(2);
  });

  test('a type that is not known takes the table, and is asked for again after a week', async () => {
    answer = () => NOT_KNOWN;
    const { desk, of } = open();
    expect(await of('x1.odd')).toEqual(TABLE);
    expect(await of('x1.odd')).toEqual(TABLE);
    expect(await open().of('x1.odd')).toEqual(TABLE);
    expect(service.requests).toHaveLength(1);
    expect(desk.state().state).toBe('working');
    await time.advance(7 * DAY);
    answer = () => answerOf(9);
    expect((await of('x1.odd')).kilograms).toBe(9);
  });

  test('what it warns of goes with the value, also from the store', async () => {
    answer = () => answerOf(24, ["Instance 'm5.larg' not found; using closest match 'm5.large' (fuzzy match)"]);
    const flags = ["Boavizta: Instance 'm5.larg' not found; using closest match 'm5.large' (fuzzy match)"];
    expect((await open().of('m5.larg')).flags).toEqual(flags);
    expect((await open().of('m5.larg')).flags).toEqual(flags);
  });

  test.each<[string, ScriptedAnswer]>([
    ['422', { status: 422, body: { detail: [] } }],
    ['500', { status: 500, body: 'down' }],
    ['malformed JSON', { body: '{"impacts":' }],
    ['an answer for one hour in place of a life', answerOf(0.00046)],
  ])('after %s the table is taken, said once, nothing is kept, and it is asked for later', async (_, bad) => {
    answer = () => bad;
    const { desk, of } = open();
    expect(await of()).toEqual(TABLE);
    expect(await of()).toEqual(TABLE);
    expect(service.requests).toHaveLength(1);
    expect(stored.size).toBe(0);
    expect(desk.state()).toMatchObject({ state: 'failed', message: expect.any(String), lastGoodAtSeconds: null });
    await time.advance(121);
    await of();
    expect(service.requests).toHaveLength(2);
    expect(logged).toHaveLength(1);
    answer = () => answerOf(24);
    await time.advance(1000);
    expect((await of()).source).toBe('boavizta');
    expect(desk.state()).toMatchObject({ state: 'working', message: null });
  });

  test('a type that fails does not keep the others from being asked', async () => {
    answer = (type) => (type === 'bad.type' ? { status: 500, body: '' } : answerOf(24));
    const { of } = open();
    await of('bad.type');
    expect((await of('m5.large')).source).toBe('table');
    await time.advance(63);
    await of('bad.type');
    expect((await of('m5.large')).source).toBe('boavizta');
  });

  test('429 with Retry-After: nothing is asked before its time', async () => {
    answer = () => ({ status: 429, headers: { 'retry-after': '600' }, body: {} });
    const { desk, of } = open();
    await of();
    expect(desk.state()).toMatchObject({ state: 'waiting', message: expect.stringContaining('no more requests') });
    await time.advance(599);
    await of('c5.large');
    expect(service.requests).toHaveLength(1);
    answer = () => answerOf(24);
    await time.advance(2);
    expect((await of('c5.large')).source).toBe('boavizta');
  });

  test('a service that takes 10 s holds windows up for two seconds, once a minute', async () => {
    answer = () => ({ body: null });
    const { desk, of } = open();
    let first: string | null = null;
    void of().then(({ source }) => {
      first = source;
    });
    await time.advance(1.9);
    expect(first).toBeNull();
    await time.advance(0.2);
    expect(first).toBe('table');
    expect((await of()).source).toBe('table');
    expect((await of('c5.large')).source).toBe('table');
    expect(service.requests).toHaveLength(1);
    // Nobody waited until the question was given up.
    expect(desk.state()).toMatchObject({ state: 'waiting', message: null });
  });

  test('an answer that comes late serves the windows after it', async () => {
    const { promise, resolve } = Promise.withResolvers<BoaviztaImpact>();
    let asked = 0;
    const instance = () => {
      asked += 1;
      return promise;
    };
    const late = { description: 'late', knows: () => true, instance, close: async () => undefined };
    const { of } = open({ service: late });
    const first = of();
    await time.advance(2.1);
    expect((await first).source).toBe('table');
    resolve({ kilograms: 24, lowKilograms: 12, highKilograms: 36, warnings: [] });
    await settle(5);
    expect((await of()).source).toBe('boavizta');
    expect(asked).toBe(1);
  });

  test('an answer that ran out is used until a new one is there', async () => {
    await open().of();
    await time.advance(91 * DAY);
    answer = () => ({ status: 503, body: '' });
    const { desk, of } = open();
    expect(await of()).toMatchObject({ source: 'boavizta', kilograms: 24 });
    expect(desk.state()).toMatchObject({ state: 'failed', lastGoodAtSeconds: NOW });
  });

  test.each([
    ['offline', { offline: true }, 'offline'],
    ['without an address', { url: null }, 'not-set-up'],
  ] as const)('%s nothing is asked', async (_, settings, state) => {
    const { desk, of } = open(settings);
    expect(await of()).toEqual(TABLE);
    expect(desk.state().state).toBe(state);
    expect(service.requests).toHaveLength(0);
  });

  test('offline, what was kept is used', async () => {
    await open().of();
    expect((await open({ offline: true }).of()).source).toBe('boavizta');
    expect(service.requests).toHaveLength(1);
  });

  test('an address that is none is said; another one starts anew', async () => {
    const settings: { url: string } = { url: 'no address' };
    const { desk, of } = open(settings);
    expect(await of()).toEqual(TABLE);
    expect(await of()).toEqual(TABLE);
    expect(desk.state().state).toBe('failed');
    expect(logged).toHaveLength(1);
    settings.url = service.url;
    expect((await of()).source).toBe('boavizta');
    expect(desk.state().state).toBe('working');
  });

  test.each([['hetzner', 'cx22'] as const, ['aws', null] as const])(
    '%s %s is not asked for',
    async (provider, type) => {
      const { desk } = open();
      const source = desk.over({ embodiedFor: async () => TABLE });
      expect(await source.embodiedFor({ ...NODE, provider: provider as 'aws', instanceType: type })).toEqual(TABLE);
      expect(service.requests).toHaveLength(0);
    },
  );

  test('without the store nothing is asked twice: what is in memory is used, the rest takes the table', async () => {
    const { of } = open();
    await of();
    isStoreAway = true;
    expect((await of()).source).toBe('boavizta');
    expect((await of('c5.large')).source).toBe('table');
    expect(service.requests).toHaveLength(1);
  });

  test('an answer that the store does not take is used all the same', async () => {
    const { of } = open();
    answer = () => {
      isStoreAway = true;
      return answerOf(24);
    };
    expect((await of()).source).toBe('boavizta');
    expect((await of()).source).toBe('boavizta');
    expect(service.requests).toHaveLength(1);
    await settle(1);
  });
});
