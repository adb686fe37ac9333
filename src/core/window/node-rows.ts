import type { NodeSnapshot, NodeWindowRow } from '../../model/results.ts';
import type { CostSource, GpuSource } from '../../model/sources.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { gpuSourceOf } from '../attribution/attribute-gpus.ts';
import { wallFactor } from '../power/meter.ts';
import type { NodeContext } from './node-context.ts';

/**
 * The facts from which a node's window can be explained and computed again. On a metered node the range is the meter's;
 * the curve is what it would have been computed with.
 */
export function nodeWindowRow(context: NodeContext, costSource: CostSource | null): NodeWindowRow {
  const { facts, energy, coefficients, powerFactor } = context;
  const { curve, gpu } = coefficients;
  const { meter, gpus } = energy;
  let joulesDynamic = 0;
  let joulesIdleReserved = 0;
  for (const part of energy.attribution.pods) {
    joulesDynamic += part.dynamic;
    joulesIdleReserved += part.idle;
  }
  const { system, unallocated } = energy.attribution;
  return {
    clusterId: context.place.clusterId,
    node: facts.node.name,
    cpuSeconds: facts.cpuSeconds,
    systemCpuSeconds: energy.systemCpuSeconds,
    cpuSource: facts.cpuSource,
    utilisation: energy.utilisation,
    existedSeconds: facts.existedSeconds,
    measuredJoules: meter === null ? null : meter.activeJoules + meter.idleJoules,
    meter: meter === null ? null : `${meter.exporter} ${meter.zone}`,
    meterFactor: meter === null ? null : wallFactor(meter),
    cpuCapacityMillicores: facts.node.cpuCapacityMillicores,
    memoryCapacityBytes: facts.node.memoryCapacityBytes,
    cpuAllocatableMillicores: facts.node.cpuAllocatableMillicores,
    memoryAllocatableBytes: facts.node.memoryAllocatableBytes,
    curveId: curve.id,
    curveWatts: curve.watts,
    curveLowFactor: powerFactor.low,
    curveHighFactor: powerFactor.high,
    idleWatts: energy.idleWatts,
    joulesDynamic,
    joulesIdleReserved,
    joulesSystem: system,
    joulesUnallocated: unallocated,
    joulesGpu: gpus.joules,
    gpuCount: cardCount(context),
    gpuModel: gpu?.model ?? facts.gpus?.find((card) => card.model !== null)?.model ?? null,
    gpuTdpWatts: gpu?.tdpWatts ?? null,
    joulesTotal: energy.dynamicJoules + energy.idleJoules + gpus.joules,
    sources: { ...context.sources, gpu: worstGpuSource(context), cost: costSource ?? context.sources.cost },
  };
}

export function nodeSnapshot(context: NodeContext, snapshotAtSeconds: EpochSeconds): NodeSnapshot {
  const { node } = context.facts;
  return {
    clusterId: context.place.clusterId,
    snapshotAtSeconds,
    name: node.name,
    instanceType: node.instanceType,
    provider: node.provider,
    region: node.region,
    zone: node.zone,
    emapsZone: context.place.emapsZone,
    cpuCapacityMillicores: node.cpuCapacityMillicores,
    memoryCapacityBytes: node.memoryCapacityBytes,
    architecture: node.architecture,
    os: node.os,
    embodiedKilograms: context.coefficients.embodied.kilograms,
  };
}

function cardCount({ facts, coefficients }: NodeContext): number {
  const seen = new Set(facts.gpus?.map((usage) => usage.card)).size;
  return Math.max(seen, coefficients.gpu?.cardCount ?? facts.node.gpuCount);
}

function worstGpuSource({ energy }: NodeContext): GpuSource {
  const sources = [energy.gpus.free, ...energy.gpus.pods].map(gpuSourceOf);
  const order = ['assumed', 'utilisation', 'measured'] as const;
  return order.find((source) => sources.includes(source)) ?? 'none';
}
