import type { RowsPage, RowsQuery, StoredRow } from '../../core/ports/results-store.ts';
import { hiddenClauses, startsIn } from './clauses.ts';
import { filterClauses } from './group-fields.ts';
import type { Query, SearchBody } from './requests.ts';
import { rowOf } from './row-document.ts';
import type { Store } from './store.ts';
import { fitsPattern } from './wildcards.ts';

const MOST_COUNTED = 10_000;
/** `index.max_result_window`. */
const WINDOW = 10_000;
const MOST_PLACES = 100;
const SORT = ['timestamp', 'cluster_id', 'namespace', 'pod_name', 'node'];

type After = NonNullable<SearchBody['search_after']>;

/** Pages of rows: oldest window first; within a window in a fixed order. */
export class RowReader {
  readonly #store: Store;
  /** Where pages ended, so that the next one is found without counting up to it. Oldest first. */
  readonly #places = new Map<string, After>();

  constructor(store: Store) {
    this.#store = store;
  }

  async read(query: RowsQuery, signal?: AbortSignal): Promise<RowsPage> {
    const { requests, names, heads } = this.#store;
    const { filter, range, podPattern, limit, offset } = query;
    const known = await heads.list(filter.clusterIds, signal);
    if (known.length === 0) return { rows: [], total: 0, totalIsLowerBound: false };
    const conditions: Query = {
      bool: {
        filter: [
          startsIn(range),
          ...(filter.clusterIds.length === 0 ? [] : [{ terms: { cluster_id: [...filter.clusterIds] } }]),
          ...filterClauses(filter),
          ...(podPattern === null || podPattern === '' ? [] : [fitsPattern('pod_name', podPattern)]),
        ],
        must_not: hiddenClauses(known),
      },
    };
    const indices = names.within('combined-metrics', range);
    const counted = { size: 0, query: conditions, track_total_hits: MOST_COUNTED + 1 };
    const [answer, rows] = await Promise.all([
      requests.search(indices, counted, signal),
      this.#page(indices, conditions, `${JSON.stringify([filter, range, podPattern])}`, offset, limit, signal),
    ]);
    const total = typeof answer.hits.total === 'number' ? answer.hits.total : (answer.hits.total?.value ?? 0);
    return { rows, total: Math.min(total, MOST_COUNTED), totalIsLowerBound: total > MOST_COUNTED };
  }

  async #page(
    indices: readonly string[],
    query: Query,
    question: string,
    offset: number,
    limit: number,
    signal?: AbortSignal,
  ): Promise<StoredRow[]> {
    const rows: StoredRow[] = [];
    let at = 0;
    let after = this.#places.get(`${offset} ${question}`);
    if (after !== undefined) at = offset;
    while (rows.length < limit) {
      const skips = offset - at;
      // Beyond the window of results one walks: pages that are skipped bring nothing but where they end.
      const isSkipping = skips > 0 && (after !== undefined || skips + limit > WINDOW);
      const size = Math.min(WINDOW, isSkipping ? skips : limit - rows.length);
      const place = after === undefined ? (isSkipping ? {} : { from: Math.max(0, skips) }) : { search_after: after };
      const body = { query, size, sort: SORT, track_total_hits: false, ...(isSkipping ? { _source: false } : {}) };
      const { hits } = (await this.#store.requests.search(indices, { ...body, ...place }, signal)).hits;
      if (!isSkipping) rows.push(...hits.map(({ _source }) => rowOf(_source)));
      at = isSkipping ? at + hits.length : offset + rows.length;
      after = hits.at(-1)?.sort;
      if (after === undefined || hits.length < size) return rows;
      this.#remember(`${at} ${question}`, after);
    }
    return rows;
  }

  #remember(place: string, after: After): void {
    this.#places.set(place, after);
    for (const oldest of this.#places.keys()) {
      if (this.#places.size <= MOST_PLACES) return;
      this.#places.delete(oldest);
    }
  }
}
