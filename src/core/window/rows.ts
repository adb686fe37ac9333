import type { PodFacts } from '../../model/facts.ts';
import { type ResultRow, SYSTEM_NAMESPACE, UNALLOCATED_NAMESPACE } from '../../model/results.ts';
import type { PodPart } from '../attribution/attribute-node.ts';
import { kwhOfJoules, operationalGrams } from '../carbon/operational.ts';
import { type BilledHours, billedHours, cpuCost, memoryCost } from '../cost/cost.ts';
import { MILLICORES_PER_CORE, SECONDS_PER_HOUR } from '../units.ts';
import { CALCULATION_VERSION } from '../version.ts';
import type { NodeContext } from './node-context.ts';
import { usedMillicoresWhileAlive } from './node-energy.ts';
import { usageReason } from './reasons.ts';

/** What tells one row of a node from another; figures follow from it and the node's context. */
interface RowParts {
  readonly dynamicJoules: number;
  readonly idleJoules: number;
  readonly embodiedShare: number;
  readonly billed: BilledHours;
}

type Figures = Omit<ResultRow, 'rowKind' | 'podName' | 'namespace'>;

/** Row of a pod. Requests, CPU and memory are means over the whole window, as the storage format says. */
export function podRow(context: NodeContext, pod: PodFacts, part: PodPart): ResultRow {
  const aliveShare = Math.min(1, pod.aliveSeconds / context.durationSeconds);
  const reason = usageReason(pod.usageSource);
  return {
    ...figures(context, {
      dynamicJoules: part.dynamic,
      idleJoules: part.idle,
      embodiedShare: part.share,
      billed: podHours(context, pod),
    }),
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
    estimationReasons: reason === null ? context.reasons : [reason, ...context.reasons],
    sources: { ...context.sources, usage: pod.usageSource },
  };
}

/** Row of the CPU that is no pod's; dynamic energy only, and it costs nothing (METHODOLOGY 0.3, 0.12). */
export function systemRow(context: NodeContext): ResultRow {
  const { system, systemCpu } = context.energy.attribution;
  return {
    ...figures(context, {
      dynamicJoules: system,
      idleJoules: 0,
      embodiedShare: 0,
      billed: { cpuCoreHours: 0, memoryGbHours: 0 },
    }),
    rowKind: 'system',
    podName: `node/${context.facts.node.name}`,
    namespace: SYSTEM_NAMESPACE,
    cpuUsageMillicores: (systemCpu / context.durationSeconds) * MILLICORES_PER_CORE,
  };
}

/** Row of what nothing reserves: the rest of P0 and of the embodied emissions, and its price. */
export function unallocatedRow(context: NodeContext, billed: BilledHours): ResultRow {
  const { unallocated, unallocatedShare } = context.energy.attribution;
  return {
    ...figures(context, {
      dynamicJoules: 0,
      idleJoules: unallocated,
      embodiedShare: unallocatedShare,
      billed,
    }),
    rowKind: 'unallocated',
    podName: `node/${context.facts.node.name}`,
    namespace: UNALLOCATED_NAMESPACE,
  };
}

/** Core-hours and GB-hours that a pod pays for: while it was alive, the larger of request and use. */
export function podHours(context: NodeContext, pod: PodFacts): BilledHours {
  const aliveSeconds = Math.min(pod.aliveSeconds, context.facts.existedSeconds);
  return billedHours(
    {
      cpuRequestMillicores: pod.cpuRequestMillicores,
      cpuUseMillicores: usedMillicoresWhileAlive(pod),
      memoryRequestBytes: pod.memoryRequestBytes,
      memoryUseBytes: pod.memoryBytes,
    },
    aliveSeconds / SECONDS_PER_HOUR,
  );
}

function figures(context: NodeContext, parts: RowParts): Figures {
  const { node } = context.facts;
  const { pue, intensity, embodied, prices } = context.coefficients;
  const joules = parts.dynamicJoules + parts.idleJoules;
  const grams = operationalGrams(kwhOfJoules(joules), pue.pue, intensity.gramsPerKwh);
  const embodiedGrams = context.embodiedGrams * parts.embodiedShare;
  const costCpu = cpuCost(parts.billed, prices);
  const costMemory = memoryCost(parts.billed, prices);
  const totalCost = costCpu + costMemory;
  return {
    clusterId: context.clusterId,
    podUid: null,
    node: node.name,
    nodeInstanceType: node.instanceType,
    nodeZone: node.zone,
    provider: node.provider,
    emapsZone: context.emapsZone,
    ownerKind: null,
    ownerName: null,
    team: null,
    joules,
    joulesLow: joules * context.energyFactor.low,
    joulesHigh: joules * context.energyFactor.high,
    joulesDynamic: parts.dynamicJoules,
    joulesIdle: parts.idleJoules,
    joulesMemory: parts.idleJoules * context.memoryShareOfIdle,
    joulesGpu: 0,
    joulesStorage: 0,
    co2eGrams: grams,
    co2eLowGrams: grams * context.carbonFactor.low,
    co2eHighGrams: grams * context.carbonFactor.high,
    embodiedCo2eGrams: embodiedGrams,
    embodiedLowGrams: embodiedGrams * embodied.factor.low,
    embodiedHighGrams: embodiedGrams * embodied.factor.high,
    gridIntensity: intensity.gramsPerKwh,
    gridIntensityAtSeconds: intensity.atSeconds,
    pue: pue.pue,
    costCpu,
    costMemory,
    costGpu: 0,
    costStorage: 0,
    // A pod's counters don't tell traffic that is billed from traffic inside the cluster, so none is charged.
    costNetwork: 0,
    totalCost,
    costLow: totalCost * prices.factor.low,
    costHigh: totalCost * prices.factor.high,
    cpuRequestMillicores: 0,
    cpuUsageMillicores: 0,
    memoryRequestBytes: 0,
    memoryUsageBytes: 0,
    networkReceiveBytes: 0,
    networkTransmitBytes: 0,
    diskReadBytes: 0,
    diskWriteBytes: 0,
    ephemeralStorageUsageBytes: 0,
    restartCount: 0,
    isEstimated: context.isEstimated,
    estimationReasons: context.reasons,
    sources: context.sources,
    calculationVersion: CALCULATION_VERSION,
  };
}
