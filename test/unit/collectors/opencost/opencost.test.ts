import { afterEach, describe, expect, test } from 'vitest';
import { openCost } from '../../../../src/collectors/opencost/opencost.ts';
import type { Failure } from '../../../../src/model/failure.ts';
import { type ScriptedAnswer, startScriptedService } from '../../../fakes/grid/scripted-service.ts';

const { signal } = new AbortController();
const WINDOW = { startSeconds: Date.UTC(2026, 2, 10, 12) / 1000, durationSeconds: 300 } as const;

let stop: () => Promise<void> = async () => undefined;
afterEach(() => stop());

const EURO = { body: { code: 200, data: { provider: 'custom', currencyCode: 'EUR', CPU: '0.03' } } };

async function open(answer: ScriptedAnswer, clusterName: string | null = null, configs: ScriptedAnswer = EURO) {
  const service = await startScriptedService(({ path }) => (path === '/getConfigs' ? configs : answer));
  stop = service.stop;
  return { source: openCost(service.transport, clusterName), requests: service.requests };
}

const allocation = (cluster: string, namespace: string, pod: string, cost = 1) => ({
  name: `${cluster}/${namespace}/${pod}`,
  properties: { cluster, namespace, pod, node: 'n1' },
  cpuCost: 0.5 * cost,
  ramCost: 0.25 * cost,
  gpuCost: 0,
  pvCost: 0.125 * cost,
  networkCost: 0.01 * cost,
  loadBalancerCost: 0.02 * cost,
  totalCost: 0.905 * cost,
});
const idle = (cluster: string) => ({ name: `${cluster}/__idle__/__idle__`, cpuCost: 2, ramCost: 1, totalCost: 3 });
const setOf = (...allocations: { name: string }[]) => Object.fromEntries(allocations.map((each) => [each.name, each]));

describe('OpenCost', () => {
  test('is asked for exactly the window, by cluster, namespace and pod, with idle apart', async () => {
    const body = { code: 200, data: [setOf(allocation('prod', 'shop', 'cart-0'), idle('prod'))] };
    const { source, requests } = await open({ body });
    expect(await source.costsOf(WINDOW, signal)).toEqual({
      currency: 'EUR',
      pods: [{ namespace: 'shop', pod: 'cart-0', cpu: 0.5, memory: 0.25, gpu: 0, storage: 0.125, network: 0.03 }],
      idle: { cpu: 2, memory: 1, gpu: 0, storage: 0, network: 0 },
    });
    const query = Object.fromEntries(requests.find(({ path }) => path === '/allocation')?.query ?? []);
    expect(query).toMatchObject({
      window: '2026-03-10T12:00:00Z,2026-03-10T12:05:00Z',
      step: '5m',
      aggregate: 'cluster,namespace,pod',
      includeIdle: 'true',
      shareIdle: 'false',
    });
  });

  test('sums sets, keeps the wanted cluster only, and counts lines that are no pod as idle', async () => {
    const unmounted = { ...allocation('prod', 'shop', '__unmounted__'), name: 'prod/shop/__unmounted__' };
    const body = {
      code: 200,
      data: [
        setOf(allocation('prod', 'shop', 'cart-0'), allocation('test', 'shop', 'cart-0', 9), unmounted, idle('test')),
        null,
        setOf(allocation('prod', 'shop', 'cart-0', 3), idle('prod')),
      ],
    };
    const { source } = await open({ body }, 'prod');
    const costs = await source.costsOf(WINDOW, signal);
    expect(costs?.pods).toEqual([expect.objectContaining({ pod: 'cart-0', cpu: 2, memory: 1, storage: 0.5 })]);
    expect(costs?.idle).toEqual({ cpu: 2.5, memory: 1.25, gpu: 0, storage: 0.125, network: 0.03 });
    const parts = [...(costs?.pods ?? []), ...(costs === null ? [] : [costs.idle])];
    const total = parts.reduce(
      (sum, { cpu, memory, gpu, storage, network }) => sum + cpu + memory + gpu + storage + network,
      0,
    );
    expect(total).toBeCloseTo(0.905 * 4 + 0.905 + 3, 12);
  });

  test('its currency is read once', async () => {
    const body = { code: 200, data: [setOf(allocation('prod', 'shop', 'cart-0'))] };
    const { source, requests } = await open({ body });
    await source.costsOf(WINDOW, signal);
    expect((await source.costsOf(WINDOW, signal))?.currency).toBe('EUR');
    expect(requests.filter(({ path }) => path === '/getConfigs')).toHaveLength(1);
  });

  test.each([
    [{ status: 404, body: 'no' }],
    [{ body: '<html>' }],
    [{ body: { code: 200, data: { currencyCode: 'euros' } } }],
    [{ status: 500, body: { code: 500, data: { currencyCode: 'EUR' } } }],
  ])('settings like %j leave the currency open and the costs as they are', async (configs) => {
    const body = { code: 200, data: [setOf(allocation('prod', 'shop', 'cart-0'))] };
    const { source } = await open({ body }, null, configs);
    expect(await source.costsOf(WINDOW, signal)).toMatchObject({ currency: null, pods: [{ cpu: 0.5 }] });
  });

  test.each([[[]], [[{}]], [[null]], [null]])('has nothing of the time: %j', async (data) => {
    const { source } = await open({ body: { code: 200, data } });
    expect(await source.costsOf(WINDOW, signal)).toBeNull();
  });

  test.each([
    [{ body: { code: 500, data: null, message: 'secret' } }, 'bad-answer'],
    [{ body: '<html>' }, 'bad-answer'],
    [{ body: { code: 200, data: [{ x: { name: 'x', cpuCost: 'many' } }] } }, 'bad-answer'],
    [{ status: 404, body: 'secret' }, 'unreachable'],
    [{ status: 429, body: 'secret' }, 'unreachable'],
    [{ status: 502, body: 'secret' }, 'unreachable'],
  ])('an answer like %j is a failure', async (answer, code) => {
    const { source } = await open(answer);
    const failure = await source.costsOf(WINDOW, signal).catch((error: Failure) => error);
    expect(failure).toMatchObject({ code });
    expect(JSON.stringify(failure)).not.toContain('secret');
  });

  test('a service that never answers is left', async () => {
    const { source } = await open({ body: null });
    const failure = await source.costsOf(WINDOW, AbortSignal.timeout(50)).catch((error: Failure) => error);
    expect(failure).toMatchObject({ code: 'cancelled' });
  });
});
