import { describe, expect, it } from 'vitest';
import type { PostgresSettings } from '../../../src/core/ports/store-settings.ts';
import { openPostgresResults } from '../../../src/storage/postgres/index.ts';
import { migratePostgres } from '../../../src/storage/postgres/migrate.ts';
import { MIGRATIONS } from '../../../src/storage/postgres/migrations/index.ts';
import { makePartitions, monthOf } from '../../../src/storage/postgres/partitions.ts';
import { Session } from '../../../src/storage/postgres/session.ts';
import { sharedPostgres } from '../../services/shared.ts';
import { needs } from '../../setup/programs.ts';
import { postgresSettingsOf, withClient } from './postgres-schema.ts';
import { NEW_YEAR } from './sample-windows.ts';
import { checkOldPeaks, checkUpgraded, windowsOfBefore } from './upgraded-store.ts';

/** A schema of the version before, with what a store of today made of the same windows, as far as it had columns. */
async function schemaOfBefore(today: PostgresSettings, before: PostgresSettings): Promise<void> {
  const store = await openPostgresResults(today);
  for (const window of windowsOfBefore()) await store.replaceWindow(window, 1);
  await store.close();
  await withClient(before, async (client) => {
    const old = MIGRATIONS.filter(({ version }) => version <= 3);
    await migratePostgres(client, before.schema, old);
    await makePartitions(new Session(client), 'combined_metrics', [monthOf(NEW_YEAR)]);
    const { rows: tables } = await client.query<{ name: string; columns: string[] }>(
      `SELECT c.relname::text AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
       WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attnum > 0
         AND c.relname NOT IN ('schema_migrations', 'audit') GROUP BY 1`,
      [before.schema],
    );
    await client.query("SET session_replication_role = 'replica'");
    for (const { name, columns } of tables) {
      const values = columns.map((column) => (column === 'sources' ? 'right(sources, 7)' : column));
      await client.query(
        `INSERT INTO ${before.schema}.${name} (${columns.join(', ')}) OVERRIDING SYSTEM VALUE
         SELECT ${values.join(', ')} FROM ${today.schema}.${name}`,
      );
      if (!columns.includes('id') || name.startsWith('k8s_')) continue;
      await client.query(
        `SELECT setval(s, GREATEST(1, (SELECT MAX(id::text::bigint) FROM ${name}))) FROM pg_get_serial_sequence($1, 'id') s
         WHERE s IS NOT NULL`,
        [`${before.schema}.${name}`],
      );
    }
  });
}

describe.runIf(needs('postgres'))('a PostgreSQL store of the version before', () => {
  it('is brought up to date, and right', async () => {
    const address = await sharedPostgres();
    const [today, before] = [postgresSettingsOf(address), postgresSettingsOf(address)];
    await schemaOfBefore(today, before);
    const store = await openPostgresResults(before);
    const lines = await withClient(before, (client) =>
      client.query<Record<string, unknown>>(
        'SELECT COUNT(*)::integer AS rows, COUNT(*) FILTER (WHERE co2e_market_grams = co2e_grams)::integer AS same, MIN(length(sources)) AS digits FROM combined_metrics',
      ),
    );
    expect(lines.rows).toEqual([{ rows: 65, same: 65, digits: 8 }]);
    await checkOldPeaks(store, 'from rows');
    await checkUpgraded(store);
    await store.close();
    await withClient(before, (client) => client.query(`DROP SCHEMA ${before.schema}, ${today.schema} CASCADE`));
  });
});
