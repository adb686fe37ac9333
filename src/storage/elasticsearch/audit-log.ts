import type { AuditEntry } from '../../model/audit.ts';
import { auditEntryOf, auditLine } from '../sql/audit-line.ts';
import { ofCluster } from './clauses.ts';
import type { Store } from './store.ts';

const INDEX = 'audit';
/** `index.max_result_window`. */
const MOST_ENTRIES = 10_000;

/** Adds an entry; one that is there already stays as it is. */
export async function addAudit({ requests, names }: Store, entry: AuditEntry): Promise<void> {
  await requests.compareAndSet(names.of(INDEX), entry.id, null, auditLine(entry));
}

/** The newest entries first, 10,000 at most; of a cluster, or of all. */
export async function readAudit(
  { requests, names }: Store,
  clusterId: string | null,
  limit: number,
): Promise<readonly AuditEntry[]> {
  const body = {
    query: clusterId === null ? { match_all: {} } : ofCluster(clusterId),
    sort: [{ timestamp: 'desc' as const }, { id: 'asc' as const }],
    size: Math.min(limit, MOST_ENTRIES),
    track_total_hits: false,
  };
  const { hits } = (await requests.search([names.of(INDEX)], body)).hits;
  return hits.map(({ _source }) => auditEntryOf(_source));
}
