import { describe, expect, test } from 'vitest';
import { newEntry, updatedEntry } from '../../../../src/backend/sync/cluster-entries.ts';
import { storedEstimates } from '../../../../src/backend/sync/cost-estimates.ts';
import { SyncCache } from '../../../../src/backend/sync/sync-cache.ts';
import { DAYS_A_MONTH } from '../../../../src/core/cost-attribution/estimate.ts';
import { AT, costRow } from '../../../fakes/backend/kube-objects.ts';
import { MemoryStore } from '../../../fakes/backend/memory-store.ts';

const DAY = 86_400;
const dateOf = (daysBack: number) => new Date((AT - daysBack * DAY) * 1000).toISOString().slice(0, 10);
const dayRow = (namespaceId: string, daysBack: number, totalCost: number) =>
  costRow({
    id: `${namespaceId}-${daysBack}`,
    clusterId: 'c1',
    namespaceId,
    date: dateOf(daysBack),
    hour: null,
    totalCost,
  });

async function estimates(...rows: ReturnType<typeof dayRow>[]) {
  const store = new MemoryStore();
  for (const row of rows) store.costRows.set(row.id, row);
  return storedEstimates(store, 'c1', AT);
}

describe('estimates from stored costs', () => {
  test('go by the last seven whole UTC days: not by today, not by an earlier one', async () => {
    const { dailyByNamespace, monthly } = await estimates(
      dayRow('shop', 0, 1_000),
      dayRow('shop', 1, 10),
      dayRow('shop', 7, 30),
      dayRow('shop', 8, 1_000),
    );
    expect(dailyByNamespace.get('shop')).toBe(20);
    expect(monthly).toBeCloseTo(20 * DAYS_A_MONTH, 9);
  });

  test('are those of the cluster alone, and leave hours out', async () => {
    const other = { ...dayRow('theirs', 1, 70), clusterId: 'c2' };
    const hour = { ...dayRow('shop', 1, 5), id: 'hour', hour: 3 };
    const { dailyByNamespace } = await estimates(other, hour, dayRow('shop', 1, 10));
    expect([...dailyByNamespace]).toEqual([['shop', 10]]);
  });
});

describe('the row of a cluster', () => {
  const identity = {
    id: 'c1',
    idSource: 'kube-system',
    name: 'one',
    serverUrl: 'https://one',
    serverVersion: null,
  } as const;
  const found = {
    identity,
    health: { status: 'healthy', reasons: [] },
    lastSyncAtSeconds: null,
    isListed: () => false,
    monthlyCost: null,
    lastError: null,
    provider: null,
    nowSeconds: 5,
  } as const;

  test('counts only what was listed as a whole, and keeps what it counted before', () => {
    const cache = new SyncCache(() => 5);
    const before = { ...newEntry(identity, 'one', 'EUR', 1), totalDeployments: 7 };
    const isListed = (resource: string) => resource === 'nodes' || resource === 'pods';
    const counted = updatedEntry(before, cache, { ...found, lastSyncAtSeconds: 5, isListed });
    expect(counted).toMatchObject({ totalNodes: 0, totalPods: 0, totalNamespaces: null, totalDeployments: 7 });
    expect(updatedEntry(counted, cache, { ...found, isListed: () => true }).totalDeployments).toBe(0);
  });

  test('has the newest estimate, and keeps the last one where none is known', () => {
    const cache = new SyncCache(() => 5);
    const before = newEntry(identity, 'one', 'EUR', 1);
    const known = updatedEntry(before, cache, { ...found, monthlyCost: 12.5 });
    expect(known.estimatedMonthlyCost).toBe(12.5);
    expect(updatedEntry(known, cache, { ...found, monthlyCost: null }).estimatedMonthlyCost).toBe(12.5);
    expect(updatedEntry(known, cache, { ...found, monthlyCost: 0 }).estimatedMonthlyCost).toBe(0);
  });
});
