import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migratePostgres, migrateDown as postgresDown } from '../../../../src/storage/postgres/migrate.ts';
import { migrate, migrateDown as sqliteDown } from '../../../../src/storage/sqlite/migrate.ts';
import { MIGRATIONS } from '../../../../src/storage/sqlite/migrations/index.ts';
import { needs } from '../../../setup/programs.ts';
import { newPostgresSchema, newSqlite, type PostgresSchema } from './kubernetes-stores.ts';
import { cluster, manyRows, NOW } from './many-rows.ts';
import { refusedRows } from './refused-rows.ts';
import { insertIntoPostgres, insertIntoSqlite } from './stored-rows.ts';

const TABLES = [
  'k8s_namespaces',
  'k8s_nodes',
  'k8s_deployments',
  'k8s_pods',
  'k8s_resource_metrics',
  'k8s_helm_releases',
  'k8s_cost_attribution',
];
const EVERY_TABLE = ['k8s_clusters', ...TABLES];

describe('the Kubernetes part on SQLite', () => {
  let folder = '';
  let database: Database.Database;
  const schemaOf = (): unknown[] =>
    database.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').all();
  const count = (table: string): unknown => database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'podwatt-schema-'));
    database = await newSqlite([], join(folder, 'a.sqlite'));
  });
  afterEach(() => {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is the same after up, down, up, and down leaves none of it but the clusters', async () => {
    insertIntoSqlite(database, manyRows());
    const before = schemaOf();
    sqliteDown(database, 2, MIGRATIONS);
    const left = database.prepare<[], string>("SELECT name FROM sqlite_schema WHERE name LIKE '%k8s%'").pluck().all();
    expect(left).toEqual(['k8s_clusters', 'sqlite_autoindex_k8s_clusters_1']);
    expect(count('k8s_clusters')).toBe(1000);
    expect(() => sqliteDown(database, 1, MIGRATIONS)).toThrow(/can't be taken back/);
    await migrate(database, MIGRATIONS, 1);
    expect(schemaOf()).toEqual(before);
    expect(count('k8s_pods')).toBe(0);
  });

  it('refuses what can not be true', () => {
    insertIntoSqlite(database, [['k8s_clusters', [cluster(1)]]]);
    for (const [why, table, rows] of refusedRows()) {
      expect(() => insertIntoSqlite(database, [[table, rows]]), why).toThrow(/constraint failed/);
    }
  });

  it('goes with its cluster, and with its namespace', () => {
    insertIntoSqlite(database, manyRows());
    const mine = (table: string, id: string): unknown =>
      database
        .prepare(`SELECT count(*) FROM ${table} WHERE ${table === 'k8s_clusters' ? 'id' : 'cluster_id'} = ?`)
        .pluck()
        .get(id);
    for (const table of EVERY_TABLE) expect(mine(table, 'c1'), table).toBeGreaterThan(0);
    const others = EVERY_TABLE.map((table) => mine(table, 'c2'));
    database.prepare('DELETE FROM k8s_clusters WHERE id = ?').run('c1');
    for (const table of EVERY_TABLE) expect(mine(table, 'c1'), table).toBe(0);
    expect(EVERY_TABLE.map((table) => mine(table, 'c2'))).toEqual(others);
    database.prepare("DELETE FROM k8s_namespaces WHERE id = 'c2-n4'").run();
    expect(count("k8s_pods WHERE namespace_id = 'c2-n4'")).toBe(0);
    expect(count("k8s_cost_attribution WHERE namespace_id = 'c2-n4'")).toBe(0);
  });

  it('keeps the pods of a deployment that goes', () => {
    insertIntoSqlite(database, manyRows());
    database.prepare("DELETE FROM k8s_deployments WHERE id = 'c1-n4-d1'").run();
    expect(count("k8s_pods WHERE id LIKE 'c1-n4-d1-p_' AND deployment_id IS NULL")).toBe(2);
  });
});

describe.runIf(needs('postgres'))('the Kubernetes part on PostgreSQL', () => {
  let store: PostgresSchema;
  const count = async (from: string): Promise<number> =>
    Number((await store.client.query<{ count: number }>(`SELECT count(*) AS count FROM ${from}`)).rows[0]?.count);
  beforeAll(async () => {
    store = await newPostgresSchema();
  });
  afterAll(() => store.remove());

  it('is the same after up, down, up, and down leaves none of it but the clusters', async () => {
    await store.fill([['k8s_clusters', [cluster(1)]]], NOW);
    const before = await publishedSchema(store);
    expect(before.length).toBeGreaterThan(300);
    expect(await count("pg_class WHERE relname LIKE 'k8s_pods_2026%' AND relkind = 'r'")).toBeGreaterThan(0);
    await postgresDown(store.client, store.schema, 2);
    const { rows } = await store.client.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = $1 AND c.relname LIKE '%k8s%' ORDER BY 1`,
      [store.schema],
    );
    expect(rows.map(({ name }) => name)).toEqual(['k8s_clusters', 'k8s_clusters_pkey']);
    expect(await count('k8s_clusters')).toBe(1);
    await migratePostgres(store.client, store.schema);
    expect(await publishedSchema(store)).toEqual(before);
    await store.client.query('DELETE FROM k8s_clusters');
  });

  it('refuses what can not be true', async () => {
    await store.fill([['k8s_clusters', [cluster(1)]]], NOW);
    for (const [why, table, rows] of refusedRows()) {
      await expect(insertIntoPostgres(store.client, [[table, rows]]), why).rejects.toMatchObject({
        code: expect.stringMatching(/^23/),
      });
    }
    await store.client.query('DELETE FROM k8s_clusters');
  });

  it('goes with its cluster; a pod outlives its deployment', async () => {
    await store.fill(manyRows(), NOW);
    for (const table of TABLES) expect(await count(`${table} WHERE cluster_id = 'c1'`), table).toBeGreaterThan(0);
    await store.client.query("DELETE FROM k8s_clusters WHERE id = 'c1'");
    for (const table of TABLES) expect(await count(`${table} WHERE cluster_id = 'c1'`), table).toBe(0);
    expect(await count("k8s_pods WHERE cluster_id = 'c2'")).toBe(180);
    await store.client.query("DELETE FROM k8s_deployments WHERE id = 'c2-n4-d1'");
    expect(await count("k8s_pods WHERE id LIKE 'c2-n4-d1-p_' AND deployment_id IS NULL")).toBe(2);
  });
});

/** Columns, indexes, constraints, views and comments of everything that is no month of a table. */
async function publishedSchema({ client, schema }: PostgresSchema): Promise<string[]> {
  const questions = [
    `SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default, collation_name) AS line
     FROM information_schema.columns WHERE table_schema = $1 AND table_name !~ '_[0-9]{4}_[0-9]{2}$'`,
    `SELECT indexdef AS line FROM pg_indexes WHERE schemaname = $1 AND tablename !~ '_[0-9]{4}_[0-9]{2}$'`,
    `SELECT concat_ws(' ', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) AS line
     FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE n.nspname = $1 AND NOT t.relispartition`,
    'SELECT definition AS line FROM pg_views WHERE schemaname = $1',
    `SELECT concat_ws(' ', t.relname, d.objsubid, d.description) AS line FROM pg_description d
     JOIN pg_class t ON t.oid = d.objoid JOIN pg_namespace n ON n.oid = t.relnamespace WHERE n.nspname = $1`,
  ];
  const lines: string[] = [];
  for (const question of questions) {
    const { rows } = await client.query<{ line: string }>(question, [schema]);
    lines.push(...rows.map(({ line }) => line));
  }
  return lines.sort();
}
