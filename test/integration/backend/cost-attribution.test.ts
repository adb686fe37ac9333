import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BudgetDesk } from '../../../src/backend/budgets/budget-desk.ts';
import { ChangeFeed } from '../../../src/backend/changes/change-feed.ts';
import { CostWorker } from '../../../src/backend/costs/cost-worker.ts';
import { SILENT_LOG } from '../../../src/backend/log.ts';
import { LeaseKeeper } from '../../../src/backend/store/lease-keeper.ts';
import { rangeOfDate } from '../../../src/core/cost-attribution/calendar.ts';
import { openNewSqlite } from '../../contract/storage/open-sqlite.ts';
import { CLUSTER, sampleWindow } from '../../contract/storage/sample-windows.ts';
import type { StoreFixture } from '../../contract/storage/store-fixture.ts';
import { at, CLUSTER_RECORD, costRow } from '../../unit/backend/costs/cost-fixture.ts';

/** The Sunday on which clocks in Paris go forward, two days before a month's end. */
const DATE = '2026-03-29';
const REAL = { nowMilliseconds: () => performance.now() };
let fixture: StoreFixture;
let worker: CostWorker;
let leases: LeaseKeeper;

beforeEach(async () => {
  fixture = await openNewSqlite();
  await fixture.store.putCluster(CLUSTER_RECORD);
});
afterEach(async () => {
  await worker.stop();
  await leases.releaseAll();
  await fixture.remove();
});

/** A worker whose pauses are short; the clock stands at the first of April. */
function start(changes: ChangeFeed): void {
  const { store } = fixture;
  const clock = { nowSeconds: () => at('2026-04-01T12:00:00Z') };
  const wait = async (_: number, signal: AbortSignal) => {
    await new Promise((done) => setTimeout(done, signal.aborted ? 0 : 5));
  };
  const timers = { ...REAL, wait };
  const calm = {
    ...REAL,
    wait: (_: number, signal: AbortSignal) =>
      new Promise<void>((done) => signal.addEventListener('abort', () => done())),
  };
  leases = new LeaseKeeper({ store, clock, timers: calm, log: SILENT_LOG, holder: () => 'me', holderName: 'me' });
  const guards = { isFirstSyncPending: () => false, canWrite: () => true };
  worker = new CostWorker({ store, leases, changes, clock, timers, log: SILENT_LOG, ...guards });
  worker.start();
}

async function upToDate(): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    const [cluster] = worker.status().clusters;
    if (cluster?.state === 'up to date' && worker.status().counts['passes'] !== 0) return;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error(`not up to date: ${JSON.stringify(worker.status())}`);
}

const epoch = async () => {
  const answer = await fixture.store.takeLease({
    clusterId: CLUSTER,
    holder: 'me',
    holderName: 'me',
    durationSeconds: 60,
  });
  return answer.kind === 'held' ? answer.lease.epoch : answer.by.epoch;
};

describe('on SQLite', () => {
  it('a day of 5-minute windows costs to the cent what was calculated by hand, and so do its hours', async () => {
    const { store } = fixture;
    const first = at(`${DATE}T00:00:00Z`);
    // Each 5 minutes: shop 0.01, unallocated 0.005; 288 of them: 2.88 and 1.44.
    for (let index = -3; index < 291; index += 1) {
      const rows = [costRow('shop', 0.006, 0.004), costRow('__unallocated__', 0.005)];
      await store.replaceWindow(sampleWindow(first + index * 300, rows), await epoch());
    }
    const changes = new ChangeFeed();
    start(changes);
    await upToDate();
    const days = await store.costsBy('namespace', CLUSTER, rangeOfDate(DATE));
    expect(days.map(({ totalCost }) => Math.round(totalCost * 100)).sort()).toEqual([144, 288]);
    expect(days.reduce((sum, { totalCost }) => sum + totalCost, 0)).toBeCloseTo(4.32, 10);
    for (const { namespaceId, totalCost } of days) {
      const hours = await store.costs(namespaceId, rangeOfDate(DATE), 'hour', 24);
      expect(hours).toHaveLength(24);
      expect(hours.reduce((sum, hour) => sum + hour.totalCost, 0)).toBeCloseTo(totalCost, 12);
    }
    const totals = await store.totals({ clusterIds: [CLUSTER] }, rangeOfDate(DATE));
    expect(totals.totalCost).toBeCloseTo(4.32, 10);

    // Restated: the price has doubled for an hour.
    const noon = first + 12 * 3600;
    for (let index = 0; index < 12; index += 1) {
      await store.replaceWindow(sampleWindow(noon + index * 300, [costRow('shop', 0.02)]), await epoch());
    }
    changes.publish({ kind: 'windows', clusterId: CLUSTER, range: { startSeconds: noon, endSeconds: noon + 3600 } });
    await new Promise((done) => setTimeout(done, 50));
    await upToDate();
    const after = await store.costsBy('namespace', CLUSTER, rangeOfDate(DATE));
    expect(after.map(({ totalCost }) => Math.round(totalCost * 1000)).sort()).toEqual([1380, 3000]);

    // The month's budget knows it: 3.00 of the 29th, and the hours beside it.
    const desk = new BudgetDesk({ store, changes, clock: { nowSeconds: () => at('2026-04-01T12:00:00Z') } });
    const madeAt = { createdAtSeconds: at('2026-03-01T00:00:00Z'), updatedAtSeconds: at('2026-03-01T00:00:00Z') };
    const of = { scope: 'namespace', clusterId: CLUSTER, key: 'shop', unit: 'cost' } as const;
    await store.putBudget({ id: '0b6f0f0e-9a4d-4d49-8a53-0d9a1f7b2c44', name: 'Shop', ...of, limit: 3, ...madeAt });
    const [march] = await desk.list('2026-03', null);
    expect(march?.outlook?.used).toBeCloseTo(3 + 6 * 0.01, 10);
    const raised = await desk.evaluate();
    expect(raised.map(({ kind }) => kind)).toEqual(['50', '80', '100']);
    expect(await desk.evaluate()).toEqual([]);
    expect((await store.alerts(10)).map(({ kind }) => kind).sort()).toEqual(['100', '50', '80']);
  });
});
