import type { WindowSpool } from '../../../src/core/ports/window-spool.ts';
import type { Failure } from '../../../src/model/failure.ts';
import type { LedgerEntry, WindowResult } from '../../../src/model/results.ts';
import type { TimeRange } from '../../../src/model/time.ts';

/** Windows that wait, in memory; outlives a backend that is given the same one. */
export class MemorySpool implements WindowSpool {
  readonly kept = new Map<string, WindowResult>();
  /** Every window that was ever put, in order. */
  readonly puts: number[] = [];
  failWith: Failure | null = null;
  /** Called before a window is removed: a test throws there to end in the middle of a delivery. */
  beforeRemove: () => void = () => undefined;

  async put(result: WindowResult): Promise<void> {
    if (this.failWith !== null) throw this.failWith;
    this.puts.push(result.entry.window.startSeconds);
    this.kept.set(`${result.entry.clusterId} ${result.entry.window.startSeconds}`, result);
  }

  async oldest(clusterId: string, limit: number): Promise<readonly WindowResult[]> {
    return this.#of(clusterId).slice(0, limit);
  }

  async entries(clusterId: string, range: TimeRange): Promise<readonly LedgerEntry[]> {
    return this.#of(clusterId)
      .map((result) => result.entry)
      .filter(({ window }) => window.startSeconds >= range.startSeconds && window.startSeconds < range.endSeconds);
  }

  async remove(clusterId: string, startSeconds: number): Promise<void> {
    this.beforeRemove();
    this.kept.delete(`${clusterId} ${startSeconds}`);
  }

  async removeCluster(clusterId: string): Promise<void> {
    for (const { entry } of this.#of(clusterId)) this.kept.delete(`${clusterId} ${entry.window.startSeconds}`);
  }

  async waiting() {
    const ids = [...new Set([...this.kept.values()].map(({ entry }) => entry.clusterId))].sort();
    return ids.map((clusterId) => {
      const all = this.#of(clusterId);
      return { clusterId, windows: all.length, oldestStartSeconds: all[0]?.entry.window.startSeconds ?? 0 };
    });
  }

  #of(clusterId: string): WindowResult[] {
    return [...this.kept.values()]
      .filter(({ entry }) => entry.clusterId === clusterId)
      .sort((a, b) => a.entry.window.startSeconds - b.entry.window.startSeconds);
  }
}
