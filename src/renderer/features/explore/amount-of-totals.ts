import type { SummaryTotals } from '../../../contract/schemas/metrics.ts';
import type { Metric } from '../../../contract/schemas/primitives.ts';

/** A metric of a summary with its bounds, in base units. */
export function amountOfTotals(totals: SummaryTotals, metric: Metric): { value: number; low: number; high: number } {
  switch (metric) {
    case 'carbon':
      return {
        value: totals.total_co2e_all_scopes,
        low: totals.total_co2e_all_scopes_low,
        high: totals.total_co2e_all_scopes_high,
      };
    case 'energy':
      return {
        value: totals.total_facility_energy_joules,
        low: totals.total_facility_energy_low_joules,
        high: totals.total_facility_energy_high_joules,
      };
    case 'cost':
      return { value: totals.total_cost, low: totals.total_cost_low, high: totals.total_cost_high };
  }
}
