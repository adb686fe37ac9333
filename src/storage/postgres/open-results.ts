import type { WholeStore } from '../../core/ports/record-pages.ts';
import type { PostgresSettings } from '../../core/ports/store-settings.ts';
import { applySettings, sessionSettingsOf } from './client-config.ts';
import { connectFirst } from './connect-first.ts';
import { Connections } from './connections.ts';
import { makeMonthsAhead } from './maintain.ts';
import { migratePostgres } from './migrate.ts';
import { postgresFailure, stateOf } from './postgres-failure.ts';
import { PostgresResults } from './postgres-results.ts';
import { refuseOld } from './server-version.ts';
import { Session } from './session.ts';

/**
 * Opens the results store on a PostgreSQL server: makes or migrates its schema first. A user who may only read opens a
 * store that is up to date. Throws `Failure`: store-away, unauthenticated, forbidden, tls, or store (newer schema).
 */
export async function openPostgresResults(settings: PostgresSettings): Promise<WholeStore> {
  const { client, ssl } = await connectFirst(settings);
  try {
    const { rows } = await client.query<{ number: number }>(
      "SELECT current_setting('server_version_num')::integer AS number",
    );
    refuseOld(rows[0]?.number ?? 0);
    await migratePostgres(client, settings.schema);
    await applySettings(client, sessionSettingsOf(settings.schema, 0));
    const session = new Session(client);
    await session.transaction(() => makeMonthsAhead(session, Math.floor(Date.now() / 1000))).catch(unlessReadOnly);
  } catch (error) {
    throw postgresFailure(error);
  } finally {
    await client.end().catch(() => undefined);
  }
  return new PostgresResults(settings, new Connections(settings, ssl));
}

/** Months to come are made by who may; who only reads needs none. */
function unlessReadOnly(error: unknown): void {
  if (stateOf(error) !== '42501' && stateOf(error) !== '25006') throw error;
}
