import type Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { numbered } from '../../../../src/storage/postgres/numbered.ts';
import { KUBERNETES_QUERIES } from '../../../../src/storage/sql/kubernetes-queries/index.ts';
import { needs } from '../../../setup/programs.ts';
import { newPostgresSchema, newSqlite, type PostgresSchema } from './kubernetes-stores.ts';
import { manyRows, NOW } from './many-rows.ts';
import { QUERY_VALUES } from './query-values.ts';

const valuesOf = (name: string): (string | number)[] => [...(QUERY_VALUES[name] ?? [])];
const named = KUBERNETES_QUERIES.map((query) => [query.name, query] as const);
/** Of each question, how many rows SQLite found: PostgreSQL has to find as many. */
const found = new Map<string, number>();

describe('the named queries', () => {
  it('have a name and values each, and say what they are for', () => {
    const names = KUBERNETES_QUERIES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(Object.keys(QUERY_VALUES).sort()).toEqual([...names].sort());
    for (const { name, use } of KUBERNETES_QUERIES) expect(use, name).not.toBe('');
  });

  it('never read a kubeconfig', () => {
    for (const { text, name } of KUBERNETES_QUERIES) {
      expect(text, name).not.toContain('kubeconfig');
      expect(text, name).not.toContain('*');
    }
  });
});

describe('on SQLite', () => {
  let database: Database.Database;
  beforeAll(async () => {
    database = await newSqlite(manyRows());
  });
  afterAll(() => database.close());
  const planOf = (name: string, text: string): string =>
    database
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`)
      .all(valuesOf(name))
      .map(({ detail }) => detail)
      .join('\n');
  const usesIndex = (index: string): RegExp => new RegExp(`USING (COVERING )?INDEX ${nameOnSqlite(index)}\\b`);

  it('there is one for every index of the eight tables, at least 30', () => {
    const indexes = database
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name LIKE 'k8s%'")
      .pluck()
      .all();
    expect(indexes.length).toBeGreaterThanOrEqual(30);
    expect(KUBERNETES_QUERIES.map(({ index }) => nameOnSqlite(index)).sort()).toEqual(indexes.sort());
  });

  it.each(named)('%s is answered from its index', (name, { text, index }) => {
    expect(planOf(name, text)).toMatch(usesIndex(index));
    const rows = database.prepare(text).all(valuesOf(name));
    expect(rows.length).toBeGreaterThan(0);
    found.set(name, rows.length);
  });

  it('that is so too where the planner has looked at the content', () => {
    database.exec('ANALYZE');
    const others = KUBERNETES_QUERIES.filter(({ name, text, index }) => !usesIndex(index).test(planOf(name, text)));
    expect(others.map(({ name, text }) => `${name}: ${planOf(name, text)}`)).toEqual([]);
  });

  it('what hangs on a row that goes is found by an index', () => {
    const tables = database
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%FOREIGN KEY%'")
      .pluck()
      .all();
    expect(tables.length).toBeGreaterThanOrEqual(10);
    for (const table of tables) {
      const columns = database.prepare<[string], string>('SELECT "from" FROM pragma_foreign_key_list(?)').pluck();
      for (const column of columns.all(table)) {
        const plan = database.prepare<[string], { detail: string }>(
          `EXPLAIN QUERY PLAN DELETE FROM ${table} WHERE ${column} = ?`,
        );
        expect(plan.get('x')?.detail, `${table}.${column}`).toMatch(/^SEARCH/);
      }
    }
  });
});

describe.runIf(needs('postgres'))('on PostgreSQL', () => {
  let store: PostgresSchema;
  let parents = new Map<string, string>();
  beforeAll(async () => {
    store = await newPostgresSchema();
    await store.fill(manyRows(), NOW);
    await store.client.query('ANALYZE');
    const { rows } = await store.client.query<{ child: string; parent: string }>(
      `SELECT c.relname AS child, p.relname AS parent FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
       JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = $1 AND c.relkind = 'i'`,
      [store.schema],
    );
    parents = new Map(rows.map(({ child, parent }) => [child, parent]));
  });
  afterAll(() => store.remove());

  it('there is one for every index of the eight tables, at least 30', async () => {
    const { rows } = await store.client.query<{ name: string }>(
      `SELECT i.relname AS name FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
       JOIN pg_namespace n ON n.oid = t.relnamespace
       WHERE n.nspname = $1 AND t.relname LIKE 'k8s%' AND NOT t.relispartition`,
      [store.schema],
    );
    expect(rows.length).toBeGreaterThanOrEqual(30);
    expect(KUBERNETES_QUERIES.map(({ index }) => index).sort()).toEqual(rows.map(({ name }) => name).sort());
  });

  it.each(named)('%s is answered from its index', async (name, { text, index }) => {
    const explained = await store.client.query<{ 'QUERY PLAN': unknown }>(
      `EXPLAIN (FORMAT JSON) ${numbered(text)}`,
      valuesOf(name),
    );
    const used = indexesIn(explained.rows[0]?.['QUERY PLAN']).map((used) => parents.get(used) ?? used);
    expect(used).toContain(index);
    const { rows } = await store.client.query(numbered(text), valuesOf(name));
    expect(rows.length).toBe(found.get(name) ?? rows.length);
    expect(rows.length).toBeGreaterThan(0);
  });
});

/** Metrics are kept in two halves there, and an object is found by its id in one of them. */
function nameOnSqlite(index: string): string {
  if (index === 'k8s_resource_metrics_pkey') return 'k8s_metric_objects_object';
  return index.endsWith('_pkey') ? `sqlite_autoindex_${index.slice(0, -'_pkey'.length)}_1` : index;
}

/** Every `Index Name` in a plan. */
function indexesIn(plan: unknown): string[] {
  if (typeof plan !== 'object' || plan === null) return [];
  return Object.entries(plan).flatMap(([key, value]) => (key === 'Index Name' ? [String(value)] : indexesIn(value)));
}
