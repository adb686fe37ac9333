import { afterEach, describe, expect, test } from 'vitest';
import type { RawObject } from '../../fakes/kubernetes/recordings.ts';
import { recording } from '../../fakes/kubernetes/recordings.ts';
import type { StubAnswer, StubOptions, StubRequest } from '../../fakes/kubernetes/stub-api-server.ts';
import { expiredContinue, StubObjects } from '../../fakes/kubernetes/stub-objects.ts';
import { CHOICES, syncedCluster, until } from '../../fakes/kubernetes/synced-cluster.ts';

type Cluster = Awaited<ReturnType<typeof syncedCluster>>;
type Trouble = NonNullable<StubOptions['answer']>;
let open: Cluster | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});

const PODS = '/api/v1/pods';

/** A followed cluster whose API server can be given trouble and be well again. */
async function troubled(options: Parameters<typeof syncedCluster>[0] = {}) {
  const trouble: { answer: Trouble | null } = { answer: null };
  const cluster = await syncedCluster({ ...options, answer: (request) => trouble.answer?.(request) });
  open = cluster;
  cluster.workers.start('stub');
  const isRead = () => entry(cluster)?.lastSyncAtSeconds != null && cluster.store.kubernetes.pods.size === 109;
  await until('the whole cluster is read and judged', isRead, 30_000);
  return { cluster, trouble };
}

const writes = ({ workers }: Cluster) => workers.status()[0]?.counts.writes ?? 0;
const lastError = ({ workers }: Cluster) => workers.status()[0]?.lastError ?? null;
const entry = ({ store, clusterId }: Cluster) => store.entries.get(clusterId);

/** A pod that comes while there is trouble, and must be known after it. */
function newPod({ objects }: Cluster, name: string): string {
  const [first] = objects.items(PODS);
  if (first === undefined) throw new Error('there are no pods');
  const uid = `uid-of-${name}`;
  const object = { ...first, metadata: { ...(first.metadata as RawObject), name, uid } };
  objects.happen(PODS, { type: 'ADDED', object });
  return uid;
}

/** A pod that goes while there is trouble; answers its UID. */
function losePod({ objects }: Cluster): string {
  const [first] = objects.items(PODS);
  if (first === undefined) throw new Error('there are no pods');
  objects.happen(PODS, { type: 'DELETED', object: first });
  return (first.metadata as { uid: string }).uid;
}

/** It is well again: what came meanwhile is stored, nothing twice, over one pool of connections. */
async function isWell(cluster: Cluster, uid: string): Promise<void> {
  await until('what came meanwhile is stored', () => cluster.store.kubernetes.pods.has(uid));
  await until('the error is gone', () => lastError(cluster) === null && entry(cluster)?.lastError === null);
  const pods = [...cluster.store.kubernetes.pods.values()].filter(
    ({ finishedAtSeconds }) => finishedAtSeconds === null,
  );
  expect(new Set(pods.map(({ namespaceId, name }) => `${namespaceId}/${name}`)).size).toBe(pods.length);
  expect(cluster.store.kubernetes.pods.size).toBe(110);
  await until('each resource is watched once', () => cluster.objects.watching === 15);
}

const failing =
  (status: number, body: unknown, headers: Record<string, string> = {}): Trouble =>
  (): StubAnswer => ({ status, body, headers });

describe('a followed cluster', () => {
  test('is judged critical while its API server is cut for 6 minutes, and healthy as before afterwards', async () => {
    const { cluster, trouble } = await troubled();
    const before = entry(cluster)?.healthStatus;
    trouble.answer = () => 'cut';
    cluster.objects.breakWatches();
    const uid = newPod(cluster, 'came-meanwhile');
    await until('it says so', () => /127\.0\.0\.1/.test(lastError(cluster) ?? ''));
    await until('it is critical', () => entry(cluster)?.healthStatus === 'critical', 30_000);
    expect(cluster.store.healthChanges.at(-1)?.reasons.map(({ code }) => code)).toContain('unreachable');
    expect(cluster.store.kubernetes.pods.size).toBe(109);
    trouble.answer = null;
    await isWell(cluster, uid);
    await until('it is judged anew', () => entry(cluster)?.healthStatus === before);
  });

  test.each([
    ['500', failing(500, 'internal error')],
    ['503 of a gateway', failing(503, '<html>unavailable</html>')],
    ['429 with Retry-After', failing(429, 'slow down', { 'retry-after': '2' })],
    ['an expired token', failing(401, recording('status-401-expired-jwt'))],
  ])('recovers from %s', async (_, answer) => {
    const { cluster, trouble } = await troubled();
    trouble.answer = answer;
    cluster.objects.breakWatches();
    const uid = newPod(cluster, 'came-meanwhile');
    await until('it says so', () => lastError(cluster) !== null);
    trouble.answer = null;
    await isWell(cluster, uid);
  });

  test('reads its credentials anew at the first refusal, also while others use the old ones', async () => {
    const { cluster } = await troubled({ factor: 20 });
    const other = await cluster.source.connect('stub', CHOICES.connect);
    const before = cluster.server.requests.length;
    await cluster.changeToken('fresh');
    cluster.objects.breakWatches();
    const uid = newPod(cluster, 'came-meanwhile');
    await until('it is back', () => cluster.objects.watching === 15 && cluster.store.kubernetes.pods.has(uid), 20_000);
    // Each watch was refused about once: nobody waited for more refusals.
    const refused = cluster.server.requests
      .slice(before)
      .filter(({ headers }) => headers.authorization === 'Bearer right');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(2 * 17);
    await other.close();
  });

  test('does not ask without end where fresh credentials are refused too', async () => {
    const { cluster, trouble } = await troubled();
    trouble.answer = failing(401, recording('status-401-expired-jwt'));
    cluster.objects.breakWatches();
    await until('it says so', () => lastError(cluster) !== null);
    const before = cluster.server.requests.length;
    const later = cluster.time.nowSeconds() + 120;
    await until('two minutes go by', () => cluster.time.nowSeconds() > later);
    expect(cluster.server.requests.length - before).toBeLessThan(100);
    trouble.answer = null;
    await until('it is back', () => cluster.objects.watching === 15);
  });

  test('watches again where the server closes watches, from where they ended and without a new list', async () => {
    const { cluster } = await troubled();
    const lists = () => cluster.server.requests.filter(({ query }) => query.get('watch') !== 'true').length;
    const before = lists();
    for (let round = 0; round < 3; round += 1) {
      cluster.objects.closeWatches();
      await until('all watches are back', () => cluster.objects.watching === 15);
    }
    const uid = newPod(cluster, 'came-meanwhile');
    await isWell(cluster, uid);
    expect(lists()).toBe(before);
    // Watches that end in good order leave their connections to the next ones.
    expect(cluster.server.connectionCount()).toBeLessThanOrEqual(24);
  });

  test('lists again after 410, and drops what has gone meanwhile', async () => {
    const { cluster } = await troubled();
    cluster.objects.breakWatches();
    const lost = losePod(cluster);
    const uid = newPod(cluster, 'came-meanwhile');
    cluster.objects.compact();
    await isWell(cluster, uid).catch(() => undefined);
    await until('it is found gone', () => cluster.store.kubernetes.pods.get(lost)?.finishedAtSeconds !== null);
    expect(cluster.store.kubernetes.pods.has(uid)).toBe(true);
  });

  test('begins a list anew where its continue token has expired', async () => {
    const objects = new StubObjects();
    objects.pageSize = 40;
    let refusals = 0;
    const answer = (request: StubRequest) => {
      if (request.path !== PODS || request.query.get('continue') === null || refusals > 0) return undefined;
      refusals += 1;
      return expiredContinue();
    };
    const cluster = await syncedCluster({ objects, answer });
    open = cluster;
    cluster.workers.start('stub');
    await until('all pods are stored', () => cluster.store.kubernetes.pods.size === 109);
    expect(refusals).toBe(1);
  });

  test('waits for an API server that takes its time', async () => {
    const cluster = await syncedCluster({ factor: 20 });
    open = cluster;
    cluster.objects.delayMilliseconds = 250;
    cluster.workers.start('stub');
    await until('all pods are stored', () => cluster.store.kubernetes.pods.size === 109);
    expect(lastError(cluster)).toBeNull();
  });

  test('polls where it may not watch, and says which right is missing', async () => {
    const cluster = await syncedCluster({ forbidden: ['watch pods'] });
    open = cluster;
    cluster.workers.start('stub');
    await until('the first writing', () => writes(cluster) > 0);
    const uid = newPod(cluster, 'came-meanwhile');
    await until('a poll brings it', () => cluster.store.kubernetes.pods.has(uid));
    const [notice] = cluster.workers.missingRights(cluster.clusterId);
    expect(notice).toMatchObject({ code: 'sync-forbidden-watch-pods' });
    expect(notice?.hint).toContain('    resources: ["pods"]\n    verbs: ["watch"]');
    expect(lastError(cluster)).toBeNull();
  });

  test('goes on without what may not be read: releases skipped, parents made up', async () => {
    const cluster = await syncedCluster({ forbidden: ['secrets', 'namespaces', 'deployments', 'replicasets'] });
    open = cluster;
    cluster.workers.start('stub');
    await until('all pods are stored', () => cluster.store.kubernetes.pods.size === 109);
    const codes = cluster.workers.missingRights(cluster.clusterId).map(({ code }) => code);
    expect(codes.sort()).toEqual([
      'sync-forbidden-list-deployments',
      'sync-forbidden-list-namespaces',
      'sync-forbidden-list-replicasets',
      'sync-forbidden-list-secrets',
    ]);
    expect(cluster.store.kubernetes.releases.size).toBe(0);
    const kinds = new Set([...cluster.store.kubernetes.workloads.values()].map(({ kind }) => kind));
    expect(kinds).toContain('Deployment');
    expect(cluster.store.kubernetes.namespaces.size).toBeGreaterThan(5);
  });

  test('stands back where another Podwatt has it, and writes nothing', async () => {
    const cluster = await syncedCluster();
    open = cluster;
    cluster.leases.refused = true;
    cluster.workers.start('stub');
    await until('it stands back', () => cluster.workers.status()[0]?.clusters[0]?.state === 'held elsewhere');
    expect(cluster.store.kubernetes.pods.size).toBe(0);
    cluster.leases.refused = false;
    await until('it takes over', () => cluster.store.kubernetes.pods.size === 109);
  });

  test('keeps what it could not write while the store was away', async () => {
    const { cluster } = await troubled();
    cluster.store.isAway = true;
    const lost = losePod(cluster);
    const uid = newPod(cluster, 'came-meanwhile');
    await new Promise((done) => setTimeout(done, 700));
    expect(cluster.store.kubernetes.pods.has(uid)).toBe(false);
    cluster.store.isAway = false;
    await until('it is written', () => cluster.store.kubernetes.pods.has(uid));
    await until('the end is written', () => cluster.store.kubernetes.pods.get(lost)?.finishedAtSeconds !== null);
  });

  test('lists everything again when it is asked to', async () => {
    const { cluster } = await troubled();
    const lists = () => cluster.server.requests.filter(({ query }) => query.get('watch') !== 'true').length;
    const before = lists();
    await cluster.workers.syncNow(cluster.clusterId);
    await until('all is listed', () => lists() >= before + 15);
    await expect(cluster.workers.syncNow('nobody')).rejects.toMatchObject({ code: 'conflict' });
  });
});

test('a dead cluster delays no other', async () => {
  const cluster = await syncedCluster();
  open = cluster;
  const dead = await syncedCluster({ answer: () => 'hang' });
  try {
    const directory = {
      hasFeed: async () => true,
      connect: (name: string, options: Parameters<typeof cluster.source.connect>[1]) =>
        (name === 'stub' ? cluster : dead).source.connect('stub', options),
    };
    const { SyncWorkers } = await import('../../../src/backend/sync/sync-workers.ts');
    const workers = new SyncWorkers({ ...cluster.deps, directory });
    workers.start('dead');
    workers.start('stub');
    await until('the other one is stored', () => cluster.store.kubernetes.pods.size === 109);
    await workers.stopAll();
  } finally {
    await dead.close();
  }
});
