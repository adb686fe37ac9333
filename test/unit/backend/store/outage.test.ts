import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Failure } from '../../../../src/model/failure.ts';
import { reach } from '../../../fakes/backend/away-store.ts';
import { FakeCluster } from '../../../fakes/backend/fake-cluster.ts';
import { settle } from '../../../fakes/backend/manual-time.ts';
import { MemoryState } from '../../../fakes/backend/memory-state.ts';
import { holesOf, SharedStore } from '../../../fakes/backend/shared-store.ts';
import { NOW } from '../../../fakes/backend/test-backend.ts';

let shared: SharedStore;
beforeEach(() => {
  shared = new SharedStore();
});
afterEach(() => shared.end());

const ID = 'id-of-one';
const live = () => shared.starts().filter((start) => start >= Math.floor((NOW - 90) / 3600) * 3600);

describe('a store that goes away in the middle', () => {
  test('windows wait meanwhile and come to it once, the oldest first, when it is back', async () => {
    const made = await shared.start();
    const before = shared.starts();
    made.wire.isAway = true;
    await shared.time.advance(1800);
    expect(shared.starts()).toEqual(before);
    expect(made.state.spool.kept.size).toBe(6);
    const { writes } = shared.store;
    const written: number[] = [];
    const replace = shared.store.replaceWindow.bind(shared.store);
    shared.store.replaceWindow = (result, epoch) => {
      written.push(result.entry.window.startSeconds);
      return replace(result, epoch);
    };
    made.wire.isAway = false;
    await shared.time.advance(61);
    expect(made.state.spool.kept.size).toBe(0);
    expect(written).toEqual([...written].sort((a, b) => a - b));
    expect([written.length, shared.store.writes - writes]).toEqual([6, 6]);
    await shared.time.advance(600);
    expect(holesOf(live())).toEqual([]);
    expect(live().at(-1)).toBeGreaterThan(made.state.spool.puts.at(-1) ?? Number.POSITIVE_INFINITY);
  });

  test('what waits is what would have been stored', async () => {
    const made = await shared.start();
    made.wire.isAway = true;
    await shared.time.advance(900);
    const waiting = [...made.state.spool.kept.values()];
    made.wire.isAway = false;
    await shared.time.advance(61);
    for (const result of waiting) {
      expect(shared.store.results.get(`${ID} ${result.entry.window.startSeconds}`)).toBe(result);
      expect(result.rows.length).toBeGreaterThan(0);
    }
  });

  test('no window is read twice, neither while it is away nor after', async () => {
    const cluster = new FakeCluster();
    const made = await shared.start({ clusters: [cluster] });
    const upTo = cluster.asked.length;
    made.wire.isAway = true;
    await shared.time.advance(1800);
    made.wire.isAway = false;
    await shared.time.advance(1800);
    const asked = cluster.asked
      .slice(upTo)
      .flat()
      .map((window) => window.startSeconds);
    expect(new Set(asked).size).toBe(asked.length);
    expect(holesOf(live())).toEqual([]);
  });

  test('a window that is on its way when the store goes waits too, and is not read again', async () => {
    const cluster = new FakeCluster();
    const made = await shared.start({ clusters: [cluster] });
    const upTo = cluster.asked.length;
    cluster.before = () => {
      made.wire.isAway = true;
    };
    await shared.time.advance(330);
    expect(cluster.asked.length).toBe(upTo + 1);
    expect(made.state.spool.kept.size).toBe(1);
    expect((await made.client.contexts.list()).contexts[0]?.last_error).toBeNull();
  });

  test('what waits is held back while another has the cluster, and delivered when it is ours again', async () => {
    const made = await shared.start();
    made.wire.isAway = true;
    await shared.time.advance(900);
    const other = { clusterId: ID, holder: 'other', holderName: 'desk-2 (pid 9)', durationSeconds: 300 };
    await shared.store.takeLease(other);
    made.wire.isAway = false;
    await shared.time.advance(100);
    expect(made.state.spool.kept.size).toBe(3);
    await shared.time.advance(400);
    expect(made.state.spool.kept.size).toBe(0);
    expect(holesOf(live())).toEqual([]);
  });

  test('a waiting window that is lost on this machine is read from the metrics again', async () => {
    const made = await shared.start();
    made.wire.isAway = true;
    await shared.time.advance(900);
    const [, second] = [...made.state.spool.kept.keys()];
    made.state.spool.kept.delete(second ?? '');
    made.wire.isAway = false;
    await shared.time.advance(400);
    expect(holesOf(live())).toEqual([]);
    expect(shared.store.results.has(second ?? '')).toBe(true);
  });

  test('history rests, says why, and goes on when it is back', async () => {
    const cluster = new FakeCluster();
    const wire = reach();
    let isOff = true;
    cluster.before = (window) => {
      if (isOff && window.durationSeconds === 3600) wire.isAway = true;
    };
    const made = await shared.start({ clusters: [cluster], wire, backfillSeconds: 4 * 3600 });
    await shared.time.advance(30);
    const stream = (await made.client.clusters.progress({ cluster: ID }))[Symbol.asyncIterator]();
    expect((await stream.next()).value).toMatchObject({
      state: 'running',
      message: { message: 'The results store is away: history is read on when it is back' },
    });
    await stream.return?.(undefined);
    expect(made.state.spool.kept.size).toBe(0);
    isOff = false;
    wire.isAway = false;
    await shared.time.advance(120);
    expect(shared.starts().filter((start) => start < NOW - 7200).length).toBeGreaterThan(1);
    expect((await made.client.contexts.list()).contexts[0]?.last_error).toBeNull();
  });

  test('it is told: in health with the time it was last good, to those who follow, and by each read', async () => {
    const made = await shared.start();
    const leaving = new AbortController();
    const followed: string[] = [];
    const following = (async () => {
      const events = await made.client.system.changes(undefined, { signal: leaving.signal });
      for await (const event of events) followed.push(event.kind);
    })().catch(() => undefined);
    await settle();
    made.wire.isAway = true;
    await shared.time.advance(600);
    const health = await made.client.system.health();
    expect(health.status).toBe('degraded');
    expect(health.sources.find((source) => source.name === 'store')).toMatchObject({
      state: 'failed',
      detail: expect.stringMatching(/is away since .*; 2 windows wait on this machine$/),
      hint: 'Start it.',
      last_good_at: expect.stringMatching(/^2026-03-11T10:0/),
    });
    await expect(made.client.metrics.summary({ last: '24h' })).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      status: 503,
      data: { failure: 'store-away', hint: 'Start it.' },
    });
    expect(await made.client.system.config()).toMatchObject({ db_type: 'postgres' });
    expect((await made.client.contexts.list()).contexts[0]).toMatchObject({ collecting: true, last_error: null });
    expect(followed).toContain('store');
    made.wire.isAway = false;
    await shared.time.advance(61);
    expect((await made.client.system.health()).status).toBe('healthy');
    leaving.abort();
    await following;
  });

  test('a spool that is full pauses the reading and says so; what it could not keep is read when the store is back', async () => {
    const made = await shared.start();
    made.wire.isAway = true;
    await shared.time.advance(600);
    made.state.spool.failWith = new Failure('too-large', 'No more windows are kept here', { hint: 'Bring it back.' });
    await shared.time.advance(900);
    expect((await made.client.contexts.list()).contexts[0]?.last_error).toEqual({
      message: 'No more windows are kept here',
      hint: 'Bring it back.',
    });
    made.wire.isAway = false;
    await shared.time.advance(400);
    expect((await made.client.contexts.list()).contexts[0]?.last_error).toBeNull();
    expect(holesOf(live())).toEqual([]);
  });
});

test('a server that went silent does not hold up the end', async () => {
  const made = await shared.start();
  shared.store.releaseLease = () => new Promise(() => undefined);
  made.wire.isSilent = true;
  const ended = shared.stop(made);
  await shared.time.advance(4);
  await ended;
  expect(shared.time.waiting).toBe(0);
});

describe('a store that is away at the start', () => {
  test('the app opens, reads live windows of a cluster that it never saw, and delivers them', async () => {
    const wire = reach();
    wire.isAway = true;
    const made = await shared.start({ wire });
    await shared.time.advance(600);
    expect(made.state.spool.kept.size).toBeGreaterThan(1);
    expect(shared.store.results.size).toBe(0);
    const began = NOW;
    wire.isAway = false;
    await shared.time.advance(120);
    expect(shared.store.clusters.get(ID)?.createdAtSeconds).toBe(began);
    expect(made.state.spool.kept.size).toBe(0);
    expect(holesOf(live())).toEqual([]);
    // And the history that rested.
    expect(shared.starts().some((start) => start < NOW - 3600)).toBe(true);
  });

  test('after a restart it goes on where it was, also with what waited before', async () => {
    const state = new MemoryState();
    const cluster = new FakeCluster();
    const wire = reach();
    const first = await shared.start({ state, clusters: [cluster], wire });
    wire.isAway = true;
    await shared.time.advance(900);
    await shared.stop(first);
    expect(state.spool.kept.size).toBe(3);
    const asked = cluster.asked.length;
    const second = await shared.start({ state, clusters: [cluster], wire });
    await shared.time.advance(600);
    expect(
      cluster.asked
        .slice(asked)
        .flat()
        .map((window) => window.startSeconds),
    ).toEqual([...state.spool.kept.values()].slice(3).map(({ entry }) => entry.window.startSeconds));
    wire.isAway = false;
    await shared.time.advance(300);
    expect(state.spool.kept.size).toBe(0);
    expect(new Set(state.spool.puts).size).toBe(state.spool.puts.length);
    expect(holesOf(live())).toEqual([]);
    expect((await second.client.clusters.list()).clusters).toHaveLength(1);
  });

  test('what waits of a context that is off by now is delivered too', async () => {
    const state = new MemoryState();
    const wire = reach();
    const first = await shared.start({ state, wire });
    wire.isAway = true;
    await shared.time.advance(900);
    await first.client.contexts.setCollecting({ context: 'one', collecting: false });
    await shared.stop(first);
    wire.isAway = false;
    await shared.start({ state, wire, initialContexts: [] });
    await shared.time.advance(5);
    expect(state.spool.kept.size).toBe(0);
    expect(holesOf(live())).toEqual([]);
    expect(
      await shared.store.takeLease({ clusterId: ID, holder: 'x', holderName: 'x', durationSeconds: 1 }),
    ).toMatchObject({
      kind: 'held',
    });
  });

  test('what waits of a context that is off is delivered too when the store comes later', async () => {
    const state = new MemoryState();
    const wire = reach();
    const first = await shared.start({ state, wire });
    wire.isAway = true;
    await shared.time.advance(900);
    await first.client.contexts.setCollecting({ context: 'one', collecting: false });
    expect(state.spool.kept.size).toBe(3);
    wire.isAway = false;
    await shared.time.advance(61);
    expect(state.spool.kept.size).toBe(0);
  });

  test('a context can be switched on meanwhile', async () => {
    const wire = reach();
    wire.isAway = true;
    const made = await shared.start({ wire, initialContexts: [] });
    const answer = await made.client.contexts.setCollecting({ context: 'one', collecting: true, backfill: '1d' });
    expect(answer).toEqual({ cluster_id: ID, collecting: true });
    await shared.time.advance(300);
    expect(made.state.spool.kept.size).toBeGreaterThan(0);
  });

  test('a single reading by hand fails clearly', async () => {
    const wire = reach();
    wire.isAway = true;
    const made = await shared.start({ wire, initialContexts: [] });
    const read = async () => {
      for await (const _ of await made.client.contexts.collect({ context: 'one', last: '2h' }))
        await shared.time.advance(0);
    };
    const reading = read();
    reading.catch(() => undefined);
    await shared.time.advance(1);
    await expect(reading).rejects.toMatchObject({ data: { failure: 'store-away' } });
  });
});
