import { beforeEach, describe, expect, it } from 'vitest';
import type { ResultsStore } from '../../../src/core/ports/results-store.ts';
import type { Budget, BudgetAlert } from '../../../src/model/kubernetes/budget.ts';
import type { CostAttribution, ResourceMetric } from '../../../src/model/kubernetes/objects.ts';
import {
  clusterEntryOf,
  idOf,
  NO_OBJECTS,
  namespaceId,
  recordedBatch,
  recordedNodes,
  recordedWorkloads,
} from './kubernetes/recorded-objects.ts';
import { ALERT, always, BUDGET, cost, EPOCH, metric } from './kubernetes/sample-figures.ts';
import { CLUSTER, DAY, HOUR, NEW_YEAR, OTHER_CLUSTER } from './sample-windows.ts';
import { failureCodeOf, type OpenStore, useStore } from './store-fixture.ts';

/** Metrics, costs and budgets. */
export function kubernetesFiguresContract(name: string, open: OpenStore): void {
  describe(`${name}: metrics, costs and budgets of Kubernetes`, () => {
    const fixture = useStore(open);
    let store: ResultsStore;
    beforeEach(async () => {
      store = fixture.current().store;
      await store.putClusterEntry(clusterEntryOf());
      const { namespaces, nodes, workloads } = recordedBatch();
      await store.writeObjects({ clusterId: CLUSTER, ...NO_OBJECTS, namespaces, nodes, workloads }, EPOCH);
    });

    it('keeps metrics of five levels, and replaces those of an object and instant', async () => {
      const [node, workload] = [recordedNodes()[0]?.id ?? '', recordedWorkloads()[0]?.id ?? ''];
      const rows: ResourceMetric[] = [
        metric(),
        metric({ level: 'cluster', objectId: CLUSTER, namespaceId: null }),
        metric({ level: 'node', objectId: node, namespaceId: null, nodeId: node }),
        metric({ level: 'deployment', objectId: workload, workloadId: workload }),
        metric({ level: 'pod', objectId: 'p', podId: 'p', workloadId: workload, nodeId: node, cpuUsageCores: null }),
      ];
      await store.putMetrics(rows, EPOCH);
      for (const row of rows) expect(await store.metrics(row.level, row.objectId, always, 9)).toEqual([row]);
      const again = metric({ cpuUsageCores: 0.75, restarts: 0, networkTransmitBytes: 3 });
      await store.putMetrics([again, metric({ collectedAtSeconds: NEW_YEAR + 300 })], EPOCH);
      const found = await store.metrics('namespace', namespaceId('default'), always, 9);
      expect(found).toEqual([again, metric({ collectedAtSeconds: NEW_YEAR + 300 })]);
      const first = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + 300 };
      expect(await store.metrics('namespace', namespaceId('default'), first, 9)).toEqual([again]);
      expect(await store.metrics('namespace', namespaceId('default'), always, 1)).toEqual([again]);
      expect(await store.metrics('pod', namespaceId('default'), always, 9)).toEqual([]);
    });

    it('keeps costs by hour and day, replaces them, and adds days up to months to the cent', async () => {
      const rows = [
        cost('2025-12-31', 23),
        cost('2026-01-01', 0),
        cost('2026-01-01', 1),
        cost('2026-01-01', null, { totalCost: 0.669, teamName: null }),
        cost('2026-01-02', null, { totalCost: 0.1 }),
        cost('2026-02-01', null, { totalCost: 7.25, updatedAtSeconds: NEW_YEAR + 9 }),
      ];
      await store.putCosts(rows, EPOCH);
      const late = { ...(rows[1] as CostAttribution), totalCost: 5.5, costCenter: 'cc-9' };
      await store.putCosts([late], EPOCH);
      const of = namespaceId('default');
      const hours = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + HOUR };
      expect(await store.costs(of, hours, 'hour', 9)).toEqual([late]);
      expect(await store.costs(of, always, 'hour', 9)).toEqual([rows[0], late, rows[2]]);
      expect(await store.costs(of, always, 'day', 2)).toEqual([rows[3], rows[4]]);
      const january = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + 31 * DAY };
      const [month, ...others] = await store.costs(of, january, 'month', 9);
      expect(others).toEqual([]);
      expect(month).toMatchObject({ date: '2026-01-01', hour: null, teamName: 'store', namespaceId: of });
      expect(month?.totalCost.toFixed(2)).toBe('0.77');
      expect(month?.cpuCost.toFixed(2)).toBe('0.20');
      expect((await store.costs(of, always, 'month', 9)).map(({ date }) => date)).toEqual(['2026-01-01', '2026-02-01']);
      expect(await store.costs('nobody', always, 'day', 9)).toEqual([]);
    });

    it('adds days up by team, cost center, namespace and cluster', async () => {
      const other = namespaceId('kube-system');
      await store.putCosts(
        [
          cost('2026-01-01', null, { totalCost: 1 }),
          cost('2026-01-01', 4, { totalCost: 1 }),
          cost('2026-01-02', null, { totalCost: 2 }),
          cost('2026-01-02', null, { namespaceId: other, totalCost: 10, teamName: null, costCenter: 'cc-1' }),
          cost('2026-01-09', null, { totalCost: 100 }),
        ],
        EPOCH,
      );
      const range = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + 7 * DAY };
      const by = async (key: 'team' | 'cost-center' | 'namespace' | 'cluster', of: string | null = CLUSTER) =>
        (await store.costsBy(key, of, range)).map((each) => [each.key, each.totalCost, each.cpuCoreHours]);
      expect(await by('team')).toEqual([
        [null, 10, 1.5],
        ['store', 3, 3],
      ]);
      expect(await by('cost-center')).toEqual([
        ['cc-1', 10, 1.5],
        [null, 3, 3],
      ]);
      expect(await by('namespace', null)).toEqual([
        [other, 10, 1.5],
        [namespaceId('default'), 3, 3],
      ]);
      expect(await by('cluster')).toEqual([[CLUSTER, 13, 4.5]]);
      expect(await by('cluster', OTHER_CLUSTER)).toEqual([]);
      const [first, second] = await store.costsBy('namespace', CLUSTER, range);
      expect(first).toMatchObject({ clusterId: CLUSTER, namespaceId: other, teamName: null, costCenter: 'cc-1' });
      expect(second).toMatchObject({ teamName: 'store', costCenter: null });
    });

    it('keeps budgets, and raises each alert once', async () => {
      await store.putBudget(BUDGET);
      const everywhere: Budget = { ...BUDGET, id: idOf('b2'), name: 'All', clusterId: null, key: null, unit: 'cost' };
      await store.putBudget(everywhere);
      expect(await store.budgets()).toEqual([everywhere, BUDGET]);
      await store.putBudget({ ...BUDGET, limit: 99 });
      expect((await store.budgets())[1]).toEqual({ ...BUDGET, limit: 99 });
      expect(await store.raiseAlert(ALERT)).toBe(true);
      expect(await store.raiseAlert({ ...ALERT, id: idOf('again'), atSeconds: NEW_YEAR + 90 })).toBe(false);
      const next: BudgetAlert = { ...ALERT, id: idOf('next'), month: '2026-02', atSeconds: NEW_YEAR + 32 * DAY };
      expect(await store.raiseAlert(next)).toBe(true);
      expect(await store.alerts(9)).toEqual([next, ALERT]);
      expect(await store.alerts(1)).toEqual([next]);
      await store.markAlertSeen(ALERT.id, NEW_YEAR + 120);
      await store.markAlertSeen(ALERT.id, NEW_YEAR + 900);
      await store.markAlertSeen('nobody', NEW_YEAR);
      expect((await store.alerts(9))[1]).toEqual({ ...ALERT, seenAtSeconds: NEW_YEAR + 120 });
      expect(await failureCodeOf(store.raiseAlert({ ...ALERT, id: idOf('x'), budgetId: 'nobody' }))).toBe('bad-input');
      await store.deleteBudget(BUDGET.id);
      expect(await store.budgets()).toEqual([everywhere]);
      expect(await store.alerts(9)).toEqual([]);
    });

    it('refuses what no table can keep', async () => {
      const wrong = cost('2026-01-01', 3, { totalCost: Number.NaN });
      expect(await failureCodeOf(store.putCosts([wrong], EPOCH))).toBe('bad-input');
      expect(await failureCodeOf(store.putCosts([cost('2026-01-01', 24)], EPOCH))).toBe('bad-input');
      expect(await failureCodeOf(store.putBudget({ ...BUDGET, limit: -1 }))).toBe('bad-input');
      expect(await store.costs(namespaceId('default'), always, 'hour', 9)).toEqual([]);
    });
  });
}
