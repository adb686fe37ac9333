import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ChangeFeed } from '../../../src/backend/changes/change-feed.ts';
import { CostWorker } from '../../../src/backend/costs/cost-worker.ts';
import { SILENT_LOG } from '../../../src/backend/log.ts';
import type { SyncDeps } from '../../../src/backend/sync/sync-deps.ts';
import type { ResultsStore } from '../../../src/core/ports/results-store.ts';
import type { KubeNamespace, KubePod, KubeWorkload, MetricLevel } from '../../../src/model/kubernetes/objects.ts';
import { openNewElasticsearch } from '../../contract/storage/open-elasticsearch.ts';
import { openMemory } from '../../contract/storage/open-memory.ts';
import { openNewPostgres } from '../../contract/storage/open-postgres.ts';
import { openNewSqlite } from '../../contract/storage/open-sqlite.ts';
import { sampleNodeWindow, sampleRow, sampleWindow } from '../../contract/storage/sample-windows.ts';
import type { OpenStore, StoreFixture } from '../../contract/storage/store-fixture.ts';
import { syncInto, until } from '../../fakes/kubernetes/synced-cluster.ts';
import { needs } from '../../setup/programs.ts';

type Cluster = Awaited<ReturnType<typeof syncInto<ResultsStore>>>;

const DAY = 86_400;
const ALL = 1_000;
/** Money of each pod in the window, so that sums are known. */
const POD_COST = 0.25;

/** The lease of the cluster, taken once for all that write. */
function leasesOf(store: ResultsStore): SyncDeps['leases'] {
  let held: ReturnType<ResultsStore['takeLease']> | null = null;
  return {
    take: async (clusterId) => {
      held ??= store.takeLease({ clusterId, holder: 'test', holderName: 'test', durationSeconds: 3_600 });
      const taken = await held;
      if (taken.kind === 'refused') throw new Error('the lease is taken');
      return { kind: 'held', epoch: taken.lease.epoch, lost: new AbortController().signal };
    },
    release: async () => undefined,
  };
}

/** A window of five minutes in which each pod on a node used the same. */
function windowOf(clusterId: string, startSeconds: number, pods: readonly KubePod[], nameOf: (id: string) => string) {
  const rows = pods.map(({ name, namespaceId, nodeName, uid }) =>
    sampleRow({
      clusterId,
      podName: name,
      podUid: uid,
      namespace: nameOf(namespaceId),
      node: nodeName ?? '',
      cpuUsageMillicores: 100,
      totalCost: POD_COST,
      costCpu: POD_COST,
      costMemory: 0,
      costNetwork: 0,
    }),
  );
  const nodes = [...new Set(rows.map(({ node }) => node))];
  const nodeWindows = nodes.map((node) => sampleNodeWindow({ clusterId, node, cpuSeconds: 600 }));
  return sampleWindow(startSeconds, rows, { clusterId, nodeWindows });
}

function filledTables(name: string, openStore: OpenStore): void {
  describe(`the recorded cluster in ${name}`, () => {
    let fixture: StoreFixture;
    let cluster: Cluster;
    let namespaces: readonly KubeNamespace[];
    let workloads: readonly KubeWorkload[];
    let pods: readonly KubePod[];
    let start: number;

    beforeAll(async () => {
      fixture = await openStore();
      const { store } = fixture;
      const leases = leasesOf(store);
      // Views speak of the last days as the store knows them.
      const startSeconds = Math.floor(Date.now() / 1000);
      cluster = await syncInto(store, { factor: 20, startSeconds }, leases);
      const { workers, clusterId, time } = cluster;
      workers.start('stub');
      const counts = () => workers.status()[0]?.counts;
      const isWritten = async () => {
        const entry = await store.clusterEntry(clusterId);
        const releases = await store.releases(clusterId, null, ALL, 0);
        return entry?.totalPods === 109 && entry.lastSyncAtSeconds !== null && releases.total === 4;
      };
      await until('all that is listed is written', isWritten, 60_000);
      const namespacePage = await store.namespaces(clusterId, ALL, 0);
      namespaces = namespacePage.items;
      const of = async <Item>(ask: (id: string) => Promise<{ readonly items: readonly Item[] }>): Promise<Item[]> =>
        (await Promise.all(namespaces.map(({ id }) => ask(id)))).flatMap(({ items }) => items);
      workloads = await of((id) => store.workloads(id, ALL, 0));
      pods = await of((id) => store.podsOfNamespace(id, ALL, 0));

      start = startSeconds - (startSeconds % 300) - 600;
      const names = new Map(namespaces.map((each) => [each.id, each.name]));
      const onNodes = pods.filter(({ nodeName }) => nodeName !== null);
      const window = windowOf(clusterId, start, onNodes, (id) => names.get(id) ?? '');
      const taken = await leases.take(clusterId, { contextName: 'stub' } as never);
      if (taken.kind !== 'held') throw new Error('there is no lease');
      await store.replaceWindow(window, taken.epoch);
      workers.windowClosed(window);
      await until('the metrics are written', () => (counts()?.windows ?? 0) > 0, 60_000);

      const costs = new CostWorker({
        store,
        leases,
        changes: new ChangeFeed(),
        clock: time,
        timers: time,
        log: SILENT_LOG,
        isFirstSyncPending: (id) => workers.isFirstSyncPending(id),
        canWrite: () => true,
      });
      costs.start();
      await until('the costs are written', () => costs.status().clusters[0]?.state === 'up to date', 60_000);
      await costs.stop();
      // Once more, with the costs.
      workers.windowClosed(window);
      await until('the figures are written', () => (counts()?.windows ?? 0) > 1, 60_000);
    }, 240_000);
    afterAll(async () => {
      await cluster?.close();
      await fixture?.remove();
    });

    test('k8s_clusters: one, with its counts', async () => {
      expect(await fixture.store.clusterEntry(cluster.clusterId)).toMatchObject({
        status: 'active',
        healthStatus: 'degraded',
        totalNodes: 12,
        totalPods: 109,
        totalNamespaces: 13,
        lastError: null,
      });
      const entries = await fixture.store.clusterEntries({ limit: ALL, offset: 0 });
      expect(entries.total).toBe(1);
    });

    test('k8s_namespaces and k8s_nodes: as many as the recording has, with their owners and quotas', async () => {
      expect(namespaces).toHaveLength(13);
      const named = (each: string) => namespaces.find((namespace) => namespace.name === each);
      expect(named('checkout')).toMatchObject({ teamName: 'storefront', costCenter: 'CC-101' });
      expect(named('web-preview')).toMatchObject({ podLimit: 20, cpuLimitMillicores: 2_000 });
      const nodes = await fixture.store.nodesOf(cluster.clusterId);
      expect(nodes).toHaveLength(12);
      expect(nodes.filter(({ status }) => status !== 'Ready').length).toBeGreaterThan(0);
      // Now with what they used in the window.
      expect(nodes.filter(({ cpuUsageCores }) => cpuUsageCores === 2).length).toBeGreaterThan(5);
    });

    test('k8s_deployments: all kinds of workloads', () => {
      const ofKind = (kind: string) => workloads.filter((each) => each.kind === kind).length;
      const recorded = (path: string) => cluster.objects.items(path).length;
      expect(ofKind('Deployment')).toBe(recorded('/apis/apps/v1/deployments'));
      expect(ofKind('StatefulSet')).toBe(recorded('/apis/apps/v1/statefulsets'));
      expect(ofKind('DaemonSet')).toBe(recorded('/apis/apps/v1/daemonsets'));
      expect(ofKind('CronJob')).toBe(recorded('/apis/batch/v1/cronjobs'));
      expect(ofKind('Rollout')).toBe(1);
    });

    test('k8s_pods: all of them, with their states and kills for memory', () => {
      expect(pods).toHaveLength(109);
      expect(pods.reduce((sum, { oomKills }) => sum + oomKills, 0)).toBe(4);
      const phases = Object.groupBy(pods, ({ phase }) => phase);
      expect(phases.Running).toHaveLength(97);
      expect(phases.Succeeded).toHaveLength(5);
      expect(phases.Pending).toHaveLength(5);
      expect(phases.Failed).toHaveLength(2);
      const known = new Set(workloads.map(({ id }) => id));
      expect(pods.filter(({ workloadId }) => workloadId !== null && !known.has(workloadId))).toEqual([]);
      expect(pods.find((pod) => pod.name === 'opencost-6bd46fc98b-749pq')).toMatchObject({
        status: 'CrashLoopBackOff',
        reason: 'OOMKilled',
        restartCount: 24,
      });
    });

    test('k8s_helm_releases: the newest revisions, decoded, without secrets', async () => {
      const { items } = await fixture.store.releases(cluster.clusterId, null, ALL, 0);
      const told = items.map((each) => [each.name, each.revision, each.status, each.chartName, each.chartVersion]);
      expect(told.sort()).toEqual([
        ['cart-api', 4, 'deployed', 'cart-api', '1.8.1'],
        ['opencost', 2, 'deployed', 'opencost', '2.3.2'],
        ['products', 7, 'failed', 'products', '2.0.0'],
        ['prometheus', 1, 'deployed', 'prometheus', '27.40.0'],
      ]);
      expect(items.some(({ valuesYaml }) => (valuesYaml ?? '') !== '')).toBe(true);
    });

    test('k8s_resource_metrics: five levels that agree', async () => {
      const range = { startSeconds: start, endSeconds: start + 300 };
      const at = (level: MetricLevel, id: string) => fixture.store.metrics(level, id, range, ALL);
      const nodes = await fixture.store.nodesOf(cluster.clusterId);
      const all = async (level: MetricLevel, ids: readonly string[]) =>
        (await Promise.all(ids.map((id) => at(level, id)))).flat();
      const cores = (rows: readonly { readonly cpuUsageCores: number | null }[]) =>
        rows.reduce((sum, { cpuUsageCores }) => sum + (cpuUsageCores ?? 0), 0);
      const placed = pods.filter(({ nodeName }) => nodeName !== null);
      const ofPods = await all(
        'pod',
        placed.map(({ id }) => id),
      );
      expect(ofPods).toHaveLength(placed.length);
      expect(cores(ofPods)).toBeCloseTo(placed.length / 10);
      expect(
        cores(
          await all(
            'namespace',
            namespaces.map(({ id }) => id),
          ),
        ),
      ).toBeCloseTo(placed.length / 10);
      const kept = placed.filter(({ workloadId }) => workloadId !== null);
      expect(
        cores(
          await all(
            'deployment',
            workloads.map(({ id }) => id),
          ),
        ),
      ).toBeCloseTo(kept.length / 10);
      const ofNodes = await all(
        'node',
        nodes.map(({ id }) => id),
      );
      expect(cores(ofNodes)).toBe(2 * ofNodes.length);
      expect(await at('cluster', cluster.clusterId)).toMatchObject([{ cpuUsageCores: cores(ofNodes) }]);
    });

    test('k8s_cost_attribution: hours and days of each namespace, to the cent', async () => {
      const today = start - (start % DAY);
      const range = { startSeconds: today, endSeconds: today + DAY };
      for (const { id } of namespaces) {
        const count = pods.filter(({ namespaceId, nodeName }) => namespaceId === id && nodeName !== null).length;
        const hours = await fixture.store.costs(id, range, 'hour', ALL);
        const days = await fixture.store.costs(id, range, 'day', ALL);
        const total = (rows: readonly { readonly totalCost: number }[]) =>
          rows.reduce((sum, { totalCost }) => sum + totalCost, 0);
        expect(total(hours)).toBeCloseTo(count * POD_COST, 6);
        expect(total(days)).toBeCloseTo(count * POD_COST, 6);
      }
    });

    test('both views are right', async () => {
      const placed = pods.filter(({ nodeName }) => nodeName !== null);
      const view = await fixture.store.clusterHealthView(cluster.clusterId);
      expect(view).toMatchObject({
        cluster_id: cluster.clusterId,
        health_status: 'degraded',
        total_nodes: 12,
        total_namespaces: 13,
        total_pods: 109,
        cost_currency: 'USD',
      });
      const nodes = await fixture.store.nodesOf(cluster.clusterId);
      expect(view?.healthy_nodes).toBe(nodes.filter(({ status }) => status === 'Ready').length);
      expect(view?.total_deployments).toBe(cluster.objects.items('/apis/apps/v1/deployments').length);
      const lines = await fixture.store.namespaceCostView(cluster.clusterId);
      const cost = (line: (typeof lines)[number]) => Number(line.total_cost ?? 0);
      expect(lines.reduce((sum, line) => sum + cost(line), 0)).toBeCloseTo(placed.length * POD_COST, 6);
      const checkout = lines.find(({ namespace }) => namespace === 'checkout');
      expect(checkout).toMatchObject({ team_name: 'storefront', cost_center: 'CC-101' });
    });
  });
}

filledTables('memory', openMemory);
filledTables('SQLite', () => openNewSqlite());

describe.runIf(needs('postgres'))('PostgreSQL of npm', () => {
  filledTables('PostgreSQL', () => openNewPostgres());
});

describe.runIf(needs('elasticsearch'))('Elasticsearch 8', () => {
  filledTables('Elasticsearch', () => openNewElasticsearch());
});
