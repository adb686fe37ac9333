import type { AuditEntry } from '../../model/audit.ts';
import { AUDIT_COLUMNS, auditEntryOf, auditLine } from '../sql/audit-line.ts';
import { isoColumns } from './iso-columns.ts';
import type { Session } from './session.ts';

const INSTANTS = new Set(['timestamp', 'range_start', 'range_end']);

/** Adds an entry; one that is there already stays as it is. */
export async function addAudit(session: Session, entry: AuditEntry): Promise<void> {
  const line = auditLine(entry);
  await session.query(
    `INSERT INTO audit (${AUDIT_COLUMNS.join(', ')}) VALUES (${AUDIT_COLUMNS.map((_, place) => `$${place + 1}`).join(', ')})
     ON CONFLICT (id) DO NOTHING`,
    AUDIT_COLUMNS.map((column) => line[column]),
  );
}

/** The newest entries first; of a cluster, or of all. */
export async function readAudit(
  session: Session,
  clusterId: string | null,
  limit: number,
): Promise<readonly AuditEntry[]> {
  const lines = await session.query(
    `SELECT ${isoColumns(AUDIT_COLUMNS, INSTANTS)} FROM audit a WHERE ($1::text IS NULL OR a.cluster_id = $1)
     ORDER BY a.timestamp DESC, a.id LIMIT $2`,
    [clusterId, limit],
  );
  return lines.map(auditEntryOf);
}
