import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ResultsStore } from '../../../../src/core/ports/results-store.ts';
import type { ElasticsearchSettings } from '../../../../src/core/ports/store-settings.ts';
import { DEFAULT_RETENTION } from '../../../../src/model/retention.ts';
import { openElasticsearchResults } from '../../../../src/storage/elasticsearch/index.ts';
import { openPostgresResults } from '../../../../src/storage/postgres/index.ts';
import { makeKubernetesMonths } from '../../../../src/storage/postgres/kubernetes-months.ts';
import { Session } from '../../../../src/storage/postgres/session.ts';
import { openSqliteResults } from '../../../../src/storage/sqlite/index.ts';
import { needs } from '../../../setup/programs.ts';
import { indicesUnder, newElasticsearchSettings } from './kubernetes-indices.ts';
import { connectTo, newPostgresSettings } from './kubernetes-stores.ts';
import { at, NOW } from './many-rows.ts';
import { type Content, insertIntoPostgres, insertIntoSqlite, type Row } from './stored-rows.ts';

const DAY = 86_400;
/** More than one piece of a removal. */
const FINISHED = 6000;

function twoClusters(): Content {
  const made = { created_at: at(NOW - 120 * DAY), updated_at: at(NOW) };
  const pods = (id: string, count: number, finished: string | null): Row[] =>
    Array.from({ length: count }, (_, place) => ({
      id: `${id}-${finished === null ? 'runs' : place}`,
      cluster_id: id,
      namespace_id: `${id}-n`,
      name: `p${place}`,
      pod_uid: `${id}-${finished === null ? 'runs' : place}`,
      phase: finished === null ? 'Running' : 'Succeeded',
      finished_at: finished,
      ...made,
    }));
  return [
    ['k8s_namespaces', ['c1', 'c2'].map((id) => ({ id: `${id}-n`, cluster_id: id, name: 'n', ...made }))],
    ['k8s_pods', [...pods('c1', FINISHED, at(NOW - 91 * DAY)), ...pods('c1', 1, null), ...pods('c2', 1, null)]],
  ];
}

/** What the pods belong to. */
async function register(store: ResultsStore): Promise<void> {
  for (const id of ['c1', 'c2']) {
    await store.putCluster({
      id,
      name: id,
      contextName: id,
      serverUrl: `https://${id}.example`,
      serverVersion: null,
      provider: null,
      region: null,
      currency: 'EUR',
      nodeCount: null,
      podCount: null,
      createdAtSeconds: NOW,
      updatedAtSeconds: NOW,
      lastSyncAtSeconds: null,
      lastError: null,
    });
  }
}

/** Retention removes what finished, deleting a cluster all of it, and what runs elsewhere stays. */
async function expectUpkeep(store: ResultsStore, podIds: () => Promise<readonly string[]>): Promise<void> {
  expect(await podIds()).toHaveLength(FINISHED + 2);
  await store.maintain(DEFAULT_RETENTION, NOW);
  expect(await podIds()).toEqual(['c1-runs', 'c2-runs']);
  await store.deleteCluster('c1');
  expect(await podIds()).toEqual(['c2-runs']);
  expect((await store.listClusters()).map(({ id }) => id)).toEqual(['c2']);
}

const PODS = 'SELECT id FROM k8s_pods ORDER BY id';

describe('the Kubernetes part in the upkeep of a store', () => {
  it('is heeded on SQLite', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'podwatt-upkeep-'));
    const file = join(folder, 'a.sqlite');
    const store = await openSqliteResults({ file, readers: 1 });
    await register(store);
    const database = new Database(file);
    insertIntoSqlite(database, twoClusters());
    await expectUpkeep(store, async () => database.prepare<[], string>(PODS).pluck().all());
    database.close();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.runIf(needs('postgres'))('is heeded on PostgreSQL', async () => {
    const settings = await newPostgresSettings();
    const store = await openPostgresResults(settings);
    await register(store);
    const client = await connectTo(settings);
    const session = new Session(client);
    await session.transaction(() => makeKubernetesMonths(session, 'k8s_pods', [NOW - 120 * DAY], NOW));
    await insertIntoPostgres(client, twoClusters());
    await expectUpkeep(store, async () => (await client.query<{ id: string }>(PODS)).rows.map(({ id }) => id));
    await store.close();
    await client.query(`DROP SCHEMA ${settings.schema} CASCADE`);
    await client.end();
  });

  describe.runIf(needs('elasticsearch'))('and its server', () => {
    let settings: ElasticsearchSettings;
    // The server's own start is not the test's time.
    beforeAll(async () => {
      settings = await newElasticsearchSettings();
    });

    it('is heeded on Elasticsearch', async () => {
      const store = await openElasticsearchResults(settings);
      await register(store);
      const indices = indicesUnder(settings);
      await indices.fill(twoClusters());
      await expectUpkeep(store, () => indices.idsOf('k8s-pods'));
      await store.close();
      await indices.remove();
    });
  });
});
