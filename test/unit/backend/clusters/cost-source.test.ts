import { describe, expect, test } from 'vitest';
import { CostSource } from '../../../../src/backend/clusters/cost-source.ts';
import type { OpenCostSettings } from '../../../../src/core/ports/cluster-source.ts';
import type { TransportResponse } from '../../../../src/core/ports/transport.ts';
import { Failure } from '../../../../src/model/failure.ts';
import type { ServiceDescription } from '../../../../src/model/inventory.ts';

const window = { startSeconds: 0, durationSeconds: 300 } as const;
const signal = new AbortController().signal;
const services: readonly ServiceDescription[] = [
  { namespace: 'opencost', name: 'opencost', labels: {}, ports: [{ name: 'http', port: 9003 }] },
];
const allocation = { name: 'c/shop/cart', properties: { cluster: 'c', namespace: 'shop', pod: 'cart' }, cpuCost: 2 };
const works = (): TransportResponse => ({
  status: 200,
  contentType: 'application/json',
  text: JSON.stringify({ code: 200, data: [{ 'c/shop/cart': allocation }] }),
});

function bench(settings: Partial<OpenCostSettings> = {}) {
  let now = 1000;
  const asked: string[] = [];
  const made = { answer: works as () => TransportResponse };
  const source = new CostSource({
    clock: { nowSeconds: () => now },
    settings: { url: null, isOff: false, ...settings },
    env: {},
    serviceTransport: ({ namespace, name, port }) => ({
      description: `${namespace}/${name}:${port}`,
      send: async ({ path }) => {
        asked.push(path);
        return made.answer();
      },
    }),
  });
  return {
    source,
    asked,
    made,
    passes: (seconds: number) => {
      now += seconds;
    },
  };
}

describe('OpenCost of a cluster', () => {
  test('is found among the Services and says what pods cost', async () => {
    const { source } = bench();
    expect(source.state).toMatchObject({ id: 'opencost', state: 'waiting' });
    expect((await source.costsOf(window, services, signal))?.pods).toMatchObject([{ pod: 'cart', cpu: 2 }]);
    expect(source.state).toEqual({
      id: 'opencost',
      state: 'working',
      message: 'opencost/opencost:9003',
      hint: null,
      lastGoodAtSeconds: 1000,
    });
    await source.close();
  });

  test('that is not there, or switched off, is not asked', async () => {
    const none = bench();
    expect(await none.source.costsOf(window, [], signal)).toBeNull();
    expect(none.source.state).toMatchObject({ state: 'not-set-up', hint: expect.stringMatching(/Install OpenCost/) });
    // It may be installed later.
    expect(await none.source.costsOf(window, services, signal)).not.toBeNull();
    const off = bench({ isOff: true });
    expect(await off.source.costsOf(window, services, signal)).toBeNull();
    expect(off.source.state).toMatchObject({ state: 'not-set-up', message: expect.stringMatching(/switched off/) });
    expect(off.asked).toEqual([]);
  });

  test('that fails is said, left alone for a while, and asked again', async () => {
    const { source, made, asked, passes } = bench();
    await source.costsOf(window, services, signal);
    passes(60);
    made.answer = () => ({ status: 500, contentType: 'text/plain', text: 'secret' });
    await expect(source.costsOf(window, services, signal)).rejects.toMatchObject({ code: 'unreachable' });
    expect(source.state).toMatchObject({
      state: 'failed',
      message: 'OpenCost (opencost/opencost:9003) answered with status 500.',
      lastGoodAtSeconds: 1000,
    });
    expect(await source.costsOf(window, services, signal)).toBeNull();
    expect(asked.filter((path) => path === '/allocation')).toHaveLength(2);
    made.answer = works;
    passes(120);
    expect(await source.costsOf(window, services, signal)).not.toBeNull();
    expect(source.state.state).toBe('working');
  });

  test('at an address that is none fails with its words', async () => {
    const { source, asked } = bench({ url: 'ftp://costs' });
    await expect(source.costsOf(window, services, signal)).rejects.toMatchObject({ code: 'bad-input' });
    expect(source.state).toMatchObject({ state: 'failed', message: expect.stringMatching(/address/i) });
    expect(asked).toEqual([]);
  });

  test('a caller that left is told so', async () => {
    const { source, made } = bench();
    made.answer = () => {
      throw new Failure('cancelled', 'Gone');
    };
    await expect(source.costsOf(window, services, signal)).rejects.toMatchObject({ code: 'cancelled' });
    expect(source.state.state).not.toBe('failed');
  });
});
