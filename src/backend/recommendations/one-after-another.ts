/** Work that reads rows and writes them again goes one after the other: nothing that was said in between is lost. */
export class OneAfterAnother {
  #last: Promise<unknown> = Promise.resolve();

  do<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#last.then(work);
    this.#last = next.catch(() => undefined);
    return next;
  }

  /** Settles when everything that was asked for is done. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
