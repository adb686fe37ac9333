import type { Inventory, PodDescription } from '../../model/inventory.ts';
import type { EpochSeconds, Window } from '../../model/time.ts';
import { windowEndSeconds } from '../../model/time.ts';
import type { PodUsage } from '../../model/usage.ts';
import { HOLE_INTERVALS } from './coverage.ts';
import type { EdgePod } from './edge-pods.ts';
import { podKey } from './labels.ts';
import { type MetersOfWindow, NO_METERS } from './meters.ts';
import type { PastPod } from './past-pods.ts';
import { type PodPlace, placeKey } from './pod-columns.ts';
import type { PieceAnswers } from './read-piece.ts';
import type { PodCounterName } from './usage-queries.ts';

/** Pods of one window: those with samples, and those that were bound to a node and not finished. */
export function podsOfWindow(
  answers: PieceAnswers,
  window: Window,
  inventory: Inventory,
  meters: MetersOfWindow = NO_METERS,
): readonly PodUsage[] {
  const endSeconds = windowEndSeconds(window);
  const past = answers.pods.get(endSeconds) ?? new Map<string, readonly PastPod[]>();
  const now = new Map(inventory.pods.map((pod) => [placeKey(pod), pod]));
  const places = new Map<string, PodPlace>();
  const add = (place: PodPlace): void => void places.set(placeKey(place), place);
  for (const place of answers.cpu.places(endSeconds)) add(place);
  for (const key of answers.edges.get(endSeconds)?.keys() ?? []) {
    const place = placeFromKey(key);
    if (place !== null) add(place);
  }
  for (const pods of past.values()) {
    for (const pod of pods) if (pod.node !== null) add({ namespace: pod.namespace, name: pod.name, node: pod.node });
  }

  const rows: PodUsage[] = [];
  for (const [key, place] of places) {
    const known = (past.get(podKey(place)) ?? []).filter((pod) => place.node === null || pod.node === place.node);
    const row = podRow(answers, window, place, known, now.get(key) ?? null, meters);
    if (row !== null) rows.push(row);
  }
  return rows;
}

function podRow(
  answers: PieceAnswers,
  window: Window,
  place: PodPlace,
  known: readonly PastPod[],
  now: PodDescription | null,
  meters: MetersOfWindow,
): PodUsage | null {
  const endSeconds = windowEndSeconds(window);
  const edge = answers.edges.get(endSeconds)?.get(placeKey(place)) ?? null;
  const cpuSeconds = edge?.cpuSeconds ?? answers.cpu.get(endSeconds, place);
  const last = known.at(-1) ?? null;
  const aliveSeconds = aliveSecondsOf(window, known, now, edge, answers.usageTimes.intervalSeconds);
  if (aliveSeconds <= 0 && (cpuSeconds ?? 0) <= 0) return null;
  if (cpuSeconds === null && known.every((pod) => isLongFinished(pod))) return null;
  const counter = (name: PodCounterName): number | null => {
    const value = answers.counters[name].get(endSeconds, place);
    const head = answers.counterHeads?.[name].get(endSeconds, place) ?? null;
    if (value === null && head === null) return null;
    const isNew = edge?.beginsHere === true || startsIn(window, last, now) || hasNeighbour(answers, window, place);
    return (value ?? 0) + (isNew ? (head ?? 0) : 0);
  };
  const network = (name: PodCounterName): number | null => (last?.hostNetwork === true ? null : counter(name));
  const activeJoules = meters.activeJoules(place, edge?.beginsHere === true || startsIn(window, last, now));
  return {
    namespace: place.namespace,
    name: place.name,
    node: place.node,
    uid: last?.uid ?? now?.uid ?? null,
    cpuSeconds,
    usageSource: cpuSeconds === null ? 'requests' : edge?.isSingleSample === true ? 'single-sample' : 'cadvisor',
    memoryBytes: answers.memory.get(endSeconds, place),
    networkReceiveBytes: network('networkReceive'),
    networkTransmitBytes: network('networkTransmit'),
    diskReadBytes: counter('diskRead'),
    diskWriteBytes: counter('diskWrite'),
    ephemeralStorageBytes: answers.ephemeral.get(endSeconds, place),
    restartCount: known.reduce((sum, pod) => sum + pod.restartCount, 0),
    aliveSeconds: Math.max(1, Math.min(window.durationSeconds, aliveSeconds)),
    requests: last?.requests ?? null,
    owner: last?.owner ?? null,
    phase: last?.phase ?? null,
    ...(activeJoules === null ? {} : { activeJoules }),
  };
}

/**
 * From when the pod was bound to when it finished, within the window; several pods of one name on one node add up.
 * Where Kubernetes tells neither, its first and last samples do, half a scrape interval beyond each.
 */
function aliveSecondsOf(
  window: Window,
  known: readonly PastPod[],
  now: PodDescription | null,
  edge: EdgePod | null,
  intervalSeconds: number,
): number {
  const endSeconds = windowEndSeconds(window);
  const overlap = (from: EpochSeconds, to: EpochSeconds): number =>
    Math.max(0, Math.min(to, endSeconds) - Math.max(from, window.startSeconds));
  const firstSeen = edge?.beginsHere === true ? edge.firstSampleSeconds - intervalSeconds / 2 : window.startSeconds;
  const lastSeen = edge?.endsHere === true ? edge.lastSampleSeconds + intervalSeconds / 2 : endSeconds;
  if (known.length === 0) {
    const since = now?.startedAtSeconds ?? now?.createdAtSeconds ?? firstSeen;
    return overlap(
      since < endSeconds ? since : firstSeen,
      now === null ? lastSeen : (now.finishedAtSeconds ?? endSeconds),
    );
  }
  return known.reduce((sum, pod) => {
    const until = pod.finishedAtSeconds ?? (pod.gone ? lastSeen : endSeconds);
    return sum + overlap(pod.sinceSeconds ?? firstSeen, until);
  }, 0);
}

/** Finished, and nothing tells that it was in this window. */
function isLongFinished(pod: PastPod): boolean {
  return (pod.phase === 'Succeeded' || pod.phase === 'Failed') && pod.finishedAtSeconds === null;
}

function startsIn(window: Window, past: PastPod | null, now: PodDescription | null): boolean {
  const since = past?.startedAtSeconds ?? past?.sinceSeconds ?? now?.startedAtSeconds ?? null;
  return since !== null && since >= window.startSeconds && since < windowEndSeconds(window);
}

/** The node was scraped just before the window: a series that is new in it is of a container that is new. */
function hasNeighbour(answers: PieceAnswers, window: Window, place: PodPlace): boolean {
  const reach = HOLE_INTERVALS * answers.usageTimes.intervalSeconds;
  return answers.usageTimes
    .of(place.node)
    .some((time) => time <= window.startSeconds && time >= window.startSeconds - reach / 2);
}

function placeFromKey(key: string): PodPlace | null {
  const [pod, node] = key.split('@');
  const [namespace, name] = (pod ?? '').split('/');
  return namespace === undefined || name === undefined
    ? null
    : { namespace, name, node: node === '' ? null : (node ?? null) };
}
