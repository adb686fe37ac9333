const MOST_SHARED = 20_000;

/** Keeps one of each: parts that are equal in many objects (the labels of a workload's pods, say) share their memory. */
export class SharedParts<Part> {
  readonly #known = new Map<string, Part>();

  /** The part, or an equal one that was here before. */
  one(part: Part): Part {
    const key = JSON.stringify(part);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    // Nobody says which are still in use: from time to time all are forgotten, and found anew.
    if (this.#known.size >= MOST_SHARED) this.#known.clear();
    this.#known.set(key, part);
    return part;
  }
}
