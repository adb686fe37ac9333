import type * as z from 'zod';
import type { ClusterItem, Clusters, Progress, Runs, RunsInput } from '../../contract/schemas/contexts.ts';
import type { ClusterRecord } from '../../model/cluster.ts';
import { windowEndSeconds } from '../../model/time.ts';
import { signalOr } from '../changes/wait-for.ts';
import type { ClusterSession } from '../clusters/cluster-session.ts';
import { PROGRESS_PACE_MILLISECONDS } from '../clusters/collect-once.ts';
import { sessionState } from '../clusters/session-state.ts';
import { ReadingProgress } from '../pipeline/reading-progress.ts';
import { toIso } from '../ranges/instants.ts';
import { durationSeconds } from '../ranges/relative.ts';
import type { ApiDeps } from './deps.ts';
import { progressOf } from './progress.ts';
import { unknownCluster } from './scope.ts';

export async function clusters(deps: ApiDeps): Promise<z.infer<typeof Clusters>> {
  const [records, listing] = await Promise.all([deps.store.listClusters(), deps.directory.list()]);
  const samples = new Set(listing.contexts.filter((context) => context.isSample).map((context) => context.name));
  const items = records.map((record) => itemOf(record, samples.has(record.contextName), deps));
  return { clusters: await Promise.all(items) };
}

async function itemOf(record: ClusterRecord, isSample: boolean, deps: ApiDeps): Promise<z.infer<typeof ClusterItem>> {
  const session = deps.collecting.sessionOf(record.id);
  const [lastData, nextRun] = [await deps.store.lastDataEntry(record.id), deps.collecting.nextRunAtSeconds(record.id)];
  return {
    id: record.id,
    name: record.name,
    context_name: record.contextName,
    server_url: record.serverUrl,
    server_version: record.serverVersion,
    provider: record.provider,
    region: record.region,
    currency: record.currency,
    is_sample: isSample,
    node_count: record.nodeCount,
    pod_count: record.podCount,
    collecting: session !== null,
    state: stateOf(session),
    last_window_end: lastData === null ? null : toIso(windowEndSeconds(lastData.window)),
    next_run_at: nextRun === null ? null : toIso(Math.ceil(nextRun)),
    last_error: problemOf(session, record),
    collected_by: collectedBy(session),
    sources: (session?.sources.list() ?? []).map(({ name, state, detail }) => ({ name, state, detail })),
  };
}

/** The stream starts with what is known and goes on until the caller leaves. */
export async function* progress(
  clusterId: string,
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): AsyncGenerator<Progress, void> {
  const session = await sessionOf(clusterId, deps);
  const source = session?.progress ?? new ReadingProgress(deps.timers);
  const either = AbortSignal.any([signalOr(signal), deps.stopping]);
  for await (const state of source.latest.follow(either, deps.timers, PROGRESS_PACE_MILLISECONDS)) {
    yield progressOf(clusterId, state);
  }
}

export async function stopReading(clusterId: string, deps: ApiDeps): Promise<Progress> {
  const session = await sessionOf(clusterId, deps);
  await session?.stopHistory();
  deps.changes.publish({ kind: 'clusters', clusterId });
  return progressOf(clusterId, (session?.progress ?? new ReadingProgress(deps.timers)).latest.value);
}

export async function runs(input: z.infer<typeof RunsInput>, deps: ApiDeps): Promise<z.infer<typeof Runs>> {
  await known(input.cluster, deps);
  const now = deps.clock.nowSeconds();
  const range = { startSeconds: now - durationSeconds(input.last), endSeconds: now };
  const ledger = await deps.store.listLedger(input.cluster, range);
  return {
    runs: ledger.map((entry) => ({
      window_start: toIso(entry.window.startSeconds),
      duration_seconds: entry.window.durationSeconds,
      state: entry.state,
      covered_seconds: entry.coveredSeconds,
      reason: entry.reason,
      row_count: entry.rowCount,
      closed_at: toIso(entry.closedAtSeconds),
    })),
  };
}

async function sessionOf(clusterId: string, deps: ApiDeps): Promise<ClusterSession | null> {
  const session = deps.collecting.sessionOf(clusterId);
  if (session === null) await known(clusterId, deps);
  return session;
}

async function known(clusterId: string, deps: ApiDeps): Promise<void> {
  const records = await deps.store.listClusters();
  if (!records.some((record) => record.id === clusterId)) throw unknownCluster(clusterId);
}

/** The API server answers, the metrics source does not. */
function hasFailedMetrics(session: ClusterSession | null): boolean {
  if (session === null) return false;
  return session.sources.hasFailed('usage') && !session.sources.hasFailed('kubernetes');
}

function stateOf(session: ClusterSession | null): z.infer<typeof ClusterItem>['state'] {
  return sessionState({
    collecting: session !== null,
    isElsewhere: isElsewhere(session),
    failure: session?.failure ?? null,
    metricsFailed: hasFailedMetrics(session),
    readingHistory: session?.progress.isRunning ?? false,
    lastReadingHadData: session?.lastReadingHadData ?? null,
  });
}

function isElsewhere(session: ClusterSession | null): boolean {
  return (session?.heldBy ?? null) !== null;
}

/** Who collects it in place of this Podwatt, and until when its lease holds. */
function collectedBy(session: ClusterSession | null): z.infer<typeof ClusterItem>['collected_by'] {
  const by = session?.heldBy ?? null;
  return by === null ? null : { holder: by.holderName, until: toIso(by.expiresAtSeconds) };
}

function problemOf(
  session: ClusterSession | null,
  record: ClusterRecord,
): { message: string; hint: string | null } | null {
  if (session?.failure) return { message: session.failure.message, hint: session.failure.hint };
  if (session !== null || record.lastError === null) return null;
  return { message: record.lastError, hint: null };
}
