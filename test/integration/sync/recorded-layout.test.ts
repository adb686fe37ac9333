import { afterEach, describe, expect, test } from 'vitest';
import type { ClusterLayout } from '../../../src/model/scheduling.ts';
import type { RawObject } from '../../fakes/kubernetes/recordings.ts';
import { recordedCollections, StubObjects } from '../../fakes/kubernetes/stub-objects.ts';
import { syncedCluster, until } from '../../fakes/kubernetes/synced-cluster.ts';

type Cluster = Awaited<ReturnType<typeof syncedCluster>>;
let open: Cluster | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});

const DEPLOYMENTS = '/apis/apps/v1/deployments';
const BUDGETS = '/apis/policy/v1/poddisruptionbudgets';
const budget: RawObject = {
  metadata: { name: 'cart-api', namespace: 'checkout', uid: 'pdb-1' },
  spec: { minAvailable: 4, selector: { matchLabels: { app: 'cart-api' } } },
  status: { disruptionsAllowed: 2, expectedPods: 6 },
};

async function followed(options: Parameters<typeof syncedCluster>[0] = {}): Promise<Cluster & { told: string[] }> {
  const cluster = await syncedCluster(options);
  open = cluster;
  const told: string[] = [];
  cluster.workers.onSpecChange((clusterId) => told.push(clusterId));
  expect(cluster.workers.layout(cluster.clusterId)).toBeNull();
  cluster.workers.start('stub');
  await until('the cluster is listed', () => cluster.workers.layout(cluster.clusterId) !== null);
  return { ...cluster, told };
}

const layoutOf = ({ workers, clusterId }: Cluster): ClusterLayout => {
  const layout = workers.layout(clusterId);
  if (layout === null) throw new Error('there is no layout');
  return layout;
};

describe('the layout of the recorded cluster', () => {
  test('holds all that a plan needs', async () => {
    const cluster = await followed({ objects: new StubObjects({ ...recordedCollections(), [BUDGETS]: [budget] }) });
    const { nodes, pods, workloads, budgets, autoscalers, missing } = layoutOf(cluster);
    expect(nodes).toHaveLength(12);
    // 109 less the five that succeeded and the two that failed.
    expect(pods).toHaveLength(102);
    expect(nodes.filter(({ taints }) => taints.length > 0).length).toBeGreaterThan(0);
    expect(budgets).toMatchObject([{ name: 'cart-api', disruptionsAllowed: 2, neverAllows: false }]);
    expect(autoscalers.map(({ targetName }) => targetName).sort()).toEqual(['cart-api', 'products']);
    const kinds = Object.groupBy(workloads, ({ kind }) => kind);
    expect(kinds.Deployment).toHaveLength(cluster.objects.items(DEPLOYMENTS).length);
    expect(kinds.CronJob?.every(({ schedule }) => schedule !== null)).toBe(true);
    expect(workloads.reduce((sum, { oomKills }) => sum + oomKills, 0)).toBe(4);
    const scaled = workloads.find(({ name }) => name === 'cart-api');
    expect(scaled?.containers[0]?.cpuRequestMillicores).toBeGreaterThan(0);
    expect(pods.filter(({ isDaemonSet }) => isDaemonSet).length).toBeGreaterThan(0);
    // The cluster has no VerticalPodAutoscaler, so that there can't be any.
    expect(missing).toEqual([]);
  });

  test('says what may not be read, and what the server does not have', async () => {
    const cluster = await followed({ forbidden: ['horizontalpodautoscalers', 'verticalpodautoscalers', 'jobs'] });
    const { missing, autoscalers, budgets } = layoutOf(cluster);
    expect(missing).toEqual(['jobs', 'poddisruptionbudgets', 'horizontalpodautoscalers', 'verticalpodautoscalers']);
    expect([autoscalers, budgets]).toEqual([[], []]);
    const notices = cluster.workers.missingRights(cluster.clusterId);
    expect(notices.map(({ code }) => code).sort()).toEqual([
      'sync-forbidden-list-horizontalpodautoscalers',
      'sync-forbidden-list-jobs',
      'sync-forbidden-list-verticalpodautoscalers',
    ]);
    expect(notices.find(({ code }) => code.endsWith('list-verticalpodautoscalers'))?.hint).toContain(
      '"autoscaling.k8s.io"',
    );
  });

  test('is told of once it is whole, and again when a spec changes or a workload goes', async () => {
    const cluster = await followed();
    await until('the first word', () => cluster.told.length === 1);
    const [deployment] = cluster.objects.items(DEPLOYMENTS);
    if (deployment === undefined) throw new Error('there are no deployments');
    const { name, namespace } = deployment.metadata as { name: string; namespace: string };
    const find = () => layoutOf(cluster).workloads.find((each) => each.name === name && each.namespace === namespace);
    const spec = deployment.spec as RawObject;
    cluster.objects.happen(DEPLOYMENTS, {
      type: 'MODIFIED',
      object: { ...deployment, spec: { ...spec, replicas: 17 } },
    });
    await until('the second word', () => cluster.told.length === 2);
    expect(find()?.replicas).toBe(17);
    cluster.objects.happen(DEPLOYMENTS, { type: 'DELETED', object: deployment });
    await until('the third word', () => cluster.told.length === 3);
    expect(find()).toBeUndefined();
    expect(new Set(cluster.told)).toEqual(new Set([cluster.clusterId]));
  });

  test('stays while the watch of pods is broken, with the time up to which it is true', async () => {
    let cut = false;
    const cluster = await followed({ answer: ({ path }) => (cut && path === '/api/v1/pods' ? 'cut' : undefined) });
    const before = layoutOf(cluster);
    cut = true;
    cluster.objects.breakWatches();
    await until('it fails', () => cluster.workers.status()[0]?.clusters[0]?.state === 'waiting');
    const { readAtSeconds, pods } = layoutOf(cluster);
    expect(pods).toHaveLength(before.pods.length);
    const later = cluster.time.nowSeconds() + 30;
    await until('time goes by', () => cluster.time.nowSeconds() > later);
    expect(layoutOf(cluster).readAtSeconds).toBe(readAtSeconds);
  });

  test('is none once nobody follows the cluster', async () => {
    const cluster = await followed();
    await cluster.workers.stop('stub');
    expect(cluster.workers.layout(cluster.clusterId)).toBeNull();
  });
});
