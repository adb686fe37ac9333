import type { LedgerEntry, WindowResult } from '../../model/results.ts';
import type { TimeRange } from '../../model/time.ts';

/** Windows that wait on this machine while the results store is away. One entry a cluster and window start. */
export interface WindowSpool {
  /** Keeps a window; one of the same cluster and start is replaced. */
  put(result: WindowResult): Promise<void>;
  /** The oldest windows of a cluster, whole, at most `limit`. */
  oldest(clusterId: string, limit: number): Promise<readonly WindowResult[]>;
  /** Ledger entries of what waits, by start. */
  entries(clusterId: string, range: TimeRange): Promise<readonly LedgerEntry[]>;
  remove(clusterId: string, startSeconds: number): Promise<void>;
  removeCluster(clusterId: string): Promise<void>;
  /** What waits, by cluster. */
  waiting(): Promise<
    readonly { readonly clusterId: string; readonly windows: number; readonly oldestStartSeconds: number }[]
  >;
}
