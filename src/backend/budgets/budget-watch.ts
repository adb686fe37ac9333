import type { WorkerState } from '../../core/ports/sync-desk.ts';
import type { EpochSeconds } from '../../model/time.ts';
import type { ChangeFeed } from '../changes/change-feed.ts';
import { asFailure } from '../failures.ts';
import type { Log } from '../log.ts';
import type { Timers } from '../scheduler/timers.ts';
import type { BudgetDesk } from './budget-desk.ts';

/** Costs change with each window; a budget is looked at this often at most. */
export const BUDGET_PACE_SECONDS = 300;

export interface BudgetWatchDeps {
  readonly desk: Pick<BudgetDesk, 'evaluate'>;
  readonly changes: ChangeFeed;
  readonly timers: Timers;
  readonly clock: { nowSeconds(): EpochSeconds };
  readonly log: Log;
  /** False for a store that may only be read: it takes no alerts. */
  canWrite(): boolean;
}

/** Looks at the budgets at the start, after costs have changed, and when one was changed. */
export class BudgetWatch {
  readonly #deps: BudgetWatchDeps;
  readonly #stopping = new AbortController();
  #running: Promise<void> | null = null;
  #lastRunAtSeconds: EpochSeconds | null = null;
  #lastError: string | null = null;
  #alerts = 0;

  constructor(deps: BudgetWatchDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#running ??= this.#watch();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  status(): WorkerState {
    return {
      name: 'budgets',
      isRunning: this.#running !== null && !this.#stopping.signal.aborted,
      intervalSeconds: BUDGET_PACE_SECONDS,
      lastRunAtSeconds: this.#lastRunAtSeconds,
      lastError: this.#lastError,
      counts: { alerts: this.#alerts },
      clusters: [],
    };
  }

  async #watch(): Promise<void> {
    const { changes, timers } = this.#deps;
    const { signal } = this.#stopping;
    const followed = changes.follow(signal);
    await this.#evaluate();
    for await (const change of followed) {
      // An alert that was raised or seen is told of as `budgets` too; looking again then finds nothing new.
      if (change.kind !== 'costs' && change.kind !== 'budgets' && change.kind !== 'store') continue;
      if (change.kind === 'costs') await timers.wait(BUDGET_PACE_SECONDS * 1000, signal);
      if (signal.aborted) return;
      await this.#evaluate();
    }
  }

  async #evaluate(): Promise<void> {
    const { desk, clock, log } = this.#deps;
    if (!this.#deps.canWrite()) return;
    try {
      const raised = await desk.evaluate();
      this.#alerts += raised.length;
      this.#lastError = null;
      this.#lastRunAtSeconds = clock.nowSeconds();
    } catch (error) {
      const { code, message } = asFailure(error);
      if (this.#lastError !== message && code !== 'store-away')
        log.warn({ code }, `Budgets could not be looked at: ${message}`);
      this.#lastError = message;
    }
  }
}
