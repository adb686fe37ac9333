import type { Owner, PodPhase, ResourceRequests } from '../../model/inventory.ts';
import type { EpochSeconds } from '../../model/time.ts';
import type { Labels, Series } from './answer.ts';
import { ownLabel, type PodName, podKey, podNameOf } from './labels.ts';
import { topOwner } from './past-owners.ts';
import { type Found, SeriesIndex } from './series-index.ts';
import { GPU_RESOURCES, type StateQueries } from './state-queries.ts';

/** A pod in one window as kube-state-metrics remembers it; null where it doesn't tell. */
export interface PastPod extends PodName {
  readonly uid: string | null;
  readonly node: string | null;
  readonly hostNetwork: boolean;
  readonly owner: Owner | null;
  readonly requests: ResourceRequests | null;
  readonly phase: PodPhase | null;
  /** When it was bound, else started, else made. */
  readonly sinceSeconds: EpochSeconds | null;
  readonly startedAtSeconds: EpochSeconds | null;
  readonly finishedAtSeconds: EpochSeconds | null;
  /** It was deleted inside the window. */
  readonly gone: boolean;
  readonly restartCount: number;
}

export type StateAnswers = Readonly<Record<keyof StateQueries, readonly Series[]>>;

/** Pods by window end, then by `namespace/name`; one name may have had several UIDs in a window. */
export type PastPods = ReadonlyMap<EpochSeconds, ReadonlyMap<string, readonly PastPod[]>>;

export function pastPods(answers: StateAnswers, endsSeconds: readonly EpochSeconds[]): PastPods {
  const byUid = (series: readonly Series[]) => new SeriesIndex(series, uidKey);
  const info = byUid(answers.podInfo);
  const index: PodIndexes = {
    owner: byUid(answers.podOwner),
    requests: byUid(answers.requests),
    initRequests: byUid(answers.initRequests),
    otherPhases: byUid(answers.otherPhases),
    times: byUid(answers.podTimes),
    gone: byUid(answers.gonePods),
    restarts: byUid(answers.restarts),
    replicaSets: new SeriesIndex(answers.replicaSetOwner, (labels) => ownedKey(labels, ['replicaset'])),
    jobs: new SeriesIndex(answers.jobOwner, (labels) => ownedKey(labels, ['exported_job_name', 'job_name'])),
  };
  const result = new Map<EpochSeconds, Map<string, PastPod[]>>();
  for (const endSeconds of endsSeconds) {
    const pods = new Map<string, PastPod[]>();
    const keys = info.keys(endSeconds);
    const allGone = keys.length > 0 && index.gone.keys(endSeconds).length >= keys.length;
    for (const key of keys) {
      const pod = pastPod(info.all(endSeconds, key), endSeconds, index, allGone);
      if (pod === null) continue;
      const same = pods.get(podKey(pod));
      if (same === undefined) pods.set(podKey(pod), [pod]);
      else same.push(pod);
    }
    for (const same of pods.values()) same.sort((left, right) => (left.sinceSeconds ?? 0) - (right.sinceSeconds ?? 0));
    result.set(endSeconds, pods);
  }
  return result;
}

interface PodIndexes {
  readonly owner: SeriesIndex;
  readonly requests: SeriesIndex;
  readonly initRequests: SeriesIndex;
  readonly otherPhases: SeriesIndex;
  readonly times: SeriesIndex;
  readonly gone: SeriesIndex;
  readonly restarts: SeriesIndex;
  readonly replicaSets: SeriesIndex;
  readonly jobs: SeriesIndex;
}

/** @param allGone every pod ends at once: kube-state-metrics was away, not the pods */
function pastPod(
  found: readonly Found[],
  endSeconds: EpochSeconds,
  index: PodIndexes,
  allGone: boolean,
): PastPod | null {
  // A pod has a series without a node until it is bound.
  const info = found.find(({ labels }) => nodeLabel(labels) !== null) ?? found[0];
  const pod = info === undefined ? null : podNameOf(info.labels);
  if (info === undefined || pod === null) return null;
  const uid = info.labels.uid ?? null;
  const about = (from: SeriesIndex): readonly Found[] => {
    const exact = from.all(endSeconds, `${podKey(pod)}/${uid ?? ''}`);
    return exact.length > 0 ? exact : from.all(endSeconds, `${podKey(pod)}/`);
  };
  const times = new Map(about(index.times).map(({ labels, value }) => [labels.what, value]));
  const startedAtSeconds = times.get('started') ?? null;
  return {
    ...pod,
    uid,
    node: nodeLabel(info.labels),
    hostNetwork: info.labels.host_network === 'true',
    owner: topOwner(pod.namespace, directOwner(about(index.owner)[0] ?? info, info), index, endSeconds),
    requests: requestsOf(about(index.requests), about(index.initRequests)),
    phase: phaseOf(about(index.otherPhases), !index.otherPhases.isEmpty),
    sinceSeconds: times.get('scheduled') ?? startedAtSeconds ?? times.get('created') ?? null,
    startedAtSeconds,
    finishedAtSeconds: times.get('completed') ?? null,
    gone: !allGone && about(index.gone).length > 0,
    restartCount: Math.round(about(index.restarts)[0]?.value ?? 0),
  };
}

function uidKey(labels: Labels): string | null {
  const pod = podNameOf(labels);
  return pod === null ? null : `${podKey(pod)}/${labels.uid ?? ''}`;
}

function ownedKey(labels: Labels, names: readonly string[]): string | null {
  const name = names.map((label) => labels[label] ?? '').find((value) => value !== '');
  const namespace = ownLabel(labels, 'namespace');
  return name === undefined || namespace === null ? null : `${namespace}/${name}`;
}

function nodeLabel(labels: Labels): string | null {
  return ownLabel(labels, 'node');
}

function directOwner(owner: Found, info: Found): Owner | null {
  const kind = owner.labels.owner_kind ?? info.labels.created_by_kind ?? '';
  const name = owner.labels.owner_name ?? info.labels.created_by_name ?? '';
  return kind === '' || kind === '<none>' || name === '' ? null : { kind, name };
}

/** Null where kube-state-metrics has no request of the pod: then it may have none, or not be watched. */
function requestsOf(containers: readonly Found[], initContainers: readonly Found[]): ResourceRequests | null {
  if (containers.length === 0 && initContainers.length === 0) return null;
  const of = (resource: string): number => {
    const value = (found: readonly Found[]) => found.find(({ labels }) => labels.resource === resource)?.value ?? 0;
    return Math.max(value(containers), value(initContainers));
  };
  const gpus = GPU_RESOURCES.reduce((sum, resource) => sum + of(resource), 0);
  return { cpuMillicores: of('cpu') * 1000, memoryBytes: of('memory'), ...(gpus > 0 ? { gpus } : {}) };
}

function phaseOf(found: readonly Found[], phasesKnown: boolean): PodPhase | null {
  switch (found[0]?.labels.phase) {
    case 'Pending':
      return 'Pending';
    case 'Succeeded':
      return 'Succeeded';
    case 'Failed':
      return 'Failed';
    case 'Unknown':
      return 'Unknown';
    default:
      return phasesKnown ? 'Running' : null;
  }
}
