import type { GreenKubeBatch, GreenKubeNode } from '../../core/ports/greenkube-source.ts';
import type { EpochSeconds } from '../../model/time.ts';
import type { Tally } from './tally.ts';

/** Nodes as they were, going forward in time: of each node the newest snapshot only is held. */
export class NodeCourse {
  readonly #batches: AsyncIterator<GreenKubeBatch<GreenKubeNode>>;
  readonly #tally: Tally;
  readonly #nodes = new Map<string, GreenKubeNode>();
  #waiting: GreenKubeNode[] = [];

  constructor(batches: AsyncIterable<GreenKubeBatch<GreenKubeNode>>, tally: Tally) {
    this.#batches = batches[Symbol.asyncIterator]();
    this.#tally = tally;
  }

  /** Each node at its newest snapshot before an instant; instants never go back. */
  async before(instant: EpochSeconds): Promise<ReadonlyMap<string, GreenKubeNode>> {
    for (;;) {
      const later = this.#waiting.findIndex(({ atSeconds }) => atSeconds >= instant);
      const ready = later < 0 ? this.#waiting.splice(0) : this.#waiting.splice(0, later);
      for (const node of ready) this.#nodes.set(node.name, node);
      if (later >= 0 || !(await this.#readOn())) return this.#nodes;
    }
  }

  /** Reads the rest, so that all snapshots are counted. */
  async finish(): Promise<void> {
    await this.before(Number.POSITIVE_INFINITY);
  }

  async close(): Promise<void> {
    await this.#batches.return?.();
  }

  async #readOn(): Promise<boolean> {
    const next = await this.#batches.next();
    if (next.done === true) return false;
    for (const read of next.value) {
      const node = this.#tally.read(read);
      if (node === null) continue;
      this.#tally.taken += 1;
      this.#waiting.push(node);
    }
    return true;
  }
}
