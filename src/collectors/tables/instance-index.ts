import { GENERIC_WATTS_PER_VCPU, type WattsPerVcpu } from '../../core/coefficients/power.ts';
import type { InstancePower } from '../../core/power/choose-curve.ts';
import { GB_PER_GIB } from '../../core/units.ts';
import { findGpu, type GpuIndex } from './gpu-index.ts';
import type { InstanceRow, MicroarchitectureRow } from './schemas.ts';

export interface InstanceEntry {
  readonly power: InstancePower;
  readonly embodiedKilograms: number;
}

export interface FamilyEntry {
  readonly microarchitecture: string;
  readonly watts: WattsPerVcpu;
}

export interface InstanceIndex {
  readonly instances: ReadonlyMap<string, InstanceEntry>;
  /** Families whose types all have one microarchitecture. */
  readonly families: ReadonlyMap<string, FamilyEntry>;
}

const SOURCES = {
  teads_curve: 'teads',
  microarchitecture: 'microarchitecture',
  provider_default: 'provider-default',
} as const;

/** Instance types are compared without case: Azure's label and its documents spell them differently. */
export function instanceKey(provider: string, instanceType: string): string {
  return `${provider}/${instanceType.toLowerCase()}`;
}

/** Family of a type that is not in the table, from its name; null where the provider's names don't tell. */
export function familyOfName(provider: string, instanceType: string): string | null {
  const separator = provider === 'aws' ? '.' : provider === 'gcp' ? '-' : null;
  if (separator === null || !instanceType.includes(separator)) return null;
  return instanceType.split(separator)[0] ?? null;
}

export function indexInstances(
  rows: readonly InstanceRow[],
  microarchitectures: ReadonlyMap<string, WattsPerVcpu>,
  gpus: GpuIndex,
): InstanceIndex {
  const instances = new Map<string, InstanceEntry>();
  const namesOfFamilies = new Map<string, Set<string | null>>();
  for (const row of rows) {
    instances.set(instanceKey(row.provider, row.instance_type), entryOf(row, microarchitectures, gpus));
    const family = instanceKey(row.provider, row.family);
    const names = namesOfFamilies.get(family) ?? new Set();
    namesOfFamilies.set(family, names.add(row.microarchitecture));
  }
  const families = new Map<string, FamilyEntry>();
  for (const [family, names] of namesOfFamilies) {
    const [only] = names;
    const watts = only ? microarchitectures.get(only) : undefined;
    if (names.size === 1 && only && watts !== undefined) families.set(family, { microarchitecture: only, watts });
  }
  return { instances, families };
}

export function indexMicroarchitectures(rows: readonly MicroarchitectureRow[]): Map<string, WattsPerVcpu> {
  return new Map(
    rows.map((row) => [
      row.microarchitecture,
      {
        idleWattsPerVcpu: row.idle_watts_per_vcpu,
        maxWattsPerVcpu: row.max_watts_per_vcpu,
        baselineGbPerVcpu: row.baseline_memory_gb_per_vcpu,
      },
    ]),
  );
}

function entryOf(
  row: InstanceRow,
  microarchitectures: ReadonlyMap<string, WattsPerVcpu>,
  gpus: GpuIndex,
): InstanceEntry {
  return {
    power: {
      instanceType: row.instance_type,
      vcpu: row.vcpu,
      memoryGb: row.memory_gib === null ? null : row.memory_gib * GB_PER_GIB,
      watts: [row.watts_idle, row.watts_10pct, row.watts_50pct, row.watts_100pct],
      source: SOURCES[row.power_method],
      factor: { low: row.power_low_factor, high: row.power_high_factor },
      gpuCount: row.gpu_count,
      gpuModel: row.gpu_model,
      gpuTdpWatts: row.gpu_model === null ? null : (findGpu(gpus, row.gpu_model)?.tdpWatts ?? null),
      baselineGbPerVcpu: baselineOf(row, microarchitectures),
    },
    embodiedKilograms: row.embodied_instance_kgco2e,
  };
}

/** A published curve and a GPU's watts don't tell what memory draws. */
function baselineOf(row: InstanceRow, microarchitectures: ReadonlyMap<string, WattsPerVcpu>): number | null {
  if (row.power_method === 'teads_curve' || row.gpu_count > 0) return null;
  const known = row.microarchitecture === null ? undefined : microarchitectures.get(row.microarchitecture);
  return known?.baselineGbPerVcpu ?? GENERIC_WATTS_PER_VCPU.baselineGbPerVcpu;
}
