import { nodeRole, nodeStatus } from '../../../core/kubernetes/node-facts.ts';
import type { KubeCondition } from '../../../model/kubernetes/objects.ts';
import type { SeenNode } from '../../../model/kubernetes/seen.ts';
import { wholeQuantity } from '../../../model/quantity.ts';
import { instantSeconds } from '../inventory/instant.ts';
import { readNode } from '../inventory/node.ts';
import { nodeObject, type RawCondition } from './schemas.ts';

/** A node from what the API server sent; null where it is no node. */
export function readNodeObject(raw: unknown): SeenNode | null {
  const parsed = nodeObject.safeParse(raw);
  const description = readNode(raw);
  if (!parsed.success || description === null) return null;
  const { spec, status } = parsed.data;
  const { name, uid, createdAtSeconds, labels } = description;
  const conditions = status?.conditions ?? [];
  return {
    kind: 'Node',
    name,
    uid,
    createdAtSeconds,
    description,
    nodeType: nodeRole(labels),
    podCapacity: wholeOrNull(status?.capacity?.pods),
    podAllocatable: wholeOrNull(status?.allocatable?.pods),
    status: nodeStatus(conditions),
    conditions: conditions.map(conditionOf),
    taints: (spec?.taints ?? []).map(({ key, value, effect }) => ({ key, value: value ?? null, effect })),
    unschedulable: spec?.unschedulable === true,
    kubeletVersion: status?.nodeInfo?.kubeletVersion ?? null,
    osImage: status?.nodeInfo?.osImage ?? null,
  };
}

/** Heartbeats are left out: they alone change every few minutes. */
function conditionOf({ type, status, reason, message, lastTransitionTime }: RawCondition): KubeCondition {
  return {
    type,
    status,
    reason: reason ?? null,
    message: message ?? null,
    changedAtSeconds: instantSeconds(lastTransitionTime),
  };
}

function wholeOrNull(text: string | undefined): number | null {
  return text === undefined ? null : wholeQuantity(text);
}
