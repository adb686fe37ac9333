import type { Factor } from '../../model/bounds.ts';
import type { NodeCoefficients } from '../../model/coefficients.ts';
import type { NodeFacts, PodFacts } from '../../model/facts.ts';
import type { GpuSource, PodUsageSource, PowerSource, RowSources } from '../../model/sources.ts';
import { gpuSourceOf } from '../attribution/attribute-gpus.ts';
import { combineFactors } from '../bounds/combine.ts';
import { GPU_TDP_FACTOR, MEASURED_GPU_FACTOR, UNKNOWN_GPU_FACTOR } from '../coefficients/gpu.ts';
import { CPU_FACTORS, USAGE_FACTORS } from '../coefficients/usage.ts';
import { embodiedGramsPerHour } from '../embodied/share.ts';
import { meterFactor } from '../power/meter.ts';
import { SECONDS_PER_HOUR } from '../units.ts';
import { type EnergyRange, energyRange, type RowPlace } from './figures.ts';
import { type NodeEnergy, nodeEnergy } from './node-energy.ts';
import { nodeReasons } from './reasons.ts';

type CardSource = Exclude<GpuSource, 'none'>;

/** Everything that the rows of one node in one window share; computed once a node. */
export interface NodeContext {
  readonly durationSeconds: number;
  readonly facts: NodeFacts;
  readonly coefficients: NodeCoefficients;
  readonly place: RowPlace;
  readonly energy: NodeEnergy;
  /** Range of the node's energy without its GPUs, whoever has it. */
  readonly powerFactor: Factor;
  readonly ranges: HostRanges;
  readonly gpuRanges: Readonly<Record<CardSource, EnergyRange>>;
  /** Embodied grams of the whole node for the time it existed. */
  readonly embodiedGrams: number;
  /** Share of P0 that memory above the baseline draws, 0 to 1. */
  readonly memoryShareOfIdle: number;
  /** Of the node as a whole; a row has its own usage, GPU and cost source. */
  readonly sources: RowSources;
  readonly reasons: readonly string[];
}

/** Ranges of host energy by what a row goes by. */
export interface HostRanges {
  readonly pods: Readonly<Record<PodUsageSource, EnergyRange>>;
  readonly system: EnergyRange;
  readonly unallocated: EnergyRange;
}

const DEFAULT_GPU_FACTORS: Readonly<Record<CardSource, Factor>> = {
  measured: MEASURED_GPU_FACTOR,
  utilisation: GPU_TDP_FACTOR,
  assumed: UNKNOWN_GPU_FACTOR,
};

export function nodeContext(
  clusterId: string,
  durationSeconds: number,
  facts: NodeFacts,
  coefficients: NodeCoefficients,
  emapsZone: string,
): NodeContext {
  const { curve, pue, intensity, embodied, prices, gpu } = coefficients;
  const { node, existedSeconds, cpuSource } = facts;
  const energy = nodeEnergy(facts, coefficients);
  const powerFactor = energy.meter === null ? curve.factor : meterFactor(energy.meter);
  const gpuFactors = gpu?.factors ?? DEFAULT_GPU_FACTORS;
  return {
    durationSeconds,
    facts,
    coefficients,
    place: {
      clusterId,
      node: node.name,
      instanceType: node.instanceType,
      zone: node.zone,
      provider: node.provider,
      emapsZone,
      coefficients,
    },
    energy,
    powerFactor,
    ranges: hostRanges(facts, energy, powerFactor, coefficients),
    gpuRanges: {
      measured: energyRange(gpuFactors.measured, coefficients),
      utilisation: energyRange(gpuFactors.utilisation, coefficients),
      assumed: energyRange(gpuFactors.assumed, coefficients),
    },
    embodiedGrams:
      embodiedGramsPerHour(embodied.kilograms, embodied.lifespanHours) * (existedSeconds / SECONDS_PER_HOUR),
    memoryShareOfIdle: energy.idleWatts > 0 ? Math.min(1, curve.memoryWatts / energy.idleWatts) : 0,
    sources: {
      gpu: gpuSourceOf(energy.gpus.free),
      cpu: cpuSource,
      usage: usageOfNode(facts),
      power: powerSource(energy, coefficients),
      intensity: intensity.source,
      pue: pue.source,
      embodied: embodied.source,
      cost: prices.source,
    },
    reasons: nodeReasons(facts, coefficients, energy.isMeteredByUse),
  };
}

/** True for a pod on a metered node that the meter tells nothing of. */
export function isUnmetered(context: NodeContext, pod: PodFacts): boolean {
  const { meter, isMeteredByUse } = context.energy;
  return meter !== null && !isMeteredByUse && pod.activeJoules === undefined;
}

/** What a pod's host energy goes by: where a meter tells pods apart, its usage counts for nothing. */
export function rangeOfPod(context: NodeContext, pod: PodFacts): EnergyRange {
  if (context.energy.meter === null || context.energy.isMeteredByUse) return context.ranges.pods[pod.usageSource];
  return context.ranges.pods[isUnmetered(context, pod) ? 'requests' : 'cadvisor'];
}

function hostRanges(
  facts: NodeFacts,
  energy: NodeEnergy,
  powerFactor: Factor,
  coefficients: NodeCoefficients,
): HostRanges {
  const cpuFactor =
    energy.meter === null || energy.isMeteredByUse ? CPU_FACTORS[facts.cpuSource] : CPU_FACTORS['node-exporter'];
  const system = combineFactors([powerFactor, cpuFactor]);
  const ofPods = (usage: PodUsageSource) => energyRange(combineFactors([system, USAGE_FACTORS[usage]]), coefficients);
  // Idle power is the same whatever the CPU does; only of a node without samples not even that is sure.
  const isDark = energy.meter === null && facts.cpuSource === 'no-samples';
  return {
    pods: {
      cadvisor: ofPods('cadvisor'),
      'single-sample': ofPods('single-sample'),
      requests: ofPods('requests'),
      kubelet: ofPods('kubelet'),
      'metrics-server': ofPods('metrics-server'),
    },
    system: energyRange(system, coefficients),
    unallocated: energyRange(isDark ? system : powerFactor, coefficients),
  };
}

function powerSource(energy: NodeEnergy, coefficients: NodeCoefficients): PowerSource {
  if (energy.meter === null) return coefficients.curve.source;
  return energy.meter.isModelled ? 'meter-model' : 'measured';
}

/** Rows that are no pod's go by the node: they have the rung at which its CPU was read. */
function usageOfNode({ cpuSource }: NodeFacts): PodUsageSource {
  switch (cpuSource) {
    case 'no-samples':
      return 'requests';
    case 'kubelet':
      return 'kubelet';
    case 'metrics-server':
      return 'metrics-server';
    case 'node-exporter':
    case 'cadvisor-root':
    case 'pod-sum':
      return 'cadvisor';
  }
}
