import type { RetentionPolicy } from '../../model/retention.ts';
import type { EpochSeconds } from '../../model/time.ts';

/** One published table or index family, for the page that shows what is kept. */
export interface TableContents {
  readonly table: string;
  /** Exact, or the store's own estimate where counting would scan. */
  readonly rows: number;
  /** With its indexes; null where the store can't tell. */
  readonly sizeBytes: number | null;
  readonly oldestSeconds: EpochSeconds | null;
  readonly newestSeconds: EpochSeconds | null;
}

export interface StoreContents {
  readonly tables: readonly TableContents[];
  /** Of `combined_metrics`, mean of the last 7 days that have windows (from the ledger); null before the first day. */
  readonly rowsPerDay: number | null;
  /** Size of the store by its rows, times `rowsPerDay`; null where unknown. */
  readonly bytesPerDay: number | null;
}

export interface MaintenanceResult {
  /** Closed hours whose roll-ups were written (stores that write them late). */
  readonly compactedHours: number;
  readonly removedRows: number;
  readonly removedPodHours: number;
  readonly removedHours: number;
  readonly removedPodDays: number;
  readonly removedDays: number;
}

/** Something in the store is not as it should be. */
export interface StoreProblem {
  readonly table: string;
  /** What is wrong and where, for people. */
  readonly what: string;
}

/** Keeping a store in order. Long calls work in pieces and heed their signal between two. */
export interface StoreCare {
  contents(signal?: AbortSignal): Promise<StoreContents>;
  /**
   * Compacts what waits, then removes what is older than the policy: whole closed UTC days of rows, whole buckets of
   * roll-ups. Totals over coarser levels stay bit for bit. A window of a day whose rows were removed is refused from
   * then on (`conflict`); a day that never had windows can still be filled.
   */
  maintain(policy: RetentionPolicy, nowSeconds: EpochSeconds, signal?: AbortSignal): Promise<MaintenanceResult>;
  /** Integrity of the store, and roll-ups against a fresh GROUP BY (1e-12) wherever the rows are still kept. */
  verify(signal?: AbortSignal): Promise<readonly StoreProblem[]>;
  /** Gives room back to the disk and refreshes what the planner knows. */
  vacuum(signal?: AbortSignal): Promise<void>;
}
