import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createKubeconfigSource } from '../../../src/backend/clusters/kubeconfig-source.ts';
import {
  NO_OPENCOST_SETTINGS,
  NO_PROMETHEUS_SETTINGS,
  type PrometheusSettings,
  type SourceCheck,
} from '../../../src/core/ports/cluster-source.ts';
import { kubeletSummary } from '../../fakes/kubernetes/kubelet-summary.ts';
import { recordedItems } from '../../fakes/kubernetes/recordings.ts';
import { type StubApiServer, type StubOptions, startStubApiServer } from '../../fakes/kubernetes/stub-api-server.ts';

const clock = { nowSeconds: () => Date.UTC(2026, 2, 11) / 1000 };
const signal = new AbortController().signal;
const service = (name: string) => ({
  metadata: { name, namespace: 'monitoring', labels: { 'app.kubernetes.io/name': 'prometheus' } },
  spec: { ports: [{ name: 'http', port: 9090 }] },
});
let folder: string;
const closing: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podwatt-source-'));
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await rm(folder, { recursive: true });
});

/** Something at the place of Prometheus: answers every query with an empty result, or with what is given. */
async function metricsServer(status = 200, body?: string): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(`${request.headers.authorization ?? 'anonymous'} ${request.url ?? ''}`);
    const result = request.url?.includes('/query') ? { resultType: 'vector', result: [] } : {};
    response.writeHead(status, { 'content-type': body === undefined ? 'application/json' : 'text/html' });
    response.end(body ?? JSON.stringify({ status: 'success', data: result }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function connected(api: StubApiServer, prometheus: PrometheusSettings = NO_PROMETHEUS_SETTINGS) {
  closing.push(() => api.close());
  const file = join(folder, 'config');
  await writeFile(file, api.kubeconfigYaml({}));
  const source = createKubeconfigSource({ paths: [file], env: {}, homeDir: folder, clock });
  const [context] = (await source.list()).contexts;
  const connection = await source.connect(context?.name ?? '', { prometheus, openCost: NO_OPENCOST_SETTINGS });
  closing.unshift(() => connection.close());
  return connection;
}

async function checked(connection: Awaited<ReturnType<typeof connected>>): Promise<SourceCheck[]> {
  const steps: SourceCheck[] = [];
  for await (const step of connection.check(signal)) steps.push(step);
  return steps;
}
const stateOf = (steps: readonly SourceCheck[], source: string) => steps.findLast((step) => step.source === source);

describe('discovery', () => {
  test('tries the Services in order and keeps the one that answers', async () => {
    const bad = await metricsServer(200, '<html>Grafana</html>');
    const good = await metricsServer();
    const backends = { 'monitoring/prometheus-server': bad.url, 'monitoring/other': good.url };
    const connection = await connected(
      await startStubApiServer({ services: [service('prometheus-server'), service('other')], backends }),
    );
    const steps = await checked(connection);
    expect(steps.map((step) => step.source)).toEqual([
      'kubernetes',
      'kubernetes',
      'usage',
      'usage',
      'energy',
      'grid',
      'hardware',
      'cost',
    ]);
    expect(stateOf(steps, 'kubernetes')).toMatchObject({ state: 'passed', failure: null });
    expect(stateOf(steps, 'usage')).toMatchObject({
      state: 'partial',
      detail: expect.stringContaining('monitoring/other'),
    });
    const asked = bad.asked.length;
    await connection.oldestUsageSeconds(signal);
    expect(bad.asked.length).toBe(asked);
  });

  test('says what to do where no Service looks like Prometheus, what serves meanwhile, and reads no past', async () => {
    const connection = await connected(await startStubApiServer({ services: [] }));
    expect(stateOf(await checked(connection), 'usage')).toMatchObject({
      state: 'partial',
      detail:
        'No Prometheus was found among the Services of the cluster. Pods count with their requests and nodes at idle power.',
      hint: expect.stringMatching(/give its address.*Install metrics-server.*"nodes\/proxy"/),
      failure: { code: 'not-found' },
    });
    const inventory = await connection.readInventory(signal);
    const hour = [{ startSeconds: 0, durationSeconds: 3600 }] as const;
    await expect(connection.readUsage(hour, inventory, signal)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(connection.historyProblem?.(signal)).resolves.toMatchObject({ code: 'not-found' });
  });

  test('without Prometheus the kubelets serve where they answer, else metrics.k8s.io', async () => {
    const nodes = recordedItems('metrics-nodes');
    const pods = recordedItems('metrics-pods');
    const api = (options: StubOptions) =>
      startStubApiServer({ services: [], metrics: () => ({ nodes, pods }), ...options });
    const summary = (node: string) => kubeletSummary({ node, atSeconds: clock.nowSeconds(), cpuSeconds: 1, pods: [] });
    const kubelets = stateOf(await checked(await connected(await api({ summary }))), 'usage');
    expect(kubelets).toMatchObject({ state: 'partial', detail: expect.stringContaining('read from the kubelets') });
    const refused = stateOf(
      await checked(await connected(await api({ summary, forbidden: ['nodes/proxy'] }))),
      'usage',
    );
    expect(refused).toMatchObject({ state: 'partial', detail: expect.stringContaining('read from metrics.k8s.io') });
  });

  test('OpenCost is found by itself and answers for a window; a cluster without one is priced by unit prices', async () => {
    const allocation = {
      name: 'cluster-one/shop/cart-1',
      properties: { cluster: 'cluster-one', namespace: 'shop', pod: 'cart-1' },
      cpuCost: 0.5,
      ramCost: 0.25,
    };
    const body = JSON.stringify({ code: 200, data: [{ 'cluster-one/shop/cart-1': allocation }] });
    const openCost = await metricsServer(200, body);
    const opencost = { metadata: { name: 'opencost', namespace: 'opencost' }, spec: { ports: [{ port: 9003 }] } };
    const connection = await connected(
      await startStubApiServer({ services: [opencost], backends: { 'opencost/opencost': openCost.url } }),
    );
    const step = stateOf(await checked(connection), 'cost');
    expect(step).toMatchObject({ state: 'passed', detail: expect.stringContaining('opencost/opencost:9003') });
    const costs = await connection.readCosts({ startSeconds: 0, durationSeconds: 300 }, signal);
    expect(costs?.pods).toMatchObject([{ namespace: 'shop', pod: 'cart-1', cpu: 0.5, memory: 0.25 }]);
    expect(openCost.asked.at(-1)).toContain('/allocation?');
    const plain = await connected(await startStubApiServer({ services: [] }));
    expect(stateOf(await checked(plain), 'cost')).toMatchObject({
      state: 'passed',
      hint: expect.stringMatching(/Install OpenCost/),
    });
    expect(await plain.readCosts({ startSeconds: 0, durationSeconds: 300 }, signal)).toBeNull();
    expect(plain.sources?.().map(({ id, state }) => [id, state])).toEqual([
      ['prometheus', 'not-set-up'],
      ['kubelet', 'waiting'],
      ['kepler', 'waiting'],
      ['opencost', 'not-set-up'],
    ]);
  });

  test('names the Services that were tried in vain', async () => {
    const bad = await metricsServer(500, 'oops');
    const backends = { 'monitoring/prometheus-server': bad.url };
    const connection = await connected(
      await startStubApiServer({ services: [service('prometheus-server')], backends }),
    );
    expect(stateOf(await checked(connection), 'usage')?.detail).toContain('monitoring/prometheus-server');
  });
});

describe('an address by hand', () => {
  test('wins over discovery, with its credentials', async () => {
    const found = await metricsServer();
    const byHand = await metricsServer();
    const api = await startStubApiServer({
      services: [service('prometheus-server')],
      backends: { 'monitoring/prometheus-server': found.url },
    });
    const settings = { ...NO_PROMETHEUS_SETTINGS, url: byHand.url, auth: { kind: 'bearer', token: 'secret' } } as const;
    await checked(await connected(api, settings));
    expect(found.asked).toEqual([]);
    expect(byHand.asked.every((line) => line.startsWith('Bearer secret '))).toBe(true);
  });

  test('that answers something else fails with its own words, not with "not found"', async () => {
    const byHand = await metricsServer(401, 'no');
    const settings = { ...NO_PROMETHEUS_SETTINGS, url: byHand.url };
    const step = stateOf(await checked(await connected(await startStubApiServer(), settings)), 'usage');
    expect(step).toMatchObject({
      state: 'partial',
      detail: expect.stringMatching(/refused the credentials/),
      failure: { code: 'unauthenticated' },
    });
  });
});

test('a cluster that is not to be trusted is told first; what needs it is not tried', async () => {
  const api = await startStubApiServer({ certificate: 'expired' });
  const steps = await checked(await connected(api));
  expect(stateOf(steps, 'kubernetes')).toMatchObject({ state: 'failed', failure: { code: 'tls' } });
  expect(stateOf(steps, 'usage')).toMatchObject({ state: 'not-tried' });
});
