import type { ExporterClient } from './exporter-client.ts';
import { hourRange, settledUntil } from './hours.ts';
import {
  eachFigure,
  MOST_NAMESPACES,
  type NamespaceUsage,
  namespaceUsage,
  OTHER_NAMESPACES,
} from './namespace-usage.ts';

/**
 * Counts what namespaces used in the hours that ended since this process began; never goes down. Sums of the store
 * would: results are restated, and pruned. A restart begins at nothing with the hour that the process before did not
 * count yet, which is what Prometheus takes for the reset of a counter. Hours that are read later than that (after a
 * longer stop, or history) are in no counter.
 */
export class HourCounters {
  readonly #client: ExporterClient;
  readonly #counted = new Map<string, NamespaceUsage>();
  #untilSeconds: number | null = null;

  constructor(client: ExporterClient) {
    this.#client = client;
  }

  /**
   * Adds the hours that ended since the last call; those that can't be read now are added by a later call.
   * @param known namespaces that get a line from the beginning
   */
  async advance(nowSeconds: number, known: readonly NamespaceUsage[]): Promise<readonly NamespaceUsage[]> {
    const untilSeconds = settledUntil(nowSeconds);
    const fromSeconds = this.#untilSeconds ?? untilSeconds;
    for (const { cluster, namespace } of known) this.#isCounted(cluster, namespace);
    if (fromSeconds < untilSeconds) {
      const range = hourRange(fromSeconds, untilSeconds);
      const isNamed = (cluster: string, namespace: string) => this.#isCounted(cluster, namespace);
      for (const usage of await namespaceUsage(this.#client, range, isNamed)) this.#add(usage);
    }
    this.#untilSeconds = Math.max(fromSeconds, untilSeconds);
    return [...this.#counted.values()];
  }

  /** Clusters that are gone have no counters any more. */
  keepClusters(ids: ReadonlySet<string>): void {
    for (const [key, { cluster }] of this.#counted) if (!ids.has(cluster)) this.#counted.delete(key);
  }

  /** A namespace that has a line keeps it, so that no counter loses what it counted; a new one gets one while there is room. */
  #isCounted(cluster: string, namespace: string): boolean {
    const key = keyOf(cluster, namespace);
    if (this.#counted.has(key)) return true;
    if (this.#counted.size >= MOST_NAMESPACES && namespace !== OTHER_NAMESPACES) return false;
    this.#counted.set(key, { cluster, namespace, figures: eachFigure(() => 0) });
    return true;
  }

  #add({ cluster, namespace, figures }: NamespaceUsage): void {
    const key = keyOf(cluster, namespace);
    const before = this.#counted.get(key)?.figures ?? eachFigure(() => 0);
    this.#counted.set(key, { cluster, namespace, figures: eachFigure((name) => before[name] + figures[name]) });
  }
}

function keyOf(cluster: string, namespace: string): string {
  return JSON.stringify([cluster, namespace]);
}
