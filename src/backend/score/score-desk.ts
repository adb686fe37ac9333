import type { Clock } from '../../core/ports/clock.ts';
import type { LayoutSource } from '../../core/ports/layout-source.ts';
import type { RecommendationStore } from '../../core/ports/recommendation-store.ts';
import type { UsageStore } from '../../core/ports/usage-hours.ts';
import type { ScoreThresholds } from '../../core/score/scope.ts';
import { scoreCluster } from '../../core/score/score.ts';
import { SECONDS_PER_HOUR } from '../../core/units.ts';
import type { Score } from '../../model/recommendations/score.ts';
import { type EpochSeconds, floorTo, type TimeRange } from '../../model/time.ts';
import { asFailure } from '../failures.ts';
import type { Log } from '../log.ts';
import { closableUntil } from '../scheduler/next-run.ts';
import type { LeaseKeeper } from '../store/lease-keeper.ts';
import { inSlices } from './in-slices.ts';

/** What a score looks back on: each day of the week once. */
const SCORED_DAYS = 7;
/** A cluster without results, or a store that fails, is asked again no sooner. */
const AGAIN_SECONDS = 300;

export type ScoreStore = UsageStore & Pick<RecommendationStore, 'putScores' | 'scores' | 'latestScores'>;

export interface ScoreDeskDeps {
  readonly store: ScoreStore;
  readonly leases: Pick<LeaseKeeper, 'take' | 'release'>;
  readonly layouts: Pick<LayoutSource, 'layout'>;
  readonly clock: Clock;
  readonly log: Log;
  thresholds(): ScoreThresholds;
  /** False for a store that may only be read. */
  canWrite(): boolean;
}

/** `scored`; `fresh`: the stored one was young enough; `elsewhere`: another writes this cluster; `no-data`; `failed`. */
export type Refreshed = 'scored' | 'fresh' | 'elsewhere' | 'no-data' | 'failed';

/** Scores of clusters and namespaces: computed from the last seven days, kept one a day in the results store. */
export class ScoreDesk {
  readonly #deps: ScoreDeskDeps;
  readonly #running = new Map<string, Promise<Refreshed>>();
  readonly #triedAt = new Map<string, EpochSeconds>();
  readonly #problems = new Map<string, string>();

  constructor(deps: ScoreDeskDeps) {
    this.#deps = deps;
  }

  /** Another store has other scores. */
  storeChanged(): void {
    this.#triedAt.clear();
    this.#problems.clear();
  }

  /** What kept the last scoring of a cluster from success; null where nothing did. */
  problemOf(clusterId: string): string | null {
    return this.#problems.get(clusterId) ?? null;
  }

  /** Scores a cluster anew where the stored score is older than that. Never throws; one at a time for each cluster. */
  refresh(clusterId: string, oldestSeconds: number): Promise<Refreshed> {
    const running = this.#running.get(clusterId);
    if (running !== undefined) return running;
    const fresh = this.#refresh(clusterId, oldestSeconds)
      .catch((error: unknown) => this.#failed(clusterId, error))
      .finally(() => this.#running.delete(clusterId));
    this.#running.set(clusterId, fresh);
    return fresh;
  }

  /** The newest of each cluster, or of each namespace. */
  latest(clusterIds: readonly string[], of: 'cluster' | 'namespace'): Promise<readonly Score[]> {
    return this.#deps.store.latestScores(clusterIds, of);
  }

  /** One a day, oldest first. */
  history(clusterId: string, namespace: string | null, range: TimeRange): Promise<readonly Score[]> {
    return this.#deps.store.scores(clusterId, namespace, range);
  }

  async #refresh(clusterId: string, oldestSeconds: number): Promise<Refreshed> {
    const { store, leases, clock, canWrite } = this.#deps;
    if (!canWrite()) return 'elsewhere';
    const now = clock.nowSeconds();
    const triedAt = this.#triedAt.get(clusterId);
    if (triedAt !== undefined && now - triedAt < AGAIN_SECONDS) return 'fresh';
    const [latest] = await store.latestScores([clusterId], 'cluster');
    if (latest !== undefined && now - latest.atSeconds < oldestSeconds) return 'fresh';
    const user = {};
    try {
      const lease = await leases.take(clusterId, user);
      if (lease.kind === 'refused') return 'elsewhere';
      this.#triedAt.set(clusterId, now);
      const scores = await this.#score(clusterId, now, lease.lost);
      if (scores === null) return 'no-data';
      await store.putScores(clusterId, scores, lease.epoch);
      this.#problems.delete(clusterId);
      return 'scored';
    } finally {
      await leases.release(clusterId, user);
    }
  }

  /** Null where no hour of the range has results. */
  async #score(clusterId: string, atSeconds: EpochSeconds, signal: AbortSignal): Promise<readonly Score[] | null> {
    const { store, layouts, thresholds } = this.#deps;
    const range = scoredRange(atSeconds);
    const nodes = await store.usageHours({ clusterId, range, by: 'node' }, signal);
    if (nodes.keyIndex.length === 0) return null;
    const workloads = await store.usageHours({ clusterId, range, by: 'workload' }, signal);
    const layout = layouts.layout(clusterId);
    const input = { clusterId, atSeconds, range, workloads, nodes, layout, thresholds: thresholds() };
    return inSlices(scoreCluster(input), signal);
  }

  #failed(clusterId: string, error: unknown): Refreshed {
    const { code, message } = asFailure(error);
    const isExpected = code === 'store-away' || code === 'cancelled' || code === 'conflict';
    if (!isExpected && this.#problems.get(clusterId) !== message)
      this.#deps.log.warn({ cluster: clusterId, code }, `The score could not be computed: ${message}`);
    this.#problems.set(clusterId, message);
    return 'failed';
  }
}

/** The last seven days of whole hours whose windows can all be closed. */
function scoredRange(nowSeconds: EpochSeconds): TimeRange {
  const endSeconds = floorTo(closableUntil(nowSeconds), SECONDS_PER_HOUR);
  return { startSeconds: endSeconds - SCORED_DAYS * 24 * SECONDS_PER_HOUR, endSeconds };
}
