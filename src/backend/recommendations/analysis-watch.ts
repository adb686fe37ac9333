import type { LayoutSource } from '../../core/ports/layout-source.ts';
import type { WorkerState } from '../../core/ports/sync-desk.ts';
import type { EpochSeconds } from '../../model/time.ts';
import type { Change, ChangeFeed } from '../changes/change-feed.ts';
import { callOrAbort } from '../changes/wait-for.ts';
import type { Timers } from '../scheduler/timers.ts';
import type { AnalysisDesk } from './analysis-desk.ts';

export const ANALYSIS_INTERVAL_SECONDS = 6 * 3_600;
/** After the first windows of a cluster, and after a change of its specs: more is likely to follow. */
export const SOON_SECONDS = 15;
/** After the past changed: a restate or a history that is still being read changes it for a while. */
export const AGAIN_SECONDS = 300;
export const FAILED_AGAIN_SECONDS = 600;
/** Windows that start longer ago are the past, not the live end. */
const PAST_SECONDS = 2 * 3_600;
/** A machine may sleep: the clock is looked at so often. */
const LONGEST_WAIT_SECONDS = 300;

export interface AnalysisWatchDeps {
  readonly desk: Pick<AnalysisDesk, 'run' | 'watch' | 'lastRun' | 'problemOf'>;
  readonly store: { listClusters(): Promise<readonly { readonly id: string }[]> };
  readonly layouts: LayoutSource;
  readonly changes: ChangeFeed;
  readonly timers: Timers;
  readonly clock: { nowSeconds(): EpochSeconds };
}

interface Due {
  runAt: EpochSeconds;
  /** Null: nothing to look at before the next run. */
  watchAt: EpochSeconds | null;
  isFollowed: boolean;
}

/** Says when each cluster is analysed: every 6 hours, soon after its first history, and after its past changed. */
export class AnalysisWatch {
  readonly #deps: AnalysisWatchDeps;
  readonly #due = new Map<string, Due>();
  readonly #listeners = new Set<() => void>();
  readonly #stopping = new AbortController();
  #running: Promise<unknown> | null = null;
  #lastRunAtSeconds: EpochSeconds | null = null;
  #runs = 0;

  constructor(deps: AnalysisWatchDeps) {
    this.#deps = deps;
  }

  start(): void {
    if (this.#running !== null) return;
    const unfollow = this.#deps.layouts.onSpecChange((clusterId) => this.#specsChanged(clusterId));
    this.#running = Promise.all([this.#listen(), this.#work()]).finally(unfollow);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Thresholds changed, or another store took its place: everything is looked at anew. */
  all(): void {
    for (const due of this.#due.values()) due.runAt = this.#deps.clock.nowSeconds();
    void this.#meetAll();
    this.#wake();
  }

  status(): WorkerState {
    const clusters = [...this.#due].map(([clusterId, { runAt }]) => ({
      clusterId,
      state: runAt <= this.#deps.clock.nowSeconds() ? 'waiting' : 'up to date',
      lastRunAtSeconds: this.#deps.desk.lastRun(clusterId)?.analysedAtSeconds ?? null,
      lastError: this.#deps.desk.problemOf(clusterId)?.message ?? null,
    }));
    return {
      name: 'recommendations',
      isRunning: this.#running !== null && !this.#stopping.signal.aborted,
      intervalSeconds: ANALYSIS_INTERVAL_SECONDS,
      lastRunAtSeconds: this.#lastRunAtSeconds,
      lastError: clusters.find(({ lastError }) => lastError !== null)?.lastError ?? null,
      counts: { runs: this.#runs },
      clusters,
    };
  }

  async #listen(): Promise<void> {
    const changes = this.#deps.changes.follow(this.#stopping.signal);
    await this.#meetAll();
    for await (const change of changes) this.#take(change);
  }

  async #meetAll(): Promise<void> {
    // A store that is away is told of elsewhere; a cluster is met with its next window, too.
    const clusters = await this.#deps.store.listClusters().catch(() => []);
    for (const { id } of clusters) this.#meet(id);
    this.#wake();
  }

  #meet(clusterId: string): Due {
    const known = this.#due.get(clusterId);
    if (known !== undefined) return known;
    const now = this.#deps.clock.nowSeconds();
    const last = this.#deps.desk.lastRun(clusterId)?.analysedAtSeconds ?? 0;
    const runAt = Math.max(now + SOON_SECONDS, last + ANALYSIS_INTERVAL_SECONDS);
    const due = { runAt, watchAt: null, isFollowed: true };
    this.#due.set(clusterId, due);
    // Who is asked for a layout the first time may have to open it, and tells when it is there.
    this.#deps.layouts.layout(clusterId);
    return due;
  }

  #take(change: Change): void {
    if (change.kind !== 'windows') return;
    const due = this.#meet(change.clusterId);
    const now = this.#deps.clock.nowSeconds();
    const last = this.#deps.desk.lastRun(change.clusterId)?.analysedAtSeconds ?? null;
    if (!due.isFollowed || last === null) due.runAt = Math.min(due.runAt, now + SOON_SECONDS);
    else if (change.range.startSeconds < now - PAST_SECONDS) {
      due.runAt = Math.min(due.runAt, Math.max(now + SOON_SECONDS, last + AGAIN_SECONDS));
    }
    this.#wake();
  }

  #specsChanged(clusterId: string): void {
    const due = this.#meet(clusterId);
    const soon = this.#deps.clock.nowSeconds() + SOON_SECONDS;
    if (due.isFollowed) due.watchAt ??= soon;
    else due.runAt = Math.min(due.runAt, soon);
    this.#wake();
  }

  #wake(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  async #work(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const now = this.#deps.clock.nowSeconds();
      const due = [...this.#due].filter(([, { runAt, watchAt }]) => Math.min(runAt, watchAt ?? runAt) <= now);
      for (const [clusterId, each] of due) if (!signal.aborted) await this.#do(clusterId, each, now);
      if (due.length === 0) await this.#rest(now);
    }
  }

  async #do(clusterId: string, due: Due, now: EpochSeconds): Promise<void> {
    due.watchAt = null;
    if (due.runAt > now) {
      const attempt = await this.#deps.desk.watch(clusterId);
      if (attempt === 'failed') due.watchAt = now + FAILED_AGAIN_SECONDS;
      return;
    }
    // Set before: what changes while it runs makes it due again.
    due.runAt = now + ANALYSIS_INTERVAL_SECONDS;
    const attempt = await this.#deps.desk.run(clusterId);
    due.isFollowed = attempt !== 'unknown-layout';
    if (attempt === 'failed') due.runAt = Math.min(due.runAt, now + FAILED_AGAIN_SECONDS);
    if (attempt !== 'done') return;
    this.#runs += 1;
    this.#lastRunAtSeconds = now;
  }

  /** Until something is due, or becomes so. */
  async #rest(now: EpochSeconds): Promise<void> {
    const next = Math.min(...[...this.#due.values()].map(({ runAt, watchAt }) => Math.min(runAt, watchAt ?? runAt)));
    const woken = new AbortController();
    const signal = AbortSignal.any([this.#stopping.signal, woken.signal]);
    const wake = callOrAbort(this.#listeners, signal);
    const wait = Math.min(next - now, LONGEST_WAIT_SECONDS);
    const rest = Number.isFinite(next) ? [wake, this.#deps.timers.wait(wait * 1000, signal)] : [wake];
    await Promise.race(rest);
    woken.abort();
  }
}
