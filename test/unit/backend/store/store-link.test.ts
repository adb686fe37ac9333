import { beforeEach, describe, expect, test } from 'vitest';
import { SILENT_LOG } from '../../../../src/backend/log.ts';
import { type LinkStatus, StoreLink } from '../../../../src/backend/store/store-link.ts';
import type { StoreTarget } from '../../../../src/backend/store/store-target.ts';
import { Failure } from '../../../../src/model/failure.ts';
import { openThrough, type Reach, reach } from '../../../fakes/backend/away-store.ts';
import { ManualTime, settle } from '../../../fakes/backend/manual-time.ts';
import { MemoryStore } from '../../../fakes/backend/memory-store.ts';

const START = Date.UTC(2026, 2, 11, 10) / 1000;

let time: ManualTime;
let store: MemoryStore;
let wire: Reach;
let seen: LinkStatus['state'][];
beforeEach(() => {
  time = new ManualTime(START);
  store = new MemoryStore();
  wire = reach();
  seen = [];
});

const target = (kind: StoreTarget['kind'] = 'postgres', to = wire, of = store): StoreTarget => ({
  kind,
  location: 'postgres://db.test',
  open: openThrough(of, to),
});

async function open(kind: StoreTarget['kind'] = 'postgres', random = 0) {
  const link = await StoreLink.open(target(kind), { clock: time, timers: time, log: SILENT_LOG, random: () => random });
  link.onChange((now, before) => {
    if (now.state !== before.state) seen.push(now.state);
  });
  return link;
}

describe('a store that answers', () => {
  test('is up, and each call goes to it', async () => {
    const link = await open();
    expect(link.status).toMatchObject({ state: 'up', problem: null, lastGoodAtSeconds: START, nextTryAtSeconds: null });
    expect(await link.listClusters()).toEqual([]);
    const range = { startSeconds: 0, endSeconds: START };
    const buckets = [range];
    const filter = { clusterIds: [] };
    await link.totals(filter, range);
    await link.series({ filter, buckets, groupBy: null, top: null });
    await link.coverage([], buckets);
    await link.nodes([], range);
    await link.contents();
    await link.verify();
    await link.vacuum();
    for await (const _ of link.report({ filter, buckets, groupBy: 'pod' })) expect(wire.calls).toContain('report');
    expect(wire.calls).toEqual([
      'info',
      'listClusters',
      'totals',
      'series',
      'coverage',
      'nodes',
      'contents',
      'verify',
      'vacuum',
      'report',
    ]);
    await link.close();
    expect(wire.closed).toBe(1);
  });

  test('passes failures on that are not of its reach, and stays up', async () => {
    const link = await open();
    store.failWith = new Failure('store', 'The disk is full');
    await expect(link.listClusters()).rejects.toMatchObject({ code: 'store', message: 'The disk is full' });
    expect(link.isAway).toBe(false);
    await link.close();
  });

  test('may be read-only, and says so', async () => {
    store.isReadOnly = true;
    const link = await open();
    expect(link.status).toMatchObject({ state: 'read-only', problem: { message: /may read and not write/ } });
    store.isReadOnly = false;
    await link.info();
    expect(link.status).toMatchObject({ state: 'up', problem: null });
    expect(seen).toEqual(['up']);
    await link.close();
  });

  test('that was recovered at its opening says what was lost', async () => {
    const recovery = {
      setAsideAs: '/d/podwatt.sqlite.damaged',
      windowsRecovered: 12,
      windowsLost: 1,
      isLostLeast: true,
    };
    const link = await StoreLink.open(
      { ...target('sqlite'), open: async () => Object.assign(store, { recovery }) },
      { clock: time, timers: time, log: SILENT_LOG, random: () => 0 },
    );
    expect(link.status).toMatchObject({
      state: 'recovered',
      problem: {
        message: 'The results file was damaged. 12 windows were recovered, at least 1 window were lost',
        hint: expect.stringContaining('/d/podwatt.sqlite.damaged'),
      },
    });
    await link.close();
  });
});

describe('a store that is away', () => {
  test('at the start is tried again with growing pauses up to a minute, and the app opens meanwhile', async () => {
    wire.isAway = true;
    const link = await open();
    expect(link.status).toMatchObject({ state: 'away', sinceSeconds: START, lastGoodAtSeconds: null });
    const tries: number[] = [];
    let last = wire.opened;
    for (let second = 1; second <= 240; second += 1) {
      await time.advance(1);
      if (wire.opened > last) tries.push(second);
      last = wire.opened;
    }
    expect(tries).toEqual([1, 3, 7, 15, 31, 63, 123, 183]);
    wire.isAway = false;
    await time.advance(60);
    expect(link.status).toMatchObject({ state: 'up', problem: null, nextTryAtSeconds: null });
    expect(seen).toEqual(['up']);
    await link.close();
  });

  test('pauses are cut by chance, so that many apps do not come back together', async () => {
    wire.isAway = true;
    const link = await open('postgres', 0.9);
    await time.advance(0.6);
    expect(wire.opened).toBe(2);
    await link.close();
  });

  test('is found by any call; calls then fail at once and say since when, until it answers', async () => {
    const link = await open();
    wire.isAway = true;
    await time.advance(100);
    await expect(link.listClusters()).rejects.toMatchObject({ code: 'store-away' });
    const calls = wire.calls.length;
    await expect(link.totals({ clusterIds: [] }, { startSeconds: 0, endSeconds: 1 })).rejects.toMatchObject({
      code: 'store-away',
      message: 'The results store is away since 2026-03-11T10:01:40Z: The server does not answer',
      hint: 'Start it.',
    });
    expect(wire.calls.length).toBe(calls);
    expect(link.status).toMatchObject({ sinceSeconds: START + 100, lastGoodAtSeconds: START });
    wire.isAway = false;
    await time.advance(1);
    expect(await link.listClusters()).toEqual([]);
    expect(seen).toEqual(['away', 'up']);
    // Only a question is asked again: the store itself need not be opened twice.
    expect(wire.opened).toBe(1);
    await link.close();
  });

  test('is found in the middle of a report too', async () => {
    const link = await open();
    const failing = { ...target(), open: async () => brokenReport(store) };
    await link.switchTo(failing);
    const read = async () => {
      for await (const _ of link.report({ filter: { clusterIds: [] }, buckets: [], groupBy: 'pod' }))
        expect(_).toEqual([]);
    };
    await expect(read()).rejects.toMatchObject({ code: 'store-away' });
    expect(link.isAway).toBe(true);
    await link.close();
  });

  test('a newer schema or a wrong password is said, and tried again slowly', async () => {
    wire.refuses = new Failure('unauthenticated', 'The password is wrong', { hint: 'Give the right one.' });
    const link = await open();
    expect(link.status).toMatchObject({
      state: 'away',
      problem: { message: 'The password is wrong', hint: 'Give the right one.' },
      nextTryAtSeconds: START + 60,
    });
    await time.advance(59);
    expect(wire.opened).toBe(1);
    await time.advance(1);
    expect(wire.opened).toBe(2);
    await link.close();
  });

  test('a file that can not be opened is thrown, as it always was', async () => {
    wire.refuses = new Failure('store', 'A newer Podwatt made this store');
    await expect(open('sqlite')).rejects.toMatchObject({ code: 'store' });
  });

  test('a start does not wait for ever', async () => {
    let isOpen = false;
    const never = { ...target(), open: () => new Promise<never>(() => undefined) };
    const opening = StoreLink.open(never, { clock: time, timers: time, log: SILENT_LOG, random: () => 0 }).then(
      (link) => {
        isOpen = true;
        return link;
      },
    );
    await time.advance(9);
    expect(isOpen).toBe(false);
    await time.advance(2);
    const link = await opening;
    expect(link.isAway).toBe(true);
    await link.close();
  });

  test('nothing goes on after the end', async () => {
    wire.isAway = true;
    const link = await open();
    await link.close();
    await settle();
    const { opened } = wire;
    await time.advance(600);
    expect([wire.opened, time.waiting]).toEqual([opened, 0]);
  });
});

describe('a change of the store', () => {
  test('closes the old one; its late failures say nothing of the new one', async () => {
    const link = await open();
    const { promise: gate, resolve: release } = Promise.withResolvers<void>();
    store.listClusters = async () => {
      await gate;
      throw new Failure('store-away', 'Closed');
    };
    const late = link.listClusters();
    const other = reach();
    await link.switchTo({ ...target('elasticsearch', other, new MemoryStore()), location: 'http://search.test' });
    release();
    await expect(late).rejects.toMatchObject({ code: 'store-away' });
    expect([link.kind, link.location, link.status.state]).toEqual(['elasticsearch', 'http://search.test', 'up']);
    expect([wire.closed, other.closed]).toEqual([1, 0]);
    await link.close();
  });

  test('that fails leaves everything as it was', async () => {
    const link = await open();
    const other = { ...reach(), isAway: true };
    await expect(link.switchTo(target('elasticsearch', other))).rejects.toMatchObject({ code: 'store-away' });
    expect([link.kind, link.status.state, wire.closed]).toEqual(['postgres', 'up', 0]);
    await link.close();
  });

  test('ends the tries for the one that was away', async () => {
    wire.isAway = true;
    const link = await open();
    await link.switchTo(target('elasticsearch', reach(), new MemoryStore()));
    const { opened } = wire;
    await time.advance(600);
    expect([wire.opened, link.status.state, link.kind]).toEqual([opened, 'up', 'elasticsearch']);
    await link.close();
  });
});

function brokenReport(of: MemoryStore): MemoryStore {
  const broken = new MemoryStore();
  broken.report = async function* () {
    yield [];
    throw new Failure('store-away', 'Gone');
  };
  broken.info = () => of.info();
  return broken;
}
