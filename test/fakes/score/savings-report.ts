import type { SavingsReport } from '../../../src/contract/schemas/recommendations.ts';

export const savingsReport: SavingsReport = {
  period: { start: '2026-10-22T00:00:00Z', end: '2026-11-21T00:00:00Z' },
  currency: 'EUR',
  promised_co2e_grams: 1200,
  measured_co2e_grams: 900,
  promised_cost: 30,
  measured_cost: 24.5,
  count: 3,
  by_type: [],
  days: [],
};
