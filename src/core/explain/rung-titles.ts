import {
  COST_SOURCES,
  CPU_SOURCES,
  EMBODIED_SOURCES,
  GPU_SOURCES,
  INTENSITY_SOURCES,
  POD_USAGE_SOURCES,
  POWER_SOURCES,
  PUE_SOURCES,
  type RowSources,
} from '../../model/sources.ts';

type Quantity = keyof RowSources;

/** Rungs of each ladder, best first, in plain words. The stored order is another one: codes are never renumbered. */
export const LADDERS: { readonly [Key in Quantity]: readonly (readonly [RowSources[Key], string])[] } = {
  cpu: [
    ['node-exporter', 'node_exporter'],
    ['cadvisor-root', 'cAdvisor, root cgroup'],
    ['kubelet', 'kubelet'],
    ['metrics-server', 'metrics-server'],
    ['pod-sum', 'sum of pods'],
    ['no-samples', 'no samples'],
  ],
  usage: [
    ['cadvisor', 'cAdvisor'],
    ['single-sample', 'cAdvisor, one sample'],
    ['kubelet', 'kubelet'],
    ['metrics-server', 'metrics-server'],
    ['requests', 'requests only'],
  ],
  power: [
    ['measured', 'energy meter'],
    ['teads', 'measured curve of the type'],
    ['microarchitecture', 'processor model'],
    ['meter-model', "Kepler's model"],
    ['provider-default', 'average of the provider'],
    ['generic', 'general value'],
  ],
  gpu: [
    ['measured', 'power of the card'],
    ['utilisation', 'TDP × use'],
    ['assumed', 'TDP at half use'],
    ['none', 'no GPU'],
  ],
  intensity: [
    ['live', 'published value of the hour'],
    ['estimated', 'estimate of the publisher'],
    ['zone-profile', 'course of a day × yearly mean'],
    ['zone-year', 'yearly mean of the zone'],
    ['country-year', 'yearly mean of the country'],
    ['person', 'default from the settings'],
    ['world', 'mean of the world'],
  ],
  pue: [
    ['person', 'set by a person'],
    ['region', 'value of the region'],
    ['provider', 'mean of the provider'],
    ['coefficients', 'default of the provider'],
    ['on-prem', 'average of own data centres'],
  ],
  embodied: [
    ['boavizta', 'Boavizta'],
    ['table', 'bundled table'],
    ['formula', 'formula'],
  ],
  cost: [
    ['opencost', 'OpenCost'],
    ['person', 'prices set by a person'],
    ['default-prices', 'default prices'],
  ],
};

/** All rungs that there are: a ladder that forgets one does not pass its test. */
export const ALL_RUNGS: { readonly [Key in Quantity]: readonly RowSources[Key][] } = {
  cpu: CPU_SOURCES,
  usage: POD_USAGE_SOURCES,
  power: POWER_SOURCES,
  gpu: GPU_SOURCES,
  intensity: INTENSITY_SOURCES,
  pue: PUE_SOURCES,
  embodied: EMBODIED_SOURCES,
  cost: COST_SOURCES,
};

export const LADDER_TITLES: Readonly<Record<Quantity, string>> = {
  cpu: 'CPU of nodes',
  usage: 'Usage of pods',
  power: 'Power of nodes',
  gpu: 'Power of GPUs',
  intensity: 'Grid intensity',
  pue: 'PUE',
  embodied: 'Embodied emissions',
  cost: 'Cost',
};

export function rungTitle<Key extends Quantity>(quantity: Key, rung: RowSources[Key]): string {
  return LADDERS[quantity].find(([name]) => name === rung)?.[1] ?? rung;
}
