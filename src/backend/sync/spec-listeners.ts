type Listener = (clusterId: string) => void;

/** Who is told when specs of workloads change. One that throws keeps the others from nothing. */
export class SpecListeners {
  readonly #listeners = new Set<Listener>();
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  add(listener: Listener): () => void {
    // An own function for each, so that one that is added twice is told twice and ended once each.
    const mine: Listener = (clusterId) => listener(clusterId);
    this.#listeners.add(mine);
    return () => void this.#listeners.delete(mine);
  }

  tell(clusterId: string): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(clusterId);
      } catch (error) {
        this.#onError(error);
      }
    }
  }
}
