import { inheritedOwners, type OwnerLabels, type OwnerNames, ownersOf } from '../../../core/kubernetes/owner-labels.ts';
import type { Owner, PodDescription, PodPhase } from '../../../model/inventory.ts';
import { instantSeconds } from './instant.ts';
import { podRequests } from './requests.ts';
import { type Metadata, podSchema, type RawPod } from './schemas.ts';

/** A pod before its owner and its namespace's team are known; keeps only what those two need. */
export interface ReadPod {
  readonly metadata: Metadata;
  readonly description: Omit<PodDescription, 'owner' | 'costCenter'> & OwnerNames;
  readonly claims: readonly string[];
}

/** A pod from what the API server sent; null where it is no pod. */
export function readPod(raw: unknown, keys: OwnerLabels): ReadPod | null {
  const parsed = podSchema.safeParse(raw);
  if (!parsed.success || parsed.data.metadata.namespace === undefined) return null;
  const { metadata, spec, status } = parsed.data;
  const phase = phaseOf(status?.phase);
  return {
    metadata,
    claims: (spec?.volumes ?? []).flatMap((volume) => volume.persistentVolumeClaim?.claimName ?? []),
    description: {
      namespace: parsed.data.metadata.namespace,
      name: metadata.name,
      uid: metadata.uid ?? null,
      node: spec?.nodeName || null,
      phase,
      requests: spec ? podRequests(spec) : { cpuMillicores: 0, memoryBytes: 0 },
      ...ownersOf(metadata.labels, keys),
      createdAtSeconds: instantSeconds(metadata.creationTimestamp),
      startedAtSeconds: instantSeconds(status?.startTime),
      finishedAtSeconds: phase === 'Succeeded' || phase === 'Failed' ? finishedAt(parsed.data) : null,
    },
  };
}

export function completePod(
  { description }: ReadPod,
  owner: Owner | null,
  namespace: OwnerNames | undefined,
): PodDescription {
  return { ...description, owner, ...inheritedOwners(description, namespace) };
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

/** When the last container ended; null where the kubelet left no container status (an evicted pod). */
function finishedAt(pod: RawPod): number | null {
  const ends = (pod.status?.containerStatuses ?? [])
    .map((container) => instantSeconds(container.state?.terminated?.finishedAt))
    .filter((end) => end !== null);
  return ends.length === 0 ? null : Math.max(...ends);
}
