import type { StoreContents, TableContents } from '../../core/ports/store-care.ts';
import { floorTo } from '../../model/time.ts';
import { hiddenClauses } from './clauses.ts';
import type { ClusterHead } from './cluster-head.ts';
import { pagesOf } from './documents.ts';
import { ledgerDocumentOf } from './ledger-document.ts';
import type { Store } from './store.ts';
import { valueOrNullIn } from './sum-aggregations.ts';
import { FAMILIES } from './templates/index.ts';

const DAY = 86_400;
const DAYS_OF_MEAN = 7;
/** What writers agree on among themselves is no table. */
const INTERNAL = new Set(['cluster-heads', 'meta', 'node-sightings', 'leases']);
const TIME_FIELDS = ['timestamp', 'first_seen', 'collected_at', 'created_at', 'date'];

/** What is kept, table by table. */
export async function readContents(store: Store, signal?: AbortSignal): Promise<StoreContents> {
  const heads = await store.heads.list([], signal);
  const families = FAMILIES.filter(({ name }) => !INTERNAL.has(name));
  const tables: TableContents[] = [];
  for (const { name, properties } of families) {
    const time = TIME_FIELDS.find((field) => field in properties) ?? null;
    tables.push(await contentsOf(store, heads, name, time, signal));
  }
  const rowsPerDay = await meanRowsPerDay(store, heads, signal);
  const rows = tables.find(({ table }) => table === 'combined_metrics')?.rows ?? 0;
  const size = tables.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
  const bytesPerDay = rowsPerDay === null || rows === 0 ? null : (size / rows) * rowsPerDay;
  return { tables, rowsPerDay, bytesPerDay };
}

async function contentsOf(
  { requests, names }: Store,
  heads: readonly ClusterHead[],
  name: string,
  time: string | null,
  signal?: AbortSignal,
): Promise<TableContents> {
  const index = names.all(name);
  const query = { bool: { must_not: hiddenClauses(heads) } };
  const aggregations =
    time === null ? {} : { aggregations: { oldest: { min: { field: time } }, newest: { max: { field: time } } } };
  const body = { size: 0, track_total_hits: true, query, ...aggregations };
  const stats = { index, metric: 'store' as const, ignore_unavailable: true, allow_no_indices: true };
  const [answer, sizes] = await Promise.all([
    requests.search([index], body, signal),
    requests.send((options) => requests.client.indices.stats(stats, options), signal),
  ]);
  const total = answer.hits.total;
  const secondsOf = (aggregation: string): number | null => {
    const value = valueOrNullIn(answer.aggregations, aggregation);
    return value === null ? null : value / 1000;
  };
  return {
    table: name.replaceAll('-', '_'),
    rows: typeof total === 'number' ? total : (total?.value ?? 0),
    sizeBytes: sizes._all.total?.store?.size_in_bytes ?? null,
    oldestSeconds: secondsOf('oldest'),
    newestSeconds: secondsOf('newest'),
  };
}

/** Over the last 7 days that have windows, by the ledger. */
async function meanRowsPerDay(
  { requests, names }: Store,
  heads: readonly ClusterHead[],
  signal?: AbortSignal,
): Promise<number | null> {
  const days = new Map<number, number>();
  const query = { bool: { must_not: hiddenClauses(heads) } };
  const sort = [{ timestamp: 'desc' as const }, { generation: 'asc' as const }];
  for await (const page of pagesOf(requests, [names.all('collection-runs')], { query, sort }, signal)) {
    for (const { source } of page) {
      const { entry } = ledgerDocumentOf(source);
      const day = floorTo(entry.window.startSeconds, DAY);
      if (!days.has(day) && days.size === DAYS_OF_MEAN) return mean([...days.values()]);
      days.set(day, (days.get(day) ?? 0) + entry.rowCount);
    }
  }
  return days.size === 0 ? null : mean([...days.values()]);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
