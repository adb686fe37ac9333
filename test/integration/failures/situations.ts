import { chmod, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { tlsFile } from '../../fakes/kubernetes/recordings.ts';
import type { StubOptions } from '../../fakes/kubernetes/stub-api-server.ts';
import { type Defect, startBrokenPrometheus } from '../../fakes/prometheus/broken-prometheus.ts';
import { type Closing, forbidden, startApi } from './contexts.ts';

export const CONTEXTS = [
  'healthy',
  'wrong-ca',
  'expired-token',
  'no-sign-in',
  'down',
  'silent',
  'hanging-plugin',
  'slow-plugin-silent',
  'missing-plugin',
  'sign-in-page',
  'missing-user',
  'no-services',
  'no-proxy',
  'no-prometheus',
  'prometheus-down',
  'web-page',
  'refuses-sign-in',
  'refuses-access',
  'fails',
  'not-ready',
  'prometheus-silent',
  'cut-off',
  'no-numbers',
  'no-nodes',
  'no-pods',
  'get-only',
] as const;
export type ContextName = (typeof CONTEXTS)[number];

/** Kubeconfigs of all contexts; `prometheus` is the address of a real one that is well. */
export async function prepareContexts(closing: Closing, prometheus: string): Promise<string[]> {
  const folder = await closing.folder();
  const api = async (url: string | null, options: StubOptions = {}) => closing.add(await startApi(url, options));
  const script = async (name: string, text: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, `#!/bin/sh\n${text}\n`);
    await chmod(path, 0o755);
    return path;
  };
  const plugin = (command: string) => ({ user: { exec: { command, apiVersion: 'client.authentication.k8s.io/v1' } } });
  const token = JSON.stringify({
    apiVersion: 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    status: { token: 'valid' },
  });
  const silentPort = await startSilent(closing);
  const broken = async (defect: Defect) => api(closing.add(await startBrokenPrometheus(defect)).url);
  const proxied = (resource: RegExp, method: string) => ({
    answer: (request: { path: string; method: string }) =>
      resource.test(request.path) && (method === '*' || request.method === method)
        ? forbidden('services/proxy')
        : undefined,
  });

  const down = await startApi(prometheus);
  await down.close();
  const prometheusDown = await startBrokenPrometheus('silent');
  await prometheusDown.close();
  const well = await api(prometheus);
  const otherAuthority = { 'certificate-authority-data': Buffer.from(tlsFile('other-ca.pem')).toString('base64') };
  const html = { status: 200, body: '<html>secret-page</html>', contentType: 'text/html' };
  const yaml: Record<ContextName, string> = {
    healthy: well.kubeconfigYaml({ context: 'healthy' }),
    'wrong-ca': well.kubeconfigYaml({ context: 'wrong-ca', cluster: otherAuthority }),
    'expired-token': well.kubeconfigYaml({ context: 'expired-token', user: { token: 'expired-secret' } }),
    'no-sign-in': well.kubeconfigYaml({ context: 'no-sign-in', user: {} }),
    down: down.kubeconfigYaml({ context: 'down' }),
    silent: (await api(prometheus, { answer: () => 'hang' })).kubeconfigYaml({ context: 'silent' }),
    'hanging-plugin': well.kubeconfigYaml({
      context: 'hanging-plugin',
      ...plugin(await script('hang.sh', 'sleep 600 & wait')),
    }),
    'slow-plugin-silent': well.kubeconfigYaml({
      context: 'slow-plugin-silent',
      server: `https://127.0.0.1:${silentPort}`,
      ...plugin(await script('slow.sh', `sleep 8\necho '${token}'`)),
    }),
    'missing-plugin': well.kubeconfigYaml({ context: 'missing-plugin', ...plugin('podwatt-no-such-plugin') }),
    'sign-in-page': (await api(null, { answer: () => html })).kubeconfigYaml({ context: 'sign-in-page' }),
    'missing-user': well.kubeconfigYaml({ context: 'missing-user' }).replace(/^( *user: ).*$/m, '$1somebody-else'),
    'no-services': (await api(prometheus, { forbidden: ['services'] })).kubeconfigYaml({ context: 'no-services' }),
    'no-proxy': (await api(prometheus, proxied(/\/proxy\//, '*'))).kubeconfigYaml({ context: 'no-proxy' }),
    'no-prometheus': (await api(null, { services: [] })).kubeconfigYaml({ context: 'no-prometheus' }),
    'prometheus-down': (await api(prometheusDown.url)).kubeconfigYaml({ context: 'prometheus-down' }),
    'web-page': (await broken('web-page')).kubeconfigYaml({ context: 'web-page' }),
    'refuses-sign-in': (await broken('refuses-sign-in')).kubeconfigYaml({ context: 'refuses-sign-in' }),
    'refuses-access': (await broken('refuses-access')).kubeconfigYaml({ context: 'refuses-access' }),
    fails: (await broken('fails')).kubeconfigYaml({ context: 'fails' }),
    'not-ready': (await broken('not-ready')).kubeconfigYaml({ context: 'not-ready' }),
    'prometheus-silent': (await broken('silent')).kubeconfigYaml({ context: 'prometheus-silent' }),
    'cut-off': (await broken('cut-off')).kubeconfigYaml({ context: 'cut-off' }),
    'no-numbers': (await broken('no-numbers')).kubeconfigYaml({ context: 'no-numbers' }),
    'no-nodes': (await api(prometheus, { forbidden: ['nodes'] })).kubeconfigYaml({ context: 'no-nodes' }),
    'no-pods': (await api(prometheus, { forbidden: ['pods'] })).kubeconfigYaml({ context: 'no-pods' }),
    'get-only': (await api(prometheus, proxied(/\/proxy\//, 'POST'))).kubeconfigYaml({ context: 'get-only' }),
  };
  return CONTEXTS.map((name) => yaml[name]);
}

/** A port that takes connections and never says a word. */
async function startSilent(closing: Closing): Promise<number> {
  const sockets = new Set<import('node:net').Socket>();
  const server = createServer((socket) => sockets.add(socket));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closing.add({
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  return (server.address() as { port: number }).port;
}
