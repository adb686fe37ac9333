import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { findMetrics, type MetricsDeps } from '../../../../src/backend/clusters/metrics-source.ts';
import { NO_PROMETHEUS_SETTINGS } from '../../../../src/core/ports/cluster-source.ts';
import type { TransportRequest, TransportResponse } from '../../../../src/core/ports/transport.ts';
import { Failure, type FailureCode } from '../../../../src/model/failure.ts';
import type { ServiceDescription } from '../../../../src/model/inventory.ts';
import { fakeTransport, matrix, vector } from '../../collectors/prometheus/fake-client.ts';

const clock = { nowSeconds: () => Date.UTC(2026, 2, 11) / 1000 };
const signal = new AbortController().signal;
type Answer = (request: TransportRequest) => Partial<TransportResponse> | Error;

/** What a Prometheus without any metrics answers. */
const works: Answer = ({ path }) => {
  if (path.endsWith('/query_range')) return matrix();
  return path.endsWith('/query') ? vector() : { status: 404 };
};
const fails =
  (code: FailureCode, hint?: string): Answer =>
  () =>
    new Failure(code, `It was ${code}`, hint === undefined ? {} : { hint });

function service(name: string, namespace = 'monitoring', port = 9090): ServiceDescription {
  return { name, namespace, labels: { 'app.kubernetes.io/name': 'prometheus' }, ports: [{ name: 'http', port }] };
}

/** Discovery among Services with the answers given by name, and the names in the order in which they were asked. */
function discovery(answers: Record<string, Answer>, change: Partial<MetricsDeps> = {}) {
  const tried: string[] = [];
  const paths: string[] = [];
  const deps: MetricsDeps = {
    clock,
    settings: NO_PROMETHEUS_SETTINGS,
    env: {},
    serviceTransport: ({ namespace, name, port, scheme }) => {
      tried.push(name);
      const transport = fakeTransport((request) => {
        paths.push(request.path);
        return (answers[name] ?? fails('unreachable'))(request);
      });
      return { ...transport, description: `${scheme} ${namespace}/${name}:${port}` };
    },
    ...change,
  };
  const find = (services: readonly ServiceDescription[], until = signal) =>
    findMetrics({ services, refused: null }, deps, until);
  return { find, deps, tried, paths };
}

describe('discovery among Services', () => {
  test('asks the best candidate first and stops at the first that answers', async () => {
    const { find, tried } = discovery({ 'prometheus-server': works, prometheus: works });
    const found = await find([service('my-prometheus-thing'), service('prometheus'), service('prometheus-server')]);
    expect(tried).toEqual(['prometheus-server']);
    expect(found.description).toBe('http monitoring/prometheus-server:9090');
    await found.close();
  });

  test('goes on where one is silent, says nothing useful, or refuses', async () => {
    const html: Answer = () => ({ contentType: 'text/html', text: '<html>' });
    for (const bad of [fails('unreachable'), fails('timeout'), fails('unauthenticated'), fails('forbidden'), html]) {
      const { find, tried } = discovery({ 'prometheus-server': bad, prometheus: works });
      const found = await find([service('prometheus'), service('prometheus-server')]);
      expect([found.description, tried]).toEqual([
        'http monitoring/prometheus:9090',
        ['prometheus-server', 'prometheus'],
      ]);
    }
  });

  test.each(['cancelled', 'tls', 'exec-plugin', 'bad-input'] as const)(
    'ends at once with %s, which every other Service would end with too',
    async (code) => {
      const { find, tried } = discovery({ 'prometheus-server': fails(code, 'Do this.'), prometheus: works });
      const services = [service('prometheus'), service('prometheus-server')];
      await expect(find(services)).rejects.toMatchObject({ code, hint: 'Do this.' });
      expect(tried).toHaveLength(1);
    },
  );

  test('tries at most six, and says in the words of the likeliest why', async () => {
    const names = Array.from({ length: 9 }, (_, index) => `prometheus-${index}`);
    const { find, tried } = discovery({ 'prometheus-0': fails('unauthenticated', 'Sign in.') });
    const error: unknown = await find(names.map((name) => service(name))).catch((thrown: unknown) => thrown);
    expect(tried).toHaveLength(6);
    expect(error).toMatchObject({ code: 'unauthenticated', hint: 'Sign in.' });
    for (const name of tried.slice(1)) expect((error as Failure).message).toContain(name);
  });

  test('a single Service that fails is told without a list of others', async () => {
    const { find } = discovery({ prometheus: fails('timeout', 'Wait.') });
    await expect(find([service('prometheus')])).rejects.toMatchObject({
      code: 'timeout',
      message: 'It was timeout',
      hint: 'Wait.',
    });
  });

  test('nothing that looks like Prometheus is not found, with both ways out', async () => {
    const { find, tried } = discovery({});
    const grafana: ServiceDescription = { ...service('grafana'), labels: { app: 'grafana' } };
    await expect(find([grafana])).rejects.toMatchObject({
      code: 'not-found',
      hint: expect.stringMatching(/Install Prometheus.*or give its address/),
    });
    expect(tried).toEqual([]);
  });

  test('Services that may not be listed are told so, and not as "not found"', async () => {
    const refused = {
      code: 'x',
      severity: 'warning',
      message: 'Services may not be listed',
      hint: 'Add a role.',
    } as const;
    const { deps } = discovery({});
    await expect(findMetrics({ services: [], refused }, deps, signal)).rejects.toMatchObject({
      code: 'forbidden',
      message: 'Services may not be listed',
      hint: expect.stringMatching(/^Add a role\. .*address of Prometheus/),
    });
  });

  test('queries go below the prefix of the server that was found', async () => {
    const { find, paths } = discovery({ 'vmselect-main': works });
    const vmselect: ServiceDescription = {
      name: 'vmselect-main',
      namespace: 'monitoring',
      labels: { app: 'vmselect' },
      ports: [{ name: 'http', port: 8481 }],
    };
    const { probe } = await find([vmselect]);
    expect(paths.length).toBeGreaterThan(3);
    expect(paths.every((path) => path.startsWith('/select/0/prometheus/api/v1/'))).toBe(true);
    expect(probe).toMatchObject({ hasCadvisor: false, oldestSampleSeconds: null });
  });

  test('a caller that left before ends it, and no Service counts as refused', async () => {
    const stop = new AbortController();
    const leaves: Answer = () => {
      stop.abort();
      return new DOMException('gone', 'AbortError');
    };
    const { find, tried } = discovery({ 'prometheus-server': leaves, prometheus: works });
    await expect(find([service('prometheus'), service('prometheus-server')], stop.signal)).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(tried).toEqual(['prometheus-server']);
  });

  test('every question carries the tenant and the extra matchers of the settings', async () => {
    const requests: TransportRequest[] = [];
    const answers: Answer = (request) => {
      requests.push(request);
      return works(request);
    };
    const settings = {
      ...NO_PROMETHEUS_SETTINGS,
      extraMatchers: 'cluster="prod"',
      tenantHeader: { name: 'X-Scope-OrgID', value: 'acme' },
    };
    const { find } = discovery({ prometheus: answers }, { settings });
    await find([service('prometheus')]);
    expect(requests.every(({ headers }) => headers?.['X-Scope-OrgID'] === 'acme')).toBe(true);
    const selectors = requests
      .map(({ parameters }) => String(parameters.query ?? ''))
      .filter((query) => query.includes('{'));
    expect(selectors.length).toBeGreaterThan(3);
    for (const query of selectors) expect(query).toContain('cluster="prod"');
  });
});

describe('an address by hand', () => {
  test('is asked in place of any Service, and its failure is told as it is', async () => {
    const server = createServer((_, response) => response.writeHead(404).end('nothing here'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { find, tried } = discovery({ prometheus: works }, { settings: { ...NO_PROMETHEUS_SETTINGS, url } });
    const error: unknown = await find([service('prometheus')]).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Failure);
    expect((error as Failure).message).not.toContain('Services of the cluster');
    expect(tried).toEqual([]);
    await new Promise((resolve) => server.close(resolve));
  });
});
