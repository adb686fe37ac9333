import * as z from 'zod';
import type { AppState } from '../../core/ports/app-state.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { MaintenanceResult } from '../../core/ports/store-care.ts';
import { Failure } from '../../model/failure.ts';
import type { RetentionPolicy } from '../../model/retention.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { asFailure } from '../failures.ts';
import type { Log } from '../log.ts';
import { toIso } from '../ranges/instants.ts';
import type { LoopJob } from '../scheduler/cluster-loop.ts';
import { StoredValue } from '../settings/stored-value.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import type { StoreLink } from './store-link.ts';

const PACE_SECONDS = 3600;
const FIRST_SECONDS = 300;
/** Added at random, so that many apps don't come to one store together. */
const SPREAD_SECONDS = 300;

/** A lease of this name keeps two apps from cleaning one store at once; no cluster has such an id. */
export const MAINTENANCE_LEASE = '__maintenance__';

const Outcome = z.object({
  atSeconds: z.number().int(),
  result: z.object({
    compactedHours: z.number(),
    removedRows: z.number(),
    removedPodHours: z.number(),
    removedHours: z.number(),
    removedPodDays: z.number(),
    removedDays: z.number(),
  }),
  problem: z.string().nullable(),
});
export interface MaintenanceOutcome {
  readonly atSeconds: EpochSeconds;
  readonly result: MaintenanceResult;
  /** Why it ended early; null if it did not. */
  readonly problem: string | null;
}

const NOTHING: MaintenanceResult = {
  compactedHours: 0,
  removedRows: 0,
  removedPodHours: 0,
  removedHours: 0,
  removedPodDays: 0,
  removedDays: 0,
};

export interface MaintenanceDeps {
  readonly store: StoreLink;
  readonly leases: LeaseKeeper;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  policy(): RetentionPolicy;
}

/** Keeps the store in order once an hour: by the owner of a file, or by one of those that collect into a shared store. */
export class MaintenanceJob implements LoopJob {
  readonly #deps: MaintenanceDeps;
  readonly #last: StoredValue<MaintenanceOutcome | null>;
  #isFirst = true;
  #running: Promise<MaintenanceOutcome> | null = null;

  constructor(deps: MaintenanceDeps, last: StoredValue<MaintenanceOutcome | null>) {
    this.#deps = deps;
    this.#last = last;
  }

  static openLast(state: AppState): Promise<StoredValue<MaintenanceOutcome | null>> {
    return StoredValue.open(state, 'last-maintenance', Outcome.nullable(), null);
  }

  /** Of this app; null before the first. */
  get last(): MaintenanceOutcome | null {
    return this.#last.value;
  }

  async run(signal: AbortSignal): Promise<{ readonly atSeconds: EpochSeconds }> {
    const pace = this.#isFirst ? FIRST_SECONDS : PACE_SECONDS;
    if (!this.#isFirst && this.#isDue()) await this.runNow(signal).catch((error: unknown) => this.#told(error));
    this.#isFirst = false;
    return { atSeconds: this.#deps.clock.nowSeconds() + pace + Math.floor(this.#deps.random() * SPREAD_SECONDS) };
  }

  /**
   * Runs it now, or waits for the run under way. A store that fails in the middle is told in the answer.
   * @throws Failure 'conflict' where another app is at it, 'forbidden' for a user that may only read, 'store-away'
   */
  runNow(signal: AbortSignal): Promise<MaintenanceOutcome> {
    this.#running ??= this.#maintain(signal).finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  #isDue(): boolean {
    const { store, leases } = this.#deps;
    if (store.isAway || store.status.state === 'read-only') return false;
    return store.kind === 'sqlite' || leases.heldClusterIds.length > 0;
  }

  async #maintain(signal: AbortSignal): Promise<MaintenanceOutcome> {
    const { store, leases, log } = this.#deps;
    if (store.status.state === 'read-only') {
      throw new Failure('forbidden', 'The user of the results store may read and not write', {
        hint: 'One of those who collect into it keeps it in order.',
      });
    }
    const taken = store.kind === 'sqlite' ? null : await leases.take(MAINTENANCE_LEASE, this);
    if (taken?.kind === 'refused') throw busy(taken.by.holderName, taken.by.expiresAtSeconds);
    const either = taken === null ? signal : AbortSignal.any([signal, taken.lost]);
    try {
      const outcome = await this.#outcome(either);
      await this.#last.update(() => outcome);
      log.info({ ...outcome.result, problem: outcome.problem }, 'The results store was kept in order');
      return outcome;
    } finally {
      if (taken !== null) await leases.release(MAINTENANCE_LEASE, this);
    }
  }

  async #outcome(signal: AbortSignal): Promise<MaintenanceOutcome> {
    const { store, clock, policy } = this.#deps;
    const atSeconds = clock.nowSeconds();
    try {
      return { atSeconds, result: await store.maintain(policy(), atSeconds, signal), problem: null };
    } catch (error) {
      const { code, message } = asFailure(error);
      if (code === 'store-away') throw error;
      return { atSeconds, result: NOTHING, problem: message };
    }
  }

  #told(error: unknown): void {
    const { code, message } = asFailure(error);
    this.#deps.log.info({ code }, `The results store was not kept in order this time: ${message}`);
  }
}

function busy(holderName: string, untilSeconds: EpochSeconds): Failure {
  return new Failure('conflict', `${holderName} keeps the results store in order just now`, {
    hint: `Try again after ${toIso(untilSeconds)}.`,
  });
}
