import type {
  CostSource,
  CpuSource,
  EmbodiedSource,
  GpuSource,
  IntensitySource,
  PodUsageSource,
  PowerSource,
  PueSource,
} from '../../model/sources.ts';
import type { HowKnown } from './step.ts';

/** Where a value comes from, in words that a person can follow up, and how it is known. */
export interface SourceWords {
  readonly source: string;
  readonly known: HowKnown;
}

/** The bundled tables as explanations name them: file and date of its data; `resources/data/SOURCES.md` has the rest. */
export const TABLES = {
  instances: 'instance_types.csv (CCF 2026-04)',
  processors: 'cpu_microarchitecture_power.csv (SPECpower 2026-03-09)',
  defaults: 'provider_default_coefficients.csv (2026)',
  gpus: 'gpu_tdp.csv (2026)',
  zoneYears: 'electricity_maps_yearly_ODbL.csv (Electricity Maps, ODbL 1.0, 2021–2025)',
  countryYears: 'grid_intensity_yearly.csv (Our World in Data, Ember, CC-BY-4.0, 2020–2024)',
  diurnal: 'diurnal_profiles_us.csv (EIA-930, 2022)',
  pue: 'pue.csv (2021–2024)',
} as const;

export function powerWords(source: PowerSource): SourceWords {
  switch (source) {
    case 'measured':
      return { source: 'Energy meter of the machine (Kepler)', known: 'measured' };
    case 'meter-model':
      return { source: "Kepler's own model, without a meter", known: 'modelled' };
    case 'teads':
      return { source: `${TABLES.instances}: Teads curve of the type`, known: 'modelled' };
    case 'microarchitecture':
      return { source: `${TABLES.processors}, by ${TABLES.instances}`, known: 'modelled' };
    case 'provider-default':
      return { source: `${TABLES.defaults}: average of the provider`, known: 'default' };
    case 'generic':
      return { source: 'General watts per vCPU (methodology 1.1 e)', known: 'default' };
  }
}

export function cpuWords(source: CpuSource): SourceWords {
  switch (source) {
    case 'node-exporter':
      return { source: 'Prometheus: node_exporter', known: 'measured' };
    case 'cadvisor-root':
      return { source: 'Prometheus: cAdvisor, root cgroup', known: 'measured' };
    case 'pod-sum':
      return { source: 'Sum of the pods', known: 'measured' };
    case 'kubelet':
      return { source: 'kubelet /stats/summary', known: 'measured' };
    case 'metrics-server':
      return { source: 'metrics.k8s.io', known: 'measured' };
    case 'no-samples':
      return { source: 'No samples: counts as idle', known: 'default' };
  }
}

export function usageWords(source: PodUsageSource): SourceWords {
  switch (source) {
    case 'cadvisor':
      return { source: 'Prometheus: cAdvisor', known: 'measured' };
    case 'single-sample':
      return { source: 'Prometheus: cAdvisor, one sample', known: 'measured' };
    case 'kubelet':
      return { source: 'kubelet /stats/summary', known: 'measured' };
    case 'metrics-server':
      return { source: 'metrics.k8s.io', known: 'measured' };
    case 'requests':
      return { source: 'No sample: its requests', known: 'default' };
  }
}

export function intensityWords(source: IntensitySource, zone: string): SourceWords {
  switch (source) {
    case 'live':
      return { source: `Published value of ${zone}`, known: 'measured' };
    case 'estimated':
      return { source: `Estimate of the publisher for ${zone}`, known: 'modelled' };
    case 'zone-profile':
      return { source: `${TABLES.diurnal} × yearly mean of ${zone}`, known: 'modelled' };
    case 'zone-year':
      return { source: `${TABLES.zoneYears}: ${zone}`, known: 'modelled' };
    case 'country-year':
      return { source: `${TABLES.countryYears}: country of ${zone}`, known: 'modelled' };
    case 'person':
      return { source: 'Setting "default intensity"', known: 'person' };
    case 'world':
      return { source: 'Mean of the world (methodology 0.9)', known: 'default' };
  }
}

export function pueWords(source: PueSource, place: string): SourceWords {
  switch (source) {
    case 'person':
      return { source: 'Setting "PUE" of the cluster', known: 'person' };
    case 'region':
      return { source: `${TABLES.pue}: region of ${place}`, known: 'modelled' };
    case 'provider':
      return { source: `${TABLES.pue}: mean of ${place}`, known: 'modelled' };
    case 'coefficients':
      return { source: `${TABLES.defaults}: ${place}`, known: 'default' };
    case 'on-prem':
      return { source: 'Average of own data centres, Uptime Institute (methodology 0.8)', known: 'default' };
  }
}

export function embodiedWords(source: EmbodiedSource): SourceWords {
  switch (source) {
    case 'boavizta':
      return { source: 'Boavizta API, embedded impact of the type', known: 'modelled' };
    case 'table':
      return { source: `${TABLES.instances}: embodied of the type`, known: 'modelled' };
    case 'formula':
      return { source: 'Formula of methodology 1.10 (CCF/Teads)', known: 'default' };
  }
}

export function costWords(source: CostSource): SourceWords {
  switch (source) {
    case 'opencost':
      return { source: 'OpenCost, allocation of the window', known: 'measured' };
    case 'person':
      return { source: 'Setting "prices" of the cluster', known: 'person' };
    case 'default-prices':
      return { source: 'Default prices (methodology 0.12)', known: 'default' };
  }
}

export function gpuWords(source: GpuSource): SourceWords {
  switch (source) {
    case 'none':
      return { source: 'No GPU', known: 'default' };
    case 'measured':
      return { source: 'Power of the card (DCGM or Kepler)', known: 'measured' };
    case 'utilisation':
      return { source: `${TABLES.gpus} × use of the card`, known: 'modelled' };
    case 'assumed':
      return { source: `${TABLES.gpus} at half use`, known: 'default' };
  }
}
