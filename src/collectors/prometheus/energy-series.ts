import type { Window } from '../../model/time.ts';
import type { Select } from './matchers.ts';
import { endsOf, type ReadContext } from './read-context.ts';

/** Counter of each exporter of energy by which it is known to be there. Sources: see `kepler-queries`, `gpu-queries`. */
export const KEPLER_CURRENT = 'kepler_node_cpu_active_joules_total';
export const KEPLER_LEGACY = ['kepler_node_package_joules_total', 'kepler_node_platform_joules_total'] as const;
export const DCGM_POWER = 'DCGM_FI_DEV_POWER_USAGE';
export const DCGM_ENERGY = 'DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION';
export const DCGM_UTILISATION = 'DCGM_FI_DEV_GPU_UTIL';
export const KEPLER_GPU_WATTS = 'kepler_node_gpu_watts';
export const KEPLER_POD_GPU_JOULES = 'kepler_pod_gpu_joules_total';
export const KEPLER_POD_GPU_WATTS = 'kepler_pod_gpu_watts';
export const CLAIM_INFO = 'kube_persistentvolumeclaim_info';
export const VOLUME_USED = 'kubelet_volume_stats_used_bytes';

const NAMES = [
  KEPLER_CURRENT,
  ...KEPLER_LEGACY,
  DCGM_POWER,
  DCGM_ENERGY,
  DCGM_UTILISATION,
  KEPLER_GPU_WATTS,
  KEPLER_POD_GPU_JOULES,
  KEPLER_POD_GPU_WATTS,
  CLAIM_INFO,
  VOLUME_USED,
];

/** Which series of energy, GPUs and volumes a server has: of all that is missing, nothing more is asked. */
export interface EnergySeries {
  readonly kepler: { readonly current: boolean; readonly legacy: boolean };
  readonly dcgm: boolean;
  readonly keplerGpu: boolean;
  readonly claims: boolean;
  /** Most claims at once, for the size of a piece. */
  readonly claimCount: number;
  has(metric: string): boolean;
}

/**
 * One question about all names, each asked for by its name: some stores refuse a pattern of names. One row for each that
 * is there, label `name`.
 */
export function namesThere(select: Select): string {
  return NAMES.map((name) => `label_replace(count(${select(name)}),"name","${name}","","")`).join(' or ');
}

/** @param counts most series at once, by metric */
export function energySeries(counts: ReadonlyMap<string, number>): EnergySeries {
  const has = (metric: string): boolean => (counts.get(metric) ?? 0) > 0;
  return {
    kepler: { current: has(KEPLER_CURRENT), legacy: KEPLER_LEGACY.some(has) },
    dcgm: has(DCGM_POWER) || has(DCGM_ENERGY) || has(DCGM_UTILISATION),
    keplerGpu: has(KEPLER_GPU_WATTS),
    claims: has(CLAIM_INFO),
    claimCount: counts.get(CLAIM_INFO) ?? 0,
    has,
  };
}

const STEP_SECONDS = 300;

/** What the server has somewhere in these windows. */
export async function findEnergySeries(context: ReadContext, windows: readonly Window[]): Promise<EnergySeries> {
  const { client, select, signal } = context;
  const ends = endsOf(windows);
  const steps = {
    startSeconds: ends.startSeconds - ends.stepSeconds,
    endSeconds: ends.endSeconds,
    stepSeconds: STEP_SECONDS,
  };
  const counts = new Map<string, number>();
  for (const { labels, samples } of await client.range(namesThere(select), steps, signal)) {
    counts.set(labels.name ?? '', Math.max(...samples.map((sample) => sample.value)));
  }
  return energySeries(counts);
}
