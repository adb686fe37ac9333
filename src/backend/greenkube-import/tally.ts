import type { GreenKubeRead } from '../../core/ports/greenkube-source.ts';

/** Lines of one table: how many were taken, and why others were not. */
export class Tally {
  taken = 0;
  readonly refused = new Map<string, number>();

  /** The value of a line; null where it is refused, which is counted. */
  read<T>(read: GreenKubeRead<T>): T | null {
    if (read.kind === 'taken') return read.value;
    this.refused.set(read.reason, (this.refused.get(read.reason) ?? 0) + 1);
    return null;
  }

  get refusedCount(): number {
    return [...this.refused.values()].reduce((sum, count) => sum + count, 0);
  }
}
