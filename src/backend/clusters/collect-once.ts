import type { ClusterConnection } from '../../core/ports/cluster-source.ts';
import type { Totals } from '../../core/ports/results-store.ts';
import type { ClusterIdentity, ClusterRecord } from '../../model/cluster.ts';
import { Failure } from '../../model/failure.ts';
import type { LedgerEntry } from '../../model/results.ts';
import { BACKFILL_WINDOW_SECONDS, type EpochSeconds, floorTo, type TimeRange } from '../../model/time.ts';
import { asFailure } from '../failures.ts';
import { collect } from '../pipeline/collect.ts';
import type { CollectOutcome } from '../pipeline/observer.ts';
import { ReadingProgress, type ReadingState } from '../pipeline/reading-progress.ts';
import { toIso } from '../ranges/instants.ts';
import { closableUntil } from '../scheduler/next-run.ts';
import type { HeldLease } from '../store/lease-keeper.ts';
import { noticeOfRefused, storeDesk, tolerantDesk } from '../store/window-desk.ts';
import { askIdentity, askInventory, noteCoefficients, rememberCluster, rememberRun } from './reach.ts';
import type { ClusterDeps } from './session-deps.ts';
import { SourceStates, type SourceStatus } from './source-states.ts';
import { refuseReadOnly } from './without-store.ts';

export const PROGRESS_PACE_MILLISECONDS = 200;

export interface CollectSummary {
  readonly cluster: ClusterRecord;
  readonly range: TimeRange;
  readonly outcome: CollectOutcome;
  readonly sources: readonly SourceStatus[];
  readonly totals: Totals;
}

export type CollectStep =
  | { readonly kind: 'progress'; readonly clusterId: string; readonly state: ReadingState }
  | { readonly kind: 'result'; readonly result: CollectSummary };

/** Runs the pipeline once over the last hours, whether the context is switched on or not. */
export async function* collectOnce(
  contextName: string,
  lastSeconds: number,
  deps: ClusterDeps,
  signal: AbortSignal,
): AsyncGenerator<CollectStep, void> {
  const progress = new ReadingProgress(deps.timers);
  const abandoned = new AbortController();
  const finished = new AbortController();
  const either = AbortSignal.any([signal, abandoned.signal]);
  const work = run(contextName, lastSeconds, deps, progress, either).finally(() => finished.abort());
  work.catch(() => undefined);
  try {
    for await (const state of progress.latest.follow(finished.signal, deps.timers, PROGRESS_PACE_MILLISECONDS)) {
      yield { kind: 'progress', clusterId: deps.stateOf(contextName).clusterId ?? '', state };
    }
    const result = await work;
    yield { kind: 'progress', clusterId: result.cluster.id, state: progress.latest.value };
    yield { kind: 'result', result };
  } finally {
    abandoned.abort();
  }
}

async function run(
  contextName: string,
  lastSeconds: number,
  deps: ClusterDeps,
  progress: ReadingProgress,
  signal: AbortSignal,
): Promise<CollectSummary> {
  refuseReadOnly(deps.store.status);
  const choices = await deps.choicesOf(contextName);
  progress.started();
  const connection = await deps.directory.connect(contextName, choices.connect);
  try {
    return await runConnected(contextName, lastSeconds, deps, progress, connection, signal);
  } catch (error) {
    const failure = asFailure(error);
    if (failure.code === 'cancelled') progress.stopped();
    else progress.failed(failure);
    throw failure;
  } finally {
    await connection.close().catch(() => undefined);
  }
}

async function runConnected(
  contextName: string,
  lastSeconds: number,
  deps: ClusterDeps,
  progress: ReadingProgress,
  connection: ClusterConnection,
  signal: AbortSignal,
): Promise<CollectSummary> {
  const sources = new SourceStates();
  const identity = await askIdentity(connection, sources, deps.clock, signal);
  const user = {};
  const lease = await takeFor(identity, user, deps);
  try {
    return await runLeased({ contextName, lastSeconds, deps, progress, connection, signal, sources, identity, lease });
  } catch (error) {
    if (lease.lost.aborted && !signal.aborted) throw takenOver(identity);
    throw error;
  } finally {
    await deps.leases.release(identity.id, user);
  }
}

interface LeasedRun {
  readonly contextName: string;
  readonly lastSeconds: number;
  readonly deps: ClusterDeps;
  readonly progress: ReadingProgress;
  readonly connection: ClusterConnection;
  readonly signal: AbortSignal;
  readonly sources: SourceStates;
  readonly identity: ClusterIdentity;
  readonly lease: HeldLease;
}

async function runLeased(run: LeasedRun): Promise<CollectSummary> {
  const { contextName, lastSeconds, deps, progress, connection, sources, identity, lease } = run;
  const { store, clock } = deps;
  const signal = AbortSignal.any([run.signal, lease.lost]);
  const { connect, coefficients, currency } = await deps.choicesOf(contextName);
  const inventory = await askInventory(connection, sources, clock, signal);
  progress.inventoryRead(inventory.nodes.length + inventory.pods.length);
  const kept = deps.known.get(identity.id)?.record ?? null;
  const record = await rememberCluster(store, clock, { identity, contextName, inventory, currency }, kept);
  await deps.remember(contextName, { clusterId: identity.id });
  const now = clock.nowSeconds();
  const range = {
    startSeconds: floorTo(now - lastSeconds, BACKFILL_WINDOW_SECONDS),
    endSeconds: closableUntil(now),
  };
  const reached = { id: identity.id, connection, inventory, coefficients, currency, epoch: lease.epoch };
  const cluster = { ...reached, beganAtSeconds: record.createdAtSeconds };
  try {
    const request = { range, step: 'history', signal, observer: progress } as const;
    const refused = new Map<EpochSeconds, LedgerEntry>();
    const desk = tolerantDesk(storeDesk(deps), refused, deps.leases);
    const read = await deps.locks.run(identity.id, async () => {
      await deps.delivery.deliver(identity.id, lease.epoch, signal);
      return collect(cluster, request, { store: desk, clock });
    });
    const outcome = { ...read, notices: [...read.notices, ...noticeOfRefused(refused)] };
    sources.answered('usage', outcome.notices, `${outcome.rows} rows`, clock.nowSeconds());
    sources.priced(outcome, clock.nowSeconds());
    await noteCoefficients(connect, sources, clock, signal);
    await rememberRun(store, clock, identity.id, null);
    progress.finished();
    const totals = await store.totals({ clusterIds: [identity.id] }, range, signal);
    return { cluster: record, range, outcome, sources: sources.list(), totals };
  } catch (error) {
    const failure = asFailure(error);
    if (failure.code !== 'cancelled')
      await rememberRun(store, clock, identity.id, failure.message).catch(() => undefined);
    throw failure;
  } finally {
    deps.changes.publish({ kind: 'clusters', clusterId: identity.id });
    deps.changes.publish({ kind: 'windows', clusterId: identity.id, range });
  }
}

async function takeFor(identity: ClusterIdentity, user: object, deps: ClusterDeps): Promise<HeldLease> {
  const taken = await deps.leases.take(identity.id, user);
  if (taken.kind === 'held') return taken;
  const { holderName, expiresAtSeconds } = taken.by;
  throw new Failure('conflict', `${identity.name} is collected by ${holderName}`, {
    hint: `Its lease holds until ${toIso(expiresAtSeconds)} and goes on while it runs. Its results are in the same store; stop it there to collect from here.`,
  });
}

function takenOver(identity: ClusterIdentity): Failure {
  return new Failure('conflict', `Another Podwatt has taken over ${identity.name}`, {
    hint: 'What was read until then is kept; the other one reads the rest.',
  });
}
