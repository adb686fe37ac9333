import type { KubeWorkload } from '../../../model/kubernetes/objects.ts';
import type { SeenWorkload } from '../../../model/kubernetes/seen.ts';
import { instantSeconds } from '../inventory/instant.ts';
import { controllerOf, keptAnnotations } from './owner.ts';
import { type RawWorkload, workloadObject } from './schemas.ts';
import { templateOf } from './template.ts';

export const WORKLOAD_KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob'] as const;
export type WorkloadKind = (typeof WORKLOAD_KINDS)[number];

/** A workload from what the API server sent; null where it is none. Of one with an owner hardly more than the owner is kept. */
export function readWorkload(raw: unknown, workloadKind: WorkloadKind): SeenWorkload | null {
  const parsed = workloadObject.safeParse(raw);
  if (!parsed.success || parsed.data.metadata.namespace === undefined) return null;
  const { metadata, spec, status } = parsed.data;
  const owner = controllerOf(metadata);
  const isTop = owner === null;
  const available = (status?.conditions ?? []).find(({ type }) => type === 'Available');
  return {
    kind: 'Workload',
    workloadKind,
    namespace: parsed.data.metadata.namespace,
    name: metadata.name,
    uid: metadata.uid ?? null,
    createdAtSeconds: instantSeconds(metadata.creationTimestamp),
    owner,
    replicas: replicasOf(parsed.data, workloadKind),
    containers: isTop ? containersOf(spec) : [],
    status: statusOf(parsed.data, workloadKind),
    unavailableSinceSeconds: available?.status === 'False' ? instantSeconds(available.lastTransitionTime) : null,
    strategy: spec?.strategy?.type ?? spec?.updateStrategy?.type ?? spec?.concurrencyPolicy ?? null,
    labels: isTop ? (metadata.labels ?? {}) : {},
    annotations: isTop ? keptAnnotations(metadata) : {},
    template: isTop ? templateOf(spec) : null,
  };
}

function containersOf(spec: RawWorkload['spec']): KubeWorkload['containers'] {
  const template = spec?.template ?? spec?.jobTemplate?.spec?.template;
  return (template?.spec?.containers ?? []).map(({ name, image }) => ({ name, image: image ?? '' }));
}

function replicasOf({ spec, status }: RawWorkload, kind: WorkloadKind): SeenWorkload['replicas'] {
  switch (kind) {
    case 'DaemonSet': {
      const desired = status?.desiredNumberScheduled ?? 0;
      const available = status?.numberAvailable ?? 0;
      const missing = status?.numberUnavailable ?? Math.max(0, desired - available);
      return replicas(desired, status?.currentNumberScheduled ?? 0, status?.numberReady ?? 0, available, missing);
    }
    case 'Job': {
      const active = typeof status?.active === 'number' ? status.active : 0;
      const desired = spec?.suspend === true || isOver(status) ? 0 : (spec?.parallelism ?? 1);
      const ready = status?.ready ?? 0;
      return replicas(desired, active, ready, ready, 0);
    }
    case 'CronJob':
      return replicas(0, Array.isArray(status?.active) ? status.active.length : 0, 0, 0, 0);
    case 'Deployment':
    case 'StatefulSet':
    case 'ReplicaSet': {
      const desired = spec?.replicas ?? 1;
      const ready = status?.readyReplicas ?? 0;
      const available = status?.availableReplicas ?? 0;
      const missing = status?.unavailableReplicas ?? Math.max(0, desired - available);
      return replicas(desired, status?.replicas ?? 0, ready, available, missing);
    }
  }
}

function replicas(
  replicasDesired: number,
  replicasCurrent: number,
  replicasReady: number,
  replicasAvailable: number,
  replicasUnavailable: number,
): SeenWorkload['replicas'] {
  return { replicasDesired, replicasCurrent, replicasReady, replicasAvailable, replicasUnavailable };
}

function isOver(status: RawWorkload['status']): boolean {
  return (status?.conditions ?? []).some(
    ({ type, status: value }) => (type === 'Complete' || type === 'Failed') && value === 'True',
  );
}

function statusOf({ spec, status }: RawWorkload, kind: WorkloadKind): string | null {
  if (kind === 'CronJob') return spec?.suspend === true ? 'Suspended' : 'Active';
  const holds = (name: string) =>
    (status?.conditions ?? []).some(({ type, status: value }) => type === name && value === 'True');
  if (kind === 'Job') {
    const ended = ['Complete', 'Failed', 'Suspended'].find(holds);
    return ended ?? 'Running';
  }
  if (kind !== 'Deployment') return null;
  if (holds('ReplicaFailure')) return 'ReplicaFailure';
  const available = holds('Available');
  return available ? 'Available' : holds('Progressing') ? 'Progressing' : 'Unavailable';
}
