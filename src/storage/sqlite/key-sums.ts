import { KEPT, SUMS } from './row-sums.ts';

/** Sums and, behind them, peaks by key, in one growing buffer. */
export class KeySums {
  readonly #places = new Map<number, number>();
  #sums = new Float64Array(64 * KEPT);

  get size(): number {
    return this.#places.size;
  }

  /** Where the sums of a key start in `buffer`; zeros for one that was not there. */
  placeOf(key: number): number {
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const place = this.#places.size * KEPT;
    if (place + KEPT > this.#sums.length) {
      const larger = new Float64Array(this.#sums.length * 2);
      larger.set(this.#sums);
      this.#sums = larger;
    }
    this.#places.set(key, place);
    return place;
  }

  /** Valid until the next `placeOf`. */
  get buffer(): Float64Array {
    return this.#sums;
  }

  /** Adds the sums of a key of another one, and keeps the higher peaks. */
  addAll(key: number, from: Float64Array, at: number): void {
    const place = this.placeOf(key);
    for (let index = 0; index < SUMS; index += 1) {
      this.#sums[place + index] = (this.#sums[place + index] ?? 0) + (from[at + index] ?? 0);
    }
    for (let index = SUMS; index < KEPT; index += 1) {
      this.#sums[place + index] = Math.max(this.#sums[place + index] ?? 0, from[at + index] ?? 0);
    }
  }

  /** Keys in the order in which tables keep them. */
  inOrder(): Float64Array {
    return Float64Array.from(this.#places.keys()).sort();
  }
}
