import type { Operation } from './bulk.ts';
import type { Query, Requests, SearchBody } from './requests.ts';

/** A document that a search found. */
export interface Hit {
  readonly index: string;
  readonly id: string;
  readonly source: unknown;
}

const PAGE = 5000;

/** All documents that match, page by page, in the order of `sort`, whose last field has to tell any two apart. */
export async function* pagesOf(
  requests: Requests,
  indices: readonly string[],
  body: SearchBody & { readonly sort: NonNullable<SearchBody['sort']> },
  signal?: AbortSignal,
): AsyncGenerator<Hit[]> {
  let after: SearchBody['search_after'];
  for (;;) {
    const page = {
      size: PAGE,
      track_total_hits: false,
      ...body,
      ...(after === undefined ? {} : { search_after: after }),
    };
    const { hits } = (await requests.search(indices, page, signal)).hits;
    if (hits.length > 0) {
      yield hits.map(({ _index, _id, _source }) => ({ index: _index, id: _id ?? '', source: _source }));
    }
    after = hits.at(-1)?.sort;
    if (hits.length < page.size || after === undefined) return;
  }
}

/**
 * Deletes every document that matches a query, in pieces, until a fresh search finds none; answers how many. Elasticsearch
 * can do that by itself only with a module that not every distribution has.
 */
export async function deleteMatching(
  requests: Requests,
  indices: readonly string[],
  query: Query,
  remove: (operations: Operation[]) => Promise<void>,
  signal?: AbortSignal,
): Promise<number> {
  let removed = 0;
  for (;;) {
    const body = { query, size: PAGE, _source: false, track_total_hits: false };
    const { hits } = (await requests.search(indices, body, signal)).hits;
    if (hits.length === 0) return removed;
    await remove(hits.map(({ _index, _id }): Operation => ({ kind: 'delete', index: _index, id: _id ?? '' })));
    removed += hits.length;
    if (hits.length < PAGE) return removed;
  }
}
