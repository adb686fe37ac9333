import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { health } from '../../../../../src/backend/api/kubernetes/health.ts';
import { rightsNotice } from '../../../../../src/backend/sync/rights-notice.ts';
import { ClusterHealth } from '../../../../../src/contract/schemas/kubernetes/clusters.ts';
import type { SyncDesk } from '../../../../../src/core/ports/sync-desk.ts';
import { Failure } from '../../../../../src/model/failure.ts';
import {
  AT,
  clusterEntry,
  costRow,
  fillSmallCluster,
  helmRelease,
  kubeNamespace,
  kubePod,
  kubeWorkload,
  resourceMetric,
} from '../../../../fakes/backend/kube-objects.ts';
import { type TestBackend, testBackend } from '../../../../fakes/backend/test-backend.ts';

let bench: TestBackend;
beforeEach(async () => {
  bench = await testBackend();
  await fillSmallCluster(bench.store);
});
afterEach(() => bench.backend.stop());

describe('clusters', () => {
  test('are listed with what the registry knows, and nothing of a kubeconfig', async () => {
    await bench.store.putClusterEntry(clusterEntry({ id: 'c2', name: 'a', sealedKubeconfig: 'e1.x.y.z' }));
    const answer = await bench.client.k8s.clusters({});
    expect(answer).toMatchObject({ total: 2, limit: 100, offset: 0 });
    expect(answer.clusters.map(({ id, origin }) => [id, origin])).toEqual([
      ['c2', 'registered'],
      ['c1', 'context'],
    ]);
    expect(answer.clusters[1]).toEqual({
      id: 'c1',
      name: 'shop',
      description: null,
      api_server_url: 'https://shop.example:6443',
      cluster_version: 'v1.36.2',
      provider: 'eks',
      region: 'eu-west-1',
      environment: 'production',
      status: 'active',
      health_status: 'degraded',
      total_nodes: 2,
      total_namespaces: 1,
      total_deployments: 1,
      total_pods: 2,
      estimated_monthly_cost: 120.5,
      cost_currency: 'EUR',
      tags: ['web'],
      last_sync_at: '2026-03-11T09:00:00Z',
      last_error: null,
      created_at: '2026-03-11T09:00:00Z',
      updated_at: '2026-03-11T09:00:00Z',
      context_name: 'one',
      origin: 'context',
    });
    expect(JSON.stringify(answer)).not.toContain('e1.x');
  });

  test('are filtered and paged', async () => {
    await bench.store.putClusterEntry(clusterEntry({ id: 'c2', name: 'b', environment: 'staging', provider: 'k3s' }));
    await bench.store.putClusterEntry(clusterEntry({ id: 'c3', name: 'c', status: 'paused' }));
    const ids = async (input: Parameters<typeof bench.client.k8s.clusters>[0]) => {
      const { clusters, total } = await bench.client.k8s.clusters(input);
      return [...clusters.map(({ id }) => id), total];
    };
    expect(await ids({ environment: 'staging' })).toEqual(['c2', 1]);
    expect(await ids({ provider: 'k3s' })).toEqual(['c2', 1]);
    expect(await ids({ status: 'paused' })).toEqual(['c3', 1]);
    expect(await ids({ limit: 1, offset: 1 })).toEqual(['c3', 3]);
  });

  test.each([{ limit: 501 }, { limit: 0 }, { offset: -1 }, { status: 'gone' }, { environment: 'moon' }])(
    '%j is refused',
    async (input) => {
      await expect(bench.client.k8s.clusters(input as object)).rejects.toMatchObject({ status: 400 });
    },
  );

  test('one that is not there is 404 in every operation that names it', async () => {
    const { k8s } = bench.client;
    const calls = [
      k8s.cluster,
      k8s.removal,
      k8s.remove,
      k8s.sync,
      k8s.health,
      k8s.healthHistory,
      k8s.namespaces,
      k8s.nodes,
      k8s.workloads,
      k8s.troubledPods,
      k8s.clusterMetrics,
      k8s.costs,
      k8s.deployments,
      k8s.namespacePods,
      k8s.namespaceMetrics,
      k8s.deployment,
      k8s.deploymentPods,
      k8s.pod,
      k8s.update,
    ];
    for (const call of calls) {
      const error = { status: 404, data: { failure: 'not-found' } };
      await expect((call as (input: { id: string }) => Promise<unknown>)({ id: 'none' })).rejects.toMatchObject(error);
    }
    await expect(k8s.releases({ cluster: 'none' })).rejects.toMatchObject({ status: 404 });
  });
});

describe('what runs in a cluster', () => {
  test('namespaces carry quotas and owners', async () => {
    const { namespaces, total } = await bench.client.k8s.namespaces({ id: 'c1' });
    expect(total).toBe(1);
    expect(namespaces[0]).toMatchObject({
      id: 'n1',
      cluster_id: 'c1',
      name: 'checkout',
      cpu_limit: 4000,
      memory_limit: 8e9,
      pod_limit: 20,
      team_name: 'payments',
      cost_center: 'cc-7',
      deleted_at: null,
    });
  });

  test('nodes are paged like every list', async () => {
    const { nodes, total } = await bench.client.k8s.nodes({ id: 'c1', limit: 1, offset: 1 });
    expect([nodes.map(({ name, status }) => [name, status]), total]).toEqual([[['node-2', 'NotReady']], 2]);
    expect(nodes[0]?.conditions[0]).toEqual({
      type: 'Ready',
      status: 'True',
      reason: 'KubeletReady',
      message: null,
      changed_at: '2026-03-11T09:00:00Z',
    });
  });

  test('deployments and their pods, by the namespace and by themselves', async () => {
    const { k8s } = bench.client;
    const { deployments } = await k8s.deployments({ id: 'n1' });
    expect(deployments[0]).toEqual(await k8s.deployment({ id: 'w1' }));
    expect(deployments[0]).toMatchObject({ kind: 'Deployment', replicas_unavailable: 1, health_status: 'degraded' });
    const expected = [await k8s.pod({ id: 'p1' })];
    expect((await k8s.deploymentPods({ id: 'w1' })).pods).toEqual(expected);
    expect((await k8s.namespacePods({ id: 'n1' })).pods).toEqual(expected);
    expect(expected[0]).toMatchObject({
      deployment_id: 'w1',
      oom_kills: 2,
      restart_count: 7,
      memory_limit: 2e8,
      containers: [{ reason: 'CrashLoopBackOff', restart_count: 7 }],
    });
  });

  test('workloads of the whole cluster, those in trouble first, with the names of their namespaces', async () => {
    const { kubernetes } = bench.store;
    kubernetes.namespaces.set('n2', kubeNamespace({ id: 'n2', name: 'billing' }));
    kubernetes.workloads.set('w2', kubeWorkload({ id: 'w2', name: 'a', namespaceId: 'n2', healthStatus: 'healthy' }));
    kubernetes.workloads.set('w3', kubeWorkload({ id: 'w3', name: 'z', namespaceId: 'n2', healthStatus: 'critical' }));
    kubernetes.workloads.set('w4', kubeWorkload({ id: 'w4', name: 'gone', namespaceId: 'n2', deletedAtSeconds: AT }));
    const all = await bench.client.k8s.workloads({ id: 'c1' });
    expect(all.workloads.map(({ id, namespace }) => [id, namespace])).toEqual([
      ['w3', 'billing'],
      ['w1', 'checkout'],
      ['w2', 'billing'],
    ]);
    expect([all.total, all.total_is_lower_bound]).toEqual([3, false]);
    const second = await bench.client.k8s.workloads({ id: 'c1', limit: 1, offset: 1 });
    expect(second.workloads.map(({ id }) => id)).toEqual(['w1']);
  });

  test('pods in trouble only', async () => {
    const fine = { status: 'Running', restartCount: 0, oomKills: 0, containers: [] };
    bench.store.kubernetes.pods.set('p2', kubePod({ id: 'p2', name: 'cart-2', ...fine }));
    const { pods } = await bench.client.k8s.troubledPods({ id: 'c1', troubled: true });
    expect(pods.map(({ id, namespace }) => [id, namespace])).toEqual([['p1', 'checkout']]);
  });

  test('Helm releases by cluster and namespace', async () => {
    const { k8s } = bench.client;
    bench.store.kubernetes.namespaces.set('n2', kubeNamespace({ id: 'n2', name: 'billing' }));
    bench.store.kubernetes.releases.set('h2', helmRelease({ id: 'h2', name: 'ledger', namespaceId: 'n2' }));
    const names = async (input: { cluster?: string; namespace?: string }) =>
      (await k8s.releases(input)).releases.map(({ name, namespace }) => `${namespace}/${name}`).sort();
    expect(await names({})).toEqual(['billing/ledger', 'checkout/cart']);
    expect(await names({ cluster: 'c1', namespace: 'billing' })).toEqual(['billing/ledger']);
    expect(await names({ namespace: 'nowhere' })).toEqual([]);
  });
});

describe('health', () => {
  test('is the line of the view with the reasons of the newest change', async () => {
    await bench.store.addHealthChange({
      clusterId: 'c1',
      atSeconds: AT,
      status: 'degraded',
      reasons: [{ code: 'node-not-ready', message: '1 of 2 nodes is not ready', objects: ['node-2'] }],
    });
    expect(await bench.client.k8s.health({ id: 'c1' })).toMatchObject({
      cluster_id: 'c1',
      health_status: 'degraded',
      total_nodes: 2,
      healthy_nodes: 1,
      total_deployments: 1,
      healthy_deployments: 0,
      cost_currency: 'EUR',
      last_sync_at: '2026-03-11T09:00:00Z',
      since: '2026-03-11T09:00:00Z',
      reasons: [{ code: 'node-not-ready', objects: ['node-2'] }],
      // Nothing follows it: nothing is known of rights.
      notices: [],
      missing_role: null,
    });
  });

  test('names rights that are missing, and the role that gives them', async () => {
    const right = rightsNotice('secrets', { kind: 'refused', failure: new Failure('forbidden', 'no') });
    if (right === null) throw new Error('nothing is missing');
    const sync = { missingRights: (id: string) => (id === 'c1' ? [right] : []) } as unknown as SyncDesk;
    const answer = await health('c1', { kubernetes: bench.store, clock: { nowSeconds: () => AT }, sync });
    expect(ClusterHealth.parse(answer).notices).toMatchObject([
      { verb: 'list', resource: 'secrets', api_group: '', code: 'sync-forbidden-list-secrets', severity: 'info' },
    ]);
    expect(answer.missing_role).toContain('resources: ["secrets"]\n    verbs: ["list", "watch"]');
  });

  test('history is newest first, within the range', async () => {
    const change = { clusterId: 'c1', status: 'healthy', reasons: [] } as const;
    for (const atSeconds of [AT - 90 * 86_400, AT - 60, AT])
      await bench.store.addHealthChange({ ...change, atSeconds });
    const { changes } = await bench.client.k8s.healthHistory({ id: 'c1' });
    expect(changes.map(({ at }) => at)).toEqual(['2026-03-11T09:00:00Z', '2026-03-11T08:59:00Z']);
    const all = await bench.client.k8s.healthHistory({ id: 'c1', start: '2025-01-01T00:00:00Z', limit: 2 });
    expect(all.changes).toHaveLength(2);
  });
});

describe('costs and usage over time', () => {
  test('hours of a namespace, which add up to the total', async () => {
    await bench.store.putCosts([costRow(), costRow({ id: 'k2', hour: 9, totalCost: 1 })], 1);
    const answer = await bench.client.k8s.costs({
      id: 'n1',
      start: '2026-03-11T00:00:00Z',
      end: '2026-03-11T12:00:00Z',
    });
    expect(answer).toMatchObject({ period_type: 'hourly', cost_currency: 'EUR', total_cost: 1.875 });
    expect(answer.costs.map(({ timestamp, hour }) => [timestamp, hour])).toEqual([
      ['2026-03-11T08:00:00Z', 8],
      ['2026-03-11T09:00:00Z', 9],
    ]);
    await expect(bench.client.k8s.costs({ id: 'n1', period_type: 'weekly' as 'daily' })).rejects.toMatchObject({
      status: 400,
      message: expect.any(String),
    });
  });

  test('buckets are means of usage and sums of traffic; what was not measured is null, not zero', async () => {
    await bench.store.putMetrics(
      [
        resourceMetric(),
        resourceMetric({ collectedAtSeconds: AT + 300, cpuUsageCores: 3, networkReceiveBytes: null, restarts: 0 }),
        resourceMetric({ collectedAtSeconds: AT + 3600, cpuUsageCores: null }),
      ],
      1,
    );
    const range = { id: 'c1', start: '2026-03-11T08:00:00Z', end: '2026-03-11T11:00:00Z' };
    const fine = await bench.client.k8s.clusterMetrics(range);
    expect(fine.metrics.map(({ cpu_usage_cores }) => cpu_usage_cores)).toEqual([1, 3, null]);
    const { metrics, resolution } = await bench.client.k8s.clusterMetrics({ ...range, resolution: 'hour' });
    expect(resolution).toBe('hour');
    expect(metrics).toEqual([
      {
        timestamp: '2026-03-11T09:00:00Z',
        cpu_usage_cores: 2,
        memory_usage_bytes: 1e9,
        network_rx_bytes: 10,
        network_tx_bytes: 40,
        storage_usage_bytes: null,
        restarts: 1,
        oom_kills: 0,
        sample_count: 2,
      },
      expect.objectContaining({ timestamp: '2026-03-11T10:00:00Z', cpu_usage_cores: null, sample_count: 1 }),
    ]);
  });

  test.each([
    [{ start: '2026-03-11T00:00:00Z', end: '2026-03-10T00:00:00Z' }, 'start must lie before end'],
    [{ start: '2026-01-01T00:00:00Z', end: '2026-03-10T00:00:00Z' }, 'choose resolution hour'],
    [{ start: 'yesterday' }, ''],
  ])('%j is refused', async (range, words) => {
    const error = { status: 400, message: expect.stringContaining(words) };
    await expect(bench.client.k8s.namespaceMetrics({ id: 'n1', ...range })).rejects.toMatchObject(error);
  });
});

describe('sync and workers', () => {
  test('a cluster that nothing collects, or that is paused, is a conflict that says what to do', async () => {
    await expect(bench.client.k8s.sync({ id: 'c1' })).rejects.toMatchObject({
      status: 409,
      data: { hint: 'Switch its collection on first.' },
    });
    await bench.store.putClusterEntry(clusterEntry({ status: 'paused' }));
    await expect(bench.client.k8s.sync({ id: 'c1' })).rejects.toMatchObject({
      status: 409,
      message: 'The cluster "shop" is paused',
    });
  });

  test('the workers say how they do', async () => {
    const { workers } = await bench.client.k8s.workers();
    expect(workers.map(({ name, running }) => [name, running])).toContainEqual(['sync', false]);
  });
});
