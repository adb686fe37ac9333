import type { IntensityStore } from '../../../src/core/ports/grid-feed.ts';
import type { AuditLog, CachedEmbodied, EmbodiedCache } from '../../../src/core/ports/science-stores.ts';
import type { AuditEntry } from '../../../src/model/audit.ts';
import type { Failure } from '../../../src/model/failure.ts';
import type { FactorType, IntensityRecord } from '../../../src/model/grid.ts';
import type { EpochSeconds, TimeRange } from '../../../src/model/time.ts';

/** Values of grids, embodied emissions and the audit of a store, in memory. */
export class MemoryScience implements IntensityStore, EmbodiedCache, AuditLog {
  /** By key, as `keyOf` has it. */
  readonly intensityRecords = new Map<string, IntensityRecord>();
  readonly embodied = new Map<string, CachedEmbodied>();
  readonly auditEntries: AuditEntry[] = [];
  failWith: Failure | null = null;

  async putIntensities(records: readonly IntensityRecord[]): Promise<void> {
    this.#check();
    for (const record of records) {
      const known = this.intensityRecords.get(keyOf(record));
      if (record.isForecast && known?.isForecast === false) continue;
      this.intensityRecords.set(keyOf(record), record);
    }
  }

  async intensities(zone: string, factorType: FactorType, range: TimeRange): Promise<readonly IntensityRecord[]> {
    this.#check();
    return this.#averages(zone, factorType)
      .filter(({ startSeconds }) => startSeconds >= range.startSeconds && startSeconds < range.endSeconds)
      .sort((a, b) => a.startSeconds - b.startSeconds || (a.source < b.source ? -1 : 1));
  }

  async latestIntensity(
    zone: string,
    factorType: FactorType,
    atSeconds: EpochSeconds,
  ): Promise<IntensityRecord | null> {
    this.#check();
    const [newest] = this.#averages(zone, factorType)
      .filter(({ startSeconds, isForecast }) => startSeconds <= atSeconds && !isForecast)
      .sort(
        (a, b) =>
          b.startSeconds - a.startSeconds ||
          Number(a.isEstimated) - Number(b.isEstimated) ||
          (a.source < b.source ? -1 : 1),
      );
    return newest ?? null;
  }

  async cachedEmbodied(provider: string, instanceType: string): Promise<CachedEmbodied | null> {
    this.#check();
    return this.embodied.get(`${provider} ${instanceType}`) ?? null;
  }

  async putEmbodied(entry: CachedEmbodied): Promise<void> {
    this.#check();
    this.embodied.set(`${entry.provider} ${entry.instanceType}`, entry);
  }

  async addAudit(entry: AuditEntry): Promise<void> {
    this.#check();
    if (!this.auditEntries.some(({ id }) => id === entry.id)) this.auditEntries.push(entry);
  }

  async listAudit(clusterId: string | null, limit: number): Promise<readonly AuditEntry[]> {
    this.#check();
    return this.auditEntries
      .filter((entry) => clusterId === null || entry.clusterId === clusterId)
      .sort((a, b) => b.atSeconds - a.atSeconds || (a.id < b.id ? -1 : 1))
      .slice(0, limit);
  }

  #averages(zone: string, factorType: FactorType): IntensityRecord[] {
    return [...this.intensityRecords.values()].filter(
      (record) => record.zone === zone && record.factorType === factorType && record.kind === 'average',
    );
  }

  #check(): void {
    if (this.failWith !== null) throw this.failWith;
  }
}

function keyOf({ zone, startSeconds, kind, factorType, source }: IntensityRecord): string {
  return JSON.stringify([zone, startSeconds, kind, factorType, source]);
}
