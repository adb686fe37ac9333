import type { GpuCoefficients, NodeCoefficients } from '../../model/coefficients.ts';
import type { NodeMeter } from '../../model/energy.ts';
import type { NodeFacts } from '../../model/facts.ts';
import type {
  CpuSource,
  GpuSource,
  IntensitySource,
  PodUsageSource,
  PowerSource,
  PueSource,
} from '../../model/sources.ts';
import { meterOf } from '../power/meter.ts';

/** False only where all energy of a row was measured and intensity is live. Source: METHODOLOGY 0.13. */
export function isEstimated(power: PowerSource, gpu: GpuSource, intensity: IntensitySource): boolean {
  return power !== 'measured' || (gpu !== 'none' && gpu !== 'measured') || intensity !== 'live';
}

/** Why figures of a node are estimates, in plain sentences; those of power first. */
export function nodeReasons(facts: NodeFacts, coefficients: NodeCoefficients, isMeteredByUse = false): string[] {
  const { curve } = coefficients;
  const meter = meterOf(facts);
  const sentences = [
    ...(meter === null ? [powerReason(curve.source), ...curve.flags] : meterReasons(meter, facts)),
    facts.sizeAssumed ? 'The size of the node is not known; the size of what runs on it is taken.' : null,
    isMeteredByUse ? BY_USE_REASON : null,
    meter === null || isMeteredByUse ? cpuReason(facts.cpuSource) : null,
    ...placeReasons(coefficients),
    ...(coefficients.embodied.flags ?? []),
  ];
  return sentences.filter((sentence) => sentence !== null);
}

/** Why figures of a place are estimates: its grid and its building. */
export function placeReasons({
  intensity,
  pue,
  zoneFlags = [],
}: Pick<NodeCoefficients, 'intensity' | 'pue' | 'zoneFlags'>): string[] {
  return [intensityReason(intensity.source, intensity.zone), ...zoneFlags, pueReason(pue.source)].filter(
    (each) => each !== null,
  );
}

/** What is special about a pod's usage; null for a pod with samples. */
export function usageReason(source: PodUsageSource): string | null {
  switch (source) {
    case 'cadvisor':
      return null;
    case 'kubelet':
      return "The pod's usage comes from its kubelet.";
    case 'metrics-server':
      return "The pod's usage is a short mean of the metrics server, taken for the whole window.";
    case 'single-sample':
      return 'The pod was seen once; its CPU is counted from its start.';
    case 'requests':
      return 'No usage of the pod was seen; it is shown with its requests.';
  }
}

export const BY_USE_REASON =
  'The meter of the node tells nothing of its pods; what it counted above idle is shared by their CPU use.';
export const UNMETERED_REASON = 'The meter of the node tells nothing of this pod; it has idle energy only.';

/** How the energy of a row's GPUs is known; null where they measured it, or there are none. */
export function gpuReason(source: GpuSource, coefficients: GpuCoefficients | undefined): string | null {
  const card = coefficients?.model ?? 'a card of no known model';
  const watts = coefficients?.tdpWatts ?? 0;
  const guess = coefficients?.isKnown === false ? ' (its model is not in the table)' : '';
  switch (source) {
    case 'none':
    case 'measured':
      return null;
    case 'utilisation':
      return `GPU energy is modelled from the ${watts} W of ${card}${guess} and its use.`;
    case 'assumed':
      return `Nothing tells how busy a GPU was; ${card}${guess} of ${watts} W is taken as half busy.`;
  }
}

function powerReason(source: PowerSource): string | null {
  switch (source) {
    case 'measured':
      return null;
    case 'meter-model':
      return "Energy is what the exporter's own model says; the machine has no meter.";
    case 'teads':
      return 'Power comes from the published curve of the instance type, not from a meter.';
    case 'microarchitecture':
      return 'Power is modelled from the generation of the processor.';
    case 'provider-default':
      return "Power is the provider's average per vCPU.";
    case 'generic':
      return 'Power is a general value per vCPU.';
  }
}

function meterReasons(meter: NodeMeter, facts: NodeFacts): (string | null)[] {
  const mayCountCards = meter.zone === 'platform' && (facts.node.gpuCount > 0 || (facts.gpus?.length ?? 0) > 0);
  return [
    powerReason(meter.isModelled ? 'meter-model' : 'measured'),
    mayCountCards ? 'The meter of the whole platform may count its GPUs too.' : null,
  ];
}

function cpuReason(source: CpuSource): string | null {
  switch (source) {
    case 'node-exporter':
      return null;
    case 'cadvisor-root':
      return "The node's CPU comes from its root cgroup, without node_exporter.";
    case 'kubelet':
      return "The node's CPU comes from its kubelet, read at the edges of the window.";
    case 'metrics-server':
      return "The node's CPU is a short mean of the metrics server, taken for the whole window.";
    case 'pod-sum':
      return "The node's CPU is the sum of its pods; what the system uses is not known.";
    case 'no-samples':
      return 'The node sent no samples; it counts at idle power.';
  }
}

function intensityReason(source: IntensitySource, zone: string): string | null {
  switch (source) {
    case 'live':
      return null;
    case 'estimated':
      return `Grid intensity of ${zone} is the provider's estimate.`;
    case 'zone-profile':
      return `Grid intensity of ${zone} is its usual course of a day.`;
    case 'zone-year':
    case 'country-year':
      return `Grid intensity is the yearly mean of ${zone}.`;
    case 'person':
      return 'Grid intensity is the default from the settings.';
    case 'world':
      return "The grid zone is not known; the world's mean intensity is taken.";
  }
}

function pueReason(source: PueSource): string | null {
  switch (source) {
    case 'person':
    case 'region':
    case 'provider':
      return null;
    case 'coefficients':
      return "PUE is the provider's default coefficient.";
    case 'on-prem':
      return 'PUE is the average of own data centres.';
  }
}
