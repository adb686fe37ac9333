import type { StoreContents, TableContents } from '../../core/ports/store-care.ts';
import { numberIn } from '../sql/sums.ts';
import { PUBLISHED_TABLES, type PublishedTable } from './published-tables.ts';
import { quoteIdentifier } from './quoting.ts';
import type { Line, Session } from './session.ts';

/** Up to this size a table is counted; beyond it the server's own estimate has to do. */
const COUNTED_BYTES = 4 * 1024 * 1024;

const SIZES = `SELECT c.relname::text AS name, SUM(pg_total_relation_size(p.relid))::bigint AS size,
    CASE WHEN bool_or(l.reltuples < 0 AND pg_relation_size(p.relid) > 0) THEN -1
      ELSE SUM(GREATEST(l.reltuples, 0))::bigint END AS estimate
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  CROSS JOIN LATERAL (SELECT relid FROM pg_partition_tree(c.oid) WHERE isleaf UNION SELECT c.oid WHERE c.relkind = 'r') p
  JOIN pg_class l ON l.oid = p.relid
  WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND NOT c.relispartition GROUP BY c.relname`;

/** What is kept, table by table, and how it grows. */
export async function readContents(session: Session): Promise<StoreContents> {
  const sizes = new Map((await session.query(SIZES)).map((line) => [String(line.name), line]));
  const tables: TableContents[] = [];
  for (const table of PUBLISHED_TABLES) {
    const known = sizes.get(table.name);
    if (known !== undefined) tables.push(await readTable(session, table, known));
  }
  const rowsPerDay = await readRowsPerDay(session);
  const rows = tables.find(({ table }) => table === 'combined_metrics')?.rows ?? 0;
  const size = [...sizes.values()].reduce((sum, line) => sum + numberIn(line, 'size'), 0);
  return { tables, rowsPerDay, bytesPerDay: rowsPerDay === null || rows === 0 ? null : (size / rows) * rowsPerDay };
}

async function readTable(session: Session, table: PublishedTable, known: Line): Promise<TableContents> {
  const [sizeBytes, estimate] = [numberIn(known, 'size'), numberIn(known, 'estimate')];
  // Without an index that leads to the oldest line, looking for it would read all of them.
  const isSmall = sizeBytes <= COUNTED_BYTES;
  const rows = isSmall || estimate < 0 ? `(SELECT COUNT(*) FROM ${quoteIdentifier(table.name)})` : String(estimate);
  const [oldest, newest] = ['MIN', 'MAX'].map((edge) => edgeOf(edge, table, isSmall));
  const [line = {}] = await session.query(
    `SELECT ${rows}::bigint AS rows, ${oldest}::bigint AS oldest, ${newest}::bigint AS newest`,
  );
  return {
    table: table.shownAs ?? table.name,
    rows: numberIn(line, 'rows'),
    sizeBytes,
    oldestSeconds: typeof line.oldest === 'number' ? line.oldest : null,
    newestSeconds: typeof line.newest === 'number' ? line.newest : null,
  };
}

function edgeOf(edge: string, { name, time, leads }: PublishedTable, isSmall: boolean): string {
  if (time === null || (leads === null && !isSmall)) return 'NULL';
  const seconds = (value: string): string => (time.endsWith('_seconds') ? value : `EXTRACT(epoch FROM ${value})`);
  const table = quoteIdentifier(name);
  if (leads === null || isSmall) return `(SELECT ${seconds(`${edge}(${time})`)} FROM ${table})`;
  const cluster = leads === 'cluster_id' ? 'c.cluster_id' : 'c.id';
  return `(SELECT ${seconds(`${edge}(e.edge)`)} FROM cluster_keys c CROSS JOIN LATERAL (
    SELECT ${edge}(${time}) AS edge FROM ${table} WHERE ${leads} = ${cluster}) e)`;
}

async function readRowsPerDay(session: Session): Promise<number | null> {
  const [line = {}] = await session.query(
    `SELECT AVG(rows)::double precision AS rows FROM (
       SELECT SUM(row_count) AS rows FROM collection_runs GROUP BY date_trunc('day', timestamp, 'UTC')
       ORDER BY date_trunc('day', timestamp, 'UTC') DESC LIMIT 7) days`,
  );
  return typeof line.rows === 'number' ? line.rows : null;
}
