import {
  DCGM_ENERGY,
  DCGM_POWER,
  DCGM_UTILISATION,
  type EnergySeries,
  KEPLER_GPU_WATTS,
  KEPLER_POD_GPU_JOULES,
  KEPLER_POD_GPU_WATTS,
} from './energy-series.ts';
import { BY_EXPORTER } from './exporter-labels.ts';
import type { Select } from './matchers.ts';

/**
 * Labels of dcgm-exporter (docs and recorded answers of github.com/NVIDIA/dcgm-exporter): the card, its MIG instance,
 * and the pod that holds it, which a scrape without honor_labels renames to `exported_…`.
 */
const DCGM_LABELS = [
  'gpu',
  'UUID',
  'modelName',
  'Hostname',
  'GPU_I_ID',
  'vgpu',
  'container',
  'exported_namespace',
  'exported_pod',
] as const;
const BY_CARD = [...DCGM_LABELS, BY_EXPORTER].join(',');

/** By card and holder, label `what`: `watts` and `utilisation` (0 to 100) as means, `count` of samples, `joules`. */
export function dcgmQuery(select: Select, windowSeconds: number, there: EnergySeries): string {
  const range = `[${windowSeconds}s]`;
  const counted = there.has(DCGM_POWER) ? DCGM_POWER : there.has(DCGM_UTILISATION) ? DCGM_UTILISATION : DCGM_ENERGY;
  const parts = [tagged('count', `sum by (${BY_CARD}) (count_over_time(${select(counted)}${range}))`)];
  if (there.has(DCGM_POWER)) {
    parts.push(tagged('watts', `avg by (${BY_CARD}) (avg_over_time(${select(DCGM_POWER)}${range}))`));
  }
  if (there.has(DCGM_UTILISATION)) {
    parts.push(tagged('utilisation', `avg by (${BY_CARD}) (avg_over_time(${select(DCGM_UTILISATION)}${range}))`));
  }
  // Millijoules since boot.
  if (there.has(DCGM_ENERGY)) {
    parts.push(tagged('joules', `sum by (${BY_CARD}) (increase(${select(DCGM_ENERGY)}${range})) / 1000`));
  }
  return parts.join(' or ');
}

/**
 * Kepler's own view of NVIDIA cards, label `what`: `watts` and `count` by card, `podJoules` by pod and, in the versions
 * that have it, card; `podWattSamples` is the sum of samples of a gauge. Names and labels:
 * internal/exporter/prometheus/collector/power_collector.go and EP-003 of github.com/sustainable-computing-io/kepler.
 */
export function keplerGpuQuery(select: Select, windowSeconds: number, there: EnergySeries): string {
  const range = `[${windowSeconds}s]`;
  const byCard = `gpu,gpu_uuid,gpu_name,${BY_EXPORTER}`;
  const byPod = `gpu,pod_name,pod_namespace,${BY_EXPORTER}`;
  const parts = [
    tagged('watts', `avg by (${byCard}) (avg_over_time(${select(KEPLER_GPU_WATTS)}${range}))`),
    tagged('count', `sum by (${byCard}) (count_over_time(${select(KEPLER_GPU_WATTS)}${range}))`),
  ];
  if (there.has(KEPLER_POD_GPU_JOULES)) {
    parts.push(tagged('podJoules', `sum by (${byPod}) (increase(${select(KEPLER_POD_GPU_JOULES)}${range}))`));
  } else if (there.has(KEPLER_POD_GPU_WATTS)) {
    parts.push(tagged('podWattSamples', `sum by (${byPod}) (sum_over_time(${select(KEPLER_POD_GPU_WATTS)}${range}))`));
  }
  return parts.join(' or ');
}

function tagged(what: string, expression: string): string {
  return `label_replace(${expression},"what","${what}","","")`;
}
