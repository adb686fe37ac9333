import { describe, expect, it } from 'vitest';
import { Failure } from '../../../../src/model/failure.ts';
import { settle } from '../../../fakes/backend/manual-time.ts';
import { deskBench, outcomeOf } from './desk-bench.ts';
import { applied, CLUSTER, DAY, finding, item, layout, NOW, range, savings, workload } from './samples.ts';

describe('a run', () => {
  it('looks at whole hours of the look-back, and stores what it finds', async () => {
    const bench = await deskBench();
    bench.analyse = async () => outcomeOf([finding(), finding({ id: 'r2', title: 'other' })]);
    expect(await bench.desk.run(CLUSTER)).toBe('done');
    expect(bench.jobs[0]?.range).toEqual({ startSeconds: NOW - 7 * DAY, endSeconds: NOW });
    expect([...bench.store.recommendationRows.values()].map(({ id, status }) => [id, status])).toEqual([
      ['r1', 'active'],
      ['r2', 'active'],
    ]);
    expect(await bench.store.statusChanges('r1')).toMatchObject([{ status: 'active', atSeconds: NOW }]);
    expect(bench.desk.lastRun(CLUSTER)).toMatchObject({ analysedAtSeconds: NOW, hoursObserved: 168, notices: [] });
    expect(bench.told).toEqual(['recommendations']);
  });

  it('goes through everything that is stored, in pages', async () => {
    const bench = await deskBench();
    const many = Array.from({ length: 250 }, (_, index) => item({ id: `r${index}` }));
    await bench.put(...many);
    bench.analyse = async () => outcomeOf([finding({ id: 'r7' }), finding({ id: 'new' })]);
    await bench.desk.run(CLUSTER);
    const statuses = [...bench.store.recommendationRows.values()].map(({ status }) => status);
    expect(statuses.filter((status) => status === 'stale')).toHaveLength(249);
    expect(bench.store.recommendationRows.get('r7')?.status).toBe('active');
    expect(bench.store.recommendationRows.get('new')?.status).toBe('active');
  });

  it('tells the analysis what is settled, so that it counts in no sum', async () => {
    const bench = await deskBench();
    await bench.put(item({ id: 'a' }), item({ id: 'b', status: 'ignored' }), applied({ id: 'c', appliedBy: 'person' }));
    await bench.desk.run(CLUSTER);
    expect([...(bench.jobs[0]?.settledIds ?? [])].sort()).toEqual(['b', 'c']);
  });

  it('loses nothing that a person says while it goes on', async () => {
    const bench = await deskBench();
    await bench.put(item());
    const { promise, resolve } = Promise.withResolvers<void>();
    bench.analyse = async () => {
      await promise;
      return outcomeOf([finding({ title: 'other' })]);
    };
    const run = bench.desk.run(CLUSTER);
    await settle();
    await bench.savings.ignore('r1', 'no', null);
    resolve();
    await run;
    expect(bench.store.recommendationRows.get('r1')).toMatchObject({ status: 'ignored', title: 'other' });
  });

  it('writes a page back before anyone else changes it', async () => {
    const bench = await deskBench();
    await bench.put(item());
    const read = bench.store.recommendations.bind(bench.store);
    let said: Promise<unknown> | null = null;
    bench.store.recommendations = async (filter) => {
      const page = await read(filter);
      if (bench.jobs.length > 0) said ??= bench.savings.ignore('r1', 'no', null);
      await settle(10);
      return page;
    };
    bench.analyse = async () => outcomeOf([finding({ title: 'other' })]);
    await bench.desk.run(CLUSTER);
    await said;
    expect(bench.store.recommendationRows.get('r1')).toMatchObject({ status: 'ignored', title: 'other' });
  });

  it('is one at a time: who asks meanwhile gets the same', async () => {
    const bench = await deskBench();
    const [first, second] = [bench.desk.run(CLUSTER), bench.desk.run(CLUSTER)];
    expect(second).toBe(first);
    await first;
    await bench.desk.run(CLUSTER);
    expect(bench.jobs).toHaveLength(2);
  });

  it('makes nothing stale with too little history, nor of a workload with too few hours', async () => {
    const bench = await deskBench();
    await bench.put(item(), item({ id: 'r2', target: { ...item().target, ownerName: 'gone' } }));
    bench.analyse = async () => outcomeOf([], { hoursObserved: 20 });
    await bench.desk.run(CLUSTER);
    expect(bench.store.recommendationRows.get('r1')?.status).toBe('active');
    expect(bench.desk.noticesOf(CLUSTER)).toMatchObject([{ code: 'short-history' }]);
    const thinTargets = ['shop/Deployment/cart', 'shop/Deployment/gone'];
    bench.analyse = async () => outcomeOf([], { thinTargets });
    await bench.desk.run(CLUSTER);
    expect(bench.store.recommendationRows.get('r1')?.status).toBe('active');
    // Of a workload that isn't there any more few hours say enough.
    expect(bench.store.recommendationRows.get('r2')?.status).toBe('stale');
  });

  it('says which parts of the layout are missing', async () => {
    const bench = await deskBench();
    bench.layout = layout({ missing: ['poddisruptionbudgets'] });
    await bench.desk.run(CLUSTER);
    expect(bench.desk.noticesOf(CLUSTER)).toMatchObject([
      { code: 'layout-parts', message: expect.stringContaining('poddisruptionbudgets') },
    ]);
  });
});

describe('what it may not do', () => {
  it('writes nothing without a layout, a lease, or the right to write; what is stored stays', async () => {
    const bench = await deskBench();
    await bench.put(item());
    bench.layout = null;
    expect(await bench.desk.run(CLUSTER)).toBe('unknown-layout');
    expect(bench.desk.triedAtSeconds(CLUSTER)).toBeNull();
    expect(bench.desk.noticesOf(CLUSTER)).toMatchObject([{ code: 'not-followed' }]);
    bench.layout = layout();
    bench.store.status = { state: 'read-only' };
    expect(await bench.desk.run(CLUSTER)).toBe('not-ours');
    expect(bench.desk.noticesOf(CLUSTER)).toMatchObject([{ code: 'read-only' }]);
    bench.store.status = { state: 'up' };
    await bench.store.takeLease({ clusterId: CLUSTER, holder: 'x', holderName: 'host-2 (pid 7)', durationSeconds: 60 });
    expect(await bench.desk.run(CLUSTER)).toBe('not-ours');
    expect(bench.desk.noticesOf(CLUSTER)[0]?.message).toContain('host-2 (pid 7)');
    expect(bench.jobs).toHaveLength(0);
    expect(bench.store.recommendationRows.get('r1')).toEqual(item());
  });

  it('keeps the last good value and says what failed, once', async () => {
    const bench = await deskBench();
    await bench.desk.run(CLUSTER);
    const good = bench.desk.lastRun(CLUSTER);
    bench.analyse = async () => {
      throw new Failure('unexpected', 'The analysis failed: broken');
    };
    await bench.time.advance(600);
    expect(await bench.desk.run(CLUSTER)).toBe('failed');
    expect(await bench.desk.run(CLUSTER)).toBe('failed');
    expect(bench.desk.lastRun(CLUSTER)).toEqual(good);
    expect(bench.desk.problemOf(CLUSTER)).toMatchObject({ code: 'analysis-failed' });
    expect(bench.logged).toHaveLength(1);
    bench.store.failWith = new Failure('store-away', 'The results store is away');
    expect(await bench.desk.run(CLUSTER)).toBe('failed');
    expect(bench.desk.problemOf(CLUSTER)).toMatchObject({ code: 'store-away' });
    expect(bench.logged).toHaveLength(1);
    bench.store.failWith = null;
    bench.analyse = async () => outcomeOf([]);
    expect(await bench.desk.run(CLUSTER)).toBe('done');
    expect(bench.desk.problemOf(CLUSTER)).toBeNull();
  });

  it('ends with the desk', async () => {
    const bench = await deskBench();
    bench.analyse = (_job, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Failure('cancelled', 'stopped')));
      });
    const run = bench.desk.run(CLUSTER);
    await settle();
    await bench.desk.stop();
    expect(await run).toBe('failed');
    expect(bench.logged).toEqual([]);
    expect(await bench.desk.run(CLUSTER)).toBe('failed');
  });
});

describe('what is applied', () => {
  const lowered = layout({ workloads: [workload({ cpu: 600 })], pods: [] });

  it('is seen after a change of the specs, without an analysis', async () => {
    const bench = await deskBench();
    await bench.put(item());
    expect(await bench.desk.watch(CLUSTER)).toBe('done');
    expect(bench.told).toEqual([]);
    bench.layout = lowered;
    await bench.desk.watch(CLUSTER);
    expect(bench.store.recommendationRows.get('r1')).toMatchObject({ status: 'applied', appliedBy: 'watched' });
    expect(bench.told).toEqual(['recommendations']);
    bench.layout = layout();
    await bench.desk.watch(CLUSTER);
    expect(bench.store.recommendationRows.get('r1')?.status).toBe('regressed');
    expect((await bench.store.statusChanges('r1')).map(({ status }) => status)).toEqual(
      expect.arrayContaining(['applied', 'regressed']),
    );
    expect(bench.jobs).toHaveLength(0);
  });

  it('is measured day by day, settled after a week, and written down for good', async () => {
    const bench = await deskBench();
    const promised = savings({ co2eGramsPerDay: range(150, 240, 300) });
    await bench.put(applied({ type: 'ZOMBIE_POD', savings: promised, recommended: { replicas: 0 } }));
    bench.layout = layout({ workloads: [workload({ replicas: 0 })] });
    // 1,000 J an hour until it was switched off: 24,000 J and 240 g a day.
    bench.store.joulesAt = (hour) => (hour < NOW ? 1_000 : 0);
    await bench.time.advance(3 * DAY);
    await bench.desk.run(CLUSTER);
    const early = bench.store.recommendationRows.get('r1');
    expect(early).toMatchObject({ status: 'applied', verification: { outcome: 'waiting' } });
    expect(early?.verification?.co2eSavedGramsPerDay.central).toBeCloseTo(240);
    expect(bench.store.savingsRows.size).toBe(2);
    await bench.time.advance(5 * DAY);
    await bench.desk.run(CLUSTER);
    expect(bench.store.recommendationRows.get('r1')).toMatchObject({
      status: 'verified',
      verification: { outcome: 'within' },
    });
    const week = { startSeconds: NOW, endSeconds: NOW + 10 * DAY };
    const [sums] = await bench.store.savingsSums([], week, null);
    expect(sums).toMatchObject({ promisedCo2eGrams: 7 * 240, count: 1 });
    expect(sums?.measuredCo2eGrams).toBeCloseTo(7 * 240);
    const changes = await bench.store.statusChanges('r1');
    expect(changes).toMatchObject([{ status: 'verified', reason: 'Measured: as promised' }]);
    // A verified one is measured on, and its verdict stays.
    await bench.time.advance(DAY);
    await bench.desk.run(CLUSTER);
    expect(bench.store.savingsRows.size).toBe(8);
    expect(await bench.store.statusChanges('r1')).toHaveLength(1);
  });

  it('keeps what a person corrects while it is measured', async () => {
    const bench = await deskBench();
    await bench.put(applied({ appliedBy: 'person' }));
    bench.layout = lowered;
    await bench.time.advance(9 * DAY);
    const series = bench.store.series.bind(bench.store);
    bench.store.series = async (query) => {
      await bench.savings.apply('r1', { cpu_request: 620 }, null);
      return series(query);
    };
    await bench.desk.run(CLUSTER);
    expect(bench.store.recommendationRows.get('r1')).toMatchObject({
      status: 'applied',
      actual: { cpu_request: 620 },
      verification: null,
    });
  });

  it('regresses where it saves less than promised', async () => {
    const bench = await deskBench();
    const promised = savings({ co2eGramsPerDay: range(150, 240, 300) });
    await bench.put(applied({ type: 'ZOMBIE_POD', savings: promised, appliedBy: 'person' }));
    bench.layout = layout({ workloads: [workload({ suspended: true })] });
    bench.store.joulesAt = (hour) => (hour < NOW ? 1_000 : 900);
    await bench.time.advance(9 * DAY);
    await bench.desk.run(CLUSTER);
    const regressed = bench.store.recommendationRows.get('r1');
    expect(regressed).toMatchObject({ status: 'regressed', verification: { outcome: 'below' } });
    expect(bench.store.savingsRows.size).toBe(8);
  });
});
