import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { openKubeconfig } from '../../../../src/backend/registry/sealed-kubeconfigs.ts';
import { NO_OPENCOST_SETTINGS, NO_PROMETHEUS_SETTINGS } from '../../../../src/core/ports/cluster-source.ts';
import { Failure } from '../../../../src/model/failure.ts';
import { clusterEntry } from '../../../fakes/backend/kube-objects.ts';
import { newCluster, pasted, registryBench, TOKEN } from './registry-bench.ts';

const PLAIN = { prometheus: NO_PROMETHEUS_SETTINGS, openCost: NO_OPENCOST_SETTINGS };
const EXEC = { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'aws', args: ['eks', 'get-token'] } };

let bench: ReturnType<typeof registryBench>;
beforeEach(() => {
  bench = registryBench();
});

describe('registering', () => {
  test('reaches the cluster, stores the kubeconfig sealed, and begins to collect', async () => {
    const entry = await bench.registry.register({ ...newCluster(pasted()), environment: 'staging', tags: ['web'] });
    expect(entry).toMatchObject({
      id: bench.cluster.identity.id,
      name: 'shop',
      contextName: 'shop-admin',
      status: 'active',
      healthStatus: 'unknown',
      environment: 'staging',
      metadata: { auth_kind: 'token' },
    });
    expect(entry.sealedKubeconfig).toMatch(/^e1\.[0-9a-f]{12}\./);
    expect(JSON.stringify(await bench.store.clusterEntry(entry.id))).not.toContain(TOKEN);
    expect(bench.collecting.get('shop-admin')).toBe(true);
    const { contexts } = await bench.contexts.list();
    expect(contexts).toEqual([
      expect.objectContaining({ name: 'shop-admin', file: null, authKind: 'token', problem: null, isSample: false }),
    ]);
  });

  test('its context connects with what was pasted', async () => {
    await bench.registry.register(newCluster(pasted()));
    await bench.contexts.connect('shop-admin', PLAIN);
    expect(bench.connected.at(-1)).toContain(TOKEN);
    await expect(bench.contexts.connect('other', PLAIN)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('keeps nothing of the other contexts of the text', async () => {
    const text = pasted();
    const two = text.replace('users:', 'users:\n  - name: other\n    user:\n      token: canary-other');
    const entry = await bench.registry.register(newCluster(two));
    expect(await openKubeconfig(entry, bench.keys)).not.toContain('canary-other');
  });

  test('a name that another context has becomes another one', async () => {
    bench.taken.add('shop-admin');
    const entry = await bench.registry.register(newCluster(pasted()));
    expect(entry.contextName).toBe('shop-admin (2)');
    await bench.contexts.connect('shop-admin (2)', PLAIN);
    expect(JSON.parse(bench.connected.at(-1) ?? '').contexts[0].name).toBe('shop-admin (2)');
  });

  test('a cluster or a name that is known is a conflict, and changes nothing', async () => {
    const first = await bench.registry.register(newCluster(pasted()));
    await expect(bench.registry.register({ ...newCluster(pasted()), name: 'again' })).rejects.toMatchObject({
      code: 'conflict',
      message: 'This cluster is known already: "shop", context "shop-admin"',
    });
    await expect(bench.registry.register(newCluster(pasted()))).rejects.toMatchObject({ code: 'conflict' });
    expect(await bench.store.clusterEntry(first.id)).toEqual(first);
  });

  test('a cluster that can not be reached is not stored', async () => {
    bench.cluster.onIdentify = () => {
      throw new Failure('unreachable', 'The server does not answer');
    };
    await expect(bench.registry.register(newCluster(pasted()))).rejects.toMatchObject({ code: 'unreachable' });
    expect((await bench.store.clusterEntries({ limit: 10, offset: 0 })).total).toBe(0);
    expect(bench.collecting.size).toBe(0);
  });

  test.each([
    ['no YAML', '{a: [', 'is not valid YAML'],
    ['another document', 'kind: Pod', 'has no contexts'],
    ['aliases without end', `a: &a [x]\nb: &b [${'*a,'.repeat(200)}]\ncontexts: [${'*b,'.repeat(200)}]`, 'YAML'],
    ['a context that leads nowhere', 'contexts: [{name: a, context: {cluster: b}}]', 'names a cluster "b"'],
  ])('%s is bad input, in words that hold nothing of the text', async (_name, text, words) => {
    await expect(bench.registry.register(newCluster(text))).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining(words),
    });
    expect(bench.connected).toEqual([]);
  });

  test('a context that the text does not have names those it has', async () => {
    await expect(bench.registry.register({ ...newCluster(pasted()), contextName: 'x' })).rejects.toMatchObject({
      code: 'bad-input',
      message: 'The kubeconfig has no context "x": name one of shop-admin',
    });
  });
});

describe('consent', () => {
  test('a program is said and asked for before anything is done', async () => {
    await expect(bench.registry.register(newCluster(pasted(EXEC)))).rejects.toMatchObject({
      code: 'consent-needed',
      message: 'This kubeconfig runs on this machine: aws eks get-token',
      hint: expect.stringContaining('"consent": true'),
    });
    expect(bench.connected).toEqual([]);
    await bench.registry.register({ ...newCluster(pasted(EXEC)), hasConsent: true });
    expect(bench.connected).toHaveLength(1);
  });

  test.each([
    [{ token: null, tokenFile: '/var/run/token' }, {}, '/var/run/token'],
    [{ token: TOKEN }, { 'certificate-authority-data': null, 'certificate-authority': '/etc/ca.pem' }, '/etc/ca.pem'],
    [{ 'client-certificate': '/a/cert', 'client-key': '/a/key' }, {}, '/a/cert, /a/key'],
  ])('files are said too: %j', async (user, cluster, files) => {
    await expect(bench.registry.register(newCluster(pasted(user, cluster)))).rejects.toMatchObject({
      code: 'consent-needed',
      message: `This kubeconfig reads on this machine: ${files}`,
    });
  });

  test('a server refuses, whoever consents', async () => {
    const server = registryBench({ consent: 'refused' });
    const input = { ...newCluster(pasted(EXEC)), hasConsent: true };
    await expect(server.registry.register(input)).rejects.toMatchObject({
      code: 'forbidden',
      hint: expect.stringContaining('PODWATT_ALLOW_KUBECONFIG_PROGRAMS'),
    });
    expect(server.connected).toEqual([]);
    await server.registry.register(newCluster(pasted()));
  });

  test('a relative path is refused: a pasted text lies in no folder', async () => {
    const input = { ...newCluster(pasted({ tokenFile: 'tokens/a' })), hasConsent: true };
    await expect(bench.registry.register(input)).rejects.toMatchObject({ code: 'bad-input' });
    const program = { exec: { ...EXEC.exec, command: './bin/login' } };
    await expect(bench.registry.register({ ...newCluster(pasted(program)), hasConsent: true })).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('./bin/login'),
    });
  });

  test('secrets among the arguments are masked, and values of variables left out', async () => {
    const args = [
      '--client-secret',
      'hunter2',
      '--token=abc',
      'login',
      '--region',
      'eu-west-1',
      'AKIA1234567890abcdefghijklmn',
    ];
    const exec = { ...EXEC.exec, args, env: [{ name: 'AWS_PROFILE', value: 'private-profile' }] };
    const { contexts, consent } = await bench.registry.preview(pasted({ exec }));
    expect(consent).toBe('asked');
    expect(contexts[0]?.runs).toEqual([
      'aws --client-secret *** --token=*** login --region eu-west-1 *** (sets AWS_PROFILE)',
    ]);
    expect(bench.connected).toEqual([]);
  });

  test('a preview shows every context with its problem, and reads no file', async () => {
    const { contexts } = await bench.registry.preview(pasted({ tokenFile: '/nowhere/token' }));
    expect(contexts).toEqual([
      {
        name: 'shop-admin',
        cluster_name: 'shop-admin-cluster',
        server_url: 'https://shop.example:6443',
        auth_kind: 'token-file',
        is_current: true,
        problem: null,
        runs: [],
        reads: ['/nowhere/token'],
      },
    ]);
    const broken = await bench.registry.preview('contexts: [{name: a, context: {cluster: b}}]');
    expect(broken.contexts[0]?.problem?.message).toContain('names a cluster "b"');
  });
});

describe('a wrong key', () => {
  test('is said with both ids, loses nothing, and the right one opens again', async () => {
    const right = randomBytes(32);
    const one = registryBench({ key: right });
    const entry = await one.registry.register(newCluster(pasted()));
    const other = registryBench({ key: randomBytes(32) });
    await other.store.putClusterEntry(entry);
    const problem = (await other.contexts.list()).contexts[0]?.problem;
    const ids = [(await one.keys.inForce()).id, (await other.keys.inForce()).id];
    expect(problem?.message).toContain(`sealed with the key ${ids[0]}, and this Podwatt has the key ${ids[1]}`);
    expect(problem?.hint).toContain('Nothing is lost');
    await expect(other.contexts.connect('shop-admin', PLAIN)).rejects.toMatchObject({ code: 'store' });
    await other.registry.change(entry.id, { name: 'renamed' });
    expect((await other.store.clusterEntry(entry.id))?.sealedKubeconfig).toBe(entry.sealedKubeconfig);
    const again = registryBench({ key: right });
    await again.store.putClusterEntry(entry);
    expect(await openKubeconfig(entry, again.keys)).toContain(TOKEN);
  });

  test('a record that was moved to another cluster does not open', async () => {
    const entry = await bench.registry.register(newCluster(pasted()));
    await expect(openKubeconfig({ ...entry, id: 'c9' }, bench.keys)).rejects.toMatchObject({
      code: 'store',
      message: expect.stringContaining('is damaged'),
    });
  });
});

describe('changing', () => {
  test('changes what is given; pausing ends collecting and resuming begins it again', async () => {
    const entry = await bench.registry.register(newCluster(pasted()));
    const paused = await bench.registry.change(entry.id, { status: 'paused', description: 'x', tags: [] });
    expect(paused).toEqual({ ...entry, status: 'paused', description: 'x', updatedAtSeconds: paused.updatedAtSeconds });
    expect(bench.collecting.get('shop-admin')).toBe(false);
    await bench.registry.change(entry.id, { status: 'active' });
    expect(bench.collecting.get('shop-admin')).toBe(true);
  });

  test('a name of another cluster is a conflict; its own is not', async () => {
    const entry = await bench.registry.register(newCluster(pasted()));
    await bench.store.putClusterEntry(clusterEntry({ id: 'c2', name: 'other' }));
    await expect(bench.registry.change(entry.id, { name: 'other' })).rejects.toMatchObject({ code: 'conflict' });
    expect((await bench.registry.change(entry.id, { name: 'shop' })).name).toBe('shop');
  });
});

describe('removing', () => {
  test('ends collecting, takes the rows away, and forgets what was set for it', async () => {
    const entry = await bench.registry.register(newCluster(pasted()));
    expect(bench.registry.removal(entry).removes.join()).toContain('kubeconfig that Podwatt keeps sealed');
    await bench.registry.remove(entry);
    expect(await bench.store.clusterEntry(entry.id)).toBeNull();
    expect([bench.collecting.get('shop-admin'), bench.forgotten]).toEqual([false, ['shop-admin']]);
    expect((await bench.contexts.list()).contexts).toEqual([]);
  });

  test('of a cluster of the person’s own kubeconfig keeps its context, and says so', async () => {
    await bench.store.putClusterEntry(clusterEntry());
    expect(bench.registry.removal(clusterEntry()).keeps.join()).toContain('The context "one" in your kubeconfig');
    await bench.registry.remove(clusterEntry());
    expect(bench.forgotten).toEqual([]);
  });
});

describe('a store that is away', () => {
  test('leaves the contexts as they were last read', async () => {
    await bench.registry.register(newCluster(pasted()));
    await bench.contexts.list();
    await bench.time.advance(3600);
    bench.store.clusterEntries = async () => {
      throw new Failure('store-away', 'The store is away');
    };
    expect((await bench.contexts.list()).contexts.map(({ name }) => name)).toEqual(['shop-admin']);
    await bench.contexts.connect('shop-admin', PLAIN);
  });
});
