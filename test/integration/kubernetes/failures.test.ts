import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tlsFile } from '../../fakes/kubernetes/recordings.ts';
import { client, failureOf, folder, kubeconfigs, signal, stub } from './harness.ts';

const otherAuthority = { 'certificate-authority-data': Buffer.from(tlsFile('other-ca.pem')).toString('base64') };

describe('what goes wrong has its own message and a way out', () => {
  it('wrong CA', async () => {
    const server = await stub();
    const failure = await failureOf(
      (await client(server.kubeconfigYaml({ cluster: otherAuthority }))).identify(signal),
    );
    expect(failure.code).toBe('tls');
    expect(failure.message).toMatch(/authority that is not trusted/);
    expect(failure.hint).toMatch(/kubeconfig again/);
    expect(server.requests).toHaveLength(0);
  });

  it.each([
    ['misnamed', /another name/],
    ['expired', /expired/],
  ] as const)('a server certificate that is %s', async (certificate, message) => {
    const server = await stub({ certificate });
    const failure = await failureOf((await client(server.kubeconfigYaml())).identify(signal));
    expect(failure.message).toMatch(message);
  });

  it('expired token', async () => {
    const server = await stub({ token: 'new' });
    const way = await client(server.kubeconfigYaml({ user: { token: 'old-secret' } }));
    const failure = await failureOf(way.readInventory(signal));
    expect(failure.code).toBe('unauthenticated');
    expect(failure.hint).toMatch(/[Ss]ign in again/);
    expect(`${failure.message}${failure.hint}${failure.stack}`).not.toContain('old-secret');
  });

  it('no credentials where some are needed', async () => {
    const server = await stub({ token: 'new' });
    const failure = await failureOf((await client(server.kubeconfigYaml({ user: {} }))).identify(signal));
    // kube-system may not be read anonymously: the way out is to sign in, not another id.
    expect(failure.code).toBe('unauthenticated');
    expect(failure.message).toMatch(/got no credentials/);
  });

  it('a list that is forbidden stops no other', async () => {
    const server = await stub({ forbidden: ['nodes', 'services', 'replicasets'] });
    const inventory = await (await client(server.kubeconfigYaml())).readInventory(signal);
    expect(inventory.nodes).toEqual([]);
    expect(inventory.pods).toHaveLength(109);
    expect(inventory.notices.map((notice) => [notice.code, notice.severity])).toEqual([
      ['kubernetes-forbidden-nodes', 'error'],
      ['kubernetes-forbidden-replicasets', 'info'],
      ['kubernetes-forbidden-services', 'warning'],
    ]);
    expect(inventory.notices[1]?.hint).toBe(
      'Ask for a ClusterRole with the rule: apiGroups ["apps"], resources ["replicasets"], verbs ["list"].',
    );
    // Owners are then told from the pod-template-hash.
    expect(inventory.pods.find((pod) => pod.name === 'cart-api-68565f8ff5-6rdfl')?.owner).toEqual({
      kind: 'Deployment',
      name: 'cart-api',
    });
  });

  it('kube-system forbidden: the id comes from the server and its CA, and stays', async () => {
    const server = await stub({ forbidden: ['kube-system'] });
    const yaml = server.kubeconfigYaml();
    const first = await (await client(yaml)).identify(signal);
    const second = await (await client(yaml)).identify(signal);
    expect(first.idSource).toBe('server');
    expect(first.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5/);
    expect(second.id).toBe(first.id);
  });

  it('unreachable server', async () => {
    const server = await stub();
    await server.close();
    const failure = await failureOf((await client(server.kubeconfigYaml())).identify(signal));
    expect(failure.code).toBe('unreachable');
    expect(failure.message).toContain(`127.0.0.1:${server.port} refused the connection`);
  });

  it('a port that takes connections and stays silent', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
    const port = (silent.address() as { port: number }).port;
    const server = await stub();
    const way = await client(server.kubeconfigYaml({ server: `https://127.0.0.1:${port}` }));
    const failure = await failureOf(way.identify(signal));
    expect(failure.code).toBe('timeout');
    expect(failure.hint).toMatch(/VPN|firewall/);
    silent.close();
  });

  it('a server that is no Kubernetes', async () => {
    const html = { status: 200, body: '<html>Sign in</html>', contentType: 'text/html' };
    const server = await stub({ answer: () => html });
    const way = await client(server.kubeconfigYaml());
    expect((await failureOf(way.identify(signal))).message).toMatch(/did not answer like a Kubernetes API server/);
    expect((await failureOf(way.readInventory(signal))).code).toBe('bad-answer');
  });

  it('a caller that stops waiting', async () => {
    const controller = new AbortController();
    const server = await stub({
      answer: () => {
        controller.abort();
        return 'hang';
      },
    });
    const failure = await failureOf((await client(server.kubeconfigYaml())).readInventory(controller.signal));
    expect(failure.code).toBe('cancelled');
  });

  it('a hanging exec plugin is ended with its children', async () => {
    const directory = folder();
    const plugin = join(directory, 'hang.sh');
    writeFileSync(plugin, `#!/bin/sh\nsleep 60 &\necho $! > ${directory}/child\nwait\n`);
    chmodSync(plugin, 0o755);
    const server = await stub();
    const yaml = server.kubeconfigYaml({
      user: { exec: { command: plugin, apiVersion: 'client.authentication.k8s.io/v1' } },
    });
    const way = await client(yaml, { pluginTimeoutMilliseconds: 500 });
    const failure = await failureOf(way.identify(signal));
    expect(failure.code).toBe('exec-plugin');
    expect(failure.message).toMatch(/"hang.sh" did not answer within 0.5 s/);
    const child = Number(readFileSync(join(directory, 'child'), 'utf8'));
    await expect.poll(() => isAlive(child)).toBe(false);
  });

  it('broken YAML in one file stops no other', async () => {
    const server = await stub();
    const directory = folder();
    writeFileSync(join(directory, 'broken'), 'users:\n  - name: "x\n token: s3cret');
    writeFileSync(join(directory, 'good'), server.kubeconfigYaml());
    const all = kubeconfigs('', { paths: [join(directory, 'broken'), join(directory, 'good')] });
    const listing = await all.list();
    expect(listing.files[0]?.problem?.message).toMatch(/broken is not valid YAML \(line \d\)/);
    expect(JSON.stringify(listing)).not.toContain('s3cret');
    expect(listing.files[1]?.problem).toBeNull();
    const way = await all.open('stub');
    expect((await way.identify(signal)).serverVersion).toBe('v1.36.2');
    await way.close();
  });
});

/** A killed process that nobody has waited for yet (a zombie) is dead too. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !existsSync(`/proc/${pid}/stat`) || !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z');
  } catch {
    return false;
  }
}
