import type { ClusterHealth, HealthReason } from '../../model/kubernetes/health.ts';
import type { EpochSeconds } from '../../model/time.ts';

export const UNREACHABLE_SECONDS = 300;
export const UNAVAILABLE_SECONDS = 300;
export const LATE_INTERVALS = 3;
/** Objects that a reason names; the rest is counted in its message. */
const MOST_NAMED = 20;

/** All that the health of a cluster is judged by. Names are for people: `namespace/name`, and the node's own name. */
export interface HealthFacts {
  readonly nowSeconds: EpochSeconds;
  /** When the cluster was last read as a whole; null: never. */
  readonly lastSyncAtSeconds: EpochSeconds | null;
  readonly intervalSeconds: number;
  /** Since when the API server does not answer; null while it does. */
  readonly unreachableSinceSeconds: EpochSeconds | null;
  readonly nodes: readonly { readonly name: string; readonly isReady: boolean }[];
  /** Workloads that lack pods now, with since when. */
  readonly unavailable: readonly { readonly name: string; readonly sinceSeconds: EpochSeconds }[];
  /** Pods whose containers crash again and again. */
  readonly crashLoops: readonly string[];
}

/**
 * Health of a cluster, by the table in docs/health.md. Each reason that holds is named; the worst one decides. A cluster that was never
 * read is unknown, whatever else is told of it.
 */
export function clusterHealth(facts: HealthFacts): ClusterHealth {
  if (facts.lastSyncAtSeconds === null) return { status: 'unknown', reasons: [neverSynced(facts)] };
  const critical = [...unreachable(facts), ...halfNotReady(facts)];
  const degraded = [...nodesNotReady(facts), ...workloadsUnavailable(facts), ...crashLooping(facts), ...late(facts)];
  const status = critical.length > 0 ? 'critical' : degraded.length > 0 ? 'degraded' : 'healthy';
  return { status, reasons: [...critical, ...degraded] };
}

/** True where what is kept of the history says something else: another status, or other reasons. */
export function isHealthChange(before: ClusterHealth | null, now: ClusterHealth): boolean {
  if (before === null || before.status !== now.status) return true;
  const key = ({ code, objects }: HealthReason) => `${code} ${[...objects].sort().join(' ')}`;
  const keys = (health: ClusterHealth) => health.reasons.map(key).sort().join('\n');
  return keys(before) !== keys(now);
}

function neverSynced({ unreachableSinceSeconds }: HealthFacts): HealthReason {
  const message =
    unreachableSinceSeconds === null ? 'It was not read yet.' : 'It was not read yet: its API server does not answer.';
  return { code: 'never-synced', message, objects: [] };
}

function unreachable({ nowSeconds, unreachableSinceSeconds }: HealthFacts): HealthReason[] {
  if (unreachableSinceSeconds === null || nowSeconds - unreachableSinceSeconds < UNREACHABLE_SECONDS) return [];
  const minutes = Math.floor((nowSeconds - unreachableSinceSeconds) / 60);
  const message = `Its API server has not answered for ${minutes} minutes.`;
  return [{ code: 'unreachable', message, objects: [] }];
}

/** "Fewer than half ready": with two nodes, one that is ready is half, and enough. */
function halfNotReady({ nodes }: HealthFacts): HealthReason[] {
  const ready = nodes.filter(({ isReady }) => isReady).length;
  if (nodes.length === 0 || ready * 2 >= nodes.length) return [];
  const message = `Only ${ready} of its ${nodes.length} nodes are ready.`;
  return [{ code: 'half-not-ready', message, objects: named(notReady(nodes)) }];
}

function nodesNotReady({ nodes }: HealthFacts): HealthReason[] {
  const names = notReady(nodes);
  if (names.length === 0) return [];
  const message = names.length === 1 ? 'One node is not ready.' : `${names.length} nodes are not ready.`;
  return [{ code: 'node-not-ready', message, objects: named(names) }];
}

function workloadsUnavailable({ nowSeconds, unavailable }: HealthFacts): HealthReason[] {
  const names = unavailable
    .filter(({ sinceSeconds }) => nowSeconds - sinceSeconds >= UNAVAILABLE_SECONDS)
    .map(({ name }) => name);
  if (names.length === 0) return [];
  const what = names.length === 1 ? 'One workload has' : `${names.length} workloads have`;
  const message = `${what} lacked pods for ${UNAVAILABLE_SECONDS / 60} minutes or longer.`;
  return [{ code: 'workload-unavailable', message, objects: named(names) }];
}

function crashLooping({ crashLoops }: HealthFacts): HealthReason[] {
  if (crashLoops.length === 0) return [];
  const what = crashLoops.length === 1 ? 'One pod crashes' : `${crashLoops.length} pods crash`;
  return [{ code: 'crash-loop', message: `${what} again and again.`, objects: named(crashLoops) }];
}

function late({ nowSeconds, lastSyncAtSeconds, intervalSeconds }: HealthFacts): HealthReason[] {
  const ageSeconds = nowSeconds - (lastSyncAtSeconds ?? nowSeconds);
  if (ageSeconds <= LATE_INTERVALS * intervalSeconds) return [];
  const message = `It was last read as a whole ${Math.floor(ageSeconds / 60)} min ${ageSeconds % 60} s ago.`;
  return [{ code: 'sync-late', message, objects: [] }];
}

function notReady(nodes: HealthFacts['nodes']): string[] {
  return nodes.filter(({ isReady }) => !isReady).map(({ name }) => name);
}

function named(names: readonly string[]): string[] {
  return names.toSorted((a, b) => a.localeCompare(b)).slice(0, MOST_NAMED);
}
