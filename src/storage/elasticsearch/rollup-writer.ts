import { type EpochSeconds, floorTo } from '../../model/time.ts';
import { isoOf } from '../sql/instants.ts';
import { PEAK_COLUMNS } from '../sql/sums.ts';
import { bulk, type Operation } from './bulk.ts';
import { ofCluster } from './clauses.ts';
import type { ClusterHead, RollupJob } from './cluster-head.ts';
import { idOf } from './document-ids.ts';
import { deleteMatching } from './documents.ts';
import { lostCluster } from './fencing.ts';
import type { StoredHead } from './head-store.ts';
import { GRAINS, type Period, rollupLines } from './rollup-lines.ts';
import { SUM_FIELDS } from './row-sums.ts';
import type { Store } from './store.ts';

const DAY = 86_400;

/**
 * Writes the roll-ups of hours and days that wait for it. Until its last step they are still listed as pending, so what
 * is there of them does not count: whatever happens in between, answers are right.
 */
export class RollupWriter {
  readonly #store: Store;
  #works = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Writes one hour, or one day and before it those of its hours that wait. Answers the changed head. */
  async write(before: StoredHead, period: Period, startSeconds: EpochSeconds): Promise<StoredHead> {
    let stored = before;
    if (period === 'day') {
      const hours = stored.head.pendingHours.filter((hour) => floorTo(hour, DAY) === startSeconds);
      for (const hour of hours) stored = await this.#write(stored, 'hour', hour);
    }
    return this.#write(stored, period, startSeconds);
  }

  async #write(before: StoredHead, period: Period, startSeconds: EpochSeconds): Promise<StoredHead> {
    const { heads, requests, names, owner, now } = this.#store;
    this.#works += 1;
    const generation = idOf('rollup', before.head.clusterId, period, startSeconds, owner, this.#works);
    const startedAtSeconds = now();
    const job: RollupJob = { kind: 'rollup', generation, owner, startedAtSeconds, period, startSeconds };
    const begun = await heads.change(before, { ...before.head, job });
    if (begun === null) throw lostCluster();
    const { head } = begun;
    const indices = GRAINS.map((grain) => names.of(`rollup-${period}-${grain}`, startSeconds));
    const old = { bool: { filter: [ofCluster(head.clusterId), { term: { timestamp: isoOf(startSeconds) } }] } };
    await deleteMatching(requests, indices, old, (operations) => bulk(requests, operations));
    const lines = await rollupLines(this.#store, head, period, startSeconds);
    const operations = GRAINS.flatMap((grain) =>
      [...lines[grain].values()].map(
        ({ key, fields, sums, peaks }): Operation => ({
          kind: 'put',
          index: names.of(`rollup-${period}-${grain}`, startSeconds),
          id: idOf(generation, grain, key),
          document: {
            cluster_id: head.clusterId,
            timestamp: isoOf(startSeconds),
            generation,
            ...fields,
            ...Object.fromEntries(SUM_FIELDS.map(({ inRollups }, index) => [inRollups, sums[index]])),
            ...Object.fromEntries(peaks.map((peak, index) => [PEAK_COLUMNS[index]?.column, peak])),
          },
        }),
      ),
    );
    await bulk(requests, operations, () => this.#stillOurs(job, head));
    const done = await heads.change(begun, withoutPending({ ...head, job: null }, period, startSeconds));
    if (done === null) throw lostCluster();
    return done;
  }

  async #stillOurs(job: RollupJob, { clusterId }: ClusterHead): Promise<void> {
    const now = await this.#store.heads.load(clusterId);
    if (now?.head.job?.generation !== job.generation) throw lostCluster();
  }
}

function withoutPending(head: ClusterHead, period: Period, startSeconds: EpochSeconds): ClusterHead {
  const others = (list: readonly number[]): number[] => list.filter((each) => each !== startSeconds);
  return period === 'hour'
    ? { ...head, pendingHours: others(head.pendingHours) }
    : { ...head, pendingDays: others(head.pendingDays) };
}
