import type pg from 'pg';
import type { GreenKubeBatch, GreenKubeRead, GreenKubeSource } from '../../../core/ports/greenkube-source.ts';
import type { PostgresSettings } from '../../../core/ports/store-settings.ts';
import { GREENKUBE_BATCH, type GreenKubeReader, greenKubeSource } from '../../sql/greenkube/source.ts';
import { GREENKUBE_TABLES, type GreenKubeDialect, refuseOthers } from '../../sql/greenkube/tables.ts';
import { applySettings, sessionSettingsOf } from '../client-config.ts';
import { connectFirst } from '../connect-first.ts';
import { postgresFailure } from '../postgres-failure.ts';

const DIALECT: GreenKubeDialect = {
  // An infinite instant is none.
  seconds: (column) => `CASE WHEN isfinite(${column}) THEN floor(extract(epoch FROM ${column}))::bigint END`,
  // GreenKube keeps some in four bytes: as a double they are what sums of the database add up.
  number: (column) => `${column}::double precision`,
};

/**
 * Opens the database of a GreenKube for reading, also while it runs.
 * @throws Failure as for a store, or 'bad-input' for what is not GreenKube's
 */
export async function openPostgresGreenKube(settings: PostgresSettings, location: string): Promise<GreenKubeSource> {
  const { client } = await connectFirst(settings);
  try {
    await applySettings(client, {
      ...sessionSettingsOf(settings.schema, 0),
      // Between two batches a window is written elsewhere, which may take its time.
      idle_in_transaction_session_timeout: '0',
    });
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    refuseOthers(await columnsOf(client, settings.schema));
    return greenKubeSource(location, DIALECT, new PostgresGreenKube(client));
  } catch (error) {
    await client.end().catch(() => undefined);
    throw postgresFailure(error);
  }
}

class PostgresGreenKube implements GreenKubeReader {
  readonly #client: pg.Client;
  #cursors = 0;

  constructor(client: pg.Client) {
    this.#client = client;
  }

  async close(): Promise<void> {
    await this.#client.end().catch(() => undefined);
  }

  async all(question: string): Promise<readonly unknown[]> {
    try {
      return (await this.#client.query<Record<string, unknown>>(question)).rows;
    } catch (error) {
      throw postgresFailure(error);
    }
  }

  async *batches<T>(question: string, read: (line: unknown) => GreenKubeRead<T>): AsyncIterable<GreenKubeBatch<T>> {
    this.#cursors += 1;
    const cursor = `greenkube_${this.#cursors}`;
    await this.all(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${question}`);
    for (;;) {
      const lines = await this.all(`FETCH ${GREENKUBE_BATCH} FROM ${cursor}`);
      if (lines.length > 0) yield lines.map(read);
      if (lines.length < GREENKUBE_BATCH) return;
    }
  }
}

async function columnsOf(client: pg.Client, schema: string): Promise<Map<string, ReadonlySet<string>>> {
  const { rows } = await client.query<{ table: string; columns: string[] }>(
    `SELECT table_name::text AS "table", array_agg(column_name::text) AS columns FROM information_schema.columns
     WHERE table_schema = $1 AND table_name = ANY($2) GROUP BY table_name`,
    [schema, Object.keys(GREENKUBE_TABLES)],
  );
  return new Map(rows.map(({ table, columns }) => [table, new Set(columns)]));
}
