import type { AuditEntry } from '../../model/audit.ts';
import type { WindowResult } from '../../model/results.ts';
import type { EpochSeconds, TimeRange, Window } from '../../model/time.ts';

/** A remembered answer of an embodied-emissions service. */
export interface CachedEmbodied {
  readonly provider: string;
  readonly instanceType: string;
  /** Whole life of the whole machine; null: the service does not know the type. */
  readonly kilograms: number | null;
  readonly lowKilograms: number | null;
  readonly highKilograms: number | null;
  readonly lifespanHours: number | null;
  readonly updatedAtSeconds: EpochSeconds;
  readonly expiresAtSeconds: EpochSeconds;
  /** Which service, and its warnings about a fuzzy match. */
  readonly source: string;
}

/** Table `embodied_cache`: negative answers too, each with an expiry. */
export interface EmbodiedCache {
  /** Also where it has run out: who asks decides what that means. */
  cachedEmbodied(provider: string, instanceType: string): Promise<CachedEmbodied | null>;
  putEmbodied(entry: CachedEmbodied): Promise<void>;
}

/** Table `audit`: only ever added to. */
export interface AuditLog {
  /** One that is there already (by its id) stays as it is. Entries outlive their cluster. */
  addAudit(entry: AuditEntry): Promise<void>;
  /** Newest first; `clusterId` null is all clusters. */
  listAudit(clusterId: string | null, limit: number): Promise<readonly AuditEntry[]>;
}

/** What stands of single windows, for computing them again. */
export interface WindowContents {
  /**
   * Everything that was written of a window, while its rows and node facts exist; else null. Its node snapshots are what
   * the nodes were in that window, whether that was a change or not: written back, they change nothing.
   */
  windowContent(clusterId: string, window: Window): Promise<WindowResult | null>;
  /**
   * Windows with data whose start lies in the range and whose rows still exist, oldest first. Windows whose rows were
   * compacted or removed by retention are not among them.
   */
  restatableWindows(clusterId: string, range: TimeRange): Promise<readonly Window[]>;
}
