import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { ALERT_KINDS, BUDGET_SCOPES, BUDGET_UNITS } from '../../../../../src/model/kubernetes/budget.ts';
import { HEALTH_STATUSES } from '../../../../../src/model/kubernetes/health.ts';
import { MIGRATIONS as POSTGRES } from '../../../../../src/storage/postgres/migrations/index.ts';
import { K8S_BUDGET_ALERTS, K8S_BUDGETS } from '../../../../../src/storage/sql/schema/kubernetes/budgets.ts';
import { K8S_HEALTH_HISTORY } from '../../../../../src/storage/sql/schema/kubernetes/health-history.ts';
import {
  KUBERNETES_STATE_DOWN,
  KUBERNETES_STATE_TABLES,
} from '../../../../../src/storage/sql/schema/kubernetes/state-tables.ts';
import type { Table } from '../../../../../src/storage/sql/schema/table.ts';
import { migrate } from '../../../../../src/storage/sqlite/migrate.ts';
import { MIGRATIONS as SQLITE } from '../../../../../src/storage/sqlite/migrations/index.ts';

const wordsOf = ({ columns }: Table, name: string): readonly string[] =>
  columns.find((column) => column.name === name)?.oneOf ?? [];
const tablesOf = (database: Database.Database): string[] =>
  database.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all();

describe('the tables of health and budgets', () => {
  it('take the words of the model', () => {
    expect([...wordsOf(K8S_HEALTH_HISTORY, 'status')].sort()).toEqual([...HEALTH_STATUSES].sort());
    expect(wordsOf(K8S_BUDGETS, 'scope')).toEqual(BUDGET_SCOPES);
    expect(wordsOf(K8S_BUDGETS, 'unit')).toEqual(BUDGET_UNITS);
    expect(wordsOf(K8S_BUDGET_ALERTS, 'kind')).toEqual(ALERT_KINDS);
  });

  it('are made parents first and taken back the other way', () => {
    const made = new Set(['k8s_clusters']);
    for (const { name, foreignKeys = [] } of KUBERNETES_STATE_TABLES) {
      for (const key of foreignKeys) expect(made, name).toContain(key.table);
      made.add(name);
    }
    expect(KUBERNETES_STATE_DOWN).toEqual([
      'DROP TABLE k8s_budget_alerts',
      'DROP TABLE k8s_budgets',
      'DROP TABLE k8s_health_history',
    ]);
  });

  it('are step 5 of both SQL stores', () => {
    const steps = [SQLITE, POSTGRES].map((all) => all.find(({ name }) => name === 'kubernetes-state'));
    expect(steps.map((step) => step?.version)).toEqual([5, 5]);
    for (const step of steps) expect(step?.down).toEqual(KUBERNETES_STATE_DOWN);
  });

  it('leave the store as it was when they are taken back', async () => {
    const database = new Database(':memory:');
    await migrate(
      database,
      SQLITE.filter(({ version }) => version < 5),
      0,
    );
    const before = tablesOf(database);
    await migrate(
      database,
      SQLITE.filter(({ version }) => version <= 5),
      0,
    );
    expect(tablesOf(database)).toHaveLength(before.length + 3);
    for (const statement of KUBERNETES_STATE_DOWN) database.exec(statement);
    expect(tablesOf(database)).toEqual(before);
    database.close();
  });
});
