import { describe, expect, it } from 'vitest';
import { recording } from '../../fakes/kubernetes/recordings.ts';
import { startBackend } from '../../unit/net/backend.ts';
import { client, failureOf, keep, signal, stub } from './harness.ts';

const get = { method: 'GET', path: '/api/v1/query', parameters: { query: 'up' } } as const;
const prometheus = { namespace: 'monitoring', name: 'prometheus-server', port: 80 };

describe('the service proxy', () => {
  it('carries GET and POST to the Service with the credentials of the kubeconfig', async () => {
    const bodies: string[] = [];
    const backend = keep(
      await startBackend((request, answer) => {
        let body = '';
        request.on('data', (chunk) => {
          body += chunk;
        });
        request.on('end', () => {
          bodies.push(`${request.method} ${request.url} ${body}`);
          answer.setHeader('content-type', 'application/json').end('{"status":"success"}');
        });
      }),
    );
    const server = await stub({ token: 't', backends: { 'monitoring/prometheus-server': backend.url } });
    const way = (await client(server.kubeconfigYaml())).serviceTransport(prometheus);
    expect(way.description).toBe('monitoring/prometheus-server:80 through the API server');
    expect(await way.send({ ...get, signal })).toEqual({
      status: 200,
      contentType: 'application/json',
      text: '{"status":"success"}',
    });
    await way.send({ ...get, method: 'POST' });
    expect(bodies).toEqual(['GET /api/v1/query?query=up ', 'POST /api/v1/query query=up']);
    expect(backend.requests[0]?.headers.authorization).toBeUndefined();
    expect(server.requests[0]?.path).toBe(
      '/api/v1/namespaces/monitoring/services/prometheus-server:80/proxy/api/v1/query',
    );
  });

  it('names scheme and port', async () => {
    const server = await stub();
    const way = await client(server.kubeconfigYaml());
    const service = {
      namespace: 'openshift-monitoring',
      name: 'thanos-querier',
      port: 'web',
      scheme: 'https',
    } as const;
    await way.serviceTransport(service).send(get);
    expect(server.requests[0]?.path).toContain('/services/https:thanos-querier:web/proxy/');
  });

  it("passes the Service's own errors on as answers", async () => {
    const backend = keep(await startBackend((_, answer) => answer.writeHead(400).end('{"status":"error"}')));
    const server = await stub({ backends: { 'monitoring/prometheus-server': backend.url } });
    const answer = await (await client(server.kubeconfigYaml())).serviceTransport(prometheus).send(get);
    expect(answer).toMatchObject({ status: 400, text: '{"status":"error"}' });
  });

  it('throws what the API server itself refuses, with the smallest rule', async () => {
    const server = await stub({ answer: () => ({ status: 403, body: recording('status-403-pods') }) });
    const way = (await client(server.kubeconfigYaml())).serviceTransport(prometheus);
    const failure = await failureOf(way.send(get));
    expect(failure.code).toBe('forbidden');
    expect(failure.hint).toContain('resources ["services/proxy"], verbs ["get"]');
    expect((await failureOf(way.send({ ...get, method: 'POST' }))).hint).toContain('verbs ["create"]');
  });

  it('tells a Service whose pods do not answer, and one that is gone', async () => {
    const gone = await startBackend(() => {});
    await gone.close();
    const server = await stub({ backends: { 'monitoring/prometheus-server': gone.url } });
    const way = await client(server.kubeconfigYaml());
    const failure = await failureOf(way.serviceTransport(prometheus).send(get));
    expect(failure.code).toBe('unreachable');
    expect(failure.message).toMatch(/can't reach the Service monitoring\/prometheus-server:80/);
    const absent = await stub({ answer: () => ({ status: 404, body: recording('status-404-namespaced-pod') }) });
    const other = (await client(absent.kubeconfigYaml())).serviceTransport(prometheus);
    expect((await failureOf(other.send(get))).code).toBe('not-found');
  });
});
