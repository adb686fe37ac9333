import type pg from 'pg';
import { openPostgresResults } from '../../../src/storage/postgres/index.ts';
import type { PostgresFlavour } from '../../services/postgres-binaries.ts';
import { sharedPostgres } from '../../services/shared.ts';
import { withClient } from './postgres-schema.ts';
import { copyTemplate, dropCopy } from './postgres-template.ts';
import type { RowCounts } from './row-counts.ts';
import type { StoreFixture } from './store-fixture.ts';

/** A store in a new database of this run's server. */
export async function openNewPostgres(
  flavour: PostgresFlavour = 'embedded',
  counts?: RowCounts,
): Promise<StoreFixture> {
  const address = await sharedPostgres(flavour);
  const settings = await copyTemplate(address);
  let store = await openPostgresResults(settings);
  return {
    get store() {
      return store;
    },
    dump: () => withClient(settings, dumpOf),
    openAnother: () => openPostgresResults(settings),
    interrupt: async () => {
      await withClient(settings, endSessions);
      await store.close();
      store = await openPostgresResults(settings);
    },
    tamper: (clusterId) => withClient(settings, (client) => tamper(client, clusterId)),
    remove: async () => {
      await store.close();
      await withClient(settings, async (client) => {
        counts?.add(`PostgreSQL ${address.version}`, await rowsOf(client, settings.schema));
      });
      await dropCopy(address, settings);
    },
  };
}

/** Tables that are no partitions: a question to them sees their partitions' rows. */
async function tablesOf(client: pg.Client, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY c.relname COLLATE "C"`,
    [schema],
  );
  return rows.map(({ name }) => name);
}

async function dumpOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ schema: string }>('SELECT current_schema() AS schema');
  const parts: string[] = [];
  for (const table of await tablesOf(client, rows[0]?.schema ?? '')) {
    const content = await client.query<{ line: string }>(
      `SELECT row_to_json(t)::text AS line FROM ${table} t ORDER BY row_to_json(t)::text COLLATE "C"`,
    );
    parts.push(table, ...content.rows.map(({ line }) => line));
  }
  return parts.join('\n');
}

async function rowsOf(client: pg.Client, schema: string): Promise<[string, number][]> {
  const counts: [string, number][] = [];
  for (const table of await tablesOf(client, schema)) {
    const { rows } = await client.query<{ count: string }>(`SELECT count(*) FROM ${table}`);
    counts.push([table, Number(rows[0]?.count ?? 0)]);
  }
  return counts;
}

/** Every session that holds a lock on something in the schema, or last spoke of it: the connections of its store. */
async function endSessions(client: pg.Client): Promise<void> {
  await client.query(
    `SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a WHERE a.pid IN (
       SELECT l.pid FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
       JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema()
     ) AND a.pid <> pg_backend_pid()`,
  );
}

async function tamper(client: pg.Client, clusterId: string): Promise<void> {
  const { rowCount } = await client.query(
    `UPDATE rollup_hour_namespace SET joules = joules + 1
     WHERE cluster_key = (SELECT id FROM cluster_keys WHERE cluster_id = $1)`,
    [clusterId],
  );
  if (rowCount === 0) throw new Error('no roll-up to tamper with');
}
