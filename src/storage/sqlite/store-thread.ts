import { type Transferable, Worker } from 'node:worker_threads';
import { Failure } from '../../model/failure.ts';
import type { Recovery } from './damage/heal-stores.ts';
import { CLOSE_OPERATION, failureOf, isReply, type Reply, type WorkerStart } from './worker-messages.ts';
import { workerUrl } from './worker-url.ts';

/**
 * What a thread of the store makes is small and short-lived. By default V8 lets the young generation of each thread grow
 * to 48 MB and gives nothing back; a small one is only swept more often, it limits nothing.
 */
const YOUNG_GENERATION_MEGABYTES = 12;

interface Pending {
  resolve(value: unknown): void;
  reject(failure: Failure): void;
}

interface Opening {
  resolve(recovery: Recovery | null): void;
  reject(failure: Failure): void;
}

/** One thread of the store. It may die at any time: then what was asked fails, and `isAlive` is false for ever. */
export class StoreThread {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  readonly #ready: Promise<Recovery | null>;
  readonly #gone: Promise<void>;
  #settleReady: Opening = { resolve: () => undefined, reject: () => undefined };
  #lastId = 0;
  #end: Failure | null = null;

  constructor(start: WorkerStart) {
    this.#ready = new Promise((resolve, reject) => {
      this.#settleReady = { resolve, reject };
    });
    // Who doesn't wait for it learns of the failure by the next call.
    this.#ready.catch(() => undefined);
    this.#worker = new Worker(workerUrl('results-worker'), {
      workerData: start,
      name: `results-${start.role}`,
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MEGABYTES },
    });
    this.#worker.on('message', (message: unknown) => this.#take(message));
    this.#worker.on('error', (error) => this.#die(died(error)));
    this.#gone = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        this.#die(died(null));
        resolve();
      });
    });
  }

  get isAlive(): boolean {
    return this.#end === null;
  }

  /** Settles once the file is open, with what had to be recovered; rejects with why it could not be opened. */
  ready(): Promise<Recovery | null> {
    return this.#ready;
  }

  call(operation: string, input: unknown, transfer: readonly Transferable[] = []): Promise<unknown> {
    if (this.#end !== null) return Promise.reject(this.#end);
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#worker.postMessage({ id, operation, input }, transfer);
    });
  }

  /**
   * Gives the thread up: what it was asked fails with `reason` at once, and it ends after the call it is in. It is not
   * terminated: a thread that is stopped inside the driver can take the whole process with it.
   */
  abandon(reason: Failure): void {
    if (this.#end !== null) return;
    this.#die(reason);
    this.#worker.postMessage({ id: 0, operation: CLOSE_OPERATION, input: null });
  }

  /** Settles when the thread is gone. */
  gone(): Promise<void> {
    return this.#gone;
  }

  /** Lets it finish what it was asked, close its file and end. */
  async close(): Promise<void> {
    if (this.#end !== null) return;
    await this.call(CLOSE_OPERATION, null);
    await this.#gone;
  }

  #take(message: unknown): void {
    if (isReply(message)) this.#settle(message);
  }

  #settle(reply: Reply): void {
    switch (reply.kind) {
      case 'ready':
        this.#settleReady.resolve(reply.recovery);
        return;
      case 'not-ready':
        this.#die(failureOf(reply.failure));
        return;
      case 'answer':
        this.#pending.get(reply.id)?.resolve(reply.value);
        this.#pending.delete(reply.id);
        return;
      case 'refusal':
        this.#pending.get(reply.id)?.reject(failureOf(reply.failure));
        this.#pending.delete(reply.id);
        return;
    }
  }

  #die(reason: Failure): void {
    if (this.#end !== null) return;
    this.#end = reason;
    this.#settleReady.reject(reason);
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
  }
}

function died(error: unknown): Failure {
  return new Failure('store', 'A thread of the results store has stopped.', {
    hint: 'It starts again by itself; try again.',
    cause: error,
  });
}
