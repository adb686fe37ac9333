import { randomUUID } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import { addTotals, isUnchanged, NO_TOTALS } from '../../core/restate/compare.ts';
import { restateWindow } from '../../core/restate/restate-window.ts';
import { CALCULATION_VERSION } from '../../core/version.ts';
import type { AuditEntry, RestatedTotals } from '../../model/audit.ts';
import { Failure, isFailure } from '../../model/failure.ts';
import { type EpochSeconds, type TimeRange, type Window, windowEndSeconds } from '../../model/time.ts';
import type { ClusterDeps } from '../clusters/session-deps.ts';
import { storeDesk } from '../store/window-desk.ts';
import type { PlaceCoefficientsFinder } from './place-coefficients.ts';
import type { RestateEvent, RestateWork } from './restate-work.ts';

/** Windows between which live readings of the same cluster get their turn. */
const PIECE = 12;

export type RestateDeps = Pick<ClusterDeps, 'store' | 'spool' | 'leases' | 'locks' | 'clock' | 'changes'>;

interface Written {
  before: RestatedTotals;
  after: RestatedTotals;
  windowCount: number;
  startSeconds: EpochSeconds;
  endSeconds: EpochSeconds;
}

/**
 * Restates the windows of one cluster whose lease is held under `epoch`, the oldest first. What was written when it is
 * stopped or fails stays, and has its entry in the audit.
 */
export async function* restateRun(
  work: RestateWork,
  epoch: number,
  finder: PlaceCoefficientsFinder,
  deps: RestateDeps,
  signal: AbortSignal,
): AsyncGenerator<RestateEvent, void> {
  const written: Written = {
    before: NO_TOTALS,
    after: NO_TOTALS,
    windowCount: 0,
    startSeconds: Number.POSITIVE_INFINITY,
    endSeconds: 0,
  };
  const seen = new Set<EpochSeconds>();
  let entry: AuditEntry | null = null;
  try {
    // A reading under way may still close windows with the settings of before: they are looked at in the next round.
    for (let left = await unseen(seen, work, deps); left.length > 0; left = await unseen(seen, work, deps)) {
      const total = seen.size + left.length;
      for (let at = 0; at < left.length; at += PIECE) {
        yield { kind: 'progress', done: seen.size, total };
        const piece = left.slice(at, at + PIECE);
        await deps.locks.run(work.clusterId, () => restatePiece(piece, work, epoch, finder, deps, signal, written));
        for (const { startSeconds } of piece) seen.add(startSeconds);
      }
    }
    yield { kind: 'progress', done: seen.size, total: seen.size };
  } finally {
    entry = await audited(work, written, deps);
  }
  yield { kind: 'done', windows: seen.size, changed: written.windowCount, entry };
}

async function unseen(
  seen: ReadonlySet<EpochSeconds>,
  { clusterId, range }: RestateWork,
  { store, locks }: RestateDeps,
): Promise<readonly Window[]> {
  const windows = await locks.run(clusterId, () => store.restatableWindows(clusterId, range));
  return windows.filter(({ startSeconds }) => !seen.has(startSeconds));
}

async function restatePiece(
  piece: readonly Window[],
  { clusterId }: RestateWork,
  epoch: number,
  finder: PlaceCoefficientsFinder,
  deps: RestateDeps,
  signal: AbortSignal,
  written: Written,
): Promise<void> {
  const desk = storeDesk(deps);
  const changed: TimeRange[] = [];
  try {
    for (const window of piece) {
      if (signal.aborted) throw new Failure('cancelled', 'Computing the past anew was stopped');
      const content = await deps.store.windowContent(clusterId, window);
      if (content === null) continue;
      const after = restateWindow(content, await finder.forWindow(content));
      if (isUnchanged(content, after)) {
        await breathe();
        continue;
      }
      if (!(await wasWritten(() => desk.replaceWindow(after, epoch), clusterId, epoch, deps))) continue;
      written.before = addTotals(written.before, content);
      written.after = addTotals(written.after, after);
      written.windowCount += 1;
      written.startSeconds = Math.min(written.startSeconds, window.startSeconds);
      written.endSeconds = Math.max(written.endSeconds, windowEndSeconds(window));
      changed.push({ startSeconds: window.startSeconds, endSeconds: windowEndSeconds(window) });
      await breathe();
    }
  } finally {
    for (const range of changed) deps.changes.publish({ kind: 'windows', clusterId, range });
  }
}

/** False where the store will not have this window any more: retention has taken its day meanwhile. */
async function wasWritten(
  write: () => Promise<void>,
  clusterId: string,
  epoch: number,
  { leases }: RestateDeps,
): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (!isFailure(error) || error.code !== 'conflict' || !(await leases.confirm(clusterId, epoch))) throw error;
    return false;
  }
}

async function audited(work: RestateWork, written: Written, deps: RestateDeps): Promise<AuditEntry | null> {
  const { before, after, windowCount, startSeconds, endSeconds } = written;
  if (windowCount === 0) return null;
  const entry: AuditEntry = {
    id: randomUUID(),
    atSeconds: deps.clock.nowSeconds(),
    clusterId: work.clusterId,
    cause: work.cause,
    reason: work.reason,
    range: { startSeconds, endSeconds },
    windowCount,
    before,
    after,
    calculationVersion: CALCULATION_VERSION,
  };
  await deps.store.addAudit(entry);
  return entry;
}
