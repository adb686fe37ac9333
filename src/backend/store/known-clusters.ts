import * as z from 'zod';
import type { AppState } from '../../core/ports/app-state.ts';
import { type ClusterRecord, PROVIDERS } from '../../model/cluster.ts';
import { StoredValue } from '../settings/stored-value.ts';

const Seconds = z.number().int().nonnegative();

const Known = z.object({
  record: z.object({
    id: z.string(),
    name: z.string(),
    contextName: z.string(),
    serverUrl: z.string(),
    serverVersion: z.string().nullable(),
    provider: z.enum([...PROVIDERS, 'mixed']).nullable(),
    region: z.string().nullable(),
    currency: z.string(),
    nodeCount: z.number().nullable(),
    podCount: z.number().nullable(),
    createdAtSeconds: Seconds,
    updatedAtSeconds: Seconds,
    lastSyncAtSeconds: Seconds.nullable(),
    lastError: z.string().nullable(),
  }),
  /** Every live window up to here is closed, in the store or in the spool. */
  closedUntilSeconds: Seconds,
});
export type KnownCluster = z.infer<typeof Known>;

const Kept = z.object({ location: z.string(), clusters: z.record(z.string(), Known) });
type Kept = z.infer<typeof Kept>;

/**
 * What this machine last knew of the clusters it collects into one store, so that a reading can go on where it was,
 * also after a restart, while that store is away. Nothing of one store is used for another.
 */
export class KnownClusters {
  readonly #kept: StoredValue<Kept>;
  #location: string;

  private constructor(kept: StoredValue<Kept>, location: string) {
    this.#kept = kept;
    this.#location = location;
  }

  static async open(state: AppState, location: string): Promise<KnownClusters> {
    return new KnownClusters(
      await StoredValue.open(state, 'known-clusters', Kept, { location, clusters: {} }),
      location,
    );
  }

  /** The store was changed for another. */
  changeStore(location: string): void {
    this.#location = location;
  }

  get(clusterId: string): KnownCluster | null {
    const { location, clusters } = this.#kept.value;
    return location === this.#location ? (clusters[clusterId] ?? null) : null;
  }

  async put(record: ClusterRecord, closedUntilSeconds: number): Promise<void> {
    const before = this.get(record.id);
    const known: KnownCluster = { record: { ...record }, closedUntilSeconds };
    if (before !== null && JSON.stringify(before) === JSON.stringify(known)) return;
    const location = this.#location;
    await this.#kept.update((all) => ({
      location,
      clusters: { ...(all.location === location ? all.clusters : {}), [record.id]: known },
    }));
  }
}
