/** A value that is read at most once in so many milliseconds, however many ask; a failure is asked again at once. */
export class Cached<T> {
  readonly #read: () => Promise<T>;
  readonly #milliseconds: number;
  readonly #now: () => number;
  #reading: Promise<T> | null = null;
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(read: () => Promise<T>, milliseconds: number, now: () => number) {
    this.#read = read;
    this.#milliseconds = milliseconds;
    this.#now = now;
  }

  get(): Promise<T> {
    if (this.#reading !== null && this.#now() - this.#readAt < this.#milliseconds) return this.#reading;
    const reading = this.#read();
    this.#reading = reading;
    this.#readAt = this.#now();
    reading.catch(() => {
      if (this.#reading === reading) this.#reading = null;
    });
    return reading;
  }
}
