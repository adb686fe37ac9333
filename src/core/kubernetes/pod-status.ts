/** What a container's status says, as far as a pod's state needs it. */
export interface ContainerState {
  readonly name: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly started: boolean;
  readonly waiting: { readonly reason: string | null } | null;
  readonly terminated: Termination | null;
  readonly lastTerminated: Termination | null;
  readonly running: boolean;
}

export interface Termination {
  readonly reason: string | null;
  readonly exitCode: number;
  readonly signal: number;
  readonly finishedAtSeconds: number | null;
}

export interface PodState {
  readonly phase: string;
  readonly reason: string | null;
  readonly isDeleted: boolean;
  readonly isReady: boolean;
  readonly isGated: boolean;
  /** Its init containers were done once; a sidecar that crashes later is no new beginning. */
  readonly isInitialized: boolean;
  readonly initContainers: readonly ContainerState[];
  readonly containers: readonly ContainerState[];
  /** Names of init containers that run on beside the others. */
  readonly sidecars: ReadonlySet<string>;
}

/** A pod's state in one word, by the rules of `kubectl get pods`. Source: kubernetes/pkg/printers/internalversion, `printPod`. */
export function podStatusWord(pod: PodState): string {
  const initial = initWord(pod);
  const base = initial ?? baseWord(pod);
  const word = initial === null || pod.isInitialized ? containersWord(pod, base) : base;
  if (!pod.isDeleted) return word;
  if (pod.reason === 'NodeLost') return 'Unknown';
  return pod.phase === 'Succeeded' || pod.phase === 'Failed' ? word : 'Terminating';
}

function baseWord(pod: PodState): string {
  if (pod.reason !== null && pod.reason !== '') return pod.reason;
  return pod.isGated ? 'SchedulingGated' : pod.phase;
}

/** Null where all init containers are done (or go on beside the others). */
function initWord(pod: PodState): string | null {
  for (const [index, init] of pod.initContainers.entries()) {
    if (init.terminated !== null && init.terminated.exitCode === 0) continue;
    if (pod.sidecars.has(init.name) && init.started) continue;
    if (init.terminated !== null) return `Init:${terminationWord(init.terminated)}`;
    const waiting = init.waiting?.reason ?? '';
    if (waiting !== '' && waiting !== 'PodInitializing') return `Init:${waiting}`;
    return `Init:${index}/${pod.initContainers.length}`;
  }
  return null;
}

function containersWord(pod: PodState, base: string): string {
  let word = base;
  let isAnyRunning = false;
  for (const container of pod.containers.toReversed()) {
    if (container.waiting !== null && container.waiting.reason !== null && container.waiting.reason !== '') {
      word = container.waiting.reason;
    } else if (container.terminated !== null) {
      word = terminationWord(container.terminated);
    } else if (container.ready && container.running) {
      isAnyRunning = true;
    }
  }
  if (word !== 'Completed' || !isAnyRunning) return word;
  return pod.isReady ? 'Running' : 'NotReady';
}

function terminationWord({ reason, exitCode, signal }: Termination): string {
  if (reason !== null && reason !== '') return reason;
  return signal === 0 ? `ExitCode:${exitCode}` : `Signal:${signal}`;
}

/** Restarts as kubectl counts them: of containers and sidecars; of init containers while they are at work. */
export function restartsOf(pod: PodState): number {
  const isInitializing = initWord(pod) !== null && !pod.isInitialized;
  const sum = (containers: readonly ContainerState[]) =>
    containers.reduce((total, container) => total + container.restartCount, 0);
  if (isInitializing) return sum(pod.initContainers);
  return sum(pod.containers) + sum(pod.initContainers.filter(({ name }) => pod.sidecars.has(name)));
}

/**
 * Why a pod is in its state: its own word, else why it was not placed, else how its containers ended, the last end first.
 * Null where nothing is wrong.
 */
export function podReason(pod: PodState, notPlaced: string | null): string | null {
  if (pod.reason !== null && pod.reason !== '') return pod.reason;
  if (notPlaced !== null) return notPlaced;
  const all = [...pod.initContainers, ...pod.containers];
  for (const { terminated } of all) {
    if (terminated !== null && terminated.exitCode !== 0) return terminationWord(terminated);
  }
  const crashed = all.filter(({ waiting, ready }) => waiting !== null && !ready);
  for (const { lastTerminated } of crashed) {
    if (lastTerminated !== null) return terminationWord(lastTerminated);
  }
  return crashed.find(({ waiting }) => (waiting?.reason ?? '') !== '')?.waiting?.reason ?? null;
}
