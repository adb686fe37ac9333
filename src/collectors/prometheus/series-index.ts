import type { EpochSeconds } from '../../model/time.ts';
import type { Labels, Series } from './answer.ts';

export interface Found {
  readonly labels: Labels;
  readonly value: number;
}

/** Answers of a range query, to be looked up by window end and key. */
export class SeriesIndex {
  private readonly byEnd = new Map<EpochSeconds, Map<string, Found[]>>();

  /** @param keyOf null leaves the series out */
  constructor(series: readonly Series[], keyOf: (labels: Labels) => string | null) {
    for (const { labels, samples } of series) {
      const key = keyOf(labels);
      if (key === null) continue;
      for (const { seconds, value } of samples) {
        let row = this.byEnd.get(seconds);
        if (row === undefined) {
          row = new Map();
          this.byEnd.set(seconds, row);
        }
        const found = row.get(key);
        if (found === undefined) row.set(key, [{ labels, value }]);
        else found.push({ labels, value });
      }
    }
  }

  all(endSeconds: EpochSeconds, key: string): readonly Found[] {
    return this.byEnd.get(endSeconds)?.get(key) ?? [];
  }

  keys(endSeconds: EpochSeconds): readonly string[] {
    return [...(this.byEnd.get(endSeconds)?.keys() ?? [])];
  }

  get isEmpty(): boolean {
    return this.byEnd.size === 0;
  }
}
