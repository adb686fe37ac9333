import type Database from 'better-sqlite3';
import type { AuditEntry } from '../../model/audit.ts';
import { AUDIT_COLUMNS, auditEntryOf, auditLine } from '../sql/audit-line.ts';
import { bindable } from './bindable.ts';

/** Adds an entry; one that is there already stays as it is. */
export function addAudit(database: Database.Database, entry: AuditEntry): void {
  database
    .prepare(
      `INSERT INTO audit (${AUDIT_COLUMNS.join(', ')}) VALUES (${AUDIT_COLUMNS.map(() => '?').join(', ')})
       ON CONFLICT (id) DO NOTHING`,
    )
    .run(...bindable(auditLine(entry), AUDIT_COLUMNS));
}

/** The newest entries first; of a cluster, or of all. */
export function readAudit(
  database: Database.Database,
  { clusterId, limit }: { readonly clusterId: string | null; readonly limit: number },
): readonly AuditEntry[] {
  const where = clusterId === null ? '' : 'WHERE cluster_id = ?';
  const parameters = clusterId === null ? [limit] : [clusterId, limit];
  return database
    .prepare(`SELECT * FROM audit ${where} ORDER BY timestamp DESC, id LIMIT ?`)
    .all(...parameters)
    .map(auditEntryOf);
}
