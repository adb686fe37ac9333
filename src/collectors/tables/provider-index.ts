import { DEFAULT_BASELINE_GB_PER_VCPU, type WattsPerVcpu } from '../../core/coefficients/power.ts';
import type { CoefficientRow } from './schemas.ts';

export interface RangedValue {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Watt hours of a terabyte and hour by medium, and copies that are kept. */
export interface StorageDefaults {
  readonly ssd: RangedValue;
  readonly hdd: RangedValue;
  readonly replication: RangedValue;
}

/** Of providers without rows of their own. Source: METHODOLOGY 1.4. */
export const GENERAL_STORAGE: Pick<StorageDefaults, 'ssd' | 'hdd'> = {
  ssd: { value: 1.2, low: 0.8, high: 2.5 },
  hdd: { value: 0.65, low: 0.4, high: 1.2 },
};

export interface ProviderEntry {
  readonly watts: WattsPerVcpu | null;
  readonly pue: { readonly pue: number; readonly low: number; readonly high: number } | null;
  readonly lifespanHours: number | null;
  readonly storage: StorageDefaults | null;
}

/** The defaults of each provider that the ladders use. */
export function indexProviders(rows: readonly CoefficientRow[]): ReadonlyMap<string, ProviderEntry> {
  const byProvider = new Map<string, Map<string, CoefficientRow>>();
  for (const row of rows) {
    const coefficients = byProvider.get(row.provider) ?? new Map<string, CoefficientRow>();
    byProvider.set(row.provider, coefficients.set(row.coefficient, row));
  }
  return new Map([...byProvider].map(([provider, coefficients]) => [provider, entryOf(coefficients)]));
}

function entryOf(coefficients: ReadonlyMap<string, CoefficientRow>): ProviderEntry {
  const idle = coefficients.get('cpu_idle_watts_per_vcpu');
  const max = coefficients.get('cpu_max_watts_per_vcpu');
  const pue = coefficients.get('pue');
  const ssd = coefficients.get('storage_ssd_watthours_per_tb_hour');
  const hdd = coefficients.get('storage_hdd_watthours_per_tb_hour');
  const replication = coefficients.get('storage_block_replication_factor');
  return {
    watts:
      idle === undefined || max === undefined
        ? null
        : {
            idleWattsPerVcpu: idle.value,
            maxWattsPerVcpu: max.value,
            baselineGbPerVcpu: DEFAULT_BASELINE_GB_PER_VCPU,
          },
    pue: pue === undefined ? null : { pue: pue.value, low: pue.low, high: pue.high },
    lifespanHours: coefficients.get('server_lifespan_hours')?.value ?? null,
    storage: ssd === undefined || hdd === undefined || replication === undefined ? null : { ssd, hdd, replication },
  };
}
