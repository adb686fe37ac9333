import { visibleOomKills } from '../../../core/kubernetes/oom-kills.ts';
import { type OwnerLabels, ownersOf } from '../../../core/kubernetes/owner-labels.ts';
import { pinnedReason } from '../../../core/kubernetes/pinned.ts';
import {
  type ContainerState,
  type PodState,
  podReason,
  podStatusWord,
  restartsOf,
} from '../../../core/kubernetes/pod-status.ts';
import type { PodPhase } from '../../../model/inventory.ts';
import type { KubePod } from '../../../model/kubernetes/objects.ts';
import type { SeenPod } from '../../../model/kubernetes/seen.ts';
import { instantSeconds } from '../inventory/instant.ts';
import { podLimit, podRequests } from '../inventory/requests.ts';
import { containerStateOf, keptContainer } from './container-status.ts';
import { controllerOf } from './owner.ts';
import { placementOf } from './placement.ts';
import { podObject, type RawPodObject } from './schemas.ts';

/** Written by the kubelet on the API server's picture of a pod that it started from a file. */
const STATIC_POD = 'kubernetes.io/config.mirror';

/** A pod from what the API server sent; null where it is no pod. */
export function readPodObject(raw: unknown, keys: OwnerLabels): SeenPod | null {
  const parsed = podObject.safeParse(raw);
  if (!parsed.success || parsed.data.metadata.namespace === undefined) return null;
  const { metadata, spec, status } = parsed.data;
  const { namespace } = parsed.data.metadata;
  const state = stateOf(parsed.data);
  const byName = (states: readonly ContainerState[]) => new Map(states.map((each) => [each.name, each]));
  const running = byName(state.containers);
  const initial = byName(state.initContainers);
  const phase = phaseOf(status?.phase);
  const owner = controllerOf(metadata);
  const isStatic = owner?.kind === 'Node' || metadata.annotations?.[STATIC_POD] !== undefined;
  const all = [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])];
  return {
    kind: 'Pod',
    namespace,
    name: metadata.name,
    uid: metadata.uid ?? null,
    createdAtSeconds: instantSeconds(metadata.creationTimestamp),
    startedAtSeconds: instantSeconds(status?.startTime),
    finishedAtSeconds: phase === 'Succeeded' || phase === 'Failed' ? finishedAt(state) : null,
    changedAtSeconds: changedAt(parsed.data),
    node: spec?.nodeName || null,
    phase,
    status: podStatusWord(state),
    reason: podReason(state, notPlaced(parsed.data)),
    qosClass: qosOf(status?.qosClass),
    restartCount: restartsOf(state),
    containers: (spec?.containers ?? []).map(({ name, image }) => keptContainer(name, image ?? '', running.get(name))),
    initContainers: (spec?.initContainers ?? []).map(({ name, image }) =>
      keptContainer(name, image ?? '', initial.get(name)),
    ),
    oomKills: visibleOomKills([...state.initContainers, ...state.containers]),
    requests: spec ? podRequests(spec) : { cpuMillicores: 0, memoryBytes: 0 },
    cpuLimitMillicores: spec ? podLimit(spec, 'cpu') : 0,
    memoryLimitBytes: spec ? podLimit(spec, 'memory') : 0,
    owner,
    templateHash: metadata.labels?.['pod-template-hash'] ?? null,
    ...ownersOf(metadata.labels, keys),
    claims: (spec?.volumes ?? []).flatMap((volume) => volume.persistentVolumeClaim?.claimName ?? []),
    placement: placementOf(metadata.labels ?? {}, spec, all),
    isStatic,
    pinned: pinnedReason({
      annotations: metadata.annotations ?? {},
      hasOwner: owner !== null,
      isStatic,
      hostPaths: (spec?.volumes ?? []).flatMap((volume) => volume.hostPath?.path ?? []),
    }),
  };
}

function stateOf({ metadata, spec, status }: RawPodObject): PodState {
  const conditions = status?.conditions ?? [];
  const isTrue = (type: string) => conditions.some((each) => each.type === type && each.status === 'True');
  return {
    phase: status?.phase ?? 'Unknown',
    reason: status?.reason ?? null,
    isDeleted: metadata.deletionTimestamp !== undefined,
    isReady: isTrue('Ready'),
    isGated: conditions.some((each) => each.type === 'PodScheduled' && each.reason === 'SchedulingGated'),
    isInitialized: isTrue('Initialized'),
    initContainers: (status?.initContainerStatuses ?? []).map(containerStateOf),
    containers: (status?.containerStatuses ?? []).map(containerStateOf),
    sidecars: new Set(
      (spec?.initContainers ?? []).filter((each) => each.restartPolicy === 'Always').map(({ name }) => name),
    ),
  };
}

function notPlaced({ status }: RawPodObject): string | null {
  const placing = (status?.conditions ?? []).find(({ type }) => type === 'PodScheduled');
  return placing?.status === 'False' ? (placing.reason ?? null) : null;
}

function phaseOf(phase: string | undefined): PodPhase {
  switch (phase) {
    case 'Pending':
    case 'Running':
    case 'Succeeded':
    case 'Failed':
      return phase;
    default:
      return 'Unknown';
  }
}

function qosOf(qosClass: string | undefined): KubePod['qosClass'] {
  switch (qosClass) {
    case 'Guaranteed':
    case 'Burstable':
    case 'BestEffort':
      return qosClass;
    default:
      return null;
  }
}

function finishedAt({ containers }: PodState): number | null {
  const ends = containers.flatMap(({ terminated }) => terminated?.finishedAtSeconds ?? []);
  return ends.length > 0 ? Math.max(...ends) : null;
}

function changedAt({ status }: RawPodObject): number | null {
  const changes = (status?.conditions ?? []).flatMap((each) => instantSeconds(each.lastTransitionTime) ?? []);
  return changes.length > 0 ? Math.max(...changes) : null;
}
