import { afterEach, describe, expect, test } from 'vitest';
import type { KubePod } from '../../../src/model/kubernetes/objects.ts';
import type { NodeWindowRow, WindowResult } from '../../../src/model/results.ts';
import { sampleRow } from '../../contract/storage/sample-windows.ts';
import { recordedEvents } from '../../fakes/kubernetes/stub-objects.ts';
import { CHOICES, syncedCluster, until } from '../../fakes/kubernetes/synced-cluster.ts';

type Cluster = Awaited<ReturnType<typeof syncedCluster>>;
let open: Cluster | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});

const PODS = '/api/v1/pods';
const NODES = '/api/v1/nodes';

async function synced(options: Parameters<typeof syncedCluster>[0] = {}): Promise<Cluster> {
  const cluster = await syncedCluster(options);
  open = cluster;
  cluster.workers.start('stub');
  await until('all that is listed is written', () => isWritten(cluster), 30_000);
  return cluster;
}

/** On a machine that is busy the first writing may come before the last list. */
const isWritten = ({ store }: Cluster) =>
  store.kubernetes.pods.size === 109 &&
  store.kubernetes.releases.size === 4 &&
  [...store.entries.values()].every(({ lastSyncAtSeconds }) => lastSyncAtSeconds !== null);

const alive = (pods: Iterable<KubePod>) => [...pods].filter(({ finishedAtSeconds }) => finishedAtSeconds === null);
const podNamed = ({ store }: Cluster, name: string) =>
  [...store.kubernetes.pods.values()].find((pod) => pod.name === name);

describe('the first sync of the recorded cluster', () => {
  test('fills every table with what the recording holds', async () => {
    const cluster = await synced();
    const { nodes, namespaces, workloads, pods, releases } = cluster.store.kubernetes;
    expect(pods.size).toBe(109);
    expect(nodes.size).toBe(12);
    expect(namespaces.size).toBe(13);
    expect(releases.size).toBe(4);
    const deployments = cluster.objects.items('/apis/apps/v1/deployments').length;
    const ofKind = (kind: string) => [...workloads.values()].filter((each) => each.kind === kind).length;
    expect(ofKind('Deployment')).toBe(deployments);
    expect(ofKind('StatefulSet')).toBe(cluster.objects.items('/apis/apps/v1/statefulsets').length);
    expect(ofKind('DaemonSet')).toBe(cluster.objects.items('/apis/apps/v1/daemonsets').length);
    expect(ofKind('CronJob')).toBe(cluster.objects.items('/apis/batch/v1/cronjobs').length);
    // A Rollout's resource is not installed: its ReplicaSet and pods tell of it.
    expect(ofKind('Rollout')).toBe(1);
    expect([...cluster.store.entries.values()]).toMatchObject([
      { totalNodes: 12, totalPods: 109, totalNamespaces: 13, totalDeployments: deployments, healthStatus: 'degraded' },
    ]);
  });

  test('knows phases, states and kills of pods as the API server told them', async () => {
    const cluster = await synced();
    expect(podNamed(cluster, 'opencost-6bd46fc98b-749pq')).toMatchObject({
      phase: 'Running',
      status: 'CrashLoopBackOff',
      reason: 'OOMKilled',
      restartCount: 24,
      oomKills: 1,
    });
    const pods = [...cluster.store.kubernetes.pods.values()];
    expect(pods.reduce((sum, { oomKills }) => sum + oomKills, 0)).toBe(4);
    const phases = Object.groupBy(pods, ({ phase }) => phase);
    expect(phases.Running).toHaveLength(97);
    expect(phases.Succeeded).toHaveLength(5);
    expect(phases.Pending).toHaveLength(5);
    expect(phases.Failed).toHaveLength(2);
    expect(
      pods.every(({ workloadId }) => workloadId === null || cluster.store.kubernetes.workloads.has(workloadId)),
    ).toBe(true);
  });

  test('takes team and cost center of namespaces, and the tightest quota', async () => {
    const cluster = await synced();
    const named = (name: string) =>
      [...cluster.store.kubernetes.namespaces.values()].find((each) => each.name === name);
    expect(named('checkout')).toMatchObject({ teamName: 'storefront', costCenter: 'CC-101', podLimit: null });
    expect(named('web-preview')).toMatchObject({
      costCenter: 'CC-310',
      podLimit: 20,
      cpuLimitMillicores: 2000,
      memoryLimitBytes: 4 * 2 ** 30,
    });
    expect(named('kube-system')).toMatchObject({ teamName: null, costCenter: null });
  });

  test('keeps the newest revision of each Helm release', async () => {
    const { store } = await synced();
    const releases = [...store.kubernetes.releases.values()].map(({ name, revision, status, chartVersion }) => [
      name,
      revision,
      status,
      chartVersion,
    ]);
    expect(releases.sort()).toEqual([
      ['cart-api', 4, 'deployed', '1.8.1'],
      ['opencost', 2, 'deployed', '2.3.2'],
      ['products', 7, 'failed', '2.0.0'],
      ['prometheus', 1, 'deployed', '27.40.0'],
    ]);
  });

  test('offers the same inventory as a list of everything, without listing again', async () => {
    const cluster = await synced();
    const fresh = await cluster.source.connect('stub', CHOICES.connect);
    const signal = AbortSignal.timeout(5_000);
    const before = cluster.server.requests.length;
    const offered = await fresh.readInventory(signal);
    expect(cluster.server.requests.length).toBe(before);
    await cluster.workers.stop('stub');
    const listed = await fresh.readInventory(signal);
    expect(cluster.server.requests.length).toBeGreaterThan(before);
    const sorted = ({ pods, ...rest }: typeof listed) => ({
      ...rest,
      readAtSeconds: 0,
      pods: pods.toSorted((a, b) => `${a.namespace}/${a.name}`.localeCompare(`${b.namespace}/${b.name}`)),
    });
    expect(sorted(offered)).toEqual(sorted(listed));
    await fresh.close();
  });
});

describe('labels that the person chose', () => {
  test('name the owners in the sync and in a list of everything', async () => {
    const ownerLabels = { team: ['kubernetes.io/metadata.name'], costCenter: ['app.kubernetes.io/name'] };
    const connect = { ...CHOICES.connect, ownerLabels };
    const cluster = await syncedCluster({ choices: { ...CHOICES, connect } });
    open = cluster;
    cluster.workers.start('stub');
    await until('the first writing', () => cluster.store.kubernetes.namespaces.size > 0);
    const written = [...cluster.store.kubernetes.namespaces.values()];
    expect(written.every(({ name, teamName }) => teamName === name)).toBe(true);
    const fresh = await cluster.source.connect('stub', connect);
    const signal = AbortSignal.timeout(5_000);
    const followed = await fresh.readInventory(signal);
    await cluster.workers.stop('stub');
    const listed = await fresh.readInventory(signal);
    await fresh.close();
    const owners = ({ pods }: typeof listed) =>
      pods.map(({ namespace, name, team, costCenter }) => `${namespace}/${name} ${team} ${costCenter}`).sort();
    expect(owners(followed)).toEqual(owners(listed));
    expect(listed.pods.every(({ namespace, team }) => team === namespace)).toBe(true);
  });
});

describe('a window that was stored', () => {
  test('becomes metrics at five levels, and the present use of nodes and namespaces', async () => {
    const cluster = await synced();
    const { store, time, clusterId } = cluster;
    const pods = [...store.kubernetes.pods.values()].filter(({ nodeName }) => nodeName !== null);
    const namespaces = new Map([...store.kubernetes.namespaces.values()].map(({ id, name }) => [id, name]));
    const startSeconds = time.nowSeconds() - (time.nowSeconds() % 300) - 300;
    const rows = pods.map(({ name, namespaceId, nodeName }) =>
      sampleRow({
        clusterId,
        podName: name,
        namespace: namespaces.get(namespaceId) ?? '',
        node: nodeName ?? '',
        cpuUsageMillicores: 100,
      }),
    );
    const nodes = [...new Set(rows.map(({ node }) => node))];
    cluster.workers.windowClosed({
      entry: {
        clusterId,
        window: { startSeconds, durationSeconds: 300 },
        state: 'whole',
        coveredSeconds: 300,
        reason: null,
        notices: [],
        rowCount: rows.length,
        closedAtSeconds: startSeconds + 400,
      },
      rows,
      nodeWindows: nodes.map((node) => ({ node, cpuSeconds: 600 }) as NodeWindowRow),
      nodeSnapshots: [],
    });
    await until('the metrics are written', () => store.metricRows.size > 0);
    const levels = Object.groupBy(store.metricRows.values(), ({ level }) => level);
    expect(levels.pod).toHaveLength(rows.length);
    expect(levels.node).toHaveLength(nodes.length);
    expect(levels.cluster).toMatchObject([{ cpuUsageCores: 2 * nodes.length, collectedAtSeconds: startSeconds }]);
    expect(levels.namespace?.reduce((sum, { cpuUsageCores }) => sum + (cpuUsageCores ?? 0), 0)).toBeCloseTo(
      rows.length / 10,
    );
    expect(levels.deployment?.every(({ objectId }) => store.kubernetes.workloads.has(objectId))).toBe(true);
    const used = [...store.kubernetes.nodes.values()].filter(({ cpuUsageCores }) => cpuUsageCores === 2);
    expect(used).toHaveLength(nodes.length);
    expect(cluster.workers.status()).toMatchObject([{ counts: { windows: 1, clusters: 1 }, intervalSeconds: 30 }]);
  });

  test('of a cluster that nobody follows is passed over', async () => {
    const cluster = await synced();
    const entry = { clusterId: 'another', window: { startSeconds: 300, durationSeconds: 300 } };
    cluster.workers.windowClosed({ entry, rows: [], nodeWindows: [], nodeSnapshots: [] } as unknown as WindowResult);
    expect(cluster.store.metricRows.size).toBe(0);
  });
});

describe('a paused cluster', () => {
  test('is not followed, and goes on where it is resumed', async () => {
    const cluster = await synced();
    const entry = () => cluster.store.entries.get(cluster.clusterId);
    const set = (status: 'active' | 'paused') => {
      const known = entry();
      if (known === undefined) throw new Error('there is no row');
      return cluster.store.putClusterEntry({ ...known, status });
    };
    await set('paused');
    cluster.workers.wake(cluster.clusterId);
    await until('it rests', () => cluster.workers.status()[0]?.clusters[0]?.state === 'paused');
    await until('nobody watches', () => cluster.objects.watching === 0);
    await expect(cluster.workers.syncNow(cluster.clusterId)).rejects.toMatchObject({ code: 'conflict' });
    await set('active');
    cluster.workers.wake(cluster.clusterId);
    await until('it is watched again', () => cluster.objects.watching === 15);
  });
});

describe('the recorded watches', () => {
  test('end with the pods and nodes that the recording ends with', async () => {
    const cluster = await synced();
    for (const event of recordedEvents('watch-pods')) cluster.objects.happen(PODS, event);
    for (const event of recordedEvents('watch-nodes')) cluster.objects.happen(NODES, event);
    const expected = cluster.objects.items(PODS).length;
    const { store } = cluster;
    // What ended but is still shown has ended too.
    const shown = new Set(cluster.objects.items(PODS).map(({ metadata }) => (metadata as { uid: string }).uid));
    const gone = () => [...store.kubernetes.pods.values()].filter(({ uid }) => !shown.has(uid));
    await until('ended pods are written', () => store.kubernetes.pods.size >= expected && gone().length > 0);
    await until('new pods are written', () => podNamed(cluster, 'payments-74c87f787-w9hlb')?.oomKills === 1);
    await until('all that ended is written', () => gone().every(({ finishedAtSeconds }) => finishedAtSeconds !== null));
    const held = [...store.kubernetes.pods.values()].filter(({ uid }) => shown.has(uid));
    expect(held).toHaveLength(expected);
    expect(alive(store.kubernetes.pods.values()).length).toBeLessThanOrEqual(expected);
    // The pod that was killed before, and told of three times more.
    expect(podNamed(cluster, 'payments-74c87f787-vml4l')?.oomKills).toBe(1);
    const nodes = [...store.kubernetes.nodes.values()];
    expect(nodes.filter(({ deletedAtSeconds }) => deletedAtSeconds === null)).toHaveLength(12);
    expect(nodes.filter(({ deletedAtSeconds }) => deletedAtSeconds !== null)).toHaveLength(1);
  });

  test('go on after a restart of Podwatt without counting a kill again, and find what has gone meanwhile', async () => {
    const cluster = await synced();
    await cluster.workers.stop('stub');
    const [first] = cluster.objects.items(PODS);
    if (first === undefined) throw new Error('there are no pods');
    cluster.objects.happen(PODS, { type: 'DELETED', object: first });
    cluster.leases.epoch = 2;
    cluster.workers.start('stub');
    const { uid } = first.metadata as { uid: string };
    await until('the lost pod is found', () => cluster.store.kubernetes.pods.get(uid)?.finishedAtSeconds !== null);
    const pods = [...cluster.store.kubernetes.pods.values()];
    expect(pods).toHaveLength(109);
    expect(pods.reduce((sum, { oomKills }) => sum + oomKills, 0)).toBe(4);
  });
});
