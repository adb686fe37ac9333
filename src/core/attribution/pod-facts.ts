import type { PodFacts } from '../../model/facts.ts';
import type { PodDescription, ResourceRequests } from '../../model/inventory.ts';
import type { PodUsageSource } from '../../model/sources.ts';
import { type Window, windowEndSeconds } from '../../model/time.ts';
import type { PodUsage } from '../../model/usage.ts';

/** Which team a pod belongs to, where its own label doesn't say. */
export type TeamOf = (pod: { readonly namespace: string; readonly team: string | null }) => string | null;

/**
 * A pod that the reading saw. What it says of the past (requests, owner) wins; the pod of that name in the inventory
 * fills the rest. Null for a finished pod without usage: it reserves nothing.
 */
export function factsOfUsage(
  usage: PodUsage,
  known: PodDescription | null,
  window: Window,
  teamOf: TeamOf,
): PodFacts | null {
  const isFinished = usage.phase === 'Succeeded' || usage.phase === 'Failed';
  if (usage.cpuSeconds === null && usage.memoryBytes === null && isFinished) return null;
  const owner = usage.owner ?? known?.owner ?? null;
  const requests = usage.requests ?? known?.requests ?? null;
  return {
    namespace: usage.namespace,
    name: usage.name,
    uid: usage.uid ?? uidDuring(known, window),
    ownerKind: owner?.kind ?? null,
    ownerName: owner?.name ?? null,
    team: teamOf({ namespace: usage.namespace, team: known?.team ?? null }),
    cpuRequestMillicores: requests?.cpuMillicores ?? 0,
    memoryRequestBytes: requests?.memoryBytes ?? 0,
    ...gpuRequestOf(requests),
    cpuSeconds: usage.cpuSeconds ?? 0,
    memoryBytes: usage.memoryBytes ?? 0,
    networkReceiveBytes: usage.networkReceiveBytes ?? 0,
    networkTransmitBytes: usage.networkTransmitBytes ?? 0,
    diskReadBytes: usage.diskReadBytes ?? 0,
    diskWriteBytes: usage.diskWriteBytes ?? 0,
    ephemeralStorageBytes: usage.ephemeralStorageBytes ?? 0,
    restartCount: usage.restartCount,
    aliveSeconds: Math.min(window.durationSeconds, Math.max(0, usage.aliveSeconds)),
    usageSource: usage.cpuSeconds === null ? 'requests' : usage.usageSource,
    ...(usage.activeJoules === undefined ? {} : { activeJoules: usage.activeJoules }),
  };
}

/** A pod that only the inventory knows: shown with what it reserves. */
export function factsOfInventory(pod: PodDescription, aliveSeconds: number, teamOf: TeamOf): PodFacts {
  return {
    namespace: pod.namespace,
    name: pod.name,
    uid: pod.uid,
    ownerKind: pod.owner?.kind ?? null,
    ownerName: pod.owner?.name ?? null,
    team: teamOf(pod),
    cpuRequestMillicores: pod.requests.cpuMillicores,
    memoryRequestBytes: pod.requests.memoryBytes,
    ...gpuRequestOf(pod.requests),
    cpuSeconds: 0,
    memoryBytes: 0,
    networkReceiveBytes: 0,
    networkTransmitBytes: 0,
    diskReadBytes: 0,
    diskWriteBytes: 0,
    ephemeralStorageBytes: 0,
    restartCount: 0,
    aliveSeconds,
    usageSource: 'requests',
  };
}

/**
 * Two pods of one name on one node in one window as one: amounts are added; rates (requests, memory) are means over
 * the time alive; the later one (`second`) names it.
 */
export function joinPods(first: PodFacts, second: PodFacts, window: Window): PodFacts {
  const alive = first.aliveSeconds + second.aliveSeconds;
  const mean = (a: number, b: number): number =>
    alive > 0 ? (a * first.aliveSeconds + b * second.aliveSeconds) / alive : Math.max(a, b);
  return {
    ...second,
    uid: second.uid ?? first.uid,
    ownerKind: second.ownerKind ?? first.ownerKind,
    ownerName: second.ownerName ?? first.ownerName,
    team: second.team ?? first.team,
    cpuRequestMillicores: mean(first.cpuRequestMillicores, second.cpuRequestMillicores),
    memoryRequestBytes: mean(first.memoryRequestBytes, second.memoryRequestBytes),
    memoryBytes: mean(first.memoryBytes, second.memoryBytes),
    ephemeralStorageBytes: mean(first.ephemeralStorageBytes, second.ephemeralStorageBytes),
    cpuSeconds: first.cpuSeconds + second.cpuSeconds,
    networkReceiveBytes: first.networkReceiveBytes + second.networkReceiveBytes,
    networkTransmitBytes: first.networkTransmitBytes + second.networkTransmitBytes,
    diskReadBytes: first.diskReadBytes + second.diskReadBytes,
    diskWriteBytes: first.diskWriteBytes + second.diskWriteBytes,
    restartCount: first.restartCount + second.restartCount,
    aliveSeconds: Math.min(window.durationSeconds, alive),
    usageSource: better(first.usageSource, second.usageSource),
    ...gpuRequestOf({ gpus: mean(first.gpuRequest ?? 0, second.gpuRequest ?? 0) }),
    ...activeJoulesOf(first, second),
  };
}

function gpuRequestOf(requests: Pick<ResourceRequests, 'gpus'> | null): Pick<PodFacts, 'gpuRequest'> {
  return requests?.gpus === undefined || requests.gpus <= 0 ? {} : { gpuRequest: requests.gpus };
}

function activeJoulesOf(first: PodFacts, second: PodFacts): Pick<PodFacts, 'activeJoules'> {
  if (first.activeJoules === undefined && second.activeJoules === undefined) return {};
  return { activeJoules: (first.activeJoules ?? 0) + (second.activeJoules ?? 0) };
}

/** A pod of the same name that was made after the window is another one. */
function uidDuring(known: PodDescription | null, window: Window): string | null {
  if (known === null) return null;
  return (known.createdAtSeconds ?? 0) < windowEndSeconds(window) ? known.uid : null;
}

/** Best first. */
const USAGE_LADDER = ['cadvisor', 'kubelet', 'single-sample', 'metrics-server', 'requests'] as const;

/** Of two pods, one without samples leaves the joined row with the samples of the other, flagged as such. */
function better(first: PodUsageSource, second: PodUsageSource): PodUsageSource {
  return USAGE_LADDER.find((source) => source === first || source === second) ?? 'requests';
}
