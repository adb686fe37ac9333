import { describe, expect, it } from 'vitest';
import type { Budget, BudgetAlert } from '../../../../../src/model/kubernetes/budget.ts';
import type { CostAttribution } from '../../../../../src/model/kubernetes/objects.ts';
import { ALERTS, BUDGETS, COSTS, METRICS, PODS } from '../../../../../src/storage/sql/kubernetes/record-tables.ts';
import { insertOf, putOf, tableNamed } from '../../../../../src/storage/sql/kubernetes/write.ts';

const BUDGET: Budget = {
  id: 'b',
  name: 'Shop',
  scope: 'team',
  clusterId: null,
  key: 'store',
  unit: 'cost',
  limit: 5,
  createdAtSeconds: 0,
  updatedAtSeconds: 0,
};

const COST: CostAttribution = {
  id: 'c',
  clusterId: 'k',
  namespaceId: 'n',
  date: '2026-01-01',
  hour: 3,
  cpuCost: 1,
  memoryCost: 1,
  gpuCost: 0,
  storageCost: 0,
  networkCost: 0,
  totalCost: 2,
  cpuCoreHours: 1,
  memoryGbHours: 1,
  storageGbHours: 1,
  networkGb: 1,
  teamName: null,
  costCenter: null,
  updatedAtSeconds: 0,
};

const ALERT: BudgetAlert = {
  id: 'a',
  budgetId: 'b',
  month: '2026-01',
  kind: '50',
  atSeconds: 0,
  used: 3,
  expected: 6,
  limit: 5,
  seenAtSeconds: null,
};

describe('lines to put', () => {
  it('are none for no records', () => {
    expect(putOf(PODS, [])).toEqual([]);
  });

  it('are one a key, the last of each', () => {
    const [put] = putOf(BUDGETS, [BUDGET, { ...BUDGET, id: 'b2' }, { ...BUDGET, name: 'Late' }]);
    expect(put).toMatchObject({ table: 'k8s_budgets', keepsOld: false });
    expect(put?.lines.map(([id, name]) => [id, name])).toEqual([
      ['b', 'Late'],
      ['b2', 'Shop'],
    ]);
  });

  it('tell costs apart by namespace, day and hour, whatever their id', () => {
    const rows = [COST, { ...COST, id: 'other', totalCost: 9 }, { ...COST, hour: null }, { ...COST, hour: 4 }];
    const [put] = putOf(COSTS, rows);
    const [id, hour] = [COSTS.columns.indexOf('id'), COSTS.columns.indexOf('hour')];
    expect(put?.lines.map((line) => [line[id], line[hour]])).toEqual([
      ['other', 3],
      ['c', null],
      ['c', 4],
    ]);
  });
});

describe('the statement that puts them', () => {
  it('replaces all but the key', () => {
    const [put] = putOf(BUDGETS, [BUDGET]);
    if (put === undefined) throw new Error('nothing to put');
    const text = insertOf(put, ['id', 'name', 'unit'], 'VALUES (?, ?, ?)');
    expect(text).toBe(
      'INSERT INTO k8s_budgets (id, name, unit) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, unit = excluded.unit',
    );
  });

  it('finds costs by their time: a day is hour -1', () => {
    const [put] = putOf(COSTS, [COST]);
    if (put === undefined) throw new Error('nothing to put');
    const text = insertOf(put, COSTS.columns, 'VALUES ()');
    expect(text).toContain('ON CONFLICT (namespace_id, date, COALESCE(hour, -1)) DO UPDATE SET id = excluded.id');
    for (const column of ['namespace_id', 'date', 'hour']) expect(text).not.toContain(`${column} = excluded`);
  });

  it('carries the time of a month in the key of what is kept by month', () => {
    for (const [table, key] of [
      [PODS, '(id, created_at)'],
      [METRICS, '(object_id, collected_at)'],
    ] as const) {
      const text = insertOf({ table: table.name, lines: [], keepsOld: false }, table.columns, '');
      expect(text).toContain(`ON CONFLICT ${key} DO UPDATE`);
    }
  });

  it('leaves what is there where it has to', () => {
    const [put] = putOf(ALERTS, [ALERT], true);
    if (put === undefined) throw new Error('nothing to put');
    expect(insertOf(put, ['id'], 'VALUES (?)')).toBe(
      'INSERT INTO k8s_budget_alerts (id) VALUES (?) ON CONFLICT DO NOTHING',
    );
  });
});

describe('a table by its name', () => {
  it('is found, and no other', () => {
    expect(tableNamed('k8s_pods').columns.length).toBeGreaterThan(20);
    expect(() => tableNamed('result_rows')).toThrow(RangeError);
  });
});
