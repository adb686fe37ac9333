import { Failure } from '../../model/failure.ts';
import { StoreThread } from './store-thread.ts';

interface Job {
  readonly operation: string;
  readonly input: unknown;
  readonly signal: AbortSignal | undefined;
  /** Takes it out of the queue; listens to the signal while the job waits. */
  leave(): void;
  resolve(value: unknown): void;
  reject(reason: unknown): void;
}

/**
 * Reading threads, each with one question at a time; further questions wait their turn. A thread starts when there is
 * a question and none is idle: each takes some 30 MB, and a command or a quiet backend needs one or none. A question that is cancelled
 * or takes too long fails at once, and its thread is replaced: SQLite can't be interrupted from outside.
 */
export class ReaderPool {
  readonly #file: string;
  readonly #slowMilliseconds: number;
  readonly #most: number;
  readonly #idle: StoreThread[] = [];
  #busy = 0;
  readonly #threads = new Set<StoreThread>();
  readonly #waiting: Job[] = [];
  #closed = false;

  constructor(file: string, readers: number, slowMilliseconds: number) {
    this.#file = file;
    this.#slowMilliseconds = slowMilliseconds;
    this.#most = readers;
  }

  /** Rejects with `Failure`: cancelled, timeout, or what the thread says. */
  call(operation: string, input: unknown, signal?: AbortSignal): Promise<unknown> {
    if (this.#closed) return Promise.reject(closed());
    if (signal?.aborted === true) return Promise.reject(cancelled());
    return new Promise((resolve, reject) => {
      const job: Job = { operation, input, signal, resolve, reject, leave: () => this.#leaveQueue(job) };
      this.#waiting.push(job);
      signal?.addEventListener('abort', job.leave, { once: true });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#waiting.splice(0)) job.reject(closed());
    await Promise.all([...this.#threads].map((thread) => this.#end(thread)));
  }

  async #end(thread: StoreThread): Promise<void> {
    if (this.#idle.includes(thread)) await thread.close().catch(() => undefined);
    else thread.abandon(closed());
    await thread.gone();
  }

  #start(): StoreThread {
    const thread = new StoreThread({ file: this.#file, role: 'reader' });
    this.#threads.add(thread);
    return thread;
  }

  #leaveQueue(job: Job): void {
    const place = this.#waiting.indexOf(job);
    if (place < 0) return;
    this.#waiting.splice(place, 1);
    job.reject(cancelled());
  }

  #next(): void {
    while (this.#waiting.length > 0 && this.#busy < this.#most) {
      const job = this.#waiting.shift();
      if (job !== undefined) void this.#run(job, this.#free());
    }
  }

  #free(): StoreThread {
    const thread = this.#idle.pop();
    if (thread === undefined) return this.#start();
    return thread.isAlive ? thread : this.#replace(thread);
  }

  async #run(job: Job, thread: StoreThread): Promise<void> {
    this.#busy += 1;
    const onAbort = (): void => thread.abandon(cancelled());
    const timer = setTimeout(() => thread.abandon(tooSlow(this.#slowMilliseconds)), this.#slowMilliseconds);
    job.signal?.removeEventListener('abort', job.leave);
    job.signal?.addEventListener('abort', onAbort, { once: true });
    try {
      job.resolve(await thread.call(job.operation, job.input));
    } catch (error) {
      job.reject(error);
    } finally {
      clearTimeout(timer);
      job.signal?.removeEventListener('abort', onAbort);
      this.#busy -= 1;
      if (!this.#closed) {
        // What follows a thread that was given up starts at once: the next question is likely to come soon.
        this.#idle.push(thread.isAlive ? thread : this.#replace(thread));
        this.#next();
      }
    }
  }

  #replace(thread: StoreThread): StoreThread {
    // It stays in the set until it is gone, so that closing waits for its file.
    void thread.gone().then(() => this.#threads.delete(thread));
    return this.#start();
  }
}

function cancelled(): Failure {
  return new Failure('cancelled', 'The question to the results store was cancelled.');
}

function tooSlow(milliseconds: number): Failure {
  return new Failure('timeout', `The results store did not answer within ${Math.round(milliseconds / 1000)} s.`, {
    hint: 'Ask for a shorter time or fewer groups.',
  });
}

function closed(): Failure {
  return new Failure('cancelled', 'The results store is closed.');
}
