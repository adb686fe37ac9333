import type { NodeDescription } from '../../../model/inventory.ts';
import { cpuMillicores, wholeQuantity } from '../../../model/quantity.ts';
import { instantSeconds } from './instant.ts';
import { placeOf } from './place.ts';
import { GPU_RESOURCES } from './requests.ts';
import { nodeSchema } from './schemas.ts';

/** A node from what the API server sent; null where it is no node. */
export function readNode(raw: unknown): NodeDescription | null {
  const parsed = nodeSchema.safeParse(raw);
  if (!parsed.success) return null;
  const { metadata, spec, status } = parsed.data;
  const labels = metadata.labels ?? {};
  const capacity = status?.capacity ?? {};
  const allocatable = status?.allocatable ?? capacity;
  const providerId = spec?.providerID || null;
  return {
    ...placeOf(providerId, labels),
    name: metadata.name,
    uid: metadata.uid ?? null,
    providerId,
    architecture:
      status?.nodeInfo?.architecture ?? labels['kubernetes.io/arch'] ?? labels['beta.kubernetes.io/arch'] ?? null,
    os: status?.nodeInfo?.operatingSystem ?? labels['kubernetes.io/os'] ?? labels['beta.kubernetes.io/os'] ?? null,
    cpuCapacityMillicores: cpuMillicores(capacity.cpu),
    memoryCapacityBytes: wholeQuantity(capacity.memory),
    cpuAllocatableMillicores: cpuMillicores(allocatable.cpu),
    memoryAllocatableBytes: wholeQuantity(allocatable.memory),
    gpuCount: GPU_RESOURCES.reduce((sum, name) => sum + wholeQuantity(capacity[name]), 0),
    ready: (status?.conditions ?? []).some((condition) => condition.type === 'Ready' && condition.status === 'True'),
    createdAtSeconds: instantSeconds(metadata.creationTimestamp),
    addresses: (status?.addresses ?? []).map((address) => address.address),
    labels,
  };
}
