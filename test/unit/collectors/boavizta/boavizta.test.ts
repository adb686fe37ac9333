import { afterEach, describe, expect, test } from 'vitest';
import { boavizta } from '../../../../src/collectors/boavizta/boavizta.ts';
import type { Failure } from '../../../../src/model/failure.ts';
import { type ScriptedAnswer, startScriptedService } from '../../../fakes/grid/scripted-service.ts';

const { signal } = new AbortController();
/** As Boavizta 2.5.0 answers for aws m5.large. */
const M5_LARGE = {
  impacts: {
    gwp: {
      unit: 'kgCO2eq',
      description: 'Total climate change',
      embedded: { value: 24, min: 13.92, max: 40.05, warnings: ['End of life is not included in the calculation'] },
      use: { value: 1100, min: 90, max: 2000 },
    },
  },
};

let stop: () => Promise<void> = async () => undefined;
afterEach(() => stop());

async function open(answer: ScriptedAnswer) {
  const service = await startScriptedService(() => answer);
  stop = service.stop;
  return { source: boavizta(service.transport), requests: service.requests };
}

describe('Boavizta', () => {
  test('is asked for the whole life, and only the embedded part is taken', async () => {
    const { source, requests } = await open({ body: M5_LARGE });
    expect(await source.instance('ovh', 'b2-7', signal)).toEqual({
      kilograms: 24,
      lowKilograms: 13.92,
      highKilograms: 40.05,
      warnings: ['End of life is not included in the calculation'],
    });
    const [request] = requests;
    expect(request?.path).toBe('/v1/cloud/instance');
    expect([...(request?.query.keys() ?? [])].sort()).toEqual(['criteria', 'verbose']);
    expect(JSON.parse(request?.body ?? '')).toEqual({ provider: 'ovhcloud', instance_type: 'b2-7' });
    expect(request?.headers['content-type']).toBe('application/json');
  });

  test('has no answer for a type that it does not know, and is not asked for providers that it does not know', async () => {
    const { source, requests } = await open({ status: 404, body: { detail: 'x at y not found' } });
    expect(await source.instance('aws', 'x', signal)).toBeNull();
    expect(await source.instance('hetzner', 'cx22', signal)).toBeNull();
    expect(source.knows('hetzner')).toBe(false);
    expect(requests).toHaveLength(1);
  });

  test.each([
    ['the older form with numbers', { impacts: { gwp: { unit: 'kgCO2eq', manufacture: 24, use: 9 } } }],
    ['another unit', { impacts: { gwp: { unit: 'gCO2eq', embedded: M5_LARGE.impacts.gwp.embedded } } }],
    ['no number', { impacts: { gwp: { unit: 'kgCO2eq', embedded: { value: 'not implemented', min: 0, max: 1 } } } }],
    ['no JSON', '<html>'],
  ])('%s is refused', async (_, body) => {
    const { source } = await open({ body });
    const failure = await source.instance('aws', 'm5.large', signal).catch((error: Failure) => error);
    expect(failure).toMatchObject({ code: 'bad-answer' });
  });

  test('a server error is said, without what it said', async () => {
    const { source } = await open({ status: 500, body: { detail: 'secret' } });
    const failure = await source.instance('aws', 'm5.large', signal).catch((error: Failure) => error);
    expect(failure).toMatchObject({ code: 'unreachable' });
    expect(JSON.stringify(failure)).not.toContain('secret');
  });
});
