import { DEFAULT_BASELINE_GB_PER_VCPU, type WattsPerVcpu } from '../../core/coefficients/power.ts';
import type { CoefficientRow } from './schemas.ts';

export interface ProviderEntry {
  readonly watts: WattsPerVcpu | null;
  readonly pue: { readonly pue: number; readonly low: number; readonly high: number } | null;
  readonly lifespanHours: number | null;
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
  };
}
