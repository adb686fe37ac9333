import type { Clock } from '../../core/ports/clock.ts';
import type { IntensityStore } from '../../core/ports/grid-feed.ts';
import type { FactorType, IntensityRecord } from '../../model/grid.ts';
import type { TimeRange } from '../../model/time.ts';

/** As far back as values become final: that long they are held in memory too. */
export const KEPT_SECONDS = 72 * 3600;
/** A year of some zones; beyond it the oldest are left to a later question. */
const MOST_WAITING = 50_000;

/**
 * Published values, in the results store and, for the last 72 hours, in memory: while the store is away what was read
 * still serves, and waits here until it is back. No call throws.
 */
export class IntensityArchive {
  readonly #store: IntensityStore;
  readonly #clock: Clock;
  readonly #recent = new Map<string, IntensityRecord>();
  #waiting: readonly IntensityRecord[] = [];

  constructor(store: IntensityStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** How many values wait for the store. */
  get waiting(): number {
    return this.#waiting.length;
  }

  async put(records: readonly IntensityRecord[]): Promise<void> {
    if (records.length === 0) return;
    const since = this.#clock.nowSeconds() - KEPT_SECONDS;
    for (const record of records) if (record.startSeconds >= since) this.#recent.set(keyOf(record), record);
    for (const [key, { startSeconds }] of this.#recent) if (startSeconds < since) this.#recent.delete(key);
    this.#waiting = [...this.#waiting, ...records].slice(-MOST_WAITING);
    await this.deliver();
  }

  /** Brings what waits to the store; stays where it is when the store is away. */
  async deliver(): Promise<void> {
    const batch = this.#waiting;
    if (batch.length === 0) return;
    try {
      await this.#store.putIntensities(batch);
      const delivered = new Set(batch);
      this.#waiting = this.#waiting.filter((record) => !delivered.has(record));
    } catch {
      // Tried again with the next values, the next refresh, and when the store comes back.
    }
  }

  /** Average values whose stretch starts in the range, oldest first. */
  async read(zone: string, factorType: FactorType, range: TimeRange): Promise<readonly IntensityRecord[]> {
    const matches = (record: IntensityRecord) =>
      record.zone === zone &&
      record.factorType === factorType &&
      record.kind === 'average' &&
      record.startSeconds >= range.startSeconds &&
      record.startSeconds < range.endSeconds;
    const found = new Map<string, IntensityRecord>();
    const stored = await this.#store.intensities(zone, factorType, range).catch(() => null);
    for (const record of stored ?? [...this.#recent.values()].filter(matches)) found.set(keyOf(record), record);
    for (const record of this.#waiting.filter(matches)) found.set(keyOf(record), record);
    return [...found.values()].sort((a, b) => a.startSeconds - b.startSeconds);
  }
}

function keyOf({ zone, startSeconds, kind, factorType, source }: IntensityRecord): string {
  return `${zone} ${startSeconds} ${kind} ${factorType} ${source}`;
}
