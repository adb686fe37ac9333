import pg from 'pg';
import type { PostgresSettings } from '../../core/ports/store-settings.ts';
import { clientConfigOf } from './client-config.ts';
import { postgresFailure } from './postgres-failure.ts';
import { hasNoTls, type TlsChoice, tlsChoicesOf } from './tls.ts';

/** A connection, and the TLS that it came about with. */
export async function connectFirst(settings: PostgresSettings): Promise<{ client: pg.Client; ssl: TlsChoice }> {
  const choices = tlsChoicesOf(settings);
  for (const [place, ssl] of choices.entries()) {
    const client = new pg.Client(clientConfigOf(settings, ssl));
    client.on('error', () => undefined);
    try {
      await client.connect();
      return { client, ssl };
    } catch (error) {
      await client.end().catch(() => undefined);
      if (place === choices.length - 1 || !hasNoTls(error)) throw postgresFailure(error);
    }
  }
  throw new TypeError('there is always a way to try');
}
