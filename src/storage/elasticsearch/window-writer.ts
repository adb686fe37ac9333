import { Failure, isFailure } from '../../model/failure.ts';
import type { WindowResult } from '../../model/results.ts';
import { floorTo, type Window, windowEndSeconds } from '../../model/time.ts';
import { bulk } from './bulk.ts';
import { type ClusterHead, isPruned, newHead, touched, type WindowJob, type WindowTime } from './cluster-head.ts';
import { idOf } from './document-ids.ts';
import { lostCluster, refuseOlderEpoch } from './fencing.ts';
import { clearGeneration, contentsOf, NO_CONTENTS, type WindowContents } from './generations.ts';
import { groupOf } from './group-fields.ts';
import type { StoredHead } from './head-store.ts';
import type { LedgerDocument } from './ledger-document.ts';
import { NodeChanges } from './node-changes.ts';
import type { PresenceWriter } from './presence-writer.ts';
import type { RollupWriter } from './rollup-writer.ts';
import type { Store } from './store.ts';
import { contentOf, type WindowContent } from './window-content.ts';
import { windowOperations } from './window-documents.ts';
import { WriterMemory } from './writer-memory.ts';

const HOUR = 3600;
const DAY = 86_400;
const SECONDS_OF_GARBAGE = DAY;
/** Hours and days touched last that wait for their roll-ups: more windows of them are likely to come. */
const OPEN_PERIODS = 1;

/**
 * Writes windows. Documents of a window carry a generation that its cluster's head lists as hidden until all of them are
 * there; then one compare-and-set of the head lets the window count, and hides the one that it replaces. What is left to
 * do after that (groups that the window lost, changes of nodes, deleting what was replaced) can be done again by whoever
 * finds it undone.
 */
export class WindowWriter {
  readonly #store: Store;
  readonly #presence: PresenceWriter;
  readonly #rollups: RollupWriter;
  readonly #nodes: NodeChanges;
  readonly #memory: WriterMemory;

  constructor(store: Store, presence: PresenceWriter, rollups: RollupWriter) {
    this.#store = store;
    this.#presence = presence;
    this.#rollups = rollups;
    this.#nodes = new NodeChanges(store);
    this.#memory = new WriterMemory(store);
  }

  /** To be called where another one may have written since. */
  forget(clusterId: string): void {
    this.#memory.forget(clusterId);
    this.#nodes.forget(clusterId);
    this.#presence.forget(clusterId);
  }

  /** Only one call a cluster at a time. Throws `Failure` conflict for an older epoch, an overlap or a pruned day. */
  async replace(result: WindowResult, epoch: number): Promise<void> {
    const content = contentOf(result, epoch);
    const { clusterId } = result.entry;
    const remembered = this.#memory.head(clusterId);
    try {
      if (remembered !== null) return await this.#replace(content, remembered, epoch);
    } catch (error) {
      this.forget(clusterId);
      // What is remembered may be old: asked again, the store has the last word.
      if (!isFailure(error) || error.code !== 'conflict') throw error;
    }
    try {
      this.forget(clusterId);
      const found = await this.#store.heads.load(clusterId);
      await this.#replace(content, found ?? { head: newHead(clusterId, 0), found: null }, epoch);
    } catch (error) {
      this.forget(clusterId);
      throw error;
    }
  }

  /** Ends what another writer left undone, or undoes it. Answers the head without a job, under this epoch. */
  async settle(stored: StoredHead, epoch: number): Promise<StoredHead> {
    const { head } = stored;
    const { job } = head;
    if (job === null) return stored;
    this.forget(head.clusterId);
    const younger = Math.max(epoch, head.epoch);
    if (job.kind === 'window' && job.phase === 'finishing') {
      const taken = await this.#change(stored, { ...head, epoch: younger });
      await this.#finish(taken.head, job, await contentsOf(this.#store, head.clusterId, job, job.generation));
      return this.#change(taken, { ...taken.head, job: null });
    }
    const window = job.kind === 'window' ? windowOf(job) : null;
    const garbage = [...head.garbage, { generation: job.generation, sinceSeconds: this.#store.now(), window }];
    if (job.kind === 'rollup') return this.#change(stored, { ...head, epoch: younger, job: null, garbage });
    // Still listed as work, so that one who is cut off here leaves it to the next.
    const taken = await this.#change(stored, { ...head, epoch: younger, garbage });
    await this.#presence.takeBack(taken.head, windowOf(job));
    await clearGeneration(this.#store, job, job.generation);
    return this.#change(taken, { ...taken.head, job: null });
  }

  /** Clears away what writers that were given up may have written since; after a day they are forgotten. */
  async sweep(stored: StoredHead): Promise<StoredHead> {
    const { head } = stored;
    if (head.garbage.length === 0) return stored;
    this.forget(head.clusterId);
    for (const { generation, window } of head.garbage) {
      if (window === null) continue;
      await this.#presence.takeBack(head, windowOf(window));
      await clearGeneration(this.#store, window, generation);
    }
    const limit = this.#store.now() - SECONDS_OF_GARBAGE;
    const garbage = head.garbage.filter(({ sinceSeconds }) => sinceSeconds > limit);
    return garbage.length === head.garbage.length ? stored : this.#change(stored, { ...head, garbage });
  }

  async #replace(content: WindowContent, found: StoredHead, epoch: number): Promise<void> {
    const { entry } = content.result;
    const { clusterId, window } = entry;
    refuseOlderEpoch(found.head, epoch);
    if (isPruned(found.head, window.startSeconds)) throw prunedDay();
    const stored = await this.settle(found, epoch);
    const near = await this.#memory.near(stored, window);
    refuseOverlap(near, window);
    const before = near.find((each) => each.entry.window.startSeconds === window.startSeconds) ?? null;
    // The same answers again: everything, the time of closing included, stays as it is.
    if (before?.contentHash === content.hash) {
      const now = await this.#store.heads.load(clusterId);
      if (now?.found?.seqNo !== stored.found?.seqNo) throw lostCluster();
      if (epoch > stored.head.epoch) await this.#change(stored, { ...stored.head, epoch });
      return;
    }
    const done = await this.#write(stored, content, before, epoch);
    await this.#compact(done, window);
  }

  async #write(
    stored: StoredHead,
    content: WindowContent,
    before: LedgerDocument | null,
    epoch: number,
  ): Promise<StoredHead> {
    const { requests, names, owner, now } = this.#store;
    const { entry, nodeSnapshots } = content.result;
    const { clusterId, window } = entry;
    const generation = idOf('window', clusterId, window.startSeconds, epoch, content.hash);
    const startedAtSeconds = now();
    const previous = before?.generation ?? null;
    const garbage = stored.head.garbage.filter((each) => each.generation !== generation);
    const job: WindowJob = {
      kind: 'window',
      generation,
      owner,
      startedAtSeconds,
      ...window,
      previous,
      phase: 'writing',
    };
    const begun = await this.#change(stored, { ...stored.head, epoch, garbage, job });
    const groups = content.rows.filter((row) => row.rowKind === 'pod').map(groupOf);
    const presence = await this.#presence.extension(clusterId, window, groups);
    const operations = (function* () {
      yield* presence.operations;
      yield* windowOperations(names, content, generation);
    })();
    await bulk(requests, operations, () => this.#stillOurs(begun));
    presence.done();
    const hasRows = content.rows.length > 0 || (before !== null && before.entry.rowCount > 0);
    const { pendingHours, pendingDays } = begun.head;
    const isDone = previous === null && this.#nodes.areUnchanged(clusterId, window.startSeconds, nodeSnapshots);
    // From here on the window counts.
    const counted = await this.#change(begun, {
      ...begun.head,
      hasWindows: true,
      job: isDone ? null : { ...job, phase: 'finishing' },
      pendingHours: hasRows ? touched(pendingHours, floorTo(window.startSeconds, HOUR)) : pendingHours,
      pendingDays: hasRows ? touched(pendingDays, floorTo(window.startSeconds, DAY)) : pendingDays,
    });
    const closed = { ...entry, rowCount: content.rows.length };
    this.#memory.keepEntry({ entry: closed, generation, contentHash: content.hash });
    if (isDone) {
      this.#nodes.remember(clusterId, window.startSeconds, nodeSnapshots);
      return counted;
    }
    await this.#finish(counted.head, job, { groups, nodes: nodeSnapshots.map(({ name }) => name) });
    return this.#change(counted, { ...counted.head, job: null });
  }

  async #finish(head: ClusterHead, job: WindowJob, now: WindowContents): Promise<void> {
    const { previous } = job;
    const before = previous === null ? NO_CONTENTS : await contentsOf(this.#store, head.clusterId, job, previous);
    if (before.groups.length > 0) await this.#presence.shrink(head, windowOf(job), before.groups, now.groups);
    await this.#nodes.update(head, job.startSeconds, [...new Set([...before.nodes, ...now.nodes])]);
    if (previous !== null) await clearGeneration(this.#store, job, previous);
  }

  /** Writes roll-ups of hours and days that were left for another one. */
  async #compact(stored: StoredHead, window: Window): Promise<void> {
    let now = stored;
    const hours = now.head.pendingHours.slice(0, -OPEN_PERIODS);
    // An hour in one window is complete.
    if (window.durationSeconds === HOUR && now.head.pendingHours.includes(window.startSeconds)) {
      hours.push(window.startSeconds);
    }
    try {
      for (const hour of hours) now = await this.#rollups.write(now, 'hour', hour);
      for (const day of now.head.pendingDays.slice(0, -OPEN_PERIODS)) now = await this.#rollups.write(now, 'day', day);
      this.#memory.keepHead(now);
    } catch (error) {
      // The window is stored; roll-ups still wait, and are written the next time.
      this.forget(stored.head.clusterId);
      if (!isFailure(error)) throw error;
    }
  }

  async #stillOurs({ head }: StoredHead): Promise<void> {
    const now = await this.#store.heads.load(head.clusterId);
    if (now?.head.job?.generation !== head.job?.generation) throw lostCluster();
  }

  async #change(before: StoredHead, head: ClusterHead): Promise<StoredHead> {
    const after = await this.#store.heads.change(before, head);
    if (after === null) throw lostCluster();
    this.#memory.keepHead(after);
    return after;
  }
}

function windowOf({ startSeconds, durationSeconds }: WindowTime): Window {
  return { startSeconds, durationSeconds: durationSeconds === HOUR ? HOUR : 300 };
}

function refuseOverlap(near: readonly LedgerDocument[], window: Window): void {
  const isOther = near.some(({ entry }) => {
    const { startSeconds, durationSeconds } = entry.window;
    if (startSeconds === window.startSeconds && durationSeconds === window.durationSeconds) return false;
    return startSeconds < windowEndSeconds(window) && windowEndSeconds(entry.window) > window.startSeconds;
  });
  if (!isOther) return;
  throw new Failure('conflict', 'This time is already covered by windows of another length.', {
    hint: 'An hour is kept either as twelve windows of 5 minutes or as one of an hour. Collect it with the same step as before.',
  });
}

function prunedDay(): Failure {
  return new Failure('conflict', 'The rows of this day were removed by retention.', {
    hint: 'Its totals stay as they are. Keep rows for longer to be able to collect older windows again.',
  });
}
