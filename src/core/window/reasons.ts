import type { NodeCoefficients } from '../../model/coefficients.ts';
import type { NodeFacts } from '../../model/facts.ts';
import type { CpuSource, IntensitySource, PodUsageSource, PowerSource, PueSource } from '../../model/sources.ts';

/** False only where energy was measured and intensity live. Source: METHODOLOGY 0.13. */
export function isEstimated(coefficients: NodeCoefficients): boolean {
  return coefficients.curve.source !== 'measured' || coefficients.intensity.source !== 'live';
}

/** Why figures of a node are estimates, in plain sentences; those of power first. */
export function nodeReasons(facts: NodeFacts, coefficients: NodeCoefficients): string[] {
  const { curve, intensity, pue } = coefficients;
  const sentences = [
    powerReason(curve.source),
    ...curve.flags,
    facts.sizeAssumed ? 'The size of the node is not known; the size of what runs on it is taken.' : null,
    cpuReason(facts.cpuSource),
    intensityReason(intensity.source, intensity.zone),
    pueReason(pue.source),
  ];
  return sentences.filter((sentence) => sentence !== null);
}

/** What is special about a pod's usage; null for a pod with samples. */
export function usageReason(source: PodUsageSource): string | null {
  switch (source) {
    case 'cadvisor':
      return null;
    case 'single-sample':
      return 'The pod was seen once; its CPU is counted from its start.';
    case 'requests':
      return 'No usage of the pod was seen; it is shown with its requests.';
  }
}

function powerReason(source: PowerSource): string | null {
  switch (source) {
    case 'measured':
      return null;
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

function cpuReason(source: CpuSource): string | null {
  switch (source) {
    case 'node-exporter':
      return null;
    case 'cadvisor-root':
      return "The node's CPU comes from its root cgroup, without node_exporter.";
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
