import type { Owner } from '../../model/inventory.ts';
import type { SeenNode, SeenPod, SeenPodTerm, SeenWorkload } from '../../model/kubernetes/seen.ts';
import type { LayoutNode, LayoutPod, PodTerm, Requirement, Selector, WorkloadSpec } from '../../model/scheduling.ts';
import type { VolumePlace } from './volume-place.ts';

const DEFAULT_PODS_A_NODE = 110;
const HELM_RELEASE = 'meta.helm.sh/release-name';

/** A node as the scheduler sees it. */
export function layoutNode(seen: SeenNode): LayoutNode {
  const { name, description, status, unschedulable, nodeType, podAllocatable, taints } = seen;
  return {
    name,
    instanceType: description.instanceType,
    ready: status === 'Ready',
    unschedulable,
    isControlPlane: nodeType === 'control-plane',
    cpuAllocatableMillicores: description.cpuAllocatableMillicores,
    memoryAllocatableBytes: description.memoryAllocatableBytes,
    podsAllocatable: podAllocatable ?? DEFAULT_PODS_A_NODE,
    gpus: description.gpuCount,
    labels: description.labels,
    taints,
    createdAtSeconds: seen.createdAtSeconds,
  };
}

export interface PodSurroundings {
  readonly id: string;
  /** Top owner. */
  readonly owner: Owner | null;
  readonly volumes: VolumePlace;
  /** Names of the namespaces whose labels a selector meets. */
  namespacesOf(selector: Selector): readonly string[];
}

/** A pod that holds or wants a place; one that has ended holds none (null). */
export function layoutPod(seen: SeenPod, around: PodSurroundings): LayoutPod | null {
  if (seen.phase === 'Succeeded' || seen.phase === 'Failed') return null;
  const { namespace, name, node, phase, requests, placement, isStatic } = seen;
  const { owner, volumes } = around;
  const termOf = (term: SeenPodTerm) => podTerm(term, namespace, around);
  return {
    uid: around.id,
    namespace,
    name,
    node,
    owner,
    phase,
    requests,
    labels: placement.labels,
    nodeSelector: placement.nodeSelector,
    nodeTerms: withRequirements(placement.nodeTerms, volumes.requirements),
    tolerations: placement.tolerations,
    affinity: placement.affinity.map(termOf),
    antiAffinity: placement.antiAffinity.map(termOf),
    spread: placement.spread,
    hostPorts: placement.hostPorts,
    isDaemonSet: owner?.kind === 'DaemonSet',
    isStatic,
    pinned: seen.pinned ?? volumes.pinned,
  };
}

/** Kinds whose wish for replicas is a number in their spec. */
const REPLICATED: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'ReplicaSet']);

/** The template of a workload; null for one that another one keeps, and for kinds that are not listed. */
export function workloadSpec(seen: SeenWorkload, oomKills: number): WorkloadSpec | null {
  const { workloadKind, namespace, name, template, replicas, annotations, createdAtSeconds } = seen;
  if (template === null) return null;
  return {
    namespace,
    kind: workloadKind,
    name,
    apiVersion: workloadKind === 'Job' || workloadKind === 'CronJob' ? 'batch/v1' : 'apps/v1',
    replicas: REPLICATED.has(workloadKind) ? replicas.replicasDesired : null,
    ...template,
    helmRelease: annotations[HELM_RELEASE] ?? null,
    oomKills,
    createdAtSeconds,
  };
}

/** True where two states of a workload differ in what a recommendation may change: requests, limits, replicas, schedule. */
export function isSpecChange(before: SeenWorkload, after: SeenWorkload): boolean {
  if (before.template === null || after.template === null) return before.template !== after.template;
  const isReplicated = REPLICATED.has(after.workloadKind);
  if (isReplicated && before.replicas.replicasDesired !== after.replicas.replicasDesired) return true;
  return JSON.stringify(before.template) !== JSON.stringify(after.template);
}

/** All of the terms ask for the requirements too; without any term they are the only one. */
function withRequirements(terms: LayoutPod['nodeTerms'], requirements: readonly Requirement[]): LayoutPod['nodeTerms'] {
  if (requirements.length === 0) return terms;
  return terms.length === 0 ? [requirements] : terms.map((term) => [...term, ...requirements]);
}

function podTerm(term: SeenPodTerm, own: string, { namespacesOf }: PodSurroundings): PodTerm {
  const { selector, topologyKey, namespaces, namespaceSelector } = term;
  if (namespaceSelector === null) return { selector, topologyKey, namespaces };
  const all = new Set([...namespaces, ...namespacesOf(namespaceSelector)]);
  // None meets it: the term is about no pod at all; a namespace that can't be says so.
  return { selector, topologyKey, namespaces: all.size === 1 && all.has(own) ? [] : all.size === 0 ? [''] : [...all] };
}
