/** Work on one cluster goes one after the other; work on different clusters side by side. */
export class ClusterLocks {
  readonly #tails = new Map<string, Promise<void>>();

  async run<T>(clusterId: string, work: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(clusterId) ?? Promise.resolve();
    const { promise: mine, resolve: release } = Promise.withResolvers<void>();
    const tail = before.then(() => mine);
    this.#tails.set(clusterId, tail);
    await before;
    try {
      return await work();
    } finally {
      release();
      if (this.#tails.get(clusterId) === tail) this.#tails.delete(clusterId);
    }
  }
}
