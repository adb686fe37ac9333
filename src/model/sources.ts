export const CPU_SOURCES = ['node-exporter', 'cadvisor-root', 'pod-sum', 'no-samples'] as const;
/** Where a node's CPU seconds come from, best first. `no-samples`: the node exists but was not scraped. */
export type CpuSource = (typeof CPU_SOURCES)[number];

export const POD_USAGE_SOURCES = ['cadvisor', 'single-sample', 'requests'] as const;
/** Where a pod's usage comes from. `requests`: no sample, shown with what it reserves. */
export type PodUsageSource = (typeof POD_USAGE_SOURCES)[number];

export const POWER_SOURCES = ['measured', 'teads', 'microarchitecture', 'provider-default', 'generic'] as const;
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

/** The source of each ingredient of one row; stored as a compact code, one rung a position. */
export interface RowSources {
  readonly cpu: CpuSource;
  readonly usage: PodUsageSource;
  readonly power: PowerSource;
  readonly intensity: IntensitySource;
  readonly pue: PueSource;
  readonly embodied: EmbodiedSource;
  readonly cost: CostSource;
}
