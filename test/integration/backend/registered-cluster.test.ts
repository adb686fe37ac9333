import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createBackend } from '../../../src/backend/create-backend.ts';
import type { Log } from '../../../src/backend/log.ts';
import { backUpStore } from '../../../src/backend/store/tools/copy-store.ts';
import { createLocalClient } from '../../../src/server/client.ts';
import { startHttpHost } from '../../../src/server/http-host.ts';
import { type StubApiServer, startStubApiServer } from '../../fakes/kubernetes/stub-api-server.ts';

const CANARIES = {
  token: 'canary-token-4b1d',
  wrongToken: 'canary-wrong-77aa',
  argument: 'canary-argument-9c2e',
  variable: 'canary-variable-0f5b',
  yaml: 'canary-yaml-6d3c',
  helm: 'canary-helm-2e8f',
  key: 'canary-key-a1b2',
};

const closing: (() => Promise<unknown>)[] = [];
let folder: string;
let logged: string[];
let api: StubApiServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podwatt-registered-'));
  logged = [];
  api = await startStubApiServer({ token: CANARIES.token, answer: ({ path }) => helmSecrets(path) });
  closing.push(() => api.close());
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await rm(folder, { recursive: true, force: true });
});

/** A release whose values hold a secret, where it is asked for. */
function helmSecrets(path: string) {
  if (!/\/secrets$/.test(path)) return undefined;
  const values = { replicas: 3, password: CANARIES.helm, database: { connectionToken: CANARIES.helm } };
  const chart = { metadata: { name: 'cart', version: '1.4.0', appVersion: '2.0' } };
  const release = {
    name: 'cart',
    namespace: 'checkout',
    version: 3,
    config: values,
    chart,
    info: { status: 'deployed' },
  };
  const data = Buffer.from(gzipSync(JSON.stringify(release)).toString('base64')).toString('base64');
  const labels = { owner: 'helm', name: 'cart', status: 'deployed', version: '3' };
  const metadata = { name: 'sh.helm.release.v1.cart.v3', namespace: 'checkout', uid: 'helm-1', labels };
  const items = [{ metadata, type: 'helm.sh/release.v1', data: { release: data } }];
  return { status: 200, body: { kind: 'SecretList', apiVersion: 'v1', metadata: { resourceVersion: '1' }, items } };
}

async function start() {
  const write = (level: string) => (fields: object | string, message?: string) =>
    void logged.push(`${level} ${inspect(fields, { depth: 12, showHidden: true })} ${message ?? ''}`);
  const log: Log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
  const backend = await createBackend({
    dataDir: folder,
    dataTablesDir: 'resources/data',
    version: '1.2.3',
    contextSources: [],
    kubeconfigConsent: 'asked',
    env: {},
    log,
  });
  await backend.start();
  const host = await startHttpHost({
    router: backend.router,
    host: '127.0.0.1',
    port: 0,
    token: null,
    staticDir: '/nonexistent',
    docsDir: '/nonexistent',
    version: '1.2.3',
    log,
  });
  const stop = async () => {
    await host.close();
    await backend.stop();
  };
  closing.push(stop);
  const seen: string[] = [];
  const ask = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${host.url}/api/v1${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    seen.push(text);
    return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : text };
  };
  return { ask, seen, stop, client: createLocalClient(backend.router, log) };
}

/** The canaries that a text holds: as they are, in base64 at any place, in hexadecimal, or written backwards. */
function canariesIn(bytes: Buffer): string[] {
  return Object.values(CANARIES).filter((canary) => {
    const forms = [Buffer.from(canary), Buffer.from(Buffer.from(canary).toString('hex'))];
    for (const lead of ['', 'x', 'xx']) {
      const base64 = Buffer.from(lead + canary).toString('base64');
      // The letters at both ends depend on what stands beside.
      forms.push(Buffer.from(base64.slice(4, -4)));
    }
    return forms.some((form) => bytes.includes(form));
  });
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1000; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

test('a registered cluster: statuses as written, collected after a restart, and no secret anywhere', async () => {
  const first = await start();
  const kubeconfig = api.kubeconfigYaml({ context: 'shop-admin', user: { token: CANARIES.token } });

  // What is refused.
  const refused = [
    await first.ask('POST', '/k8s/clusters', { name: 'a', kubeconfig: `{users: [${CANARIES.yaml}` }),
    await first.ask('POST', '/k8s/clusters', { name: 'a', kubeconfig: { token: CANARIES.yaml } }),
    await first.ask('POST', '/k8s/clusters', { name: 'a', kubeconfig, context: 'none' }),
    await first.ask('POST', '/k8s/clusters', {
      name: 'a',
      kubeconfig: api.kubeconfigYaml({
        user: {
          exec: {
            apiVersion: 'client.authentication.k8s.io/v1',
            command: 'login',
            args: ['--token', CANARIES.argument],
            env: [{ name: 'SECRET', value: CANARIES.variable }],
          },
        },
      }),
    }),
    await first.ask('POST', '/k8s/clusters', {
      name: 'a',
      kubeconfig: api.kubeconfigYaml({ user: { token: CANARIES.wrongToken } }),
    }),
    await first.ask('POST', '/k8s/clusters', {
      name: 'a',
      kubeconfig: api.kubeconfigYaml({ user: { 'client-key-data': Buffer.from(CANARIES.key).toString('base64') } }),
    }),
  ];
  expect(refused.map(({ status, body }) => [status, body.code])).toEqual([
    [400, 'bad-input'],
    [400, 'bad-input'],
    [400, 'bad-input'],
    [409, 'consent-needed'],
    [503, 'unauthenticated'],
    [400, 'bad-input'],
  ]);
  expect((await first.ask('GET', '/k8s/clusters')).body).toMatchObject({ clusters: [], total: 0 });

  // What is registered.
  const previewed = await first.ask('POST', '/k8s/clusters/preview', { kubeconfig });
  expect(previewed.body.contexts[0]).toMatchObject({ name: 'shop-admin', auth_kind: 'token', runs: [], reads: [] });
  const registered = await first.ask('POST', '/k8s/clusters', { name: 'shop', kubeconfig, environment: 'staging' });
  expect(registered.status).toBe(201);
  const { id } = registered.body;
  expect(registered.body).toMatchObject({
    name: 'shop',
    status: 'active',
    origin: 'registered',
    environment: 'staging',
  });
  expect((await first.ask('POST', '/k8s/clusters', { name: 'shop', kubeconfig })).status).toBe(409);

  // Every route.
  await until(async () => ((await first.ask('GET', '/k8s/helm/releases')).body.total ?? 0) > 0);
  const [release] = (await first.ask('GET', '/k8s/helm/releases')).body.releases;
  expect(release).toMatchObject({
    name: 'cart',
    namespace: 'checkout',
    values_yaml: expect.stringContaining('replicas: 3'),
  });
  expect((await first.ask('GET', `/k8s/clusters/${id}/namespaces`)).body.total).toBeGreaterThan(5);
  const routes = ['', '/health', '/health/history', '/namespaces', '/nodes', '/workloads', '/pods', '/removal'];
  for (const route of routes) expect((await first.ask('GET', `/k8s/clusters/${id}${route}`)).status).toBe(200);
  expect((await first.ask('GET', `/k8s/metrics/cluster/${id}`)).status).toBe(200);
  for (const path of ['/k8s/helm/releases', '/k8s/workers/status', '/contexts', '/clusters', '/config', '/store']) {
    expect([path, (await first.ask('GET', path)).status]).toEqual([path, 200]);
  }
  expect((await first.ask('POST', `/k8s/clusters/${id}/sync`)).status).toBe(202);
  expect((await first.ask('PATCH', `/k8s/clusters/${id}`, { status: 'paused' })).body.status).toBe('paused');
  expect((await first.ask('POST', `/k8s/clusters/${id}/sync`)).status).toBe(409);
  expect((await first.ask('PATCH', `/k8s/clusters/${id}`, { status: 'active', name: 'shop EU' })).status).toBe(200);
  for (const format of ['csv', 'json']) await first.ask('GET', `/report/export?last=24h&format=${format}`);
  const status = await first.client.k8s.encryption();
  expect(status).toMatchObject({ source: 'data-folder', records: [{ count: 1, can_open: true }] });
  await first.client.k8s.rotateKey({});
  await first.stop();

  // After a restart it is collected again, with the key of the folder.
  const asked = api.requests.length;
  const second = await start();
  await until(() => api.requests.length > asked + 3);
  const later = api.requests.slice(asked);
  expect(later.length).toBeGreaterThan(0);
  expect(later.map(({ headers }) => headers.authorization)).toContain(`Bearer ${CANARIES.token}`);
  expect((await second.ask('GET', `/k8s/clusters/${id}`)).body).toMatchObject({
    name: 'shop EU',
    origin: 'registered',
  });
  const backup = join(folder, 'backup.sqlite');
  await backUpStore({ kind: 'sqlite', file: join(folder, 'podwatt.sqlite') }, backup, () => undefined);
  expect((await second.ask('DELETE', `/k8s/clusters/${id}`)).status).toBe(204);
  expect((await second.ask('GET', `/k8s/clusters/${id}`)).status).toBe(404);
  expect((await second.ask('DELETE', `/k8s/clusters/${id}`)).status).toBe(404);
  await second.stop();

  // No secret anywhere.
  for (const text of [...first.seen, ...second.seen, ...logged]) expect(canariesIn(Buffer.from(text))).toEqual([]);
  const files = (await readdir(folder)).filter((name) => name !== '.');
  expect(files).toEqual(expect.arrayContaining(['podwatt.sqlite', 'app.sqlite', 'backup.sqlite', 'secret.key']));
  for (const file of files) expect([file, canariesIn(await readFile(join(folder, file)))]).toEqual([file, []]);
}, 60_000);

test('the search for canaries finds them', () => {
  const found = (text: string) => canariesIn(Buffer.from(text));
  expect(found(`a ${CANARIES.token} b`)).toEqual([CANARIES.token]);
  expect(found(Buffer.from(`user: ${CANARIES.helm}!`).toString('base64'))).toEqual([CANARIES.helm]);
  expect(found(Buffer.from(CANARIES.yaml).toString('hex'))).toEqual([CANARIES.yaml]);
  expect(found('nothing here')).toEqual([]);
});
