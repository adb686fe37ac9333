import pg from 'pg';
import type { PostgresSettings } from '../../core/ports/store-settings.ts';
import { quoteIdentifier } from './quoting.ts';
import type { TlsChoice } from './tls.ts';

const CONNECT_MILLISECONDS = 10_000;
const KEEP_ALIVE_MILLISECONDS = 30_000;
const INT8 = 20;

/** What a session is told before its first question. */
export type SessionSettings = Readonly<Record<string, string>>;

/** How to connect. Counts come back as numbers: none of ours is beyond 2^53. */
export function clientConfigOf(settings: PostgresSettings, ssl: TlsChoice): pg.ClientConfig {
  return {
    host: settings.host,
    port: settings.port,
    database: settings.database,
    user: settings.user ?? undefined,
    password: settings.password ?? undefined,
    ssl,
    application_name: 'podwatt',
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MILLISECONDS,
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
    types: {
      getTypeParser: ((oid: number, format?: 'text') =>
        oid === INT8 ? Number : pg.types.getTypeParser(oid, format ?? 'text')) as typeof pg.types.getTypeParser,
    },
  };
}

/** Milliseconds between two statements of a transaction. */
const LONGEST_PAUSE = 60_000;

/**
 * Settings of a session: everything lives in one schema; a client that froze inside a transaction holds its locks
 * for as long as a statement may take, a minute at most; no compiling of statements, which takes longer than they do.
 */
export function sessionSettingsOf(schema: string, statementTimeoutMilliseconds: number): SessionSettings {
  return {
    search_path: quoteIdentifier(schema),
    statement_timeout: String(statementTimeoutMilliseconds),
    idle_in_transaction_session_timeout: String(Math.min(statementTimeoutMilliseconds || LONGEST_PAUSE, LONGEST_PAUSE)),
    jit: 'off',
    timezone: 'UTC',
    client_min_messages: 'warning',
  };
}

/** Sets them, in one question. */
export async function applySettings(client: pg.ClientBase, settings: SessionSettings): Promise<void> {
  const names = Object.keys(settings);
  const calls = names.map((_, index) => `set_config($${2 * index + 1}, $${2 * index + 2}, false)`);
  await client.query(`SELECT ${calls.join(', ')}`, Object.entries(settings).flat());
}
