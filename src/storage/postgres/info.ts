import type { StoreInfo } from '../../core/ports/results-store.ts';
import type { PostgresSettings } from '../../core/ports/store-settings.ts';
import { numberIn } from '../sql/sums.ts';
import type { Session } from './session.ts';

const INFO = `SELECT current_setting('server_version') AS version,
  (SELECT COALESCE(SUM(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class c
   JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'm')) AS size,
  pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on' OR NOT has_table_privilege('combined_metrics', 'INSERT')
    OR NOT has_table_privilege('combined_metrics', 'DELETE') OR NOT has_table_privilege('leases', 'UPDATE') AS is_read_only`;

/** What and where the store is. */
export async function readInfo(session: Session, settings: PostgresSettings): Promise<StoreInfo> {
  const [line = {}] = await session.query(INFO);
  return {
    kind: 'postgres',
    location: locationOf(settings),
    sizeBytes: numberIn(line, 'size'),
    serverVersion: serverVersionOf(String(line.version)),
    isReadOnly: line.is_read_only === true,
  };
}

/** For people, without credentials: `db.example.org:5432/podwatt`, and the schema where it is no default one. */
export function locationOf({ host, port, database, schema }: PostgresSettings): string {
  const place = `${host}:${port}/${database}`;
  return schema === 'public' ? place : `${place}, schema ${schema}`;
}

/** `15.14 (Debian 15.14-0+deb12u1)` as `PostgreSQL 15.14`. */
export function serverVersionOf(setting: string): string {
  return `PostgreSQL ${setting.split(' ')[0] ?? setting}`;
}
