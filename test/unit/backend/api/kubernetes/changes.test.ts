import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  cluster as clusterOf,
  preview,
  register,
  removal,
  remove,
  syncNow,
  update,
} from '../../../../../src/backend/api/kubernetes/clusters.ts';
import { workersStatus } from '../../../../../src/backend/api/kubernetes/workers.ts';
import { RegisterInput } from '../../../../../src/contract/schemas/kubernetes/clusters.ts';
import type { SyncDesk, WorkerState } from '../../../../../src/core/ports/sync-desk.ts';
import { Failure } from '../../../../../src/model/failure.ts';
import {
  AT,
  clusterEntry,
  costRow,
  fillSmallCluster,
  kubeNode,
  kubePod,
  kubeWorkload,
} from '../../../../fakes/backend/kube-objects.ts';
import { type TestBackend, testBackend } from '../../../../fakes/backend/test-backend.ts';
import { pasted, registryBench, TOKEN } from '../../registry/registry-bench.ts';

/** Operations of the registry over a bench of it; `synced`: what was asked of the sync. */
function desk(options: Parameters<typeof registryBench>[0] = {}) {
  const bench = registryBench(options);
  const synced: string[] = [];
  let refusal: Failure | null = null;
  const sync: SyncDesk = {
    syncNow: async (id) => {
      if (refusal !== null) throw refusal;
      synced.push(id);
    },
    status: () => [],
    missingRights: () => [],
  };
  const deps = { kubernetes: bench.store, registry: bench.registry, sync, clock: bench.time };
  const refuseSync = (failure: Failure) => {
    refusal = failure;
  };
  return { ...bench, deps, synced, refuseSync };
}
const input = (part: object = {}) => RegisterInput.parse({ name: 'shop', kubeconfig: pasted(), ...part });

describe('registering over the API', () => {
  test('answers the cluster, without its kubeconfig in clear or sealed', async () => {
    const { deps } = desk();
    const answer = await register(input({ description: ' The shop ', tags: ['web'] }), deps, undefined);
    expect(answer).toMatchObject({
      name: 'shop',
      description: 'The shop',
      origin: 'registered',
      status: 'active',
      health_status: 'unknown',
      tags: ['web'],
      total_nodes: null,
      last_sync_at: null,
    });
    expect(JSON.stringify(answer)).not.toMatch(new RegExp(`${TOKEN}|e1\\.`));
    expect(await clusterOf(answer.id, deps)).toEqual(answer);
  });

  test('the same cluster twice is a conflict that names the first, whatever name it is given', async () => {
    const { deps, store } = desk();
    await register(input(), deps, undefined);
    for (const name of ['shop', 'shop again']) {
      const error = { code: 'conflict', message: expect.stringContaining('shop') };
      await expect(register(input({ name }), deps, undefined)).rejects.toMatchObject(error);
    }
    expect((await store.clusterEntries({ limit: 10, offset: 0 })).total).toBe(1);
  });

  test('two at once end with one cluster or a conflict, never with two', async () => {
    const { deps, store } = desk();
    const results = await Promise.allSettled([
      register(input(), deps, undefined),
      register(input({ name: 'other' }), deps, undefined),
    ]);
    expect(results.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect((await store.clusterEntries({ limit: 10, offset: 0 })).total).toBe(1);
  });

  test('a preview keeps nothing and connects to nothing', async () => {
    const { deps, connected, store } = desk();
    const { contexts } = await preview({ kubeconfig: pasted() }, deps);
    expect(contexts.map(({ name, is_current }) => [name, is_current])).toEqual([['shop-admin', true]]);
    expect([connected, (await store.clusterEntries({ limit: 1, offset: 0 })).total]).toEqual([[], 0]);
  });

  test.each([
    [{ name: '  ' }, 'name must not be empty'],
    [{ name: 'x'.repeat(101) }, '100 characters'],
    [{ kubeconfig: '' }, 'kubeconfig takes the text'],
    [{ kubeconfig: 'x'.repeat(500_001) }, 'larger than 500,000'],
    [{ tags: Array.from({ length: 51 }, () => 'x') }, '50 words'],
    [{ environment: 'moon' }, ''],
  ])('%j is refused before anything is opened', (part, words) => {
    const parsed = RegisterInput.safeParse({ name: 'shop', kubeconfig: 'x', ...part });
    expect(parsed.success).toBe(false);
    expect(parsed.error?.issues.map(({ message }) => message).join()).toContain(words);
  });
});

describe('changing over the API', () => {
  test('changes what is given and nothing else; an empty description is none', async () => {
    const { deps } = desk();
    const before = await register(input({ description: 'old', tags: ['web'] }), deps, undefined);
    const named = await update({ id: before.id, name: 'shop-eu' }, deps);
    expect(named).toEqual({ ...before, name: 'shop-eu', updated_at: named.updated_at });
    expect((await update({ id: before.id, description: '' }, deps)).description).toBeNull();
    expect((await update({ id: before.id, environment: 'staging', tags: [] }, deps)).tags).toEqual([]);
    expect((await update({ id: before.id, environment: null }, deps)).environment).toBeNull();
  });

  test('paused: it is not synced, and what was read stays', async () => {
    const { deps, synced, collecting } = desk();
    const { id } = await register(input(), deps, undefined);
    await update({ id, status: 'paused' }, deps);
    await expect(syncNow(id, deps)).rejects.toMatchObject({
      code: 'conflict',
      message: 'The cluster "shop" is paused',
    });
    expect([synced, collecting.get('shop-admin')]).toEqual([[], false]);
    await update({ id, status: 'active' }, deps);
    expect(await syncNow(id, deps)).toMatchObject({ cluster_id: id, message: 'The sync of "shop" has begun' });
    expect([synced, collecting.get('shop-admin')]).toEqual([[id], true]);
  });

  test('a cluster that is known to be out of reach is told, not begun', async () => {
    const { deps, refuseSync } = desk();
    const { id } = await register(input(), deps, undefined);
    refuseSync(new Failure('unreachable', 'It does not answer'));
    await expect(syncNow(id, deps)).rejects.toMatchObject({ code: 'unreachable' });
  });

  test('a removal says what goes and stays; afterwards it is not there, and its context neither', async () => {
    const { deps, contexts } = desk();
    const { id } = await register(input(), deps, undefined);
    const words = await removal(id, deps);
    expect(words.removes.length).toBeGreaterThan(1);
    expect(words.keeps.join()).toContain('nothing is changed in Kubernetes');
    await remove(id, deps);
    await expect(removal(id, deps)).rejects.toMatchObject({ code: 'not-found' });
    expect((await contexts.list()).contexts).toEqual([]);
    expect((await register(input(), deps, undefined)).id).toBe(id);
  });
});

describe('workers', () => {
  const worker = (part: Partial<WorkerState>): WorkerState => ({
    name: 'cost',
    isRunning: true,
    intervalSeconds: 300,
    lastRunAtSeconds: null,
    lastError: null,
    counts: {},
    clusters: [],
    ...part,
  });

  test('come from the sync and the others, with times to the second or none', () => {
    const sync = { status: () => [worker({ name: 'sync', lastRunAtSeconds: AT + 0.9 })] } as unknown as SyncDesk;
    const cluster = { clusterId: 'c1', state: 'waiting', lastRunAtSeconds: AT, lastError: 'It does not answer' };
    const cost = worker({ isRunning: false, counts: { rows: 3 }, clusters: [cluster], lastError: 'no store' });
    expect(workersStatus({ sync, workers: [() => [cost], () => []] }).workers).toEqual([
      expect.objectContaining({ name: 'sync', last_run_at: '2026-03-11T09:00:00Z' }),
      {
        name: 'cost',
        running: false,
        interval_seconds: 300,
        last_run_at: null,
        last_error: 'no store',
        counts: { rows: 3 },
        clusters: [
          {
            cluster_id: 'c1',
            state: 'waiting',
            last_run_at: '2026-03-11T09:00:00Z',
            last_error: 'It does not answer',
          },
        ],
      },
    ]);
  });
});

describe('over the whole backend', () => {
  let bench: TestBackend;
  beforeEach(async () => {
    bench = await testBackend();
    await fillSmallCluster(bench.store);
  });
  afterEach(() => bench.backend.stop());

  test('a store that is away is 503 in every operation of a cluster', async () => {
    const { k8s } = bench.client;
    bench.store.clusterEntry = async () => {
      throw new Failure('store-away', 'The store can not be reached');
    };
    for (const call of [k8s.cluster, k8s.health, k8s.namespaces, k8s.nodes, k8s.workloads, k8s.sync]) {
      await expect((call as (input: { id: string }) => Promise<unknown>)({ id: 'c1' })).rejects.toMatchObject({
        status: 503,
        data: { failure: 'store-away' },
      });
    }
  });

  test('an error that nobody foresaw tells nothing of itself', async () => {
    bench.store.clusterEntry = async () => {
      throw new Error(`SELECT * FROM k8s_clusters WHERE secret = '${TOKEN}'`);
    };
    const error = await bench.client.k8s.cluster({ id: 'c1' }).catch((caught: unknown) => caught);
    expect(JSON.stringify([error, (error as Error).message])).not.toContain(TOKEN);
    expect(error).toMatchObject({ status: 500 });
  });

  test('costs by day and month add up to the same', async () => {
    const days = [
      costRow({ id: 'd1', date: '2026-03-09', hour: null, totalCost: 1.5 }),
      costRow({ id: 'd2', date: '2026-03-10', hour: null, totalCost: 2.25 }),
    ];
    await bench.store.putCosts(days, 1);
    const range = { id: 'n1', start: '2026-03-01T00:00:00Z', end: '2026-04-01T00:00:00Z' };
    const daily = await bench.client.k8s.costs({ ...range, period_type: 'daily' });
    const monthly = await bench.client.k8s.costs({ ...range, period_type: 'monthly' });
    expect(daily.costs.map(({ date, hour }) => [date, hour])).toEqual([
      ['2026-03-09', null],
      ['2026-03-10', null],
    ]);
    expect([daily.total_cost, monthly.total_cost]).toEqual([3.75, 3.75]);
  });

  test('a page beyond the last is empty, and says how many there are', async () => {
    const page = { id: 'c1', limit: 5, offset: 500 };
    const { k8s } = bench.client;
    expect(await k8s.nodes(page)).toEqual({ nodes: [], total: 2, limit: 5, offset: 500 });
    expect(await k8s.namespaces(page)).toEqual({ namespaces: [], total: 1, limit: 5, offset: 500 });
    expect(await k8s.workloads(page)).toMatchObject({ workloads: [], total: 1 });
  });

  test('what is null stays null on the wire: nothing becomes a zero', async () => {
    const unknown = { cpuUsageCores: null, memoryUsageBytes: null, podCount: null, podCapacity: null };
    bench.store.kubernetes.nodes.set('node-1', kubeNode({ ...unknown, conditions: [] }));
    bench.store.kubernetes.pods.set(
      'p1',
      kubePod({ cpuRequestMillicores: null, startedAtSeconds: null, reason: null }),
    );
    const { nodes } = await bench.client.k8s.nodes({ id: 'c1' });
    const node = nodes.find(({ name }) => name === 'node-1');
    expect([node?.cpu_usage_cores, node?.memory_usage_bytes, node?.pod_count, node?.pod_capacity]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(await bench.client.k8s.pod({ id: 'p1' })).toMatchObject({
      cpu_request: null,
      started_at: null,
      reason: null,
    });
  });

  test('workloads of one health are in the order of their names', async () => {
    const { workloads } = bench.store.kubernetes;
    for (const name of ['zeta', 'alpha'])
      workloads.set(name, kubeWorkload({ id: name, name, healthStatus: 'unknown' }));
    const answer = await bench.client.k8s.workloads({ id: 'c1' });
    expect(answer.workloads.map(({ name, health_status }) => [name, health_status])).toEqual([
      ['cart', 'degraded'],
      ['alpha', 'unknown'],
      ['zeta', 'unknown'],
    ]);
  });

  test('a health history upside down is refused; one without changes is empty with its range', async () => {
    const { k8s } = bench.client;
    const upside = { id: 'c1', start: '2026-03-11T00:00:00Z', end: '2026-03-10T00:00:00Z' };
    await expect(k8s.healthHistory(upside)).rejects.toMatchObject({ status: 400 });
    const { changes, period } = await k8s.healthHistory({ id: 'c1' });
    expect(changes).toEqual([]);
    expect(Date.parse(period.end) - Date.parse(period.start)).toBe(30 * 86_400_000);
  });

  test('a cluster that was never synced says so, and is no zero', async () => {
    await bench.store.putClusterEntry(
      clusterEntry({ id: 'c9', name: 'new', lastSyncAtSeconds: null, totalPods: null }),
    );
    expect(await bench.client.k8s.cluster({ id: 'c9' })).toMatchObject({ last_sync_at: null, total_pods: null });
    expect(await bench.client.k8s.health({ id: 'c9' })).toMatchObject({ last_sync_at: null, since: null, reasons: [] });
  });
});
