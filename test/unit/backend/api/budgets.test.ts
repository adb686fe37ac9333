import { createRouterClient } from '@orpc/server';
import { beforeEach, expect, it } from 'vitest';
import { budgetAlerts, createBudget, listBudgets, updateBudget } from '../../../../src/backend/api/budgets.ts';
import { createCostsRouters } from '../../../../src/backend/api/costs-router.ts';
import { BudgetDesk } from '../../../../src/backend/budgets/budget-desk.ts';
import { CLUSTER } from '../../../contract/storage/sample-windows.ts';
import { CostFixture, costRow, hourWindow } from '../costs/cost-fixture.ts';

let fixture: CostFixture;
const deps = () => {
  const { store, changes, time } = fixture;
  return { budgets: new BudgetDesk({ store, changes, clock: time }), clock: time, store };
};
const input = { name: 'Shop', scope: 'cluster', cluster: CLUSTER, key: null, unit: 'carbon', limit: 500 } as const;

beforeEach(() => {
  fixture = new CostFixture('2026-03-02T06:00:00Z');
});

it('a budget is answered with where it stands, in the fields of the wire', async () => {
  await fixture.write(
    hourWindow('2026-03-01T10:00:00Z', [costRow('shop', 1, 0, { co2eGrams: 900, embodiedCo2eGrams: 100 })]),
  );
  const made = await createBudget(input, deps());
  expect(made).toMatchObject({
    name: 'Shop',
    cluster: CLUSTER,
    key: null,
    currency: null,
    problem: null,
    created_at: '2026-03-02T06:00:00Z',
    standing: { month: '2026-03', used: 1, days_with_data: 1, days_gone: 2, days_in_month: 31, passed_on: null },
  });
  expect(await listBudgets({}, deps())).toEqual({ month: '2026-03', budgets: [made] });
  expect((await listBudgets({ month: '2026-02', cluster: 'other' }, deps())).budgets).toEqual([]);
});

it('a change takes what is given, and nothing else', async () => {
  const { id } = await createBudget(input, deps());
  const changed = await updateBudget({ id, limit: 0.5, name: 'Smaller' }, deps());
  expect(changed).toMatchObject({ id, name: 'Smaller', limit: 0.5, unit: 'carbon', cluster: CLUSTER });
});

it('alerts carry the name and unit of their budget', async () => {
  await fixture.write(
    hourWindow('2026-03-01T10:00:00Z', [costRow('shop', 1, 0, { co2eGrams: 900, embodiedCo2eGrams: 100 })]),
  );
  const { id } = await createBudget({ ...input, limit: 1.9 }, deps());
  const { alerts, unseen } = await budgetAlerts({ limit: 10 }, deps());
  expect(unseen).toBe(1);
  expect(alerts).toMatchObject([
    { budget: id, budget_name: 'Shop', unit: 'carbon', kind: '50', month: '2026-03', seen_at: null },
  ]);
});

it('the router answers each operation', async () => {
  const routers = createCostsRouters(deps());
  const budgets = createRouterClient(routers.budgets);
  const { id } = await budgets.create({ name: 'Shop', scope: 'cluster', cluster: CLUSTER, unit: 'carbon', limit: 5 });
  expect((await budgets.update({ id, limit: 6 })).limit).toBe(6);
  expect((await budgets.alerts({})).alerts).toEqual([]);
  expect(await budgets.seen({ id: 'nothing' })).toBeUndefined();
  expect(await budgets.delete({ id })).toBeUndefined();
  expect((await budgets.list({})).budgets).toEqual([]);
  expect((await createRouterClient(routers.teams).list({})).lines).toEqual([]);
  expect((await createRouterClient(routers.costs).namespaces({ month: '2026-02' })).month).toBe('2026-02');
});
