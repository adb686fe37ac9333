import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusterHealth } from '../../../../src/storage/elasticsearch/views/cluster-health.ts';
import { namespaceCosts } from '../../../../src/storage/elasticsearch/views/namespace-costs.ts';
import { needs } from '../../../setup/programs.ts';
import { type KubernetesIndices, newKubernetesIndices } from './kubernetes-indices.ts';
import { newPostgresSchema, newSqlite, type PostgresSchema } from './kubernetes-stores.ts';
import { EXPECTED_COSTS, expectedHealth, smallCluster } from './small-cluster.ts';

// Views answer as of now, so the content is placed around it; nothing lies near the border of 30 days.
const NOW = Math.floor(Date.now() / 1000);
const HEALTH = 'SELECT * FROM v_k8s_cluster_health ORDER BY cluster_id';
const COSTS = 'SELECT * FROM v_k8s_namespace_costs ORDER BY namespace_id';

describe('the views on SQLite', () => {
  it('tell health and costs', async () => {
    const database = await newSqlite(smallCluster(NOW));
    expect(database.prepare(HEALTH).all()).toEqual(expectedHealth(NOW));
    expect(database.prepare(COSTS).all()).toEqual(EXPECTED_COSTS);
    database.close();
  });
});

describe.runIf(needs('postgres'))('the views on PostgreSQL', () => {
  let store: PostgresSchema;
  beforeAll(async () => {
    store = await newPostgresSchema();
    await store.fill(smallCluster(NOW), NOW);
  });
  afterAll(() => store.remove());

  it('tell health and costs', async () => {
    expect((await store.client.query(HEALTH)).rows).toEqual(expectedHealth(NOW));
    expect((await store.client.query(COSTS)).rows).toEqual(EXPECTED_COSTS);
  });
});

describe.runIf(needs('elasticsearch'))('the same questions on Elasticsearch', () => {
  let store: KubernetesIndices;
  beforeAll(async () => {
    store = await newKubernetesIndices();
  });
  afterAll(() => store.remove());

  it('find nothing where nothing is', async () => {
    expect(await clusterHealth(store.requests, store.names)).toEqual([]);
    expect(await namespaceCosts(store.requests, store.names, NOW)).toEqual([]);
  });

  it('tell health and costs', async () => {
    await store.fill(smallCluster(NOW));
    expect(await clusterHealth(store.requests, store.names)).toEqual(expectedHealth(NOW));
    expect(await namespaceCosts(store.requests, store.names, NOW)).toEqual(EXPECTED_COSTS);
  });
});
