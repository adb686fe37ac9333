import { beforeEach, expect, test } from 'vitest';
import { SILENT_LOG } from '../../../../src/backend/log.ts';
import { LeaseKeeper } from '../../../../src/backend/store/lease-keeper.ts';
import { Failure } from '../../../../src/model/failure.ts';
import { ManualTime, settle } from '../../../fakes/backend/manual-time.ts';
import { MemoryStore } from '../../../fakes/backend/memory-store.ts';

const START = Date.UTC(2026, 2, 11, 10) / 1000;
let time: ManualTime;
let store: MemoryStore;
beforeEach(() => {
  time = new ManualTime(START);
  store = new MemoryStore();
  store.leases.nowSeconds = () => time.nowSeconds();
});

const keeper = (name: string) =>
  new LeaseKeeper({
    store,
    clock: time,
    timers: time,
    log: SILENT_LOG,
    holder: () => name,
    holderName: `${name} (pid 1)`,
  });
const held = async (of: LeaseKeeper, user: object, clusterId = 'c') => {
  const taken = await of.take(clusterId, user);
  if (taken.kind !== 'held') throw new Error('refused');
  return taken;
};

test('a lease is prolonged every 20 s under one epoch, and refused to others meanwhile', async () => {
  const [a, b] = [keeper('a'), keeper('b')];
  const mine = await held(a, {});
  await time.advance(600);
  expect(store.leases.list()).toEqual([
    { clusterId: 'c', holder: 'a', holderName: 'a (pid 1)', epoch: mine.epoch, expiresAtSeconds: START + 660 },
  ]);
  expect(await b.take('c', {})).toMatchObject({ kind: 'refused', by: { holderName: 'a (pid 1)' } });
  expect([a.isHeld('c', mine.epoch), a.isHeld('c', mine.epoch + 1), b.heldClusterIds]).toEqual([true, false, []]);
  expect(mine.lost.aborted).toBe(false);
});

test('it goes back when its last user is done, and then asks no more', async () => {
  const a = keeper('a');
  const [session, once] = [{}, {}];
  const mine = await held(a, session);
  await held(a, once);
  await a.release('c', once);
  expect(a.isHeld('c', mine.epoch)).toBe(true);
  await a.release('c', session);
  expect([store.leases.list(), a.heldClusterIds, time.waiting]).toEqual([[], [], 0]);
  const next = await held(keeper('b'), {});
  expect(next.epoch).toBe(mine.epoch + 1);
});

test('a process that was frozen past its lease learns that it was lost', async () => {
  const [a, b] = [keeper('a'), keeper('b')];
  const mine = await held(a, {});
  time.sleep(120);
  const theirs = await held(b, {});
  expect(theirs.epoch).toBe(mine.epoch + 1);
  expect(await a.confirm('c', mine.epoch)).toBe(false);
  expect([mine.lost.aborted, a.heldClusterIds]).toEqual([true, []]);
});

test('the next beat tells it too', async () => {
  const [a, b] = [keeper('a'), keeper('b')];
  const mine = await held(a, {});
  time.sleep(120);
  await held(b, {});
  const told: string[] = [];
  a.onLost((clusterId) => told.push(clusterId));
  await time.advance(21);
  expect(told).toEqual(['c']);
  expect([mine.lost.aborted, a.isHeld('c', mine.epoch)]).toEqual([true, false]);
});

test('a lease that ran out and that nobody took is another one: what went on under the old one ends', async () => {
  const a = keeper('a');
  const mine = await held(a, {});
  time.sleep(120);
  expect(await a.confirm('c', mine.epoch)).toBe(false);
  expect(mine.lost.aborted).toBe(true);
  expect(a.isHeld('c', mine.epoch + 1)).toBe(true);
});

test('a store that is away takes nothing: the beats go on and find it again', async () => {
  const a = keeper('a');
  const mine = await held(a, {});
  store.failWith = new Failure('store-away', 'Gone');
  await time.advance(35);
  store.failWith = null;
  await time.advance(10);
  expect(mine.lost.aborted).toBe(false);
  expect(store.leases.list()[0]?.expiresAtSeconds).toBe(START + 100);
});

test('all go back at the end, also where the store does not answer', async () => {
  const a = keeper('a');
  const [one, two] = [await held(a, {}, 'one'), await held(a, {}, 'two')];
  await a.releaseAll();
  expect([store.leases.list(), one.lost.aborted, two.lost.aborted]).toEqual([[], true, true]);
  await held(a, {});
  store.failWith = new Failure('store-away', 'Gone');
  await a.releaseAll();
  await settle(3);
  expect([a.heldClusterIds, time.waiting]).toEqual([[], 0]);
});
