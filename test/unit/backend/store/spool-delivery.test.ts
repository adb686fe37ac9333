import { beforeEach, expect, test } from 'vitest';
import { ChangeFeed } from '../../../../src/backend/changes/change-feed.ts';
import { SILENT_LOG } from '../../../../src/backend/log.ts';
import { SpoolDelivery } from '../../../../src/backend/store/spool-delivery.ts';
import { Failure } from '../../../../src/model/failure.ts';
import type { WindowResult, WindowState } from '../../../../src/model/results.ts';
import { MemorySpool } from '../../../fakes/backend/memory-spool.ts';
import { MemoryStore } from '../../../fakes/backend/memory-store.ts';

const START = Date.UTC(2026, 2, 11, 10) / 1000;

let store: MemoryStore;
let spool: MemorySpool;
let isHeld: boolean;
let isConfirmed: boolean;
let delivery: SpoolDelivery;
const forever = new AbortController().signal;
beforeEach(() => {
  store = new MemoryStore();
  spool = new MemorySpool();
  isHeld = true;
  isConfirmed = true;
  const leases = { isHeld: () => isHeld, confirm: async () => isConfirmed };
  delivery = new SpoolDelivery({ store, spool, leases, changes: new ChangeFeed(), log: SILENT_LOG });
});

const window = (index: number, state: WindowState = 'whole', reason: string | null = null): WindowResult => ({
  entry: {
    clusterId: 'c',
    window: { startSeconds: START + index * 300, durationSeconds: 300 },
    state,
    coveredSeconds: 300,
    reason,
    notices: [],
    rowCount: 0,
    closedAtSeconds: START,
  },
  rows: [],
  nodeWindows: [],
  nodeSnapshots: [],
});
const reasonAt = (index: number) => store.results.get(`c ${START + index * 300}`)?.entry.reason;

test('a window that another holder read meanwhile stays, unless ours is better', async () => {
  const theirs: WindowState[] = ['whole', 'partial', 'no-data', 'no-data', 'partial'];
  const ours: WindowState[] = ['whole', 'whole', 'whole', 'no-data', 'no-data'];
  for (const [index, state] of theirs.entries()) await store.replaceWindow(window(index, state, 'theirs'));
  for (const [index, state] of ours.entries()) await spool.put(window(index, state, 'ours'));
  expect(await delivery.deliver('c', 1, forever)).toEqual({ written: 2, overtaken: 3, refused: 0 });
  expect([0, 1, 2, 3, 4].map(reasonAt)).toEqual(['theirs', 'ours', 'ours', 'theirs', 'theirs']);
  expect(spool.kept.size).toBe(0);
});

test('an end between the writing and the removal makes nothing double', async () => {
  for (let index = 0; index < 30; index += 1) await spool.put(window(index));
  let left = 17;
  spool.beforeRemove = () => {
    left -= 1;
    if (left === 0) throw new Error('killed');
  };
  await expect(delivery.deliver('c', 1, forever)).rejects.toThrow('killed');
  expect([store.writes, spool.kept.size]).toEqual([17, 14]);
  expect(await delivery.deliver('c', 1, forever)).toEqual({ written: 13, overtaken: 1, refused: 0 });
  expect([store.writes, spool.kept.size, store.results.size]).toEqual([30, 0, 30]);
});

test('a window that the store will not have is dropped and named, the rest goes on', async () => {
  const hour = { ...window(0).entry, window: { startSeconds: START, durationSeconds: 3600 } as const };
  await store.replaceWindow({ ...window(0), entry: hour });
  await spool.put(window(1));
  await spool.put(window(12));
  expect(await delivery.deliver('c', 1, forever)).toEqual({ written: 1, overtaken: 0, refused: 1 });
  expect(delivery.lastRefusal).toMatch(/^The window of 2026-03-11T10:05:00Z waited for the store and was not taken/);
  expect(spool.kept.size).toBe(0);
});

test('a lease that was lost ends it: what waits is kept', async () => {
  await spool.put(window(0));
  await spool.put(window(1));
  store.leases.write('c', 7);
  isConfirmed = false;
  expect(await delivery.deliver('c', 1, forever)).toEqual({ written: 0, overtaken: 0, refused: 0 });
  expect(spool.kept.size).toBe(2);
  isConfirmed = true;
  isHeld = false;
  await delivery.deliver('c', 8, forever);
  expect(spool.kept.size).toBe(2);
});

test('a store that goes away again, or a stop, keeps what is left', async () => {
  for (let index = 0; index < 3; index += 1) await spool.put(window(index));
  const replace = store.replaceWindow.bind(store);
  store.replaceWindow = async (result, epoch) => {
    if (store.writes === 1) throw new Failure('store-away', 'Gone');
    return replace(result, epoch);
  };
  await expect(delivery.deliver('c', 1, forever)).rejects.toMatchObject({ code: 'store-away' });
  expect(spool.kept.size).toBe(2);
  await delivery.deliver('c', 1, AbortSignal.abort());
  expect(spool.kept.size).toBe(2);
});
