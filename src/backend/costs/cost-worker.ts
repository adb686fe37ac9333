import { dateOf, hoursOf } from '../../core/cost-attribution/calendar.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { WorkerState } from '../../core/ports/sync-desk.ts';
import { isFailure } from '../../model/failure.ts';
import type { EpochSeconds } from '../../model/time.ts';
import type { ChangeFeed } from '../changes/change-feed.ts';
import { callOrAbort } from '../changes/wait-for.ts';
import { asFailure } from '../failures.ts';
import type { Log } from '../log.ts';
import type { Timers } from '../scheduler/timers.ts';
import type { LeaseKeeper } from '../store/lease-keeper.ts';
import type { CostStore } from './cost-store.ts';
import { DayBook } from './day-book.ts';
import { NamespaceNames } from './namespace-names.ts';
import { staleDays } from './stale-days.ts';

/** Between two passes: what changes meanwhile is written in one. */
export const COST_PACE_SECONDS = 20;
/** While a history is read much waits, and sums without it mislead: it is looked for so often, and written at once. */
export const CATCH_UP_PACE_SECONDS = 4;
const CATCH_UP_HOURS = 12;
const AGAIN_SECONDS = 60;
/** Days that are kept at hand of a cluster: today, and yesterday around midnight. */
const MOST_BOOKS = 2;

export interface CostWorkerDeps {
  readonly store: CostStore;
  readonly leases: Pick<LeaseKeeper, 'take' | 'release'>;
  readonly changes: ChangeFeed;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  isFirstSyncPending(clusterId: string): boolean;
  /** False for a store that may only be read. */
  canWrite(): boolean;
}

interface Todo {
  /** Compare the stored costs with the results first: nobody has since this process has the cluster. */
  check: boolean;
  readonly hours: Set<EpochSeconds>;
  notBeforeMilliseconds: number;
  lastRunAtSeconds: EpochSeconds | null;
  lastError: string | null;
}

/**
 * Keeps `k8s_cost_attribution` equal to the results. What changes is told by the feed, window by window; what was missed
 * (a stop, another process, a store that was away) is found by comparing each day's costs with the results when a cluster
 * is met first. All of it under the cluster's lease; the same hour twice writes the same rows.
 */
export class CostWorker {
  readonly #deps: CostWorkerDeps;
  readonly #names: NamespaceNames;
  readonly #todo = new Map<string, Todo>();
  readonly #books = new Map<string, DayBook[]>();
  readonly #listeners = new Set<() => void>();
  readonly #stopping = new AbortController();
  readonly #counts = { hours: 0, days: 0, passes: 0 };
  #lastRunAtSeconds: EpochSeconds | null = null;
  #lastError: string | null = null;
  #running: Promise<unknown> | null = null;

  constructor(deps: CostWorkerDeps) {
    this.#deps = deps;
    this.#names = new NamespaceNames(deps.store);
  }

  start(): void {
    this.#running ??= Promise.all([this.#listen(), this.#work()]);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Another store has other rows: everything is compared anew. */
  storeChanged(): void {
    this.#names.forget();
    this.#books.clear();
    this.#todo.clear();
    void this.#meetAll();
  }

  status(): WorkerState {
    return {
      name: 'costs',
      isRunning: this.#running !== null && !this.#stopping.signal.aborted,
      intervalSeconds: COST_PACE_SECONDS,
      lastRunAtSeconds: this.#lastRunAtSeconds,
      lastError: this.#lastError,
      counts: { ...this.#counts },
      clusters: [...this.#todo].map(([clusterId, { hours, check, lastRunAtSeconds, lastError }]) => ({
        clusterId,
        state: hours.size === 0 && !check ? 'up to date' : 'waiting',
        lastRunAtSeconds,
        lastError,
      })),
    };
  }

  async #listen(): Promise<void> {
    const changes = this.#deps.changes.follow(this.#stopping.signal);
    await this.#meetAll();
    for await (const change of changes) {
      if (change.kind !== 'windows') continue;
      const todo = this.#meet(change.clusterId);
      for (const hour of hoursOf(change.range)) todo.hours.add(hour);
      this.#wake();
    }
  }

  async #meetAll(): Promise<void> {
    try {
      for (const { id } of await this.#deps.store.listClusters()) this.#meet(id);
      this.#wake();
    } catch (error) {
      // A cluster is met with its first window, too.
      this.#lastError = asFailure(error).message;
    }
  }

  #meet(clusterId: string): Todo {
    const known = this.#todo.get(clusterId);
    if (known !== undefined) return known;
    const todo = { check: true, hours: new Set<EpochSeconds>(), notBeforeMilliseconds: 0 };
    const fresh: Todo = { ...todo, lastRunAtSeconds: null, lastError: null };
    this.#todo.set(clusterId, fresh);
    return fresh;
  }

  #wake(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  async #work(): Promise<void> {
    const { signal } = this.#stopping;
    const { timers } = this.#deps;
    while (!signal.aborted) {
      const due = [...this.#todo].filter(([, todo]) => todo.check || todo.hours.size > 0);
      if (due.length === 0) {
        await callOrAbort(this.#listeners, signal);
        continue;
      }
      const now = timers.nowMilliseconds();
      for (const [clusterId, todo] of this.#deps.canWrite() ? due : []) {
        if (todo.notBeforeMilliseconds <= now && !signal.aborted) await this.#pass(clusterId, todo);
      }
      await this.#rest(signal);
    }
  }

  async #rest(signal: AbortSignal): Promise<void> {
    for (let rested = 0; rested < COST_PACE_SECONDS && !signal.aborted; rested += CATCH_UP_PACE_SECONDS) {
      await this.#deps.timers.wait(CATCH_UP_PACE_SECONDS * 1000, signal);
      if ([...this.#todo.values()].some(({ hours }) => hours.size >= CATCH_UP_HOURS)) return;
    }
  }

  async #pass(clusterId: string, todo: Todo): Promise<void> {
    const { clock, timers, leases } = this.#deps;
    const user = {};
    try {
      const lease = await leases.take(clusterId, user);
      if (lease.kind === 'refused') {
        // Its holder does this. Should it come here, everything is compared anew.
        this.#todo.delete(clusterId);
        this.#books.delete(clusterId);
        return;
      }
      const signal = AbortSignal.any([lease.lost, this.#stopping.signal]);
      await this.#writeDays(clusterId, todo, lease.epoch, signal);
      todo.lastError = null;
      todo.lastRunAtSeconds = clock.nowSeconds();
      this.#lastRunAtSeconds = todo.lastRunAtSeconds;
      this.#counts.passes += 1;
    } catch (error) {
      this.#books.delete(clusterId);
      todo.notBeforeMilliseconds = timers.nowMilliseconds() + AGAIN_SECONDS * 1000;
      this.#tell(clusterId, todo, error);
    } finally {
      await leases.release(clusterId, user);
    }
  }

  /** Hours leave the list when they are written, so that nothing is lost by a failure on the way. */
  async #writeDays(clusterId: string, todo: Todo, epoch: number, signal: AbortSignal): Promise<void> {
    const byDate = Map.groupBy([...todo.hours], dateOf);
    for (const [date, hours] of byDate) {
      if (signal.aborted) return;
      // An hour that changes while it is read is told of again.
      for (const hour of hours) todo.hours.delete(hour);
      try {
        await this.#writeDay(clusterId, date, hours, epoch);
      } catch (error) {
        for (const hour of hours) todo.hours.add(hour);
        throw error;
      }
    }
    if (!todo.check) return;
    const { clock, store } = this.#deps;
    for await (const date of staleDays(clusterId, clock.nowSeconds(), store, this.#names)) {
      if (signal.aborted) return;
      const book = new DayBook(clusterId, date, epoch, { ...this.#deps, names: this.#names });
      this.#count(await book.write([], clock.nowSeconds()), clusterId);
    }
    todo.check = false;
  }

  async #writeDay(clusterId: string, date: string, hours: readonly EpochSeconds[], epoch: number): Promise<void> {
    const written = await this.#book(clusterId, date, epoch).write(hours, this.#deps.clock.nowSeconds());
    this.#count(written, clusterId);
  }

  #count(hours: number, clusterId: string): void {
    this.#counts.hours += hours;
    this.#counts.days += hours > 0 ? 1 : 0;
    if (hours > 0) this.#deps.changes.publish({ kind: 'costs', clusterId });
  }

  #book(clusterId: string, date: string, epoch: number): DayBook {
    const kept = (this.#books.get(clusterId) ?? []).filter((book) => book.epoch === epoch);
    const known = kept.find((book) => book.date === date);
    const book = known ?? new DayBook(clusterId, date, epoch, { ...this.#deps, names: this.#names });
    const others = kept.filter((each) => each !== book);
    this.#books.set(clusterId, [book, ...others].slice(0, MOST_BOOKS));
    return book;
  }

  #tell(clusterId: string, todo: Todo, error: unknown): void {
    const { code, message } = asFailure(error);
    const isNew = todo.lastError !== message;
    todo.lastError = message;
    this.#lastError = message;
    const isExpected = isFailure(error) && (code === 'store-away' || code === 'cancelled' || code === 'conflict');
    if (isNew && !isExpected)
      this.#deps.log.warn({ cluster: clusterId, code }, `Costs could not be added up: ${message}`);
  }
}
