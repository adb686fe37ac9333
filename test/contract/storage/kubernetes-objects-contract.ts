import { beforeEach, describe, expect, it } from 'vitest';
import type { ResultsStore } from '../../../src/core/ports/results-store.ts';
import type { KubePod } from '../../../src/model/kubernetes/objects.ts';
import { DEFAULT_RETENTION } from '../../../src/model/retention.ts';
import {
  clusterEntryOf,
  idOf,
  NO_OBJECTS,
  namespaceId,
  recordedBatch,
  recordedKubePods,
  recordedNamespaces,
  recordedNodes,
  recordedWorkloads,
  someRelease,
} from './kubernetes/recorded-objects.ts';
import { ALERT, always, BUDGET, cost, EPOCH, metric } from './kubernetes/sample-figures.ts';
import { CLUSTER, DAY, NEW_YEAR, OTHER_CLUSTER, sampleRow, sampleWindow } from './sample-windows.ts';
import { failureCodeOf, type OpenStore, useStore } from './store-fixture.ts';

const byName = (a: { name: string; id: string }, b: { name: string; id: string }): number =>
  `${a.name} ${a.id}` < `${b.name} ${b.id}` ? -1 : 1;

/** The objects of a cluster: namespaces, nodes, workloads, pods, releases. */
export function kubernetesObjectsContract(name: string, open: OpenStore): void {
  describe(`${name}: objects of Kubernetes`, () => {
    const fixture = useStore(open);
    let store: ResultsStore;
    beforeEach(async () => {
      store = fixture.current().store;
      await store.putClusterEntry(clusterEntryOf());
    });

    it('keeps every field of all that is recorded', async () => {
      await store.writeObjects(recordedBatch(), EPOCH);
      const namespaces = recordedNamespaces().sort(byName);
      expect(await store.namespaces(CLUSTER, 500, 0)).toEqual({ items: namespaces, total: 13 });
      expect(await store.nodesOf(CLUSTER)).toEqual(recordedNodes().sort(byName));
      const pods: KubePod[] = [];
      for (const { id } of namespaces) {
        const workloads = recordedWorkloads().filter((each) => each.namespaceId === id);
        expect(await store.workloads(id, 500, 0)).toEqual({ items: workloads.sort(byName), total: workloads.length });
        pods.push(...(await store.podsOfNamespace(id, 500, 0)).items);
      }
      expect(pods.sort(byName)).toEqual(recordedKubePods().sort(byName));
      expect(pods).toHaveLength(109);
      expect((await store.releases(CLUSTER, null, 500, 0)).items).toEqual([someRelease()]);
    });

    it('finds an object by its id, and nothing for another', async () => {
      await store.writeObjects(recordedBatch(), EPOCH);
      const [namespace, workload, pod] = [recordedNamespaces()[2], recordedWorkloads()[1], recordedKubePods()[40]];
      expect(await store.namespace(namespace?.id ?? '')).toEqual(namespace);
      expect(await store.workload(workload?.id ?? '')).toEqual(workload);
      expect(await store.pod(pod?.id ?? '')).toEqual(pod);
      expect([await store.namespace('x'), await store.workload('x'), await store.pod('x')]).toEqual([null, null, null]);
    });

    it('replaces whole rows, of two with one id in a batch by the last', async () => {
      const batch = recordedBatch();
      await store.writeObjects(batch, EPOCH);
      const [pod] = batch.pods;
      if (pod === undefined) throw new Error('no pod is recorded');
      const changed: KubePod = { ...pod, phase: 'Failed', nodeName: null, reason: 'OOMKilled', containers: [] };
      await store.writeObjects({ clusterId: CLUSTER, ...NO_OBJECTS, pods: [pod, changed] }, EPOCH);
      expect(await store.pod(pod.id)).toEqual(changed);
      expect((await store.podsOfNamespace(pod.namespaceId, 1, 0)).total).toBe(
        batch.pods.filter((each) => each.namespaceId === pod.namespaceId).length,
      );
    });

    it('writes the same again without a change', async () => {
      await store.writeObjects(recordedBatch(), EPOCH);
      const before = await fixture.current().dump();
      await store.writeObjects(recordedBatch(), EPOCH);
      expect(await fixture.current().dump()).toBe(before);
    });

    it('refuses an epoch that is older than one granted or seen, and remembers a younger one', async () => {
      const request = { clusterId: CLUSTER, holder: 'me', holderName: 'here', durationSeconds: 60 };
      const answer = await store.takeLease(request);
      const epoch = answer.kind === 'held' ? answer.lease.epoch : 0;
      await store.writeObjects(recordedBatch(), epoch);
      const before = await fixture.current().dump();
      const none = { namespaces: [], nodes: [], workloads: [], pods: [], releases: [] };
      const gone = { ...none, nodes: recordedNodes().map(({ id }) => id) };
      expect(await failureCodeOf(store.writeObjects(recordedBatch(), epoch - 1))).toBe('conflict');
      expect(await failureCodeOf(store.markGone(CLUSTER, gone, NEW_YEAR, epoch - 1))).toBe('conflict');
      expect(await failureCodeOf(store.putMetrics([metric()], epoch - 1))).toBe('conflict');
      expect(await failureCodeOf(store.putCosts([cost('2026-01-01', 1)], epoch - 1))).toBe('conflict');
      expect(await fixture.current().dump()).toBe(before);
      await store.writeObjects({ clusterId: CLUSTER, ...NO_OBJECTS }, epoch + 3);
      expect(await failureCodeOf(store.writeObjects(recordedBatch(), epoch + 2))).toBe('conflict');
      const window = sampleWindow(NEW_YEAR, [sampleRow()]);
      expect(await failureCodeOf(store.replaceWindow(window, epoch + 2))).toBe('conflict');
    });

    it('lets two doors to the same data write side by side, until one takes the cluster over', async () => {
      await store.writeObjects(recordedBatch(), EPOCH);
      const other = await fixture.current().openAnother();
      try {
        const pods = recordedKubePods();
        const half = (from: number): KubePod[] => pods.filter((_, place) => place % 2 === from);
        const restarted = (of: readonly KubePod[]) => of.map((pod) => ({ ...pod, restartCount: 77 }));
        await Promise.all([
          store.writeObjects({ clusterId: CLUSTER, ...NO_OBJECTS, pods: restarted(half(0)) }, EPOCH),
          other.writeObjects({ clusterId: CLUSTER, ...NO_OBJECTS, pods: restarted(half(1)).reverse() }, EPOCH),
        ]);
        for (const { id } of [pods[0], pods[1], pods[108]] as KubePod[]) {
          expect((await store.pod(id))?.restartCount).toBe(77);
        }
        const request = { clusterId: CLUSTER, holder: 'other', holderName: 'there', durationSeconds: 60 };
        expect(await other.takeLease(request)).toMatchObject({ kind: 'held' });
        expect(await failureCodeOf(store.writeObjects(recordedBatch(), EPOCH))).toBe('conflict');
        expect((await other.pod(pods[0]?.id ?? ''))?.restartCount).toBe(77);
      } finally {
        await other.close();
      }
    });

    it('goes on with what is there after it is opened anew', async () => {
      await store.writeObjects(recordedBatch(), EPOCH);
      await fixture.current().interrupt();
      const again = fixture.current().store;
      expect((await again.namespaces(CLUSTER, 500, 0)).total).toBe(13);
      await again.writeObjects(recordedBatch({ nodes: recordedNodes().slice(0, 3) }), EPOCH);
      expect(await again.nodesOf(CLUSTER)).toHaveLength(12);
    });

    it('refuses what names a parent that is not there, and writes nothing of it', async () => {
      const { namespaces, workloads, pods, nodes } = recordedBatch();
      const before = await fixture.current().dump();
      const of = (part: object) => ({ clusterId: CLUSTER, ...NO_OBJECTS, ...part });
      expect(await failureCodeOf(store.writeObjects(of({ nodes, workloads }), EPOCH))).toBe('bad-input');
      expect(await failureCodeOf(store.writeObjects(of({ releases: [someRelease()] }), EPOCH))).toBe('bad-input');
      expect(await failureCodeOf(store.writeObjects(of({ namespaces, pods }), EPOCH))).toBe('bad-input');
      expect(await failureCodeOf(store.putCosts([cost('2026-01-01', 1)], EPOCH))).toBe('bad-input');
      expect(await failureCodeOf(store.putMetrics([metric()], EPOCH))).toBe('bad-input');
      const elsewhere = {
        ...of({}),
        clusterId: 'nobody',
        nodes: nodes.map((each) => ({ ...each, clusterId: 'nobody' })),
      };
      expect(await failureCodeOf(store.writeObjects(elsewhere, EPOCH))).toBe('bad-input');
      expect(await store.liveIds(CLUSTER)).toMatchObject({ namespaces: [], nodes: [], pods: [] });
      expect((await fixture.current().dump()).length).toBeLessThan(before.length + 1000);
    });

    it('tells what is alive, and says of what is gone since when', async () => {
      const batch = recordedBatch();
      await store.writeObjects(batch, EPOCH);
      const alive = await store.liveIds(CLUSTER);
      const running = batch.pods.filter((pod) => pod.finishedAtSeconds === null).map(({ id }) => id);
      expect([...alive.pods].sort()).toEqual(running.sort());
      expect([...alive.workloads].sort()).toEqual(batch.workloads.map(({ id }) => id).sort());
      expect([alive.namespaces.length, alive.nodes.length, alive.releases.length]).toEqual([13, 12, 1]);
      const [node, workload, pod] = [batch.nodes[0], batch.workloads[0], running[0]];
      const ended = batch.pods.find(({ finishedAtSeconds }) => finishedAtSeconds !== null);
      const at = NEW_YEAR + 600;
      await store.markGone(
        CLUSTER,
        {
          namespaces: [],
          nodes: [node?.id ?? ''],
          workloads: [workload?.id ?? ''],
          pods: [pod ?? '', ended?.id ?? '', 'nobody'],
          releases: alive.releases,
        },
        at,
        EPOCH,
      );
      const after = await store.liveIds(CLUSTER);
      expect(after.nodes).toHaveLength(11);
      expect(after.pods).toHaveLength(running.length - 1);
      expect(after.releases).toEqual([]);
      expect(await store.workload(workload?.id ?? '')).toEqual({
        ...workload,
        deletedAtSeconds: at,
        updatedAtSeconds: at,
      });
      expect(await store.pod(pod ?? '')).toMatchObject({ finishedAtSeconds: at, updatedAtSeconds: at });
      expect(await store.pod(ended?.id ?? '')).toEqual(ended);
      expect((await store.releases(null, null, 9, 0)).total).toBe(0);
      // What comes back is there again.
      await store.writeObjects({ clusterId: CLUSTER, ...NO_OBJECTS, nodes: node === undefined ? [] : [node] }, EPOCH);
      expect((await store.liveIds(CLUSTER)).nodes).toHaveLength(12);
    });

    it('gives pages with the total of all', async () => {
      await store.writeObjects(recordedBatch(), EPOCH);
      const all = (await store.namespaces(CLUSTER, 500, 0)).items;
      expect(await store.namespaces(CLUSTER, 5, 10)).toEqual({ items: all.slice(10), total: 13 });
      expect(await store.namespaces(CLUSTER, 5, 20)).toEqual({ items: [], total: 13 });
      const busiest = all
        .map(({ id }) => ({ id, pods: recordedKubePods().filter((pod) => pod.namespaceId === id).length }))
        .sort((a, b) => b.pods - a.pods)[0];
      const whole = await store.podsOfNamespace(busiest?.id ?? '', 500, 0);
      expect(whole.total).toBe(busiest?.pods);
      const ended = whole.items.findIndex(({ finishedAtSeconds }) => finishedAtSeconds !== null);
      if (ended >= 0) expect(whole.items.slice(ended).every((pod) => pod.finishedAtSeconds !== null)).toBe(true);
      const page = await store.podsOfNamespace(busiest?.id ?? '', 2, 1);
      expect(page).toEqual({ items: whole.items.slice(1, 3), total: busiest?.pods });
      const owner = recordedKubePods().find(({ workloadId }) => workloadId !== null)?.workloadId ?? '';
      const owned = await store.podsOfWorkload(owner, 1, 0);
      expect(owned.total).toBe(recordedKubePods().filter(({ workloadId }) => workloadId === owner).length);
      expect(owned.items).toHaveLength(1);
    });

    it('puts pods in trouble first: crash loops, pending ones, restarts', async () => {
      const [base] = recordedKubePods();
      if (base === undefined) throw new Error('no pod is recorded');
      const pod = (each: string, part: Partial<KubePod>): KubePod => ({
        ...base,
        id: idOf('pod', each),
        uid: idOf('pod', each),
        name: each,
        workloadId: null,
        phase: 'Running',
        status: 'Running',
        restartCount: 0,
        finishedAtSeconds: null,
        ...part,
      });
      const pods = [
        pod('well', {}),
        pod('few', { restartCount: 2 }),
        pod('many', { restartCount: 9 }),
        pod('waiting', { phase: 'Pending', status: 'Pending' }),
        pod('loop', { status: 'CrashLoopBackOff', restartCount: 5 }),
        pod('done', { phase: 'Succeeded', restartCount: 3 }),
        pod('ended', { phase: 'Failed', restartCount: 30, finishedAtSeconds: NEW_YEAR }),
      ];
      await store.writeObjects({ ...recordedBatch({ pods }) }, EPOCH);
      const names = (await store.troubledPods(CLUSTER, 3)).map((each) => each.name);
      expect(names).toEqual(['loop', 'waiting', 'many']);
      expect(await store.troubledPods(CLUSTER, 50)).toHaveLength(4);
      expect(await store.troubledPods(OTHER_CLUSTER, 50)).toEqual([]);
    });

    it('finds releases over clusters and by the name of a namespace', async () => {
      const other = someRelease({ id: idOf('r2'), name: 'api', namespaceId: namespaceId('kube-system') });
      await store.writeObjects(recordedBatch({ releases: [someRelease(), other] }), EPOCH);
      const namesOf = async (cluster: string | null, namespace: string | null): Promise<string[]> =>
        (await store.releases(cluster, namespace, 9, 0)).items.map((each) => each.name);
      expect(await namesOf(null, null)).toEqual(['api', 'shop']);
      expect(await namesOf(CLUSTER, 'kube-system')).toEqual(['api']);
      expect(await namesOf(null, 'nowhere')).toEqual([]);
      expect(await namesOf(OTHER_CLUSTER, null)).toEqual([]);
    });

    it('answers both views', async () => {
      await store.writeObjects(recordedBatch(), EPOCH);
      const deployments = recordedWorkloads().filter(({ kind }) => kind === 'Deployment');
      expect(deployments.length).toBeLessThan(recordedWorkloads().length);
      const healthy = deployments.filter(({ healthStatus }) => healthStatus === 'healthy').length;
      expect(await store.clusterHealthView(CLUSTER)).toEqual({
        cluster_id: CLUSTER,
        cluster_name: 'Production',
        provider: 'eks',
        environment: 'production',
        status: 'active',
        health_status: 'degraded',
        total_nodes: 12,
        healthy_nodes: 11,
        total_deployments: deployments.length,
        healthy_deployments: healthy,
        total_namespaces: 13,
        total_pods: 109,
        cpu_usage_cores: 5.5,
        memory_usage_bytes: 33_000_000_000,
        estimated_monthly_cost: 812.5,
        cost_currency: 'EUR',
        last_sync_at: '2026-01-01T00:00:00Z',
        last_error: 'slow',
      });
      expect(await store.clusterHealthView('nobody')).toBeNull();
      const today = new Date().toISOString().slice(0, 10);
      await store.putCosts([cost(today, null, { totalCost: 12.25 })], EPOCH);
      const view = await store.namespaceCostView(CLUSTER);
      expect(view.map((line) => line.namespace)).toEqual(
        recordedNamespaces()
          .map((each) => each.name)
          .sort(),
      );
      expect(view.find((line) => line.namespace === 'default')).toMatchObject({
        cluster_id: CLUSTER,
        total_cost: 12.25,
        average_daily_cost: 12.25,
        cpu_core_hours: 1.5,
      });
      expect(view.find((line) => line.namespace === 'kube-system')).toMatchObject({ total_cost: null });
      expect(await store.namespaceCostView(OTHER_CLUSTER)).toEqual([]);
    });

    it('keeps a running pod however old, and removes one that ended long ago', async () => {
      const [base] = recordedKubePods();
      if (base === undefined) throw new Error('no pod is recorded');
      const old = { ...base, workloadId: null, createdAtSeconds: NEW_YEAR - 400 * DAY, startedAtSeconds: null };
      const running: KubePod = { ...old, id: idOf('old'), uid: idOf('old'), finishedAtSeconds: null };
      // In a month of its own, which goes as a whole where months are kept apart.
      const born = NEW_YEAR - 450 * DAY;
      const gone = {
        ...old,
        id: idOf('gone'),
        uid: idOf('gone'),
        createdAtSeconds: born,
        finishedAtSeconds: born + 60,
      };
      const recent = { ...old, id: idOf('recent'), uid: idOf('recent'), finishedAtSeconds: NEW_YEAR - DAY };
      await store.writeObjects(recordedBatch({ pods: [running, gone, recent] }), EPOCH);
      await store.maintain(DEFAULT_RETENTION, NEW_YEAR);
      expect(await store.pod(running.id)).toEqual(running);
      expect(await store.pod(gone.id)).toBeNull();
      expect(await store.pod(recent.id)).toEqual(recent);
      // The month that went is made again for who comes late.
      await store.writeObjects({ clusterId: CLUSTER, ...NO_OBJECTS, pods: [gone] }, EPOCH);
      expect(await store.pod(gone.id)).toEqual(gone);
    });

    it('removes everything of a cluster with it, results too', async () => {
      await store.writeObjects(recordedBatch(), EPOCH);
      await store.putMetrics([metric()], EPOCH);
      await store.putCosts([cost('2026-01-01', null)], EPOCH);
      await store.putBudget(BUDGET);
      await store.putBudget({ ...BUDGET, id: idOf('all'), name: 'All', clusterId: null });
      await store.raiseAlert(ALERT);
      await store.addHealthChange({ clusterId: CLUSTER, atSeconds: NEW_YEAR, status: 'healthy', reasons: [] });
      await store.replaceWindow(sampleWindow(NEW_YEAR, [sampleRow()]), EPOCH);
      await store.deleteClusterEntry(CLUSTER);
      expect(await store.clusterEntry(CLUSTER)).toBeNull();
      expect(await store.listClusters()).toEqual([]);
      expect(Object.values(await store.liveIds(CLUSTER)).flat()).toEqual([]);
      expect(await store.pod(recordedKubePods()[0]?.id ?? '')).toBeNull();
      expect(await store.metrics('namespace', namespaceId('default'), always, 9)).toEqual([]);
      expect(await store.costs(namespaceId('default'), always, 'day', 9)).toEqual([]);
      expect((await store.budgets()).map((each) => each.name)).toEqual(['All']);
      expect(await store.alerts(9)).toEqual([]);
      expect(await store.healthHistory(CLUSTER, always, 9)).toEqual([]);
      expect(await store.firstEntry(CLUSTER)).toBeNull();
    });
  });
}
