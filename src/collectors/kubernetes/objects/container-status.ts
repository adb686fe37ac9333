import type { ContainerState, Termination } from '../../../core/kubernetes/pod-status.ts';
import type { KubeContainer } from '../../../model/kubernetes/objects.ts';
import { instantSeconds } from '../inventory/instant.ts';
import type { RawContainerStatus } from './schemas.ts';

/** A container's status in the form that the rules of a pod's state work with. */
export function containerStateOf(raw: RawContainerStatus): ContainerState {
  const { name, ready, restartCount, state, lastState } = raw;
  return {
    name,
    ready,
    restartCount,
    started: raw.started === true,
    waiting: state?.waiting ? { reason: state.waiting.reason ?? null } : null,
    terminated: terminationOf(state?.terminated),
    lastTerminated: terminationOf(lastState?.terminated),
    running: Boolean(state?.running),
  };
}

/** What is kept of a container; `reason` tells how it waits or ended, or else how it ended before. */
export function keptContainer(name: string, image: string, status: ContainerState | undefined): KubeContainer {
  if (status === undefined) return { name, image, state: null, reason: null, ready: false, restartCount: 0 };
  const { ready, restartCount, waiting, terminated, lastTerminated, running } = status;
  const state = waiting !== null ? 'waiting' : terminated !== null ? 'terminated' : running ? 'running' : null;
  const reason = waiting?.reason ?? terminated?.reason ?? lastTerminated?.reason ?? null;
  return { name, image, state, reason, ready, restartCount };
}

type RawTermination = NonNullable<RawContainerStatus['state']>['terminated'];

function terminationOf(raw: RawTermination): Termination | null {
  if (!raw) return null;
  const { reason, exitCode, signal, finishedAt } = raw;
  return { reason: reason ?? null, exitCode, signal, finishedAtSeconds: instantSeconds(finishedAt) };
}
