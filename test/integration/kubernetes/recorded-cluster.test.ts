import { describe, expect, it } from 'vitest';
import { recordedItems, recordedPods, recording } from '../../fakes/kubernetes/recordings.ts';
import { client, NOW_SECONDS, signal, stub } from './harness.ts';

describe('the recorded cluster over TLS', () => {
  it('has the UID of kube-system as id', async () => {
    const server = await stub({ token: 'viewer' });
    const identity = await (await client(server.kubeconfigYaml())).identify(signal);
    expect(identity).toEqual({
      id: '5617b789-6f59-43b9-afc1-718f348cd103',
      idSource: 'kube-system',
      name: 'stub-cluster',
      serverUrl: server.url,
      serverVersion: 'v1.36.2',
    });
  });

  it('is read whole: nodes, pods with top owners and teams, namespaces, services', async () => {
    const server = await stub();
    const inventory = await (await client(server.kubeconfigYaml())).readInventory(signal);
    expect(inventory.readAtSeconds).toBe(NOW_SECONDS);
    expect(inventory.notices).toEqual([]);
    expect(inventory.nodes).toHaveLength(12);
    expect(inventory.pods).toHaveLength(recordedPods().length);
    expect(inventory.namespaces).toHaveLength(recordedItems('namespaces').length);
    expect(inventory.services).toHaveLength(6);

    const places = Object.fromEntries(
      inventory.nodes.map((node) => [node.name, [node.provider, node.region, node.zone, node.instanceType].join(' ')]),
    );
    expect(places['dm-legacy-1']).toBe('aws eu-central-1 eu-central-1a m4.large');
    expect(places['dm-b3-16-node-df9263']).toBe('ovh GRA9 nova b3-16');
    expect(places['dm-rack1-u10']).toBe('onprem   ');
    expect(places['aks-nodepool1-28000003-vmss000000']).toBe('azure francecentral francecentral-1 Standard_D4s_v5');
    expect(places['scw-dm-pro2-b1837f344c6c']).toBe('scaleway fr-par fr-par-1 PRO2-S');
    expect(inventory.nodes.filter((node) => node.gpuCount > 0)).toHaveLength(1);
    expect(inventory.nodes.filter((node) => !node.ready).map((node) => node.name)).toEqual(['dm-b3-16-node-df9263']);

    const owners = new Set(
      inventory.pods.map((pod) => (pod.owner === null ? 'bare' : `${pod.owner.kind}/${pod.owner.name}`)),
    );
    expect(owners).toContain('Deployment/cart-api');
    expect(owners).toContain('Rollout/recommend-canary');
    expect(owners).toContain('CronJob/minute-heartbeat');
    expect(owners).toContain('Job/export-ledger');
    expect(owners).toContain('StatefulSet/orders-db');
    expect(owners).toContain('DaemonSet/aws-node');
    expect([...owners].some((owner) => owner.startsWith('ReplicaSet/'))).toBe(false);

    const podNamed = (name: string) => inventory.pods.find((pod) => pod.name === name);
    expect(podNamed('cart-api-68565f8ff5-6rdfl')).toMatchObject({
      team: 'storefront',
      phase: 'Running',
      requests: { cpuMillicores: 500, memoryBytes: 256 * 1024 ** 2 },
    });
    expect(podNamed('products-5ff687bf99-9swwl')?.requests).toEqual({
      cpuMillicores: 115,
      memoryBytes: 232 * 1024 ** 2,
    });
    expect(podNamed('router-7994dc897b-hj247')?.requests).toEqual({ cpuMillicores: 250, memoryBytes: 256 * 1024 ** 2 });
    expect(podNamed('too-big-6994595576-9blrj')).toMatchObject({ node: null, phase: 'Pending' });
    expect(podNamed('done-once')).toMatchObject({
      phase: 'Succeeded',
      startedAtSeconds: Date.parse('2026-11-21T06:30:11Z') / 1000,
      finishedAtSeconds: Date.parse('2026-11-21T07:03:31Z') / 1000,
    });
    expect(podNamed('evicted-pod')).toMatchObject({ phase: 'Failed', finishedAtSeconds: null });
    expect(podNamed('stuck-terminating')).toMatchObject({ phase: 'Running', finishedAtSeconds: null });
  });

  it('uses at most one pool of six connections for many requests', async () => {
    const server = await stub();
    const way = await client(server.kubeconfigYaml());
    for (let turn = 0; turn < 5; turn += 1) await way.readInventory(signal);
    expect(server.requests.length).toBe(40);
    expect(server.connectionCount()).toBeLessThanOrEqual(6);
  });

  it('is read in pages of 500, ReplicaSets and Jobs as metadata only', async () => {
    const [pod] = recordedPods();
    const pods = Array.from({ length: 1201 }, (_, index) => ({
      ...pod,
      metadata: { ...(pod!.metadata as object), name: `pod-${index}`, uid: `uid-${index}` },
    }));
    const server = await stub({ pods });
    const inventory = await (await client(server.kubeconfigYaml())).readInventory(signal);
    expect(new Set(inventory.pods.map((one) => one.name)).size).toBe(1201);
    const pages = server.requests.filter((request) => request.path === '/api/v1/pods');
    expect(pages.map((page) => page.query.get('limit'))).toEqual(['500', '500', '500']);
    const accept = server.requests.find((request) => request.path.endsWith('/replicasets'))?.headers.accept;
    expect(accept).toContain('PartialObjectMetadataList');
  });

  it('starts a list once more when its continue token expired', async () => {
    const pods = Array.from({ length: 700 }, (_, index) => ({
      metadata: { name: `p${index}`, namespace: 'a' },
      spec: { containers: [] },
    }));
    let expired = 0;
    const server = await stub({
      pods,
      answer: (request) => {
        if (!request.query.has('continue') || expired > 0) return undefined;
        expired += 1;
        return { status: 410, body: recording('status-410-expired-continue') };
      },
    });
    const inventory = await (await client(server.kubeconfigYaml())).readInventory(signal);
    expect(inventory.pods).toHaveLength(700);
    expect(expired).toBe(1);
  });
});
