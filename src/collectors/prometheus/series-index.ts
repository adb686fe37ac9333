import type { EpochSeconds } from '../../model/time.ts';
import type { Labels, Series } from './answer.ts';

export interface Found {
  readonly labels: Labels;
  readonly value: number;
}

/** Answers of a range query, to be looked up by window end and key. Keeps the series as they came, not a copy by end. */
export class SeriesIndex {
  readonly #byKey = new Map<string, Series[]>();

  /** @param keyOf null leaves the series out */
  constructor(series: readonly Series[], keyOf: (labels: Labels) => string | null) {
    for (const one of series) {
      const key = keyOf(one.labels);
      if (key === null) continue;
      const same = this.#byKey.get(key);
      if (same === undefined) this.#byKey.set(key, [one]);
      else same.push(one);
    }
  }

  all(endSeconds: EpochSeconds, key: string): readonly Found[] {
    const found: Found[] = [];
    for (const { labels, samples } of this.#byKey.get(key) ?? []) {
      for (const { seconds, value } of samples) if (seconds === endSeconds) found.push({ labels, value });
    }
    return found;
  }

  keys(endSeconds: EpochSeconds): readonly string[] {
    const keys: string[] = [];
    for (const [key, series] of this.#byKey) {
      if (series.some(({ samples }) => samples.some(({ seconds }) => seconds === endSeconds))) keys.push(key);
    }
    return keys;
  }

  get isEmpty(): boolean {
    return this.#byKey.size === 0;
  }
}
