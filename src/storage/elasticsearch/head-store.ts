import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { bulk } from './bulk.ts';
import { type ClusterHead, headDocument, headOf, newHead } from './cluster-head.ts';
import type { IndexNames } from './index-names.ts';
import type { Found, Requests } from './requests.ts';

/** A head with what its compare-and-set needs; `found` is null where it is not stored yet. */
export interface StoredHead {
  readonly head: ClusterHead;
  readonly found: Pick<Found, 'seqNo' | 'primaryTerm'> | null;
}

const WriteId = z.object({ state: z.object({ writeId: z.string() }) });
const MOST_CLUSTERS = 10_000;

/** Reads and changes the heads of clusters. */
export class HeadStore {
  readonly #requests: Requests;
  readonly #index: string;

  constructor(requests: Requests, names: IndexNames) {
    this.#requests = requests;
    this.#index = names.of('cluster-heads');
  }

  /** The head as it is now; null for a cluster that nothing was ever written of. */
  async load(clusterId: string): Promise<StoredHead | null> {
    const found = await this.#requests.get(this.#index, clusterId);
    return found === null ? null : { head: headOf(found.source), found };
  }

  /** Heads of these clusters, of all for an empty list; those nothing is known of are left out. */
  async list(clusterIds: readonly string[], signal?: AbortSignal): Promise<readonly ClusterHead[]> {
    const query = clusterIds.length === 0 ? { match_all: {} } : { terms: { cluster_id: [...clusterIds] } };
    const answer = await this.#requests.search([this.#index], { query, size: MOST_CLUSTERS }, signal);
    return answer.hits.hits.map(({ _source }) => headOf(_source));
  }

  /** Forgets a cluster: all of it, or all but the epoch that was leased last. */
  async forget(clusterId: string, leasedEpoch: number | null): Promise<void> {
    if (leasedEpoch === null) return bulk(this.#requests, [{ kind: 'delete', index: this.#index, id: clusterId }]);
    for (;;) {
      const stored = await this.load(clusterId);
      const epoch = Math.max(leasedEpoch, stored?.head.epoch ?? 0);
      const before = stored ?? { head: newHead(clusterId, epoch), found: null };
      if ((await this.change(before, newHead(clusterId, epoch))) !== null) return;
    }
  }

  /** Replaces a head where it is still as it was read; null where another one was faster. */
  async change(before: StoredHead, head: ClusterHead): Promise<StoredHead | null> {
    const writeId = randomUUID();
    const document = headDocument(head, writeId);
    const found = await this.#requests.compareAndSet(this.#index, head.clusterId, before.found, document);
    if (found !== null) return { head, found };
    // A change whose answer was lost is refused when it is sent again: it was ours if our mark is on it.
    const now = await this.#requests.get(this.#index, head.clusterId);
    const mark = WriteId.safeParse(now?.source);
    if (now === null || !mark.success || mark.data.state.writeId !== writeId) return null;
    return { head, found: now };
  }
}
