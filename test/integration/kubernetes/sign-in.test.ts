import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tlsFile, tlsPath } from '../../fakes/kubernetes/recordings.ts';
import { client, failureOf, folder, keep, kubeconfigs, signal, stub } from './harness.ts';

const certificate = {
  'client-certificate-data': Buffer.from(tlsFile('client.pem')).toString('base64'),
  'client-key': tlsPath('client-key.pem'),
};

function script(directory: string, name: string, lines: string): string {
  const path = join(directory, name);
  writeFileSync(path, `#!/bin/sh\n${lines}\n`);
  chmodSync(path, 0o755);
  return path;
}

const exec = (command: string) => ({ exec: { command, apiVersion: 'client.authentication.k8s.io/v1' } });

describe('each way to sign in reaches the server', () => {
  it('client certificate', async () => {
    const server = await stub({ token: 'other' });
    const way = await client(server.kubeconfigYaml({ user: certificate }));
    expect((await way.identify(signal)).idSource).toBe('kube-system');
    expect(server.requests[0]?.clientName).toBe('certificate-viewer');
  });

  it('token, and token file that is renewed on a 401', async () => {
    const path = join(folder(), 'token');
    writeFileSync(path, 'old');
    const server = await stub({ token: 'new' });
    const way = await client(server.kubeconfigYaml({ user: { tokenFile: path } }));
    expect((await failureOf(way.identify(signal))).code).toBe('unauthenticated');
    writeFileSync(path, 'new');
    expect((await way.identify(signal)).idSource).toBe('kube-system');
  });

  it('user name and password', async () => {
    const server = await stub();
    await (await client(server.kubeconfigYaml({ user: { username: 'u', password: 'p' } }))).identify(signal);
    expect(server.requests[0]?.headers.authorization).toBe('Basic dTpw');
  });

  it('exec plugin beside the kubeconfig: renewed once after a 401, shared by connections', async () => {
    const directory = folder();
    const answer = '{"kind":"ExecCredential","status":{"token":"token-%s"}}';
    script(directory, 'plugin', `echo run >> ${directory}/runs\nprintf '${answer}' $(wc -l < ${directory}/runs)`);
    const server = await stub({ token: 'token-2' });
    const path = join(directory, 'config');
    writeFileSync(path, server.kubeconfigYaml({ user: exec('./plugin') }));
    const all = kubeconfigs('', { paths: [path] });
    const one = keep(await all.open('stub'));
    const other = keep(await all.open('stub'));
    expect((await one.readInventory(signal)).nodes).toHaveLength(12);
    expect((await other.identify(signal)).idSource).toBe('kube-system');
    expect(new Set(server.requests.map((request) => request.headers.authorization))).toEqual(
      new Set(['Bearer token-1', 'Bearer token-2']),
    );
  });

  it('exec plugin that gives a client certificate', async () => {
    const directory = folder();
    const credential = JSON.stringify({
      kind: 'ExecCredential',
      status: { clientCertificateData: tlsFile('client.pem'), clientKeyData: tlsFile('client-key.pem') },
    });
    writeFileSync(join(directory, 'answer.json'), credential);
    const plugin = script(directory, 'plugin', `cat ${directory}/answer.json`);
    const server = await stub({ token: 'other' });
    await (await client(server.kubeconfigYaml({ user: exec(plugin) }))).identify(signal);
    expect(server.requests[0]?.clientName).toBe('certificate-viewer');
  });

  it('impersonation', async () => {
    const server = await stub({ token: 't' });
    await (await client(server.kubeconfigYaml({ user: { token: 't', as: 'jane', 'as-groups': ['a', 'b'] } }))).identify(
      signal,
    );
    expect(server.requests[0]?.headers).toMatchObject({ 'impersonate-user': 'jane', 'impersonate-group': 'a, b' });
  });
});

describe('each way to the server', () => {
  it('tls-server-name names what the certificate must carry', async () => {
    const server = await stub({ certificate: 'misnamed' });
    const way = await client(server.kubeconfigYaml({ cluster: { 'tls-server-name': 'elsewhere.test' } }));
    expect((await way.identify(signal)).idSource).toBe('kube-system');
  });

  it('insecure-skip-tls-verify', async () => {
    const server = await stub({ certificate: 'expired' });
    const cluster = { 'insecure-skip-tls-verify': true, 'certificate-authority-data': undefined };
    expect((await (await client(server.kubeconfigYaml({ cluster }))).identify(signal)).serverVersion).toBe('v1.36.2');
  });

  it('certificate-authority as a file', async () => {
    const server = await stub();
    const cluster = { 'certificate-authority': tlsPath('ca.pem'), 'certificate-authority-data': undefined };
    expect((await (await client(server.kubeconfigYaml({ cluster }))).identify(signal)).serverVersion).toBe('v1.36.2');
  });

  it('a server below a path, as gateways serve them', async () => {
    const server = await stub({
      answer: () => ({ status: 200, body: { metadata: { uid: 'u-1' }, gitVersion: 'v1' } }),
    });
    const way = await client(server.kubeconfigYaml({ server: `${server.url}/k8s/clusters/c-1/` }));
    expect((await way.identify(signal)).id).toBe('u-1');
    expect(server.requests.map((request) => request.path).toSorted()).toEqual([
      '/k8s/clusters/c-1/api/v1/namespaces/kube-system',
      '/k8s/clusters/c-1/version',
    ]);
  });

  it.each(['proxy-url', 'HTTPS_PROXY'])('%s', async (by) => {
    const server = await stub();
    const proxy = await startProxy(server.port);
    // The name resolves nowhere: only the proxy can reach it.
    const parts = {
      server: 'https://kubernetes.test:6443',
      ...(by === 'proxy-url' ? { cluster: { 'proxy-url': proxy.url } } : {}),
    };
    const way = await client(server.kubeconfigYaml(parts), {
      env: by === 'proxy-url' ? {} : { HTTPS_PROXY: proxy.url },
    });
    expect((await way.identify(signal)).idSource).toBe('kube-system');
    expect(proxy.tunnels[0]).toBe('kubernetes.test:6443');
  });

  it('a proxy that is not there', async () => {
    const server = await stub();
    const proxy = await startProxy(server.port);
    await proxy.close();
    const way = await client(server.kubeconfigYaml({ cluster: { 'proxy-url': proxy.url } }));
    const failure = await failureOf(way.identify(signal));
    expect(failure.code).toBe('unreachable');
    expect(failure.message).toMatch(/proxy|refused/);
  });

  it('a context that is broken, or is not there', async () => {
    const server = await stub();
    const all = kubeconfigs(server.kubeconfigYaml({ cluster: { 'certificate-authority-data': 'bm8=' } }));
    expect((await failureOf(all.open('stub'))).code).toBe('bad-input');
    expect((await failureOf(all.open('gone'))).code).toBe('not-found');
  });
});

async function startProxy(port: number) {
  const tunnels: string[] = [];
  const server = createServer();
  server.on('connect', (request, socket) => {
    tunnels.push(String(request.url));
    const upstream = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    socket.on('error', () => upstream.destroy());
    upstream.on('error', () => socket.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return keep({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, tunnels, close });
}
