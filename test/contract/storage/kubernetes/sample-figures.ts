import type { Budget, BudgetAlert } from '../../../../src/model/kubernetes/budget.ts';
import type { CostAttribution, ResourceMetric } from '../../../../src/model/kubernetes/objects.ts';
import { CLUSTER, DAY, NEW_YEAR } from '../sample-windows.ts';
import { idOf, namespaceId } from './recorded-objects.ts';

/** The epoch that tests write with. */
export const EPOCH = 1;
export const always = { startSeconds: 0, endSeconds: NEW_YEAR + 400 * DAY };

export function cost(date: string, hour: number | null, part: Partial<CostAttribution> = {}): CostAttribution {
  return {
    id: idOf('cost', part.namespaceId ?? 'default', date, String(hour)),
    clusterId: CLUSTER,
    namespaceId: namespaceId('default'),
    date,
    hour,
    cpuCost: 0.1,
    memoryCost: 0.2,
    gpuCost: 0.03,
    storageCost: 0.004,
    networkCost: 0.0005,
    totalCost: 0.3345,
    cpuCoreHours: 1.5,
    memoryGbHours: 2.5,
    storageGbHours: 3.5,
    networkGb: 4.5,
    teamName: 'store',
    costCenter: null,
    updatedAtSeconds: NEW_YEAR,
    ...part,
  };
}

export function metric(part: Partial<ResourceMetric> = {}): ResourceMetric {
  return {
    clusterId: CLUSTER,
    level: 'namespace',
    objectId: namespaceId('default'),
    namespaceId: namespaceId('default'),
    workloadId: null,
    podId: null,
    nodeId: null,
    cpuUsageCores: 0.25,
    memoryUsageBytes: 5_000_000_001,
    networkReceiveBytes: 12,
    networkTransmitBytes: null,
    storageUsageBytes: null,
    restarts: 2,
    oomKills: 1,
    collectedAtSeconds: NEW_YEAR,
    ...part,
  };
}

export const BUDGET: Budget = {
  id: idOf('budget'),
  name: 'Shop',
  scope: 'team',
  clusterId: CLUSTER,
  key: 'store',
  unit: 'carbon',
  limit: 120.5,
  createdAtSeconds: NEW_YEAR,
  updatedAtSeconds: NEW_YEAR,
};

export const ALERT: BudgetAlert = {
  id: idOf('alert'),
  budgetId: BUDGET.id,
  month: '2026-01',
  kind: '80',
  atSeconds: NEW_YEAR + 60,
  used: 100.5,
  expected: 140.25,
  limit: 120.5,
  seenAtSeconds: null,
};
