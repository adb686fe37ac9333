// Stored codes are places in these lists: new sources go to the end, whatever their rung.
export const CPU_SOURCES = [
  'node-exporter',
  'cadvisor-root',
  'pod-sum',
  'no-samples',
  'kubelet',
  'metrics-server',
] as const;
/** Where a node's CPU seconds come from. `no-samples`: the node exists but was not scraped. */
export type CpuSource = (typeof CPU_SOURCES)[number];

export const POD_USAGE_SOURCES = ['cadvisor', 'single-sample', 'requests', 'kubelet', 'metrics-server'] as const;
/** Where a pod's usage comes from. `requests`: no sample, shown with what it reserves. */
export type PodUsageSource = (typeof POD_USAGE_SOURCES)[number];

export const POWER_SOURCES = [
  'measured',
  'teads',
  'microarchitecture',
  'provider-default',
  'generic',
  'meter-model',
] as const;
/** `meter-model`: what Kepler's own model says where the machine has no meter; counted as modelled. */
export type PowerSource = (typeof POWER_SOURCES)[number];

export const INTENSITY_SOURCES = [
  'live',
  'estimated',
  'zone-profile',
  'zone-year',
  'country-year',
  'person',
  'world',
] as const;
export type IntensitySource = (typeof INTENSITY_SOURCES)[number];

export const PUE_SOURCES = ['person', 'region', 'provider', 'coefficients', 'on-prem'] as const;
export type PueSource = (typeof PUE_SOURCES)[number];

export const EMBODIED_SOURCES = ['boavizta', 'table', 'formula'] as const;
export type EmbodiedSource = (typeof EMBODIED_SOURCES)[number];

export const COST_SOURCES = ['opencost', 'person', 'default-prices'] as const;
export type CostSource = (typeof COST_SOURCES)[number];

export const GPU_SOURCES = ['none', 'measured', 'utilisation', 'assumed'] as const;
/** Where GPU energy comes from: watts of the card, its TDP at the use that was seen, or its TDP at an assumed use. */
export type GpuSource = (typeof GPU_SOURCES)[number];

/** The source of each ingredient of one row; stored as a compact code, one rung a position. */
export interface RowSources {
  readonly gpu: GpuSource;
  readonly cpu: CpuSource;
  readonly usage: PodUsageSource;
  readonly power: PowerSource;
  readonly intensity: IntensitySource;
  readonly pue: PueSource;
  readonly embodied: EmbodiedSource;
  readonly cost: CostSource;
}
