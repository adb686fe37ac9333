import type { MaintenanceResult } from '../../core/ports/store-care.ts';
import { Failure } from '../../model/failure.ts';
import { DEFAULT_KUBERNETES_RETENTION } from '../../model/kubernetes-retention.ts';
import type { RetentionPolicy } from '../../model/retention.ts';
import { type EpochSeconds, floorTo } from '../../model/time.ts';
import { isoOf } from '../sql/instants.ts';
import type { ClusterHead } from './cluster-head.ts';
import { lostCluster } from './fencing.ts';
import type { StoredHead } from './head-store.ts';
import { pruneIntensities } from './intensities.ts';
import { periodsWithWindows } from './ledger-days.ts';
import type { OneAtATime } from './one-at-a-time.ts';
import { limitOf, pruneFamilies } from './prune.ts';
import { pruneKubernetes } from './prune-kubernetes.ts';
import { pruneScores } from './prune-scores.ts';
import type { RollupWriter } from './rollup-writer.ts';
import type { Store } from './store.ts';
import type { WindowWriter } from './window-writer.ts';

const HOUR = 3600;
const DAY = 86_400;
/** A work of another store that began less than this ago may still be under way. */
const PATIENCE_SECONDS = 300;

/** Writes roll-ups that wait, and removes what is older than the policy. */
export class Maintainer {
  readonly #store: Store;
  readonly #windows: WindowWriter;
  readonly #rollups: RollupWriter;
  readonly #writes: OneAtATime;

  constructor(store: Store, windows: WindowWriter, rollups: RollupWriter, writes: OneAtATime) {
    this.#store = store;
    this.#windows = windows;
    this.#rollups = rollups;
    this.#writes = writes;
  }

  async maintain(policy: RetentionPolicy, nowSeconds: EpochSeconds, signal?: AbortSignal): Promise<MaintenanceResult> {
    let compactedHours = 0;
    const ready: string[] = [];
    const heads = await this.#store.heads.list([], signal);
    const limit = limitOf(policy.rawDays, nowSeconds);
    for (const { clusterId } of heads) {
      stopIfAsked(signal);
      const hours = await this.#writes.run(clusterId, () => this.#prepare(clusterId, limit, nowSeconds, signal));
      if (hours === null) continue;
      compactedHours += hours;
      ready.push(clusterId);
    }
    stopIfAsked(signal);
    const isAll = ready.length === heads.length;
    const removed = await pruneFamilies(this.#store, { clusterIds: ready, isAll, policy, nowSeconds }, signal);
    for (const clusterId of ready) this.#windows.forget(clusterId);
    const { requests, names } = this.#store;
    await pruneIntensities(this.#store, nowSeconds, signal);
    await pruneScores(this.#store, nowSeconds, signal);
    await pruneKubernetes(requests, names, DEFAULT_KUBERNETES_RETENTION, nowSeconds, signal);
    return { compactedHours, ...removed };
  }

  /** Compacts a cluster and marks its days whose rows go; null where another one is at work on it. */
  async #prepare(
    clusterId: string,
    limit: EpochSeconds,
    nowSeconds: EpochSeconds,
    signal?: AbortSignal,
  ): Promise<number | null> {
    const { heads, owner, now } = this.#store;
    const found = await heads.load(clusterId);
    if (found === null) return null;
    const { job, epoch } = found.head;
    if (job !== null && job.owner !== owner && job.startedAtSeconds > now() - PATIENCE_SECONDS) return null;
    try {
      let stored = await this.#windows.sweep(await this.#windows.settle(found, epoch));
      const hours = stored.head.pendingHours.filter((hour) => hour + HOUR <= nowSeconds);
      const days = stored.head.pendingDays.filter((day) => day + DAY <= nowSeconds);
      for (const hour of hours) {
        stopIfAsked(signal);
        stored = await this.#rollups.write(stored, 'hour', hour);
      }
      for (const day of days) {
        stopIfAsked(signal);
        stored = await this.#rollups.write(stored, 'day', day);
      }
      await this.#markDays(stored, limit, signal);
      return hours.length;
    } catch (error) {
      if (error instanceof Failure && error.code === 'conflict') return null;
      throw error;
    }
  }

  /** From here on windows of these days are refused, so that no roll-up is ever written from missing rows. */
  async #markDays(stored: StoredHead, limit: EpochSeconds, signal?: AbortSignal): Promise<void> {
    const { head } = stored;
    const before = { range: { timestamp: { lt: isoOf(limit) } } };
    const days = await periodsWithWindows(this.#store, head, DAY, [before], signal);
    const prunedDays = withDays(head.prunedDays, days);
    if (
      prunedDays.length === head.prunedDays.length &&
      JSON.stringify(prunedDays) === JSON.stringify(head.prunedDays)
    ) {
      return;
    }
    if ((await this.#store.heads.change(stored, { ...head, prunedDays })) === null) throw lostCluster();
  }
}

/** Ranges of days with more days in them; neighbours joined. */
export function withDays(ranges: ClusterHead['prunedDays'], days: readonly EpochSeconds[]): ClusterHead['prunedDays'] {
  const all = [...ranges, ...days.map((day): [number, number] => [floorTo(day, DAY), floorTo(day, DAY) + DAY])];
  all.sort(([left], [right]) => left - right);
  const joined: [number, number][] = [];
  for (const [from, to] of all) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

function stopIfAsked(signal?: AbortSignal): void {
  if (signal?.aborted) throw new Failure('cancelled', 'The maintenance was stopped; the next one goes on with it.');
}
