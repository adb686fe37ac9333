import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { ChangeFeed } from '../../../../src/backend/changes/change-feed.ts';
import type { CostWorker } from '../../../../src/backend/costs/cost-worker.ts';
import { Failure } from '../../../../src/model/failure.ts';
import { CLUSTER } from '../../../contract/storage/sample-windows.ts';
import { settle } from '../../../fakes/backend/manual-time.ts';
import { at, CostFixture, costRow, hourWindow } from './cost-fixture.ts';

const started: CostWorker[] = [];
const start = async (worker: CostWorker): Promise<CostWorker> => {
  started.push(worker);
  worker.start();
  await settle();
  return worker;
};
afterEach(async () => {
  await Promise.all(started.splice(0).map((worker) => worker.stop()));
});

describe('an hour that is told of', () => {
  it('becomes a row a namespace, and the day is its hours', async () => {
    const fixture = new CostFixture('2026-03-11T12:00:00Z');
    fixture.addNamespace('shop', { teamName: 'checkout', costCenter: 'CC-7' });
    await start(fixture.worker());
    await fixture.write(hourWindow('2026-03-11T10:00:00Z', [costRow('shop', 0.3, 0.1), costRow('__unallocated__', 2)]));
    await fixture.time.advance(30);
    await fixture.write(hourWindow('2026-03-11T11:00:00Z', [costRow('shop', 0.2), costRow('__system__', 0)]));
    await fixture.time.advance(30);
    const rows = fixture.rows();
    expect(rows.get('shop 2026-03-11 10')).toMatchObject({ total: 0.4, team: 'checkout' });
    expect(rows.get('shop 2026-03-11 day')?.total).toBeCloseTo(0.6, 12);
    expect(rows.get('__unallocated__ 2026-03-11 day')).toMatchObject({ total: 2, team: null, coreHours: 0 });
    expect(rows.get('__system__ 2026-03-11 11')?.total).toBe(0);
    // A pod held the larger of request and use, 250 and 123.4 millicores, for an hour.
    expect(rows.get('shop 2026-03-11 10')?.coreHours).toBeCloseTo(0.25, 12);
  });

  it('is corrected by a window that is replaced, to nothing where a namespace went from it', async () => {
    const fixture = new CostFixture('2026-03-11T12:00:00Z');
    await start(fixture.worker());
    await fixture.write(hourWindow('2026-03-11T10:00:00Z', [costRow('shop', 1), costRow('pay', 5)]));
    await fixture.time.advance(30);
    await fixture.write(hourWindow('2026-03-11T10:00:00Z', [costRow('shop', 1.25)]));
    await fixture.time.advance(30);
    const rows = fixture.rows();
    expect(rows.get('shop 2026-03-11 10')?.total).toBe(1.25);
    expect([rows.get('pay 2026-03-11 10')?.total, rows.get('pay 2026-03-11 day')?.total]).toEqual([0, 0]);
    expect(fixture.total('day')).toBe(1.25);
  });

  it('twice leaves the same rows', async () => {
    const fixture = new CostFixture('2026-03-11T12:00:00Z');
    await start(fixture.worker());
    const window = hourWindow('2026-03-11T10:00:00Z', [costRow('shop', 1), costRow('pay', 5)]);
    await fixture.write(window);
    await fixture.time.advance(30);
    const before = [...fixture.store.costRows.keys()];
    const totals = fixture.rows();
    await fixture.write(window);
    await fixture.time.advance(30);
    expect([...fixture.store.costRows.keys()]).toEqual(before);
    expect(fixture.rows()).toEqual(totals);
  });
});

describe('a day calculated by hand', () => {
  /**
   * shop: 2 cores asked for at 0.04 and 4 GB at 0.005 an hour: 0.10 an hour. pay from 06:00 to 18:00: 0.25 an hour.
   * Nobody: 0.05 an hour. A volume of 500 GB at 0.0001 an hour: 0.05. 2.40 + 3.00 + 1.20 + 1.20 = 7.80 a day.
   */
  const rowsAt = (hour: number) => [
    costRow('shop', 0.08, 0.02),
    ...(hour >= 6 && hour < 18 ? [costRow('pay', 0.25)] : []),
    costRow('__unallocated__', 0.05),
    costRow('__storage__', 0.05),
  ];

  it.each([
    ['a usual day', '2026-06-10'],
    ['the day on which clocks in Paris go forward', '2026-03-29'],
    ['the day on which they go back', '2026-10-25'],
    ['the last day of a month', '2026-02-28'],
    ['the last day of a year', '2026-12-31'],
  ])('costs 7.80 on %s, and the days beside it keep theirs', async (_, date) => {
    const fixture = new CostFixture(`${date}T00:00:00Z`);
    const first = at(`${date}T00:00:00Z`);
    await start(fixture.worker());
    for (let hour = -2; hour < 26; hour += 1) {
      await fixture.write(hourWindow(first + hour * 3600, rowsAt(((hour % 24) + 24) % 24)));
    }
    await fixture.time.advance(2 * 86_400);
    const day = [...fixture.store.costRows.values()].filter((row) => row.date === date && row.hour === null);
    const cents = day.reduce((sum, { totalCost }) => sum + totalCost, 0) * 100;
    expect(cents).toBeCloseTo(780, 9);
    const rows = fixture.rows();
    expect(rows.get(`shop ${date} day`)?.total).toBeCloseTo(2.4, 12);
    expect(rows.get(`pay ${date} day`)?.total).toBeCloseTo(3, 12);
    expect(rows.get(`__unallocated__ ${date} day`)?.total).toBeCloseTo(1.2, 12);
    expect(rows.get(`__storage__ ${date} day`)?.total).toBeCloseTo(1.2, 12);
    expect([...fixture.store.costRows.values()].filter((row) => row.date === date && row.hour !== null)).toHaveLength(
      24 + 12 + 24 + 24,
    );
    const after = new Date((first + 86_400) * 1000).toISOString().slice(0, 10);
    expect(rows.get(`shop ${after} day`)?.total).toBeCloseTo(0.2, 12);
  });
});

it('Σ namespaces is Σ results after any order of windows, replacements and restarts', async () => {
  const step = fc.record({
    hour: fc.integer({ min: 0, max: 30 }),
    rows: fc.array(fc.tuple(fc.constantFrom('shop', 'pay', '__unallocated__'), fc.integer({ min: 0, max: 99_999 })), {
      maxLength: 4,
    }),
    told: fc.boolean(),
    restarts: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const fixture = new CostFixture('2026-04-02T00:00:00Z');
      let worker = await start(fixture.worker());
      for (const { hour, rows, told, restarts } of steps) {
        const all = rows.map(([namespace, cents], index) =>
          costRow(namespace, cents / 100, cents / 300, { podName: `${namespace}-${index}` }),
        );
        await fixture.write(hourWindow(at('2026-03-31T12:00:00Z') + hour * 3600, all), told);
        if (!restarts) await fixture.time.advance(25);
        else {
          await worker.stop();
          worker = await start(fixture.worker());
        }
      }
      // What was never told of is found by the next start.
      await worker.stop();
      worker = await start(fixture.worker());
      await fixture.time.advance(200);
      await worker.stop();
      expect(fixture.total('hour')).toBeCloseTo(fixture.resultTotal(), 6);
      expect(fixture.total('day')).toBeCloseTo(fixture.resultTotal(), 6);
    }),
    { numRuns: 15 },
  );
});

it('a history is added up in seconds, single hours with the next pass', async () => {
  const fixture = new CostFixture('2026-03-11T12:00:00Z');
  await start(fixture.worker());
  await fixture.time.advance(1);
  await fixture.write(hourWindow('2026-03-11T10:00:00Z', [costRow('shop', 1)]));
  await fixture.time.advance(8);
  expect(fixture.total('hour')).toBe(0);
  for (let hour = 0; hour < 12; hour += 1) {
    await fixture.write(hourWindow(at('2026-03-10T00:00:00Z') + hour * 3600, [costRow('shop', 1)]));
  }
  await fixture.time.advance(5);
  expect(fixture.total('hour')).toBe(13);
});

describe('after a stop', () => {
  it('days that were not attributed, or only in part, are found', async () => {
    const fixture = new CostFixture('2026-03-11T12:00:00Z');
    const first = await start(fixture.worker());
    await fixture.write(hourWindow('2026-03-10T10:00:00Z', [costRow('shop', 1), costRow('pay', 2)]));
    await fixture.time.advance(30);
    await first.stop();
    // Written, and the process dies before it tells.
    await fixture.write(hourWindow('2026-03-10T10:00:00Z', [costRow('shop', 3)]), false);
    await fixture.write(hourWindow('2026-03-08T23:00:00Z', [costRow('shop', 7)]), false);
    await start(fixture.worker());
    await fixture.time.advance(30);
    const rows = fixture.rows();
    expect([rows.get('shop 2026-03-10 day')?.total, rows.get('pay 2026-03-10 10')?.total]).toEqual([3, 0]);
    expect(rows.get('shop 2026-03-08 23')?.total).toBe(7);
  });

  it('days that are right are not written again, and those whose rows are gone stay', async () => {
    const fixture = new CostFixture('2026-03-11T12:00:00Z');
    const first = await start(fixture.worker());
    await fixture.write(hourWindow('2026-03-10T10:00:00Z', [costRow('shop', 1)]));
    await fixture.write(hourWindow('2026-03-01T10:00:00Z', [costRow('shop', 4)]));
    await fixture.time.advance(30);
    await first.stop();
    fixture.store.prunedDays.add(`${CLUSTER} ${at('2026-03-01T00:00:00Z')}`);
    fixture.store.results.delete(`${CLUSTER} ${at('2026-03-01T10:00:00Z')}`);
    const second = await start(fixture.worker());
    await fixture.time.advance(30);
    expect(second.status().counts).toMatchObject({ days: 0, passes: 1 });
    expect(fixture.rows().get('shop 2026-03-01 day')?.total).toBe(4);
  });

  it('a past day that is corrected keeps whom it belonged to', async () => {
    const fixture = new CostFixture('2026-03-11T12:00:00Z');
    fixture.addNamespace('shop', { teamName: 'checkout' });
    const first = await start(fixture.worker());
    await fixture.write(hourWindow('2026-03-10T10:00:00Z', [costRow('shop', 1)]));
    await fixture.time.advance(30);
    await first.stop();
    fixture.addNamespace('shop', { teamName: 'platform' });
    await start(fixture.worker());
    await fixture.write(hourWindow('2026-03-10T10:00:00Z', [costRow('shop', 2)]));
    await fixture.write(hourWindow('2026-03-11T10:00:00Z', [costRow('shop', 2)]));
    await fixture.time.advance(30);
    expect(fixture.rows().get('shop 2026-03-10 10')).toMatchObject({ total: 2, team: 'checkout' });
    expect(fixture.rows().get('shop 2026-03-11 10')).toMatchObject({ total: 2, team: 'platform' });
  });
});

describe('the lease', () => {
  it('of another process is left to it; when it comes here everything is compared', async () => {
    const fixture = new CostFixture('2026-03-11T12:00:00Z');
    const other = fixture.keeper();
    const user = {};
    await other.take(CLUSTER, user);
    const worker = await start(fixture.worker());
    await fixture.write(hourWindow('2026-03-11T10:00:00Z', [costRow('shop', 1)]));
    await fixture.time.advance(30);
    expect(fixture.store.costRows.size).toBe(0);
    expect(worker.status().clusters).toEqual([]);
    await other.release(CLUSTER, user);
    await fixture.write(hourWindow('2026-03-11T11:00:00Z', [costRow('shop', 2)]));
    await fixture.time.advance(60);
    expect(fixture.rows().get('shop 2026-03-11 day')?.total).toBe(3);
    expect(fixture.store.leases.list()).toEqual([]);
  });
});

describe('a store that is away', () => {
  it('is waited for, and nothing is lost', async () => {
    const fixture = new CostFixture('2026-03-11T12:00:00Z');
    const worker = await start(fixture.worker());
    await fixture.write(hourWindow('2026-03-11T10:00:00Z', [costRow('shop', 1)]));
    fixture.store.failWith = new Failure('store-away', 'The store is away');
    await fixture.time.advance(30);
    expect(worker.status().clusters[0]).toMatchObject({ state: 'waiting', lastError: 'The store is away' });
    fixture.store.failWith = null;
    await fixture.time.advance(120);
    expect(fixture.rows().get('shop 2026-03-11 day')?.total).toBe(1);
    expect(worker.status().clusters[0]).toMatchObject({ state: 'up to date', lastError: null });
  });
});

describe('parents', () => {
  it('of lines that are no namespace are rows that nothing counts', async () => {
    const fixture = new CostFixture('2026-03-11T12:00:00Z');
    await start(fixture.worker());
    await fixture.write(hourWindow('2026-03-11T10:00:00Z', [costRow('__unallocated__', 1), costRow('gone', 1)]));
    await fixture.time.advance(30);
    const added = [...fixture.store.kubernetes.namespaces.values()];
    expect(added.map(({ name, status }) => [name, status]).sort()).toEqual([
      ['__unallocated__', 'Pseudo'],
      ['gone', 'Unknown'],
    ]);
    expect((await fixture.store.namespaces(CLUSTER, 10, 0)).total).toBe(0);
  });

  it('are left to the first sync while that is to come', async () => {
    const fixture = new CostFixture('2026-03-11T12:00:00Z');
    fixture.isFirstSyncPending = true;
    await start(fixture.worker());
    await fixture.write(hourWindow('2026-03-11T10:00:00Z', [costRow('shop', 1)]));
    await fixture.time.advance(30);
    expect(fixture.store.costRows.size).toBe(0);
    fixture.addNamespace('shop');
    await fixture.time.advance(120);
    expect([...fixture.store.costRows.values()].every(({ namespaceId }) => namespaceId === 'ns-shop')).toBe(true);
    expect(fixture.rows().get('shop 2026-03-11 day')?.total).toBe(1);
  });
});

it('tells who follows that costs have changed', async () => {
  const fixture = new CostFixture('2026-03-11T12:00:00Z');
  const changes = new ChangeFeed();
  const told: string[] = [];
  const ended = new AbortController();
  void (async () => {
    for await (const change of changes.follow(ended.signal)) told.push(change.kind);
  })();
  await fixture.write(hourWindow('2026-03-11T10:00:00Z', [costRow('shop', 1)]), false);
  await start(fixture.worker(fixture.keeper(), changes));
  await fixture.time.advance(30);
  ended.abort();
  expect(told).toEqual(['costs']);
});
