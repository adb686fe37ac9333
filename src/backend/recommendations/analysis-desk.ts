import type { Clock } from '../../core/ports/clock.ts';
import type { LayoutSource } from '../../core/ports/layout-source.ts';
import type { UnitPrices } from '../../model/coefficients.ts';
import type { Thresholds } from '../../model/recommendations/thresholds.ts';
import type { EpochSeconds } from '../../model/time.ts';
import type { ChangeFeed } from '../changes/change-feed.ts';
import { asFailure } from '../failures.ts';
import type { Log } from '../log.ts';
import type { StoredValue } from '../settings/stored-value.ts';
import type { LeaseKeeper } from '../store/lease-keeper.ts';
import type { LinkStatus } from '../store/store-link.ts';
import type { Analyse } from './analysis-job.ts';
import { measureCluster, runAnalysis, watchSpecs } from './cluster-run.ts';
import { OneAfterAnother } from './one-after-another.ts';
import type { LastRun, RunNotice } from './run-state.ts';
import { failedNotice, heldNotice, NOT_FOLLOWED, READ_ONLY, shortHistory } from './run-words.ts';
import type { SavingsStore } from './store-port.ts';

export interface AnalysisDeskDeps {
  readonly store: SavingsStore & { readonly status: Pick<LinkStatus, 'state'> };
  readonly leases: Pick<LeaseKeeper, 'take' | 'release'>;
  readonly layouts: LayoutSource;
  readonly changes: Pick<ChangeFeed, 'publish'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly runs: StoredValue<Record<string, LastRun>>;
  readonly analyse: Analyse;
  readonly turns: OneAfterAnother;
  thresholds(): Thresholds;
  pricesOf(clusterId: string): Promise<UnitPrices>;
}

/** How the last attempt went: `unknown-layout` is tried again when the cluster is followed. */
export type Attempt = 'done' | 'unknown-layout' | 'not-ours' | 'failed';

interface Standing {
  triedAtSeconds: EpochSeconds;
  attempt: Attempt;
  problem: RunNotice | null;
}

/** Analyses clusters, one at a time, and knows how each stands. Only who holds a cluster's lease writes. */
export class AnalysisDesk {
  readonly #deps: AnalysisDeskDeps;
  readonly #standings = new Map<string, Standing>();
  readonly #running = new Map<string, Promise<Attempt>>();
  readonly #stopping = new AbortController();
  /** Analyses go one after the other: each may take memory. */
  readonly #queue = new OneAfterAnother();

  constructor(deps: AnalysisDeskDeps) {
    this.#deps = deps;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#queue.idle();
  }

  lastRun(clusterId: string): LastRun | null {
    return this.#deps.runs.value[clusterId] ?? null;
  }

  /** Null where nothing was tried, or there was nothing to try with. */
  triedAtSeconds(clusterId: string): EpochSeconds | null {
    const standing = this.#standings.get(clusterId);
    return standing === undefined || standing.attempt === 'unknown-layout' ? null : standing.triedAtSeconds;
  }

  problemOf(clusterId: string): RunNotice | null {
    return this.#standings.get(clusterId)?.problem ?? null;
  }

  /** What kept the last analysis from being whole. */
  noticesOf(clusterId: string): readonly RunNotice[] {
    const problem = this.problemOf(clusterId);
    return [...(problem === null ? [] : [problem]), ...(this.lastRun(clusterId)?.notices ?? [])];
  }

  /** Analyses the cluster; who asks while it runs gets the same run. Never throws: `problemOf` says what was wrong. */
  run(clusterId: string): Promise<Attempt> {
    const known = this.#running.get(clusterId);
    if (known !== undefined) return known;
    const run = this.#queue.do(() =>
      this.#attempt(clusterId, (epoch, signal) => this.#analyse(clusterId, epoch, signal)),
    );
    this.#running.set(clusterId, run);
    void run.finally(() => this.#running.delete(clusterId));
    return run;
  }

  /** After a change of the specs: what was applied, and what undone. Says nothing of the last analysis. */
  watch(clusterId: string): Promise<Attempt> {
    return this.#queue.do(async () => {
      const before = this.#standings.get(clusterId);
      const attempt = await this.#attempt(clusterId, (epoch, signal) => this.#lookAtSpecs(clusterId, epoch, signal));
      if (before === undefined) this.#standings.delete(clusterId);
      else this.#standings.set(clusterId, before);
      return attempt;
    });
  }

  /** Something was said of an item by hand. */
  told(clusterId: string): void {
    this.#tell(clusterId);
  }

  async #analyse(clusterId: string, epoch: number, signal: AbortSignal): Promise<Attempt> {
    const { layouts, clock, runs, thresholds: inForce } = this.#deps;
    const layout = layouts.layout(clusterId);
    if (layout === null) return 'unknown-layout';
    const now = clock.nowSeconds();
    const thresholds = inForce();
    const prices = await this.#deps.pricesOf(clusterId);
    const input = { clusterId, layout, prices, thresholds, epoch, now };
    const { clusterDay, hoursObserved } = await runAnalysis(input, this.#deps, signal);
    await measureCluster(input, this.#deps, signal);
    const hoursPossible = thresholds.lookBackDays * 24;
    const notices = [...shortHistory(hoursObserved, hoursPossible), ...missingParts(layout.missing)];
    const last: LastRun = { analysedAtSeconds: now, hoursObserved, hoursPossible, clusterDay, notices };
    await runs.update((before) => ({ ...before, [clusterId]: last }));
    this.#tell(clusterId);
    return 'done';
  }

  async #lookAtSpecs(clusterId: string, epoch: number, signal: AbortSignal): Promise<Attempt> {
    const layout = this.#deps.layouts.layout(clusterId);
    if (layout === null) return 'unknown-layout';
    const now = this.#deps.clock.nowSeconds();
    if (await watchSpecs({ clusterId, layout, epoch, now }, this.#deps, signal)) this.#tell(clusterId);
    return 'done';
  }

  async #attempt(clusterId: string, work: (epoch: number, signal: AbortSignal) => Promise<Attempt>): Promise<Attempt> {
    const { store, leases, layouts } = this.#deps;
    const user = {};
    try {
      if (this.#stopping.signal.aborted) return 'failed';
      // A cluster that is not followed from here is its holder's: its lease isn't asked for.
      if (layouts.layout(clusterId) === null) return this.#note(clusterId, 'unknown-layout', NOT_FOLLOWED);
      if (store.status.state === 'read-only') return this.#note(clusterId, 'not-ours', READ_ONLY);
      const lease = await leases.take(clusterId, user);
      if (lease.kind === 'refused') return this.#note(clusterId, 'not-ours', heldNotice(lease.by.holderName));
      const attempt = await work(lease.epoch, AbortSignal.any([lease.lost, this.#stopping.signal]));
      return this.#note(clusterId, attempt, null);
    } catch (error) {
      return this.#failed(clusterId, error);
    } finally {
      await leases.release(clusterId, user);
    }
  }

  #note(clusterId: string, attempt: Attempt, problem: RunNotice | null): Attempt {
    this.#standings.set(clusterId, { triedAtSeconds: this.#deps.clock.nowSeconds(), attempt, problem });
    return attempt;
  }

  #failed(clusterId: string, error: unknown): Attempt {
    const failure = asFailure(error);
    const { code, message } = failure;
    const isNew = this.problemOf(clusterId)?.message !== failedNotice(failure).message;
    const isExpected = code === 'store-away' || code === 'cancelled' || code === 'conflict';
    if (isNew && !isExpected) {
      const fields = { cluster: clusterId, code, ...(code === 'unexpected' ? { err: failure.cause ?? failure } : {}) };
      this.#deps.log.warn(fields, `Recommendations could not be worked out: ${message}`);
    }
    return this.#note(clusterId, 'failed', failedNotice(failure));
  }

  #tell(clusterId: string): void {
    this.#deps.changes.publish({ kind: 'recommendations', clusterId });
  }
}

function missingParts(missing: readonly string[]): readonly RunNotice[] {
  if (missing.length === 0) return [];
  const message = `Not read of this cluster: ${missing.join(', ')}`;
  return [
    { code: 'layout-parts', message, hint: 'Plans that need them are left out; allow reading them for whole ones.' },
  ];
}
