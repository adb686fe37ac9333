import type { NodeSnapshot, NodeWindowRow } from '../../model/results.ts';
import type { EpochSeconds } from '../../model/time.ts';
import type { NodeContext } from './node-context.ts';

/** The facts from which a node's window can be explained and computed again. */
export function nodeWindowRow(context: NodeContext): NodeWindowRow {
  const { facts, energy, coefficients } = context;
  const { curve } = coefficients;
  let joulesDynamic = 0;
  let joulesIdleReserved = 0;
  for (const part of energy.attribution.pods) {
    joulesDynamic += part.dynamic;
    joulesIdleReserved += part.idle;
  }
  const { system, systemCpu, unallocated } = energy.attribution;
  return {
    clusterId: context.clusterId,
    node: facts.node.name,
    cpuSeconds: facts.cpuSeconds,
    systemCpuSeconds: systemCpu,
    cpuSource: facts.cpuSource,
    utilisation: energy.utilisation,
    existedSeconds: facts.existedSeconds,
    measuredJoules: null,
    cpuCapacityMillicores: facts.node.cpuCapacityMillicores,
    memoryCapacityBytes: facts.node.memoryCapacityBytes,
    cpuAllocatableMillicores: facts.node.cpuAllocatableMillicores,
    memoryAllocatableBytes: facts.node.memoryAllocatableBytes,
    curveId: curve.id,
    curveWatts: curve.watts,
    curveLowFactor: curve.factor.low,
    curveHighFactor: curve.factor.high,
    idleWatts: energy.idleWatts,
    joulesDynamic,
    joulesIdleReserved,
    joulesSystem: system,
    joulesUnallocated: unallocated,
    joulesTotal: energy.dynamicJoules + energy.idleJoules,
    sources: context.sources,
  };
}

export function nodeSnapshot(context: NodeContext, snapshotAtSeconds: EpochSeconds): NodeSnapshot {
  const { node } = context.facts;
  return {
    clusterId: context.clusterId,
    snapshotAtSeconds,
    name: node.name,
    instanceType: node.instanceType,
    provider: node.provider,
    region: node.region,
    zone: node.zone,
    emapsZone: context.emapsZone,
    cpuCapacityMillicores: node.cpuCapacityMillicores,
    memoryCapacityBytes: node.memoryCapacityBytes,
    architecture: node.architecture,
    os: node.os,
    embodiedKilograms: context.coefficients.embodied.kilograms,
  };
}
