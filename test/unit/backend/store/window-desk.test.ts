import { beforeEach, describe, expect, test } from 'vitest';
import {
  awayDesk,
  liveDesk,
  noticeOfRefused,
  storeDesk,
  tolerantDesk,
} from '../../../../src/backend/store/window-desk.ts';
import { Failure } from '../../../../src/model/failure.ts';
import type { LedgerEntry, WindowResult } from '../../../../src/model/results.ts';
import { MemorySpool } from '../../../fakes/backend/memory-spool.ts';
import { MemoryStore } from '../../../fakes/backend/memory-store.ts';

const START = Date.UTC(2026, 2, 11, 10) / 1000;
const ALL = { startSeconds: 0, endSeconds: 2 * START };

let store: MemoryStore;
let spool: MemorySpool;
let isHeld: boolean;
beforeEach(() => {
  store = new MemoryStore();
  spool = new MemorySpool();
  isHeld = true;
});
const deps = () => ({ store, spool, leases: { isHeld: () => isHeld } });

const window = (index: number, rowCount = 0): WindowResult => ({
  entry: {
    clusterId: 'c',
    window: { startSeconds: START + index * 300, durationSeconds: 300 },
    state: 'whole',
    coveredSeconds: 300,
    reason: null,
    notices: [],
    rowCount,
    closedAtSeconds: START,
  },
  rows: [],
  nodeWindows: [],
  nodeSnapshots: [],
});
const startsOf = (entries: readonly WindowResult['entry'][]) =>
  entries.map((entry) => (entry.window.startSeconds - START) / 300);

describe('with the store', () => {
  test('a window that waits counts as closed; of two entries of one window the stored one counts', async () => {
    for (const index of [0, 4]) await store.replaceWindow(window(index, 7));
    for (const index of [4, 2, 3]) await spool.put(window(index));
    const ledger = await storeDesk(deps()).listLedger('c', ALL);
    expect(startsOf(ledger)).toEqual([0, 2, 3, 4]);
    expect(ledger.at(-1)?.rowCount).toBe(7);
  });

  test('nothing is written without the lease, wherever the store is by now', async () => {
    isHeld = false;
    await expect(storeDesk(deps()).replaceWindow(window(0), 1)).rejects.toMatchObject({ code: 'conflict' });
    await expect(liveDesk(deps()).replaceWindow(window(0), 1)).rejects.toMatchObject({ code: 'conflict' });
    expect([store.writes, spool.kept.size]).toEqual([0, 0]);
  });

  test('a live window that finds the store away waits; any other failure is one', async () => {
    store.failWith = new Failure('store-away', 'Gone');
    await liveDesk(deps()).replaceWindow(window(0), 1);
    expect(spool.kept.size).toBe(1);
    await expect(storeDesk(deps()).replaceWindow(window(1), 1)).rejects.toMatchObject({ code: 'store-away' });
    store.failWith = new Failure('store', 'The disk is full');
    await expect(liveDesk(deps()).replaceWindow(window(1), 1)).rejects.toMatchObject({ code: 'store' });
    expect(spool.kept.size).toBe(1);
  });

  test('a ledger that can not be read is a failure: nothing is planned by what waits alone', async () => {
    const gone = () => Promise.reject(new Failure('store-away', 'Gone'));
    await spool.put(window(0));
    const desk = liveDesk({ ...deps(), store: { listLedger: gone, replaceWindow: gone } });
    await expect(desk.listLedger('c', ALL)).rejects.toMatchObject({ code: 'store-away' });
  });
});

test('without the store, every window waits, and what waits is closed', async () => {
  const desk = awayDesk(spool);
  await desk.replaceWindow(window(1), 0);
  await desk.replaceWindow(window(0), 0);
  expect(startsOf(await desk.listLedger('c', ALL))).toEqual([0, 1]);
  expect(store.writes).toBe(0);
});

describe('a window that the store will not have', () => {
  const refused = new Map<number, LedgerEntry>();
  beforeEach(() => refused.clear());
  const desk = (isConfirmed: boolean) => tolerantDesk(storeDesk(deps()), refused, { confirm: async () => isConfirmed });

  test('stops nothing, counts as closed from then on, and is said', async () => {
    store.prunedDays.add(`c ${Math.floor(START / 86_400) * 86_400}`);
    await desk(true).replaceWindow(window(3), 1);
    await desk(true).replaceWindow(window(5), 1);
    expect([store.writes, startsOf(await desk(true).listLedger('c', ALL))]).toEqual([0, [3, 5]]);
    expect(startsOf(await desk(true).listLedger('c', { startSeconds: 0, endSeconds: START + 1200 }))).toEqual([3]);
    expect(noticeOfRefused(refused)).toEqual([
      {
        code: 'windows-refused',
        severity: 'info',
        message: '2 windows were not taken by the results store: The rows of this day were removed',
        hint: null,
      },
    ]);
  });

  test('is a failure where the lease is gone, or where the store fails otherwise', async () => {
    store.leases.write('c', 7);
    await expect(desk(false).replaceWindow(window(3), 1)).rejects.toMatchObject({ code: 'conflict' });
    store.failWith = new Failure('store', 'The disk is full');
    await expect(desk(true).replaceWindow(window(3), 7)).rejects.toMatchObject({ code: 'store' });
    expect([refused.size, noticeOfRefused(refused)]).toEqual([0, []]);
  });
});
