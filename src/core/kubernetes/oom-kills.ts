import type { KubePod } from '../../model/kubernetes/objects.ts';
import type { OomKill } from '../../model/kubernetes/seen.ts';
import type { ContainerState } from './pod-status.ts';

const OOM_KILLED = 'OOMKilled';

/**
 * The kills for memory that a pod's status shows now. A container's ends are numbered: with `restartCount` n the last
 * state is its n-th end, and a present end is its (n + 1)-th.
 */
export function visibleOomKills(containers: readonly ContainerState[]): OomKill[] {
  return containers.flatMap(({ name, restartCount, terminated, lastTerminated }) => [
    ...(lastTerminated?.reason === OOM_KILLED
      ? [{ container: name, ordinal: Math.max(1, restartCount), atSeconds: lastTerminated.finishedAtSeconds }]
      : []),
    ...(terminated?.reason === OOM_KILLED
      ? [{ container: name, ordinal: restartCount + 1, atSeconds: terminated.finishedAtSeconds }]
      : []),
  ]);
}

/** What was counted so far for a pod: how many, and up to which end of each container. */
export interface OomTally {
  readonly count: number;
  readonly upTo: Readonly<Record<string, number>>;
}

export const NO_OOM_KILLS: OomTally = { count: 0, upTo: {} };

/** Adds kills that are later than what was counted of their container; the same answer twice adds nothing. */
export function addOomKills(before: OomTally, seen: readonly OomKill[]): { tally: OomTally; added: OomKill[] } {
  const added = [...seen]
    .sort((a, b) => a.ordinal - b.ordinal)
    .filter(({ container, ordinal }) => ordinal > (before.upTo[container] ?? 0));
  if (added.length === 0) return { tally: before, added };
  const upTo = { ...before.upTo };
  const fresh = new Set<string>();
  for (const { container, ordinal } of added) {
    fresh.add(`${container}\n${ordinal}`);
    upTo[container] = Math.max(upTo[container] ?? 0, ordinal);
  }
  return { tally: { count: before.count + fresh.size, upTo }, added };
}

/** What a stored row had counted: all ends that its containers had when it was written. */
export function talliedIn(pod: Pick<KubePod, 'oomKills' | 'containers' | 'initContainers'>): OomTally {
  const upTo: Record<string, number> = {};
  for (const { name, restartCount, state } of [...pod.initContainers, ...pod.containers]) {
    upTo[name] = restartCount + (state === 'terminated' ? 1 : 0);
  }
  return { count: pod.oomKills, upTo };
}
