/** The part of a resource's objects that lists and ends are about, whatever the objects are. */
export interface ListedObjects {
  readonly size: number;
  beginList(): void;
  endList(): void;
  remove(key: string): void;
  touch(key: string): void;
}

/** Objects of one resource by key, with what changed and what a list did not show any more. */
export class KeyedObjects<Item> implements ListedObjects {
  readonly #items = new Map<string, Item>();
  readonly #onGone: (key: string, item: Item) => void;
  #listed: Set<string> | null = null;
  #dirty = new Set<string>();

  constructor(onGone: (key: string, item: Item) => void = () => undefined) {
    this.#onGone = onGone;
  }

  get size(): number {
    return this.#items.size;
  }

  get(key: string): Item | undefined {
    return this.#items.get(key);
  }

  values(): IterableIterator<Item> {
    return this.#items.values();
  }

  entries(): IterableIterator<[string, Item]> {
    return this.#items.entries();
  }

  put(key: string, item: Item): void {
    this.#items.set(key, item);
    this.#listed?.add(key);
    this.#dirty.add(key);
  }

  remove(key: string): void {
    const item = this.#items.get(key);
    if (item === undefined) return;
    this.#items.delete(key);
    this.#dirty.delete(key);
    this.#onGone(key, item);
  }

  /** A list begins (anew). */
  beginList(): void {
    this.#listed = new Set();
  }

  /** The list is whole: what it did not show is gone. */
  endList(): void {
    const listed = this.#listed;
    this.#listed = null;
    if (listed === null) return;
    for (const key of [...this.#items.keys()]) if (!listed.has(key)) this.remove(key);
  }

  touch(key: string): void {
    if (this.#items.has(key)) this.#dirty.add(key);
  }

  touchAll(): void {
    for (const key of this.#items.keys()) this.#dirty.add(key);
  }

  get changes(): number {
    return this.#dirty.size;
  }

  /** Keys that changed since the last call. */
  takeChanged(): string[] {
    const changed = [...this.#dirty];
    this.#dirty = new Set();
    return changed;
  }
}
