import { afterEach, describe, expect, test } from 'vitest';
import { BoaviztaBusy, boavizta } from '../../../../src/collectors/boavizta/boavizta.ts';
import { type ScriptedAnswer, startScriptedService } from '../../../fakes/grid/scripted-service.ts';

const { signal } = new AbortController();
/** As Boavizta 2.5.0 answers for aws m5.large. */
const EMBEDDED = { value: 24, min: 13.92, max: 40.05, warnings: ['End of life is not included in the calculation'] };
const USE = { value: 1100, min: 90, max: 2000 };
const answerWith = (embedded: object, more: object = {}) => ({
  impacts: { gwp: { unit: 'kgCO2eq', description: 'Total climate change', embedded, use: USE } },
  ...more,
});
const M5_LARGE = answerWith(EMBEDDED);

let stop: () => Promise<void> = async () => undefined;
afterEach(() => stop());

async function open(answer: ScriptedAnswer) {
  const service = await startScriptedService(() => answer);
  stop = service.stop;
  return { source: boavizta(service.transport), requests: service.requests };
}

async function failureOf(answer: ScriptedAnswer): Promise<unknown> {
  const { source } = await open(answer);
  return source.instance('aws', 'm5.large', signal).catch((error: unknown) => error);
}

describe('Boavizta', () => {
  test('is asked for the whole life, and only the embedded part is taken', async () => {
    const { source, requests } = await open({ body: M5_LARGE });
    expect(await source.instance('ovh', 'b2-7', signal)).toEqual({
      kilograms: 24,
      lowKilograms: 13.92,
      highKilograms: 40.05,
      warnings: [],
    });
    const [request] = requests;
    expect(request?.path).toBe('/v1/cloud/instance');
    expect([...(request?.query.keys() ?? [])].sort()).toEqual(['criteria', 'verbose']);
    expect(JSON.parse(request?.body ?? '')).toEqual({ provider: 'ovhcloud', instance_type: 'b2-7' });
    expect(request?.headers['content-type']).toBe('application/json');
  });

  test.each([
    ['azure', 'Standard_D2s_v3', 'd2s_v3'],
    ['scaleway', 'DEV1-S', 'dev1-s'],
    ['gcp', 'n2-standard-2', 'n2-standard-2'],
  ])('the types of %s are asked for by the names of its tables: %s', async (provider, type, asked) => {
    const { source, requests } = await open({ body: M5_LARGE });
    await source.instance(provider, type, signal);
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ provider, instance_type: asked });
  });

  test('what it warns of a fuzzy match is kept, in short lines; what it says with every answer is not', async () => {
    const warnings = [
      "Instance 'm5.lrge' not found;\nusing closest match 'm5.large' (fuzzy match)",
      '',
      'x'.repeat(999),
    ];
    const { source } = await open({ body: answerWith(EMBEDDED, { warnings }) });
    expect((await source.instance('aws', 'm5.lrge', signal))?.warnings).toEqual([
      "Instance 'm5.lrge' not found; using closest match 'm5.large' (fuzzy match)",
      'x'.repeat(200),
    ]);
  });

  test('has no answer for a type that it does not know, and is not asked for providers that it does not know', async () => {
    const { source, requests } = await open({ status: 404, body: { detail: 'x at y not found' } });
    expect(await source.instance('aws', 'x', signal)).toBeNull();
    expect(await source.instance('hetzner', 'cx22', signal)).toBeNull();
    expect(source.knows('hetzner')).toBe(false);
    expect(requests).toHaveLength(1);
  });

  test.each([
    ['of another service', { detail: 'Not Found' }],
    ['of a web server', '<html>404</html>'],
  ])('a 404 %s is no answer about the type', async (_, body) => {
    expect(await failureOf({ status: 404, body })).toMatchObject({ code: 'bad-answer' });
  });

  test.each([
    ['the older form with numbers', { impacts: { gwp: { unit: 'kgCO2eq', manufacture: 24, use: 9 } } }],
    ['another unit', { impacts: { gwp: { unit: 'gCO2eq', embedded: EMBEDDED } } }],
    ['no number', answerWith({ value: 'not implemented', min: 0, max: 1 })],
    ['a range that does not hold the value', answerWith({ value: 24, min: 30, max: 40 })],
    ['no JSON', '<html>'],
  ])('%s is refused', async (_, body) => {
    expect(await failureOf({ body })).toMatchObject({ code: 'bad-answer' });
  });

  test.each([[422], [500], [502], [503]])('status %i is said, without what it said', async (status) => {
    const failure = await failureOf({ status, body: { detail: 'secret' } });
    expect(failure).toMatchObject({ code: 'unreachable', message: expect.stringContaining(`${status}`) });
    expect(failure).not.toBeInstanceOf(BoaviztaBusy);
    expect(JSON.stringify(failure)).not.toContain('secret');
  });

  test.each([
    [429, { 'retry-after': '120' }, 120],
    [429, {}, null],
    [503, { 'retry-after': '30' }, 30],
    [429, { 'retry-after': '99999999' }, 86_400],
  ])('status %i with %j asks for patience', async (status, headers, waitSeconds) => {
    const failure = await failureOf({ status, headers, body: {} });
    expect(failure).toBeInstanceOf(BoaviztaBusy);
    expect(failure).toMatchObject({ code: 'unreachable', waitSeconds });
  });

  test('a service that never answers is left', async () => {
    const { source } = await open({ body: null });
    const leaving = AbortSignal.timeout(50);
    const failure = await source.instance('aws', 'm5.large', leaving).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'cancelled' });
  });
});
