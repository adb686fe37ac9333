import type { BudgetAlertItem, BudgetItem, CostLine, CostLines } from '../../../src/contract/schemas/budgets.ts';

export const budget: BudgetItem = {
  id: 'b1',
  name: 'Shop, carbon',
  scope: 'namespace',
  cluster: 'c1',
  key: 'shop',
  unit: 'carbon',
  limit: 500,
  currency: null,
  standing: {
    month: '2026-03',
    used: 120,
    expected: 430,
    low: 390,
    high: 470,
    passed_on: null,
    days_with_data: 9,
    days_gone: 10,
    days_in_month: 31,
    history_days: 37,
  },
  problem: null,
  created_at: '2026-03-01T08:00:00Z',
  updated_at: '2026-03-01T08:00:00Z',
};

export const moneyBudget: BudgetItem = {
  ...budget,
  id: 'b2',
  name: 'Checkout team, money',
  scope: 'team',
  cluster: null,
  key: 'checkout',
  unit: 'cost',
  limit: 1000,
  currency: 'EUR',
  standing: {
    month: '2026-03',
    used: 610,
    expected: 1240,
    low: 1100,
    high: 1400,
    passed_on: '2026-03-24',
    days_with_data: 10,
    days_gone: 10,
    days_in_month: 31,
    history_days: 5,
  },
};

export const alert: BudgetAlertItem = {
  id: 'a1',
  budget: 'b2',
  budget_name: 'Checkout team, money',
  unit: 'cost',
  month: '2026-03',
  kind: 'forecast',
  at: '2026-03-10T09:00:00Z',
  used: 610,
  expected: 1240,
  limit: 1000,
  seen_at: null,
};
export const seenAlert: BudgetAlertItem = { ...alert, id: 'a2', kind: '50', seen_at: '2026-03-09T10:00:00Z' };

const line = (part: Partial<CostLine> & Pick<CostLine, 'line' | 'key'>, size: number): CostLine => ({
  cluster: null,
  team: null,
  cost_center: null,
  total_cost: 10 * size,
  cpu_cost: 5 * size,
  memory_cost: 3 * size,
  gpu_cost: 0,
  storage_cost: 1.5 * size,
  network_cost: 0.5 * size,
  cpu_core_hours: 100 * size,
  memory_gb_hours: 400 * size,
  storage_gb_hours: 0,
  network_gb: 2 * size,
  co2e_grams: 1000 * size,
  embodied_co2e_grams: 500 * size,
  ...part,
});

function answerOf(lines: readonly CostLine[]): CostLines {
  const sum = (of: (each: CostLine) => number): number => lines.reduce((total, each) => total + of(each), 0);
  return {
    month: '2026-03',
    period: { start: '2026-03-01T00:00:00Z', end: '2026-03-11T00:00:00Z' },
    currency: 'EUR',
    lines: [...lines],
    total_cost: sum((each) => each.total_cost),
    co2e_grams: sum((each) => each.co2e_grams),
    embodied_co2e_grams: sum((each) => each.embodied_co2e_grams),
    coverage: 0.93,
    pending_cost: 0,
  };
}

export const teamLines: CostLines = answerOf([
  line({ line: 'team', key: 'checkout' }, 61),
  line({ line: 'team', key: 'platform' }, 20),
  line({ line: 'none', key: null }, 3),
  line({ line: 'storage', key: null }, 2),
  line({ line: 'idle', key: null }, 14),
]);

export const namespaceLines: CostLines = {
  ...answerOf([
    line({ line: 'namespace', key: 'shop', cluster: 'c1', team: 'checkout', cost_center: 'CC-7' }, 61),
    line({ line: 'idle', key: '__unallocated__', cluster: 'c1' }, 14),
  ]),
  coverage: 1,
};

/** Answers of the operations of costs and budgets. */
export const costsAnswers = {
  budgets: {
    list: { month: '2026-03', budgets: [budget, moneyBudget] },
    create: budget,
    update: { ...budget, limit: 600 },
    alerts: { alerts: [alert, seenAlert], unseen: 1 },
  },
  teams: { list: teamLines },
  costs: { namespaces: namespaceLines },
};
