import type Database from 'better-sqlite3';
import type { StoreContents, TableContents } from '../../core/ports/store-care.ts';

const HOUR = 3600;
const DAY = 86_400;
/** Buckets of a cluster that are looked at; the others are taken to be like them. */
const BUCKETS_SAMPLED = 96;
/** A table that seems to have no more rows than this is counted. */
const MOST_ROWS_COUNTED = 200_000;
/** Sizes by table are added up page by page: in a larger file that would take too long. */
const MOST_BYTES_MEASURED = 256 * 1024 * 1024;

/** A published name, the table behind it, its column of time, and the length of its buckets where it is a roll-up. */
interface Published {
  readonly table: string;
  readonly behind: string;
  readonly time: string;
  readonly bucketSeconds?: number;
}

function rollup(period: 'hour' | 'day', grain: string): Published {
  const table = `rollup_${period}_${grain}`;
  return { table, behind: table, time: 'start_seconds', bucketSeconds: period === 'hour' ? HOUR : DAY };
}

const TABLES: readonly Published[] = [
  ...(['hour', 'day'] as const).flatMap((period) =>
    ['pod', 'workload', 'namespace'].map((grain) => rollup(period, grain)),
  ),
  { table: 'pod_presence', behind: 'presence', time: 'first_start_seconds' },
  { table: 'node_windows', behind: 'node_window_rows', time: 'start_seconds' },
  { table: 'collection_runs', behind: 'ledger', time: 'start_seconds' },
];

/** What is kept, table by table. */
export function readContents(database: Database.Database): StoreContents {
  const pages = pragma(database, 'page_count') - pragma(database, 'freelist_count');
  const usedBytes = pages * pragma(database, 'page_size');
  const sizes = usedBytes <= MOST_BYTES_MEASURED ? sizesOf(database) : new Map<string, number>();
  const rows = { ...rowsKept(database), sizeBytes: sizes.get('result_rows') ?? null };
  const others = TABLES.map((each) => ({ ...contentsOf(database, each), sizeBytes: sizes.get(each.behind) ?? null }));
  const rowsPerDay = meanRowsPerDay(database);
  const bytesPerDay = rowsPerDay === null || rows.rows === 0 ? null : (usedBytes / rows.rows) * rowsPerDay;
  return { tables: [rows, ...others], rowsPerDay, bytesPerDay };
}

type Contents = Omit<TableContents, 'sizeBytes'>;

interface Span {
  readonly oldest: number | null;
  readonly newest: number | null;
}

/** Counted by the ledger: rows of all windows but those of days that were removed. */
function rowsKept(database: Database.Database): Contents {
  const line = database
    .prepare<[], Span & { rows: number | null }>(
      `SELECT SUM(row_count) AS rows, MIN(start_seconds) AS oldest, MAX(start_seconds) AS newest FROM ledger l
       WHERE row_count > 0 AND NOT EXISTS (SELECT 1 FROM pruned_days d
         WHERE d.cluster_key = l.cluster_key AND d.start_seconds = l.start_seconds / ${DAY} * ${DAY})`,
    )
    .get();
  const { rows, oldest, newest } = line ?? { rows: 0, oldest: null, newest: null };
  return { table: 'combined_metrics', rows: rows ?? 0, oldestSeconds: oldest, newestSeconds: newest };
}

function contentsOf(database: Database.Database, published: Published): Contents {
  const { table, behind, time, bucketSeconds } = published;
  const span = database.prepare<[number], Span>(
    `SELECT MIN(${time}) AS oldest, MAX(${time}) AS newest FROM ${behind} WHERE cluster_key = ?`,
  );
  const clusters = database.prepare<[], number>('SELECT id FROM cluster_keys').pluck().all();
  const spans = clusters.map((cluster) => ({ cluster, ...(span.get(cluster) ?? { oldest: null, newest: null }) }));
  const rows =
    bucketSeconds === undefined
      ? (database.prepare<[], number>(`SELECT COUNT(*) FROM ${behind}`).pluck().get() ?? 0)
      : spans.reduce((sum, each) => sum + rowsOfRollup(database, behind, bucketSeconds, each), 0);
  return {
    table,
    rows,
    oldestSeconds: outermost(
      spans.map(({ oldest }) => oldest),
      Math.min,
    ),
    newestSeconds: outermost(
      spans.map(({ newest }) => newest),
      Math.max,
    ),
  };
}

function rowsOfRollup(
  database: Database.Database,
  table: string,
  bucketSeconds: number,
  { cluster, oldest, newest }: Span & { readonly cluster: number },
): number {
  if (oldest === null || newest === null) return 0;
  const count = database
    .prepare<number[], number>(
      `SELECT COUNT(*) FROM ${table} WHERE cluster_key = ? AND start_seconds >= ? AND start_seconds < ?`,
    )
    .pluck();
  const buckets = (newest - oldest) / bucketSeconds + 1;
  let sampled = 0;
  for (let index = 0; index < BUCKETS_SAMPLED; index += 1) {
    const start = oldest + Math.floor((index * (buckets - 1)) / (BUCKETS_SAMPLED - 1)) * bucketSeconds;
    sampled += count.get(cluster, start, start + 1) ?? 0;
  }
  const estimate = Math.round((sampled / BUCKETS_SAMPLED) * buckets);
  return estimate > MOST_ROWS_COUNTED ? estimate : (count.get(cluster, oldest, newest + 1) ?? 0);
}

function outermost(values: readonly (number | null)[], choose: (...values: number[]) => number): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : choose(...known);
}

/** Over the last 7 days that have windows. */
function meanRowsPerDay(database: Database.Database): number | null {
  const mean = database
    .prepare<[], number | null>(
      `SELECT AVG(rows) FROM (SELECT SUM(row_count) AS rows FROM ledger GROUP BY start_seconds / ${DAY}
       ORDER BY start_seconds / ${DAY} DESC LIMIT 7)`,
    )
    .pluck()
    .get();
  return mean ?? null;
}

/** By table, with its indexes. */
function sizesOf(database: Database.Database): ReadonlyMap<string, number> {
  const lines = database
    .prepare<[], { name: string; bytes: number }>(
      `SELECT s.tbl_name AS name, SUM(d.pgsize) AS bytes FROM dbstat d JOIN sqlite_schema s ON s.name = d.name
       WHERE d.aggregate = TRUE GROUP BY 1`,
    )
    .all();
  return new Map(lines.map(({ name, bytes }) => [name, bytes]));
}

function pragma(database: Database.Database, name: string): number {
  return Number(database.pragma(name, { simple: true }));
}
