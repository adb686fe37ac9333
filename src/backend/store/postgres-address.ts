import * as z from 'zod';
import type { PostgresSettings } from '../../core/ports/store-settings.ts';
import { readAuthority, type StoreAddressDeps } from './address-deps.ts';
import { decodePart, type Refuse, splitAddress } from './address-parts.ts';
import { filePath, judgeParameters, timeoutMilliseconds, wholeNumber } from './address-values.ts';

export const POSTGRES_FORMS =
  'Write postgres://user:password@host:5432/database, where need be with ?schema=podwatt&sslmode=verify-full&sslrootcert=/path/of/ca.pem&statement_timeout=30s&pool_size=10.';

const DEFAULT_PORT = 5432;
const SSL_FORMS = 'takes disable, prefer, require, verify-ca or verify-full';

const Parameters = z
  .strictObject({
    schema: z
      .string()
      .regex(/^(?!pg_)[A-Za-z_][A-Za-z0-9_-]{0,62}$/, 'takes a name of letters, digits, _ and -, 63 at most, not pg_…'),
    sslmode: z.enum(['disable', 'prefer', 'require', 'verify-ca', 'verify-full'], SSL_FORMS),
    sslrootcert: filePath,
    statement_timeout: timeoutMilliseconds,
    pool_size: wholeNumber(2, 100),
  })
  .partial();

/** `postgres://` or `postgresql://`, with the parameters that libpq names alike. */
export async function parsePostgresAddress(
  url: string,
  deps: StoreAddressDeps,
  refuse: Refuse,
): Promise<PostgresSettings> {
  const { user, password, host, port, path, parameters } = splitAddress(url, refuse);
  const database = decodePart(path.replace(/^\//, ''), 'database', refuse);
  if (database === null) throw refuse('names no database');
  const given = judgeParameters(Parameters, parameters, refuse);
  const { sslrootcert, sslmode } = given;
  if (sslrootcert !== undefined && sslmode === 'disable') throw refuse('gives sslrootcert with sslmode=disable');
  return {
    kind: 'postgres',
    host,
    port: port ?? DEFAULT_PORT,
    database,
    user,
    password: password ?? deps.secrets?.password ?? null,
    schema: given.schema ?? 'public',
    sslMode: sslmode ?? 'prefer',
    certificateAuthority: sslrootcert === undefined ? null : await readAuthority(sslrootcert, deps, refuse),
    statementTimeoutMilliseconds: given.statement_timeout ?? 30_000,
    poolSize: given.pool_size ?? 10,
  };
}
