import type { Clock } from '../../core/ports/clock.ts';
import type { ClusterConnection, ConnectOptions } from '../../core/ports/cluster-source.ts';
import type { ResultsStore } from '../../core/ports/results-store.ts';
import type { ClusterIdentity, ClusterRecord } from '../../model/cluster.ts';
import { Failure } from '../../model/failure.ts';
import type { Inventory } from '../../model/inventory.ts';
import { asFailure } from '../failures.ts';
import { clusterRecord } from '../pipeline/cluster-record.ts';
import type { SourceStates } from './source-states.ts';
import { within } from './within.ts';

type ClusterStore = Pick<ResultsStore, 'listClusters' | 'putCluster'>;
type Registry = ClusterStore & Pick<ResultsStore, 'clusterEntry'>;

/** Asks the API server who it is; a failure shows in `sources`. */
export function askIdentity(
  connection: ClusterConnection,
  sources: SourceStates,
  clock: Clock,
  signal: AbortSignal,
): Promise<ClusterIdentity> {
  return noted(sources, clock, () => identify(connection, signal));
}

/** Asks the API server what runs there; answer and failure show in `sources`. */
export function askInventory(
  connection: ClusterConnection,
  sources: SourceStates,
  clock: Clock,
  signal: AbortSignal,
): Promise<Inventory> {
  return noted(sources, clock, async () => {
    const inventory = await connection.readInventory(signal);
    const detail = `${inventory.nodes.length} nodes, ${inventory.pods.length} pods`;
    sources.answered('kubernetes', inventory.notices, detail, clock.nowSeconds());
    return inventory;
  });
}

async function noted<T>(sources: SourceStates, clock: Clock, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const failure = asFailure(error);
    if (failure.code !== 'cancelled') sources.failed('kubernetes', failure, clock.nowSeconds());
    throw failure;
  }
}

/** With the sign-in that the first request needs; a person is told of a silent server within 15 s. */
const IDENTIFY_MILLISECONDS = 11_000;

/** Asks the API server who it is; a sign-in and a server that are slow one after the other end in time. */
export function identify(connection: ClusterConnection, signal: AbortSignal): Promise<ClusterIdentity> {
  const late = () => lateKubernetes(connection.contextName, IDENTIFY_MILLISECONDS);
  return within(IDENTIFY_MILLISECONDS, signal, (until) => connection.identify(until), late);
}

export function lateKubernetes(contextName: string, milliseconds: number): Failure {
  const seconds = Math.round(milliseconds / 1000);
  return new Failure('timeout', `The API server of the context "${contextName}" did not answer within ${seconds} s`, {
    hint: 'Check that the network or VPN is on and the server is not overloaded; the time counts the sign-in too. Then try again.',
  });
}

export interface LearntCluster {
  readonly identity: ClusterIdentity;
  readonly contextName: string;
  readonly inventory: Inventory | null;
  readonly currency: string;
}

/**
 * Writes what was learnt of the cluster; its first record sets when collection began. `known` is the record that this
 * machine kept while the store was away, for a store that has none yet. A name and a provider that the store has stay:
 * a person gave the one, the sync knows the other better (`eks` where nodes tell `aws`).
 */
export async function rememberCluster(
  store: Registry,
  clock: Clock,
  learnt: LearntCluster,
  known: ClusterRecord | null = null,
): Promise<ClusterRecord> {
  const before = (await recordOf(store, learnt.identity.id)) ?? known;
  const record = clusterRecord({ ...learnt, before, nowSeconds: clock.nowSeconds() });
  // Read as an entry: a record has no word for what the sync calls a provider. Null keeps what is there.
  const registered = await store.clusterEntry(learnt.identity.id);
  const named = { ...record, name: registered?.name ?? record.name };
  await store.putCluster(registered?.provider ? { ...named, provider: null } : named);
  return named;
}

/** Notes how the last run ended: its time and no error, or the error and the time of the last good one. */
export async function rememberRun(
  store: ClusterStore,
  clock: Clock,
  clusterId: string,
  error: string | null,
): Promise<void> {
  const record = await recordOf(store, clusterId);
  if (record === null) return;
  const nowSeconds = clock.nowSeconds();
  const lastSyncAtSeconds = error === null ? nowSeconds : record.lastSyncAtSeconds;
  await store.putCluster({ ...record, lastSyncAtSeconds, lastError: error, updatedAtSeconds: nowSeconds });
}

export async function recordOf(store: ClusterStore, clusterId: string): Promise<ClusterRecord | null> {
  return (await store.listClusters()).find((cluster) => cluster.id === clusterId) ?? null;
}

/** Where grid intensity and hardware are known from, as a person sees it beside the other sources; nothing waits for it. */
export async function noteCoefficients(
  { coefficientWords }: ConnectOptions,
  sources: SourceStates,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const words = await coefficientWords?.(signal).catch(() => null);
  if (words) sources.coefficients(words, clock.nowSeconds());
}
