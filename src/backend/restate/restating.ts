import { randomUUID } from 'node:crypto';
import type { RestateCause } from '../../model/audit.ts';
import { Failure, isFailure } from '../../model/failure.ts';
import { BACKFILL_WINDOW_SECONDS, type EpochSeconds, type TimeRange } from '../../model/time.ts';
import { ClusterLocks } from '../clusters/cluster-locks.ts';
import type { ClusterDeps } from '../clusters/session-deps.ts';
import { refuseReadOnly } from '../clusters/without-store.ts';
import { asFailure } from '../failures.ts';
import { toIso } from '../ranges/instants.ts';
import type { ContextState } from '../settings/context-states.ts';
import { nodeLabels } from './node-labels.ts';
import type { PendingRestate, PendingRestates } from './pending.ts';
import { PlaceCoefficientsFinder } from './place-coefficients.ts';
import { restateRun } from './restate-run.ts';
import type { RestateEvent, RestateWork } from './restate-work.ts';

/** Values of the grid become final within this time; later ones change nothing by themselves. Source: DESIGN 3.4. */
export const FINAL_WITHIN_SECONDS = 72 * 3600;
const AGAIN_MILLISECONDS = 60_000;

export interface RestatingDeps extends ClusterDeps {
  /** All contexts that Podwatt remembers, by name. */
  contextStates(): Readonly<Record<string, ContextState>>;
  readonly pending: PendingRestates;
}

/**
 * Computes the past of clusters anew from stored facts, one run a cluster at a time, under the cluster's lease. A run that
 * changes something leaves one entry in the audit.
 */
export class Restating {
  readonly #deps: RestatingDeps;
  readonly #turns = new ClusterLocks();
  readonly #stopping = new AbortController();
  readonly #running = new Set<Promise<void>>();

  constructor(deps: RestatingDeps) {
    this.#deps = deps;
  }

  /** The context whose settings a cluster is computed with: the one that collects it; null where none leads to it. */
  contextOf(clusterId: string): string | null {
    const names = Object.entries(this.#deps.contextStates()).filter(([, state]) => state.clusterId === clusterId);
    const [first] = names.filter(([, state]) => state.collecting);
    return (first ?? names[0])?.[0] ?? null;
  }

  /**
   * Runs in the background over all that can be restated: a setting changed. It is remembered until its run has ended.
   * What goes wrong is logged.
   */
  after(clusterId: string, cause: RestateCause, reason: string): void {
    const change = { id: randomUUID(), clusterId, cause, reason };
    this.#keepRunning(this.#remember((all) => [...all, change]).then(() => this.#follow(change)));
  }

  /** Goes on with what a stop cut off. */
  resume(): void {
    for (const change of this.#deps.pending.value) this.#keepRunning(this.#follow(change));
  }

  /** Values of a grid zone became final: the windows of that time in clusters of the zone are restated. */
  intensitiesFinal(zone: string, range: TimeRange): void {
    const recent = recentPart(range, this.#deps.clock.nowSeconds());
    if (recent !== null) this.#keepRunning(this.#restateZone(zone, recent).catch((error) => this.#tellOf(zone, error)));
  }

  async #restateZone(zone: string, recent: TimeRange): Promise<void> {
    const { store } = this.#deps;
    const reason = `Published intensities of ${zone} are final`;
    for (const { id } of await store.listClusters()) {
      if (this.contextOf(id) === null) continue;
      const nodes = await store.nodes([id], recent);
      if (nodes.some(({ emapsZone }) => emapsZone === zone)) {
        this.#inBackground({ clusterId: id, range: recent, cause: 'intensity', reason });
      }
    }
  }

  /** One run: its progress, then what became of it. Throws `Failure` conflict where another Podwatt has the cluster. */
  async *run(work: RestateWork, signal: AbortSignal): AsyncGenerator<RestateEvent, void> {
    const { store, leases } = this.#deps;
    const { clusterId } = work;
    refuseReadOnly(store.status);
    const contextName = this.contextOf(clusterId);
    if (contextName === null) throw withoutContext(clusterId);
    const { promise: turn, resolve: done } = Promise.withResolvers<void>();
    const { promise: mine, resolve: begin } = Promise.withResolvers<void>();
    void this.#turns.run(clusterId, () => {
      begin();
      return turn;
    });
    await mine;
    const user = {};
    try {
      const lease = await leases.take(clusterId, user);
      if (lease.kind === 'refused') throw collectedElsewhere(lease.by.holderName, lease.by.expiresAtSeconds);
      const either = AbortSignal.any([signal, lease.lost, this.#stopping.signal]);
      const { coefficients } = await this.#deps.choicesOf(contextName);
      const labels = await nodeLabels(contextName, work.cause, coefficients, this.#deps, either);
      const finder = new PlaceCoefficientsFinder(clusterId, coefficients, store, labels);
      yield* restateRun(work, lease.epoch, finder, this.#deps, either);
    } finally {
      await leases.release(clusterId, user);
      done();
    }
  }

  /** Ends what runs between two windows. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#running);
  }

  /** For tests: resolves when nothing runs in the background. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  async #follow(change: PendingRestate): Promise<void> {
    const { id, ...what } = change;
    // Windows that close while it runs are in it too: a reading may have begun with the settings of before.
    const range = { startSeconds: 0, endSeconds: this.#deps.clock.nowSeconds() + BACKFILL_WINDOW_SECONDS };
    await this.#persist({ ...what, range });
    if (!this.#stopping.signal.aborted) await this.#remember((all) => all.filter((each) => each.id !== id));
  }

  async #remember(change: (before: PendingRestate[]) => PendingRestate[]): Promise<void> {
    try {
      await this.#deps.pending.update(change);
    } catch (error) {
      this.#deps.log.warn({ code: asFailure(error).code }, 'What is to be computed anew could not be kept');
    }
  }

  #inBackground(work: RestateWork): void {
    this.#keepRunning(this.#persist(work));
  }

  #keepRunning(work: Promise<void>): void {
    const running = work.finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** A store that is away is waited for: the settings have changed, and the past has to follow. */
  async #persist(work: RestateWork): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        for await (const _event of this.run(work, signal)) if (signal.aborted) return;
        return;
      } catch (error) {
        if (!isFailure(error) || error.code !== 'store-away') return this.#tell(work, error);
        await this.#deps.timers.wait(AGAIN_MILLISECONDS, signal);
      }
    }
  }

  #tellOf(zone: string, error: unknown): void {
    const { code, message } = asFailure(error);
    this.#deps.log.warn({ zone, code }, `The last days could not be computed with final intensities: ${message}`);
  }

  #tell({ clusterId, reason }: RestateWork, error: unknown): void {
    const failure = asFailure(error);
    if (failure.code === 'cancelled') return;
    const { message, code } = failure;
    this.#deps.log.warn({ cluster: clusterId, code, reason }, `The past could not be computed anew: ${message}`);
  }
}

function recentPart(range: TimeRange, nowSeconds: EpochSeconds): TimeRange | null {
  const startSeconds = Math.max(range.startSeconds, nowSeconds - FINAL_WITHIN_SECONDS);
  const endSeconds = Math.min(range.endSeconds, nowSeconds);
  return startSeconds < endSeconds ? { startSeconds, endSeconds } : null;
}

function withoutContext(clusterId: string): Failure {
  return new Failure('not-found', `No context of this machine leads to the cluster "${clusterId}"`, {
    hint: 'Its settings are where it is collected: compute it anew there.',
  });
}

function collectedElsewhere(holderName: string, expiresAtSeconds: EpochSeconds): Failure {
  return new Failure('conflict', `The cluster is collected by ${holderName}`, {
    hint: `Its lease holds until ${toIso(expiresAtSeconds)} and goes on while it runs: compute the past anew there.`,
  });
}
