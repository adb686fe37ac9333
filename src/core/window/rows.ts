import type { PodFacts } from '../../model/facts.ts';
import { type ResultRow, SYSTEM_NAMESPACE, UNALLOCATED_NAMESPACE } from '../../model/results.ts';
import { type GpuHolding, gpuSourceOf } from '../attribution/attribute-gpus.ts';
import type { PodPart } from '../attribution/attribute-node.ts';
import { MILLICORES_PER_CORE } from '../units.ts';
import { type EnergyRange, figures, type RowCost, type SourcedJoules } from './figures.ts';
import { isUnmetered, type NodeContext, rangeOfPod } from './node-context.ts';
import { gpuReason, isEstimated, UNMETERED_REASON, usageReason } from './reasons.ts';

/** Row of a pod. Requests, CPU and memory are means over the whole window, as the storage format says. */
export function podRow(
  context: NodeContext,
  pod: PodFacts,
  part: PodPart,
  holding: GpuHolding | null,
  cost: RowCost,
): ResultRow {
  const aliveShare = Math.min(1, pod.aliveSeconds / context.durationSeconds);
  const reasons = [usageReason(pod.usageSource), isUnmetered(context, pod) ? UNMETERED_REASON : null];
  const base = nodeRow(context, {
    dynamicJoules: part.dynamic,
    idleJoules: part.idle,
    range: rangeOfPod(context, pod),
    embodiedShare: part.share,
    holding,
    cost,
    reasons,
    usage: pod.usageSource,
  });
  return {
    ...base,
    rowKind: 'pod',
    podName: pod.name,
    namespace: pod.namespace,
    podUid: pod.uid,
    ownerKind: pod.ownerKind,
    ownerName: pod.ownerName,
    team: pod.team,
    cpuRequestMillicores: pod.cpuRequestMillicores * aliveShare,
    cpuUsageMillicores: (pod.cpuSeconds / context.durationSeconds) * MILLICORES_PER_CORE,
    memoryRequestBytes: pod.memoryRequestBytes * aliveShare,
    memoryUsageBytes: pod.memoryBytes * aliveShare,
    networkReceiveBytes: pod.networkReceiveBytes,
    networkTransmitBytes: pod.networkTransmitBytes,
    diskReadBytes: pod.diskReadBytes,
    diskWriteBytes: pod.diskWriteBytes,
    ephemeralStorageUsageBytes: pod.ephemeralStorageBytes * aliveShare,
    restartCount: pod.restartCount,
  };
}

/** Row of the CPU that is no pod's; dynamic energy only, and it costs nothing (METHODOLOGY 0.3, 0.12). */
export function systemRow(context: NodeContext, cost: RowCost): ResultRow {
  const { attribution, systemCpuSeconds } = context.energy;
  const base = nodeRow(context, {
    dynamicJoules: attribution.system,
    idleJoules: 0,
    range: context.ranges.system,
    embodiedShare: 0,
    holding: null,
    cost,
    reasons: [],
    usage: context.sources.usage,
  });
  return {
    ...base,
    rowKind: 'system',
    podName: `node/${context.facts.node.name}`,
    namespace: SYSTEM_NAMESPACE,
    cpuUsageMillicores: (systemCpuSeconds / context.durationSeconds) * MILLICORES_PER_CORE,
  };
}

/** Row of what nothing reserves: the rest of P0 and of the embodied emissions, cards that nobody holds, and their price. */
export function unallocatedRow(context: NodeContext, cost: RowCost): ResultRow {
  const { attribution, gpus } = context.energy;
  const base = nodeRow(context, {
    dynamicJoules: 0,
    idleJoules: attribution.unallocated,
    range: context.ranges.unallocated,
    embodiedShare: attribution.unallocatedShare,
    holding: gpus.free,
    cost,
    reasons: [],
    usage: context.sources.usage,
  });
  return {
    ...base,
    rowKind: 'unallocated',
    podName: `node/${context.facts.node.name}`,
    namespace: UNALLOCATED_NAMESPACE,
  };
}

interface NodeRowParts {
  readonly dynamicJoules: number;
  readonly idleJoules: number;
  readonly range: EnergyRange;
  readonly embodiedShare: number;
  readonly holding: GpuHolding | null;
  readonly cost: RowCost;
  readonly reasons: readonly (string | null)[];
  readonly usage: PodFacts['usageSource'];
}

function nodeRow(context: NodeContext, parts: NodeRowParts): Omit<ResultRow, 'rowKind' | 'podName' | 'namespace'> {
  const { holding } = parts;
  const gpu = gpuSourceOf(holding);
  const own = [...parts.reasons, gpuReason(gpu, context.coefficients.gpu)].filter((reason) => reason !== null);
  const host = { joules: parts.dynamicJoules + parts.idleJoules, range: parts.range };
  const row = figures(context.place, {
    dynamicJoules: parts.dynamicJoules,
    idleJoules: parts.idleJoules,
    memoryJoules: parts.idleJoules * context.memoryShareOfIdle,
    gpuJoules: holding?.joules ?? 0,
    storageJoules: 0,
    bySource: holding === null ? [host] : [host, ...gpuJoules(context, holding)],
    embodiedGrams: context.embodiedGrams * parts.embodiedShare,
    cost: parts.cost,
    isEstimated: isEstimated(context.sources.power, gpu, context.sources.intensity),
    reasons: own.length === 0 ? context.reasons : [...own, ...context.reasons],
    sources: { ...context.sources, usage: parts.usage, gpu, cost: parts.cost.source },
  });
  const used = holding?.usedCards ?? null;
  return used === null ? row : { ...row, gpuUsageMillicores: used * MILLICORES_PER_CORE };
}

function gpuJoules(context: NodeContext, holding: GpuHolding): SourcedJoules[] {
  const { measured, utilisation, assumed } = context.gpuRanges;
  return [
    { joules: holding.measuredJoules, range: measured },
    { joules: holding.utilisationJoules, range: utilisation },
    { joules: holding.assumedJoules, range: assumed },
  ];
}
