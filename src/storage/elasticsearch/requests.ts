import type { Client, estypes } from '@elastic/elasticsearch';
import { BACK_OFF, type BackOff, wait, waitBefore } from './back-off.ts';
import { failureOf, isBusy, statusOf, typeOf } from './failures.ts';

/** A document as it is in the store, with what a compare-and-set needs. */
export interface Found {
  readonly source: unknown;
  readonly seqNo: number;
  readonly primaryTerm: number;
}

export type Query = estypes.QueryDslQueryContainer;
export type SearchBody = Omit<estypes.SearchRequest, 'index'>;
export type SearchAnswer = estypes.SearchResponse<unknown, Record<string, unknown>>;

interface Sent {
  readonly signal: AbortSignal;
}

/** Requests to one cluster. Each throws `Failure`; what was refused for being too much is sent again with back-off. */
export class Requests {
  readonly client: Client;
  readonly backOff: BackOff;
  readonly #closing = new AbortController();

  constructor(client: Client, backOff: BackOff = BACK_OFF) {
    this.client = client;
    this.backOff = backOff;
  }

  /** Sends a request, and again where the cluster is busy; an aborted one ends with `cancelled`. */
  async send<Answer>(request: (options: Sent) => Promise<Answer>, signal?: AbortSignal): Promise<Answer> {
    const options = this.options(signal);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await request(options);
      } catch (error) {
        if (!isBusy(statusOf(error)) || attempt > this.backOff.tries) throw failureOf(error);
        await wait(waitBefore(attempt, this.backOff), options.signal);
      }
    }
  }

  /** What cuts a request off: its own signal, or the end of the store. */
  options(signal?: AbortSignal): { readonly signal: AbortSignal } {
    const closing = this.#closing.signal;
    return { signal: signal === undefined ? closing : AbortSignal.any([signal, closing]) };
  }

  /** Cuts off whatever is on its way. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.client.close();
  }

  /** A search that fails where a part of the cluster can't answer, and finds nothing where an index is missing. */
  search(index: readonly string[], body: SearchBody, signal?: AbortSignal): Promise<SearchAnswer> {
    return this.send(
      (options) =>
        this.client.search<unknown, Record<string, unknown>>(
          {
            index: [...index],
            ignore_unavailable: true,
            allow_no_indices: true,
            allow_partial_search_results: false,
            ...body,
          },
          options,
        ),
      signal,
    );
  }

  /** A document as it is now, unrefreshed writes included; null where it or its index is not there. */
  async get(index: string, id: string): Promise<Found | null> {
    try {
      const { _source, _seq_no, _primary_term } = await this.send((options) => this.client.get({ index, id }, options));
      return { source: _source, seqNo: _seq_no ?? 0, primaryTerm: _primary_term ?? 0 };
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  /**
   * Writes a document only where it is still as `before` (null: not there yet). True if it did; false if another one
   * was faster. Readers see it at once.
   */
  async compareAndSet(
    index: string,
    id: string,
    before: Pick<Found, 'seqNo' | 'primaryTerm'> | null,
    document: object,
  ): Promise<Found | null> {
    const condition =
      before === null
        ? { op_type: 'create' as const }
        : { if_seq_no: before.seqNo, if_primary_term: before.primaryTerm };
    try {
      const answer = await this.send((options) =>
        this.client.index({ index, id, document, refresh: true, ...condition }, options),
      );
      return { source: document, seqNo: answer._seq_no ?? 0, primaryTerm: answer._primary_term ?? 0 };
    } catch (error) {
      if (isRaced(error)) return null;
      throw error;
    }
  }

  /** Makes what was written to these indices visible to searches. */
  async refresh(indices: readonly string[]): Promise<void> {
    if (indices.length === 0) return;
    await this.send((options) =>
      this.client.indices.refresh({ index: [...indices], ignore_unavailable: true }, options),
    );
  }
}

function isMissing(error: unknown): boolean {
  return causedBy(error, (cause) => statusOf(cause) === 404);
}

function isRaced(error: unknown): boolean {
  return causedBy(error, (cause) => statusOf(cause) === 409 && typeOf(cause) === 'version_conflict_engine_exception');
}

function causedBy(error: unknown, holds: (cause: unknown) => boolean): boolean {
  return holds(error) || (error instanceof Error && error.cause !== undefined && holds(error.cause));
}
