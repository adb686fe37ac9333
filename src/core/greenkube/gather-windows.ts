import type { Window } from '../../model/time.ts';
import type { GreenKubeRow } from '../ports/greenkube-source.ts';
import { PodSums } from './pod-sums.ts';

/** All that GreenKube has of one window. */
export interface GatheredWindow {
  readonly window: Window;
  readonly rowCount: number;
  readonly pods: readonly PodSums[];
}

/** Makes windows of rows that come by time; it holds one window at a time. */
export class WindowGatherer {
  #window: Window | null = null;
  #rowCount = 0;
  #pods = new Map<string, PodSums>();

  /** Answers the window before, once a row of the next one comes. */
  add(row: GreenKubeRow, window: Window): GatheredWindow | null {
    const ended = this.#window?.startSeconds === window.startSeconds ? null : this.end();
    this.#window = window;
    this.#rowCount += 1;
    const key = JSON.stringify([row.namespace, row.podName, row.node]);
    const known = this.#pods.get(key);
    if (known === undefined) this.#pods.set(key, new PodSums(row));
    else known.add(row);
    return ended;
  }

  /** The window that is still open; null where there is none. */
  end(): GatheredWindow | null {
    if (this.#window === null) return null;
    const ended = { window: this.#window, rowCount: this.#rowCount, pods: [...this.#pods.values()] };
    this.#window = null;
    this.#rowCount = 0;
    this.#pods = new Map();
    return ended;
  }
}
