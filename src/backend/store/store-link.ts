import type { Clock } from '../../core/ports/clock.ts';
import type { ResultsStore, StoreInfo } from '../../core/ports/results-store.ts';
import type { StoreKind } from '../../core/ports/store-settings.ts';
import { Failure } from '../../model/failure.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { asFailure } from '../failures.ts';
import type { Log } from '../log.ts';
import { toIso } from '../ranges/instants.ts';
import { retrySeconds } from '../scheduler/backoff.ts';
import type { Timers } from '../scheduler/timers.ts';
import { DelegatingStore } from './delegating-store.ts';
import { recoveryWords } from './recovery-words.ts';
import type { StoreTarget } from './store-target.ts';

const PACE = { firstSeconds: 1, longestSeconds: 60 };
/** Of a start: a shared store that takes longer is waited for in the background. */
const FIRST_TRY_MILLISECONDS = 10_000;

export interface LinkStatus {
  readonly state: 'up' | 'away' | 'read-only' | 'recovered';
  readonly sinceSeconds: EpochSeconds;
  /** Why it is away, or what a recovery found; null where nothing is wrong. */
  readonly problem: { readonly message: string; readonly hint: string | null } | null;
  readonly lastGoodAtSeconds: EpochSeconds | null;
  /** Set while it is away. */
  readonly nextTryAtSeconds: EpochSeconds | null;
  /** As the store last told; null before its first answer. */
  readonly info: StoreInfo | null;
}

export interface LinkDeps {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  /** In [0, 1). */
  readonly random: () => number;
}

export type LinkListener = (now: LinkStatus, before: LinkStatus) => void;

/**
 * The results store as the backend sees it: always there, and at times away. A call while it is away fails at once
 * (`Failure` store-away); a call that finds it gone marks it away, and it is asked again with growing pauses until it
 * answers.
 */
export class StoreLink extends DelegatingStore {
  readonly #deps: LinkDeps;
  readonly #listeners = new Set<LinkListener>();
  #target: StoreTarget;
  #store: ResultsStore | null = null;
  #status: LinkStatus;
  /** Ends the tries under way; null while there are none. */
  #trying: AbortController | null = null;

  private constructor(target: StoreTarget, deps: LinkDeps) {
    super();
    this.#target = target;
    this.#deps = deps;
    const sinceSeconds = deps.clock.nowSeconds();
    const none = { problem: null, lastGoodAtSeconds: null, nextTryAtSeconds: null, info: null };
    this.#status = { state: 'away', sinceSeconds, ...none };
  }

  /**
   * A file of this machine that can't be opened is thrown; a store of a server that can't be is tried again for ever.
   */
  static async open(target: StoreTarget, deps: LinkDeps): Promise<StoreLink> {
    const link = new StoreLink(target, deps);
    if (target.kind === 'sqlite') {
      const store = await target.open();
      link.#store = store;
      link.#adopt(await store.info(), store);
      return link;
    }
    const waited = new AbortController();
    await Promise.race([link.#bringBack(0), deps.timers.wait(FIRST_TRY_MILLISECONDS, waited.signal)]);
    waited.abort();
    return link;
  }

  get status(): LinkStatus {
    return this.#status;
  }

  get kind(): StoreKind {
    return this.#target.kind;
  }

  get location(): string {
    return this.#target.location;
  }

  get isAway(): boolean {
    return this.#status.state === 'away';
  }

  /** Told of each change of the status; answers what ends it. */
  onChange(listener: LinkListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Changes over to another store once it is open; where that fails, everything stays. */
  async switchTo(target: StoreTarget): Promise<void> {
    const store = await target.open();
    const info = await store.info().catch(async (error: unknown) => {
      await store.close().catch(() => undefined);
      throw error;
    });
    const before = this.#store;
    this.#stopTrying();
    this.#target = target;
    this.#store = store;
    this.#adopt(info, store);
    await before?.close().catch(() => undefined);
  }

  override async info(): Promise<StoreInfo> {
    const info = await super.info();
    const store = this.#store;
    const isKnown = this.#status.info?.isReadOnly === info.isReadOnly;
    if (store !== null && !isKnown) this.#adopt(info, store);
    return info;
  }

  async close(): Promise<void> {
    this.#stopTrying();
    this.#listeners.clear();
    const store = this.#store;
    this.#store = null;
    await store?.close();
  }

  protected async use<T>(call: (store: ResultsStore) => Promise<T>): Promise<T> {
    const store = this.#opened();
    try {
      const answer = await call(store);
      this.#answered(store);
      return answer;
    } catch (error) {
      throw this.#noticed(error, store);
    }
  }

  protected async *callEach<T>(call: (store: ResultsStore) => AsyncIterable<T>): AsyncIterable<T> {
    const store = this.#opened();
    try {
      yield* call(store);
      this.#answered(store);
    } catch (error) {
      throw this.#noticed(error, store);
    }
  }

  #opened(): ResultsStore {
    if (this.#store === null || this.isAway) throw this.#awayFailure();
    return this.#store;
  }

  #awayFailure(): Failure {
    const { sinceSeconds, problem } = this.#status;
    const since = toIso(sinceSeconds);
    const message =
      problem === null
        ? `The results store has not answered yet, since ${since}`
        : `The results store is away since ${since}: ${problem.message}`;
    const hint = problem?.hint ?? 'Check that it runs and this machine can reach it. Podwatt goes on trying by itself.';
    return new Failure('store-away', message, { hint });
  }

  #answered(store: ResultsStore): void {
    if (store !== this.#store) return;
    const lastGoodAtSeconds = this.#deps.clock.nowSeconds();
    if (lastGoodAtSeconds !== this.#status.lastGoodAtSeconds) this.#status = { ...this.#status, lastGoodAtSeconds };
  }

  /** What a call threw. A store that is found away is marked so; one that was changed meanwhile is nobody's any more. */
  #noticed(error: unknown, store: ResultsStore): unknown {
    const failure = asFailure(error);
    if (store !== this.#store || failure.code !== 'store-away') return error;
    if (!this.isAway) {
      this.#enter({ state: 'away', problem: problemOf(failure), sinceSeconds: this.#deps.clock.nowSeconds() });
      this.#deps.log.warn({ store: this.location }, failure.message);
      void this.#bringBack(1);
    }
    return this.#awayFailure();
  }

  /** Tries until the store answers, after so many failures in a row; resolves with the first outcome. */
  #bringBack(failures: number): Promise<void> {
    if (this.#trying !== null) return Promise.resolve();
    const trying = new AbortController();
    this.#trying = trying;
    const { promise: first, resolve } = Promise.withResolvers<void>();
    void this.#tryOn(failures, trying.signal, resolve).finally(resolve);
    return first;
  }

  async #tryOn(failures: number, signal: AbortSignal, tried: () => void): Promise<void> {
    let inARow = failures;
    if (inARow > 0) await this.#pause(retrySeconds(inARow, this.#deps.random(), PACE), signal);
    while (!signal.aborted) {
      const failure = await this.#try(signal);
      if (failure === null || signal.aborted) return;
      inARow += 1;
      this.#enter({ problem: problemOf(failure) });
      tried();
      const pause = mayPassSoon(failure) ? retrySeconds(inARow, this.#deps.random(), PACE) : PACE.longestSeconds;
      await this.#pause(pause, signal);
    }
  }

  async #pause(seconds: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    this.#enter({ nextTryAtSeconds: Math.ceil(this.#deps.clock.nowSeconds() + seconds) });
    await this.#deps.timers.wait(seconds * 1000, signal);
  }

  async #try(signal: AbortSignal): Promise<Failure | null> {
    try {
      const store = this.#store ?? (await this.#target.open());
      if (signal.aborted) {
        if (store !== this.#store) await store.close().catch(() => undefined);
        return null;
      }
      this.#store = store;
      const info = await store.info();
      if (signal.aborted) return null;
      this.#trying = null;
      this.#adopt(info, store);
      this.#deps.log.info({ store: this.location }, 'The results store answers');
      return null;
    } catch (error) {
      const failure = asFailure(error);
      if (this.#status.problem?.message !== failure.message) {
        this.#deps.log.warn({ store: this.location, code: failure.code }, failure.message);
      }
      return failure;
    }
  }

  #adopt(info: StoreInfo, store: ResultsStore): void {
    const nowSeconds = this.#deps.clock.nowSeconds();
    const recovery = recoveryWords(store);
    if (recovery !== null) this.#deps.log.warn({ store: this.location }, `${recovery.message}. ${recovery.hint}`);
    const state = info.isReadOnly ? 'read-only' : recovery === null ? 'up' : 'recovered';
    const problem = info.isReadOnly ? READ_ONLY : recovery;
    const base = { info, lastGoodAtSeconds: nowSeconds, nextTryAtSeconds: null };
    this.#enter({ ...base, state, problem, sinceSeconds: nowSeconds });
  }

  #enter(change: Partial<LinkStatus>): void {
    const before = this.#status;
    this.#status = { ...before, ...change };
    for (const listener of [...this.#listeners]) listener(this.#status, before);
  }

  #stopTrying(): void {
    this.#trying?.abort();
    this.#trying = null;
  }
}

const READ_ONLY = {
  message: 'The user of the results store may read and not write, so nothing is collected from here',
  hint: 'Give it the rights to write, or use the address with another user, to collect.',
};

/** A newer schema, a wrong password or missing rights don't pass by themselves within seconds. */
function mayPassSoon(failure: Failure): boolean {
  return failure.code === 'store-away' || failure.code === 'timeout' || failure.code === 'unreachable';
}

function problemOf(failure: Failure): { message: string; hint: string | null } {
  return { message: failure.message, hint: failure.hint };
}
