import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_KUBERNETES_RETENTION } from '../../../../src/model/kubernetes-retention.ts';
import { pruneKubernetes as pruneElasticsearch } from '../../../../src/storage/elasticsearch/prune-kubernetes.ts';
import { listMonths } from '../../../../src/storage/postgres/kubernetes-months.ts';
import { partitionName } from '../../../../src/storage/postgres/partitions.ts';
import { pruneKubernetes as prunePostgres } from '../../../../src/storage/postgres/prune-kubernetes.ts';
import { pruneKubernetes as pruneSqlite } from '../../../../src/storage/sqlite/prune-kubernetes.ts';
import { needs } from '../../../setup/programs.ts';
import { type KubernetesIndices, newKubernetesIndices } from './kubernetes-indices.ts';
import { newPostgresSchema, newSqlite, type PostgresSchema } from './kubernetes-stores.ts';
import { at, cluster, NOW } from './many-rows.ts';
import type { Content, Row } from './stored-rows.ts';

const DAY = 86_400;
const KEPT_PODS = ['march-runs', 'may-late', 'may-limit', 'now-finished'];
const KEPT_METRICS = ['c1 8', 'p 6', 'w 80'];

const pod = (id: string, createdDays: number, finishedDays: number | null): Row => ({
  id,
  cluster_id: 'c1',
  namespace_id: 'n',
  name: id,
  pod_uid: id,
  phase: finishedDays === null ? 'Running' : 'Succeeded',
  created_at: at(NOW - createdDays * DAY),
  finished_at: finishedDays === null ? null : at(NOW - finishedDays * DAY),
  updated_at: at(NOW),
});

const metric = (type: string, object: string, days: number): Row => ({
  cluster_id: 'c1',
  resource_type: type,
  object_id: object,
  pod_id: type === 'pod' ? object : null,
  node_id: type === 'node' ? object : null,
  cpu_usage_cores: days,
  collected_at: at(NOW - days * DAY),
});

/** As of 2026-11-21: February has pods that are over only, March one that still runs, May one that ended late. */
function pods(): Content {
  const made = { cluster_id: 'c1', created_at: at(NOW), updated_at: at(NOW) };
  return [
    ['k8s_clusters', [cluster(1)]],
    ['k8s_namespaces', [{ id: 'n', name: 'n', ...made }]],
    ['k8s_nodes', [{ id: 'w', name: 'w', ...made }]],
    [
      'k8s_pods',
      [
        pod('february-a', 280, 270),
        pod('february-b', 275, 91),
        pod('march-runs', 250, null),
        pod('march-over', 250, 240),
        pod('may-late', 190, 5),
        pod('may-limit', 190, 90),
        pod('may-over', 190, 120),
        pod('now-finished', 2, 1),
      ],
    ],
    [
      'k8s_resource_metrics',
      [
        metric('cluster', 'c1', 150),
        metric('cluster', 'c1', 100),
        metric('cluster', 'c1', 8),
        metric('node', 'w', 91),
        metric('node', 'w', 80),
        metric('pod', 'p', 8),
        metric('pod', 'p', 6),
      ],
    ],
  ];
}

const PODS = 'SELECT id FROM k8s_pods ORDER BY id';
const METRICS = `SELECT object_id || ' ' || CAST(CAST(cpu_usage_cores AS INTEGER) AS text) AS id FROM k8s_resource_metrics
  ORDER BY collected_at, object_id`;

describe('on SQLite', () => {
  it('finished pods and old metrics go step by step, and pods that run stay', async () => {
    const database = await newSqlite(pods());
    const removed: number[] = [];
    do removed.push(pruneSqlite(database, DEFAULT_KUBERNETES_RETENTION, NOW));
    while (removed.at(-1) !== 0);
    expect(removed.reduce((sum, step) => sum + step)).toBe(8);
    expect(database.prepare(PODS).pluck().all()).toEqual(KEPT_PODS);
    expect(database.prepare(METRICS).pluck().all().sort()).toEqual(KEPT_METRICS);
    database.close();
  });
});

describe.runIf(needs('postgres'))('on PostgreSQL', () => {
  let store: PostgresSchema;
  beforeEach(async () => {
    store = await newPostgresSchema();
    await store.fill(pods(), NOW);
  });
  afterEach(() => store.remove());
  const idsOf = async (question: string): Promise<string[]> =>
    (await store.client.query<{ id: string }>(question)).rows.map(({ id }) => id);
  const monthsOf = async (table: 'k8s_pods' | 'k8s_resource_metrics'): Promise<string[]> =>
    (await listMonths(store.session, table)).map((month) => partitionName(table, month));

  it('there are months for what came, and three ahead', async () => {
    expect(await monthsOf('k8s_pods')).toEqual(
      ['2026_02', '2026_03', '2026_05', '2026_11', '2026_12', '2027_01', '2027_02'].map((m) => `k8s_pods_${m}`),
    );
  });

  it('a month goes whole where all its pods are over, else row by row; pods that run stay', async () => {
    const pruned = await prunePostgres(store.session, DEFAULT_KUBERNETES_RETENTION, NOW);
    expect(pruned).toEqual({
      droppedPartitions: ['k8s_pods_2026_02', 'k8s_resource_metrics_2026_06'],
      removedPods: 2,
      removedMetrics: 3,
    });
    expect(await idsOf(PODS)).toEqual(KEPT_PODS);
    expect((await idsOf(METRICS)).sort()).toEqual(KEPT_METRICS);
    expect(await monthsOf('k8s_pods')).toContain('k8s_pods_2027_02');
    const again = await prunePostgres(store.session, DEFAULT_KUBERNETES_RETENTION, NOW);
    expect(again).toEqual({ droppedPartitions: [], removedPods: 0, removedMetrics: 0 });
  });

  it('a month stays where a pod comes to it while it is looked at', async () => {
    const other = await store.another();
    await other.query('BEGIN');
    await other.query(
      `INSERT INTO k8s_pods (id, cluster_id, namespace_id, name, pod_uid, phase, created_at, updated_at)
       VALUES ('late', 'c1', 'n', 'late', 'late', 'Running', $1, $1)`,
      [at(NOW - 280 * DAY)],
    );
    const pruning = prunePostgres(store.session, DEFAULT_KUBERNETES_RETENTION, NOW);
    const waits = async (): Promise<void> => {
      const { rowCount } = await other.query(
        "SELECT 1 FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock'",
      );
      if (rowCount === 0) await waits();
    };
    await waits();
    await other.query('COMMIT');
    expect((await pruning).droppedPartitions).not.toContain('k8s_pods_2026_02');
    expect(await idsOf(PODS)).toEqual(['late', ...KEPT_PODS].sort());
    await other.end();
  });
});

describe.runIf(needs('elasticsearch'))('on Elasticsearch', () => {
  let store: KubernetesIndices;
  beforeAll(async () => {
    store = await newKubernetesIndices();
  });
  afterAll(() => store.remove());

  it('a month goes whole where all its pods are over, else one by one; pods that run stay', async () => {
    await store.fill(pods());
    const pruned = await pruneElasticsearch(store.requests, store.names, DEFAULT_KUBERNETES_RETENTION, NOW);
    expect(pruned).toEqual({
      droppedIndices: [
        store.names.of('k8s-pods', NOW - 280 * DAY),
        store.names.of('k8s-resource-metrics', NOW - 150 * DAY),
      ],
      removedPods: 2,
      removedMetrics: 3,
    });
    expect(await store.idsOf('k8s-pods')).toEqual(KEPT_PODS);
    expect(await store.idsOf('k8s-resource-metrics')).toEqual(
      [`c1 ${at(NOW - 8 * DAY)}`, `p ${at(NOW - 6 * DAY)}`, `w ${at(NOW - 80 * DAY)}`].sort(),
    );
    const again = await pruneElasticsearch(store.requests, store.names, DEFAULT_KUBERNETES_RETENTION, NOW);
    expect(again).toEqual({ droppedIndices: [], removedPods: 0, removedMetrics: 0 });
  });
});
