import type * as z from 'zod';
import type { EnergyParts, Figures, QualityShares, UsageFigures } from '../../contract/schemas/figures.ts';
import type { SummaryTotals } from '../../contract/schemas/metrics.ts';
import { meanIntensity } from '../../core/carbon/operational.ts';
import type { Sums, Totals } from '../../core/ports/results-store.ts';

/** Facility energy and its range: the range of IT energy, scaled with the mean PUE. */
function facility(sums: Sums): { joules: number; low: number; high: number } {
  const joules = sums.pueJoules;
  if (sums.joules === 0) return { joules, low: joules, high: joules };
  return { joules, low: joules * (sums.joulesLow / sums.joules), high: joules * (sums.joulesHigh / sums.joules) };
}

export function figuresOf(totals: Totals): Figures {
  const { joules, low, high } = facility(totals);
  return {
    co2e_grams: totals.co2eGrams,
    co2e_low_grams: totals.co2eLowGrams,
    co2e_high_grams: totals.co2eHighGrams,
    embodied_co2e_grams: totals.embodiedCo2eGrams,
    embodied_low_grams: totals.embodiedLowGrams,
    embodied_high_grams: totals.embodiedHighGrams,
    energy_joules: totals.joules,
    energy_low_joules: totals.joulesLow,
    energy_high_joules: totals.joulesHigh,
    facility_energy_joules: joules,
    facility_energy_low_joules: low,
    facility_energy_high_joules: high,
    total_cost: totals.totalCost,
    cost_low: totals.costLow,
    cost_high: totals.costHigh,
    pod_count: totals.podCount,
  };
}

export function partsOf(sums: Sums): EnergyParts {
  return {
    dynamic_joules: sums.joulesDynamic,
    idle_joules: sums.joulesIdle,
    system_joules: sums.joulesSystem,
    unallocated_joules: sums.joulesUnallocated,
  };
}

/** Shares of energy by how it is known; what is neither measured nor a default is modelled. */
export function qualityOf(sums: Sums): QualityShares {
  if (sums.joules === 0) return { measured: 0, modelled: 0, default: 0 };
  const measured = Math.min(1, sums.joulesMeasured / sums.joules);
  const byDefault = Math.min(1 - measured, sums.joulesDefault / sums.joules);
  return { measured, modelled: Math.max(0, 1 - measured - byDefault), default: byDefault };
}

/** Means over the seconds that were collected. */
export function usageOf(sums: Sums, coveredSeconds: number): UsageFigures {
  const mean = (product: number) => (coveredSeconds === 0 ? 0 : product / coveredSeconds);
  return {
    cpu_request_millicores: mean(sums.cpuRequestMillicoreSeconds),
    cpu_usage_millicores: mean(sums.cpuUsageMillicoreSeconds),
    memory_request_bytes: mean(sums.memoryRequestByteSeconds),
    memory_usage_bytes: mean(sums.memoryUsageByteSeconds),
  };
}

export function summaryTotalsOf(totals: Totals): z.infer<typeof SummaryTotals> {
  const { joules, low, high } = facility(totals);
  const hasEnergy = totals.joules > 0;
  return {
    total_co2e_grams: totals.co2eGrams,
    total_co2e_low_grams: totals.co2eLowGrams,
    total_co2e_high_grams: totals.co2eHighGrams,
    total_embodied_co2e_grams: totals.embodiedCo2eGrams,
    total_embodied_low_grams: totals.embodiedLowGrams,
    total_embodied_high_grams: totals.embodiedHighGrams,
    total_co2e_all_scopes: totals.co2eGrams + totals.embodiedCo2eGrams,
    total_co2e_all_scopes_low: totals.co2eLowGrams + totals.embodiedLowGrams,
    total_co2e_all_scopes_high: totals.co2eHighGrams + totals.embodiedHighGrams,
    total_energy_joules: totals.joules,
    total_facility_energy_joules: joules,
    total_facility_energy_low_joules: low,
    total_facility_energy_high_joules: high,
    total_cost: totals.totalCost,
    total_cost_low: totals.costLow,
    total_cost_high: totals.costHigh,
    total_pods: totals.podCount,
    unallocated_co2e_grams: totals.unallocatedCo2eGrams,
    energy_parts: partsOf(totals),
    quality: qualityOf(totals),
    mean_grid_intensity: meanIntensity(totals),
    mean_pue: hasEnergy ? totals.pueJoules / totals.joules : null,
  };
}
