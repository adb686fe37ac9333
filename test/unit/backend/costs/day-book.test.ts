import { beforeEach, describe, expect, it } from 'vitest';
import { DayBook } from '../../../../src/backend/costs/day-book.ts';
import { NamespaceNames } from '../../../../src/backend/costs/namespace-names.ts';
import { staleDays } from '../../../../src/backend/costs/stale-days.ts';
import type { TimeRange } from '../../../../src/model/time.ts';
import { CLUSTER } from '../../../contract/storage/sample-windows.ts';
import { at, CostFixture, costRow, hourWindow } from './cost-fixture.ts';

const DATE = '2026-03-10';
const NOW = at('2026-03-11T12:00:00Z');
const hour = (of: number): number => at(`${DATE}T00:00:00Z`) + of * 3600;
let fixture: CostFixture;
let names: NamespaceNames;
let asked: TimeRange[];

/** A book on the store, with an epoch that it may write with. */
async function openBook(date = DATE): Promise<DayBook> {
  const { store } = fixture;
  const answer = await store.takeLease({ clusterId: CLUSTER, holder: 'book', holderName: 'book', durationSeconds: 1 });
  if (answer.kind !== 'held') throw new Error('no lease');
  return new DayBook(CLUSTER, date, answer.lease.epoch, { store, names, isFirstSyncPending: () => false });
}

const write = (of: number, ...rows: Parameters<typeof costRow>[]) =>
  fixture.write(
    hourWindow(
      hour(of),
      rows.map((row) => costRow(...row)),
    ),
    false,
  );
const stale = async (): Promise<string[]> => {
  const dates: string[] = [];
  for await (const date of staleDays(CLUSTER, NOW, fixture.store, names)) dates.push(date);
  return dates;
};

beforeEach(() => {
  fixture = new CostFixture('2026-03-11T12:00:00Z');
  names = new NamespaceNames(fixture.store);
  asked = [];
  const ask = fixture.store.costsByNamespaceHour.bind(fixture.store);
  fixture.store.costsByNamespaceHour = async (clusterId, range) => {
    asked.push(range);
    return ask(clusterId, range);
  };
});

describe('a day', () => {
  it('is read whole once, then only where it changed; hours side by side are one question', async () => {
    await write(1, ['shop', 1]);
    await write(2, ['shop', 2]);
    await write(5, ['shop', 4]);
    const book = await openBook();
    expect(await book.write([hour(1)], NOW)).toBe(3);
    expect(asked).toEqual([{ startSeconds: hour(0), endSeconds: hour(24) }]);
    expect(fixture.rows().get(`shop ${DATE} day`)?.total).toBe(7);
    expect(await book.write([hour(5), hour(1), hour(2)], NOW)).toBe(3);
    expect(asked.slice(1)).toEqual([
      { startSeconds: hour(1), endSeconds: hour(3) },
      { startSeconds: hour(5), endSeconds: hour(6) },
    ]);
    expect(fixture.rows().get(`shop ${DATE} day`)?.total).toBe(7);
  });

  it('follows an hour that a namespace left or came to, under one epoch', async () => {
    await write(1, ['shop', 1], ['pay', 5]);
    await write(2, ['shop', 2]);
    const book = await openBook();
    await book.write([], NOW);
    // Under the same epoch, as a reading does that holds the lease all along.
    const changed = hourWindow(hour(1), [costRow('shop', 3), costRow('new', 4)]);
    await fixture.store.replaceWindow(changed, book.epoch);
    expect(await book.write([hour(1)], NOW)).toBe(1);
    expect(asked).toHaveLength(2);
    const rows = fixture.rows();
    expect(rows.get(`pay ${DATE} 1`)?.total).toBe(0);
    expect([rows.get(`shop ${DATE} 1`)?.total, rows.get(`new ${DATE} 1`)?.total]).toEqual([3, 4]);
    const days = ['shop', 'pay', 'new'].map((name) => rows.get(`${name} ${DATE} day`)?.total);
    expect(days).toEqual([5, 0, 4]);
  });

  it('without rows writes nothing', async () => {
    const book = await openBook();
    expect(await book.write([hour(3)], NOW)).toBe(0);
    expect(fixture.store.costRows.size).toBe(0);
  });

  it('that was written with more is brought down to what is there', async () => {
    await write(1, ['shop', 1], ['pay', 2]);
    await write(2, ['shop', 1]);
    await (await openBook()).write([], NOW);
    fixture.store.results.delete(`${CLUSTER} ${hour(2)}`);
    await write(1, ['shop', 1]);
    await (await openBook()).write([], NOW);
    const rows = fixture.rows();
    expect(rows.get(`shop ${DATE} 2`)?.total).toBe(0);
    expect(rows.get(`pay ${DATE} 1`)?.total).toBe(0);
    expect([rows.get(`shop ${DATE} day`)?.total, rows.get(`pay ${DATE} day`)?.total]).toEqual([1, 0]);
  });

  it('is refused under an epoch that is older than the last', async () => {
    await write(1, ['shop', 1]);
    const old = await openBook();
    await fixture.time.advance(5);
    await openBook();
    await expect(old.write([], NOW)).rejects.toMatchObject({ code: 'conflict' });
    expect(fixture.store.costRows.size).toBe(0);
  });

  it('goes to the team of its namespace, today’s to the new one', async () => {
    fixture.addNamespace('shop', { teamName: 'checkout' });
    await write(1, ['shop', 1]);
    const book = await openBook();
    await book.write([], hour(2));
    fixture.addNamespace('shop', { teamName: 'platform' });
    await book.write([hour(1)], hour(2));
    expect(fixture.rows().get(`shop ${DATE} 1`)?.team).toBe('platform');
  });
});

describe('days that are stale', () => {
  it('are those never written, newest first; after that none', async () => {
    await write(-30, ['shop', 1]);
    await write(1, ['shop', 1]);
    expect(await stale()).toEqual([DATE, '2026-03-08']);
    await (await openBook()).write([], NOW);
    expect(await stale()).toEqual(['2026-03-08']);
    await (await openBook('2026-03-08')).write([], NOW);
    expect(await stale()).toEqual([]);
  });

  it('are those whose costs moved between namespaces, or that a namespace left', async () => {
    await write(1, ['shop', 3], ['pay', 1]);
    await (await openBook()).write([], NOW);
    await write(1, ['shop', 1], ['pay', 3]);
    expect(await stale()).toEqual([DATE]);
    await (await openBook()).write([], NOW);
    await write(1, ['shop', 1]);
    expect(await stale()).toEqual([DATE]);
    await (await openBook()).write([], NOW);
    expect(await stale()).toEqual([]);
  });

  it('are not those that differ by rounding', async () => {
    await write(1, ['shop', 0.1], ['shop', 0.2, 0, { podName: 'other' }], ['shop', 0.3, 0, { podName: 'third' }]);
    await (await openBook()).write([], NOW);
    for (const [id, row] of fixture.store.costRows) {
      fixture.store.costRows.set(id, { ...row, totalCost: row.totalCost * (1 + 1e-13) });
    }
    expect(await stale()).toEqual([]);
  });
});

describe('names of namespaces', () => {
  it('are asked for once, until the store is another', async () => {
    fixture.addNamespace('shop');
    expect(await names.of('ns-shop')).toBe('shop');
    fixture.store.kubernetes.namespaces.clear();
    expect(await names.of('ns-shop')).toBe('shop');
    names.forget();
    expect(await names.of('ns-shop')).toBeNull();
  });
});
