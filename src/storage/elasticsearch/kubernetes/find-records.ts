import type { Page } from '../../../core/ports/kubernetes-store.ts';
import type { RecordTable } from '../../sql/kubernetes/record-table.ts';
import { pagesOf } from '../documents.ts';
import type { Query, SearchBody } from '../requests.ts';
import type { Store } from '../store.ts';
import { familyName } from './document-places.ts';

/** `index.max_result_window`. */
const WINDOW = 10_000;
const PAGE = 5000;

export type Sort = NonNullable<SearchBody['sort']>;

export const is = (field: string, value: string): Query => ({ term: { [field]: value } });
export const lacks = (field: string): Query => ({ bool: { must_not: [{ exists: { field } }] } });

/** All records that meet every condition, in an order whose last field tells any two apart; `limit` of them at most. */
export async function findRecords<Kept extends object>(
  { requests, names }: Store,
  table: RecordTable<Kept>,
  conditions: readonly Query[],
  sort: Sort,
  limit = Number.POSITIVE_INFINITY,
): Promise<readonly Kept[]> {
  const found: Kept[] = [];
  if (limit <= 0) return found;
  const body = { query: { bool: { filter: [...conditions] } }, sort, size: Math.min(limit, PAGE) };
  for await (const page of pagesOf(requests, [names.all(familyName(table))], body)) {
    for (const { source } of page) found.push(table.recordOf(source));
    if (found.length >= limit) break;
  }
  return found.slice(0, limit);
}

/** A part of them, with how many there are. `scored`: what `_score` in the order is of. */
export async function findPage<Kept extends object>(
  store: Store,
  table: RecordTable<Kept>,
  conditions: readonly Query[],
  sort: Sort,
  limit: number,
  offset: number,
  scored: readonly Query[] = [],
): Promise<Page<Kept>> {
  const isDeep = offset + limit > WINDOW;
  const query: Query = { bool: { filter: [...conditions], should: [...scored] } };
  const body = { query, sort, track_total_hits: true };
  const { hits, total: found } = (
    await store.requests.search(
      [store.names.all(familyName(table))],
      isDeep ? { ...body, size: 0 } : { ...body, from: offset, size: limit },
    )
  ).hits;
  const total = typeof found === 'number' ? found : (found?.value ?? 0);
  if (!isDeep) return { items: hits.map(({ _source }) => table.recordOf(_source)), total };
  // Beyond the window a search can only go on from the one before.
  const items = offset < total ? (await findRecords(store, table, [query], sort, offset + limit)).slice(offset) : [];
  return { items, total };
}

/** The record with an id; null where there is none. */
export async function findRecord<Kept extends object>(
  store: Store,
  table: RecordTable<Kept>,
  id: string,
): Promise<Kept | null> {
  const [found] = await findRecords(store, table, [is('id', id)], ['id'], 1);
  return found ?? null;
}

/** Those of the ids that a table has. */
export async function knownIds<Kept extends object>(
  { requests, names }: Store,
  table: RecordTable<Kept>,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (let first = 0; first < ids.length; first += PAGE) {
    const body = {
      query: { terms: { id: ids.slice(first, first + PAGE) } },
      size: PAGE,
      _source: false,
      docvalue_fields: ['id'],
      track_total_hits: false,
    };
    const { hits } = (await requests.search([names.all(familyName(table))], body)).hits;
    for (const { fields } of hits) for (const id of (fields?.['id'] ?? []) as string[]) known.add(id);
  }
  return known;
}
