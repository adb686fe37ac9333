import { describe, expect, it } from 'vitest';
import { ChangeFeed } from '../../../../src/backend/changes/change-feed.ts';
import { SILENT_LOG } from '../../../../src/backend/log.ts';
import type { AnalysisJob } from '../../../../src/backend/recommendations/analysis-job.ts';
import { failedNotice, heldNotice, shortHistory } from '../../../../src/backend/recommendations/run-words.ts';
import { composeRecommendations } from '../../../../src/backend/recommendations-part.ts';
import { LeaseKeeper } from '../../../../src/backend/store/lease-keeper.ts';
import { StoreLink } from '../../../../src/backend/store/store-link.ts';
import { DEFAULT_PRICES } from '../../../../src/core/coefficients/prices.ts';
import type { ClusterRecord } from '../../../../src/model/cluster.ts';
import { Failure } from '../../../../src/model/failure.ts';
import { ManualTime, settle } from '../../../fakes/backend/manual-time.ts';
import { MemoryState } from '../../../fakes/backend/memory-state.ts';
import { MemoryStore } from '../../../fakes/backend/memory-store.ts';
import { outcomeOf } from './desk-bench.ts';
import { CLUSTER, finding, layout, NOW } from './samples.ts';

async function composed(state = new MemoryState()) {
  const time = new ManualTime(NOW);
  const stores = { first: new MemoryStore(), second: new MemoryStore() };
  for (const store of Object.values(stores)) {
    store.leases.nowSeconds = () => time.nowSeconds();
    await store.putCluster({ id: CLUSTER, currency: 'USD' } as ClusterRecord);
  }
  const target = (name: 'first' | 'second') => {
    return { kind: 'sqlite' as const, location: name, open: async () => stores[name] };
  };
  const shared = { clock: time, timers: time, log: SILENT_LOG, random: () => 0 };
  const store = await StoreLink.open(target('first'), shared);
  const changes = new ChangeFeed();
  const leases = new LeaseKeeper({ ...shared, store, holder: () => 'me', holderName: 'me' });
  const jobs: AnalysisJob[] = [];
  const part = await composeRecommendations(
    { ...shared, store, leases, changes },
    {
      layouts: { layout: () => layout(), onSpecChange: () => () => undefined },
      state,
      timeZone: () => 'Europe/Paris',
      pricesOf: async () => DEFAULT_PRICES,
      analyse: async (job) => {
        jobs.push(job);
        return outcomeOf([finding()]);
      },
    },
  );
  return { part, time, stores, store, changes, jobs, target, state };
}

const ALL = { namespace: null, types: [], found: null } as const;

describe('the parts together', () => {
  it('analyse soon after the start, by the thresholds and the time zone of the person', async () => {
    const { part, time, jobs, stores } = await composed();
    await part.thresholds.update(() => ({ headroom: 2 }));
    part.start();
    await time.advance(20);
    expect(jobs[0]?.thresholds).toMatchObject({ headroom: 2, timeZone: 'Europe/Paris' });
    expect(stores.first.recommendationRows.get('r1')?.status).toBe('active');
    expect(part.status()).toMatchObject([{ name: 'recommendations', isRunning: true, counts: { runs: 1 } }]);
    await part.stop();
    expect(part.status()).toMatchObject([{ isRunning: false }]);
  });

  it('tell of what changed, and forget what was known of it', async () => {
    const { part, changes } = await composed();
    const ended = new AbortController();
    const followed = changes.follow(ended.signal);
    expect(await part.index.of(CLUSTER, ALL)).toEqual([]);
    await part.analyses.run(CLUSTER);
    expect((await followed.next()).value).toEqual({ kind: 'recommendations', clusterId: CLUSTER });
    expect(await part.index.of(CLUSTER, ALL)).toMatchObject([{ status: 'active' }]);
    await part.savings.ignore('r1', '', null);
    expect(await part.index.of(CLUSTER, ALL)).toMatchObject([{ status: 'ignored' }]);
    ended.abort();
    await part.stop();
  });

  it('begin anew with thresholds that changed, and with another store', async () => {
    const { part, time, jobs, store, stores, target } = await composed();
    part.start();
    await time.advance(20);
    part.thresholdsChanged();
    await time.advance(1);
    expect(jobs).toHaveLength(2);
    await store.switchTo(target('second'));
    await settle();
    await time.advance(20);
    expect(stores.second.recommendationRows.get('r1')?.status).toBe('active');
    expect(await part.index.of(CLUSTER, ALL)).toHaveLength(1);
    await part.stop();
  });

  it('remember the last run over a start', async () => {
    const first = await composed();
    await first.part.analyses.run(CLUSTER);
    await first.part.stop();
    const second = await composed(first.state);
    expect(second.part.analyses.lastRun(CLUSTER)).toMatchObject({ analysedAtSeconds: NOW, hoursObserved: 168 });
    second.part.start();
    await second.time.advance(3_600);
    expect(second.jobs).toHaveLength(0);
    await second.part.stop();
  });
});

describe('what is said', () => {
  it('of a short history only where more than a few hours are missing', () => {
    expect(shortHistory(160, 168)).toEqual([]);
    expect(shortHistory(100, 168)).toMatchObject([
      { code: 'short-history', message: 'Only 100 of the 168 hours of the look-back have data' },
    ]);
  });

  it('of a failure what to do, and that nothing is lost', () => {
    const away = new Failure('store-away', 'The results store is away', { hint: 'Start it.' });
    expect(failedNotice(away)).toEqual({
      code: 'store-away',
      message: 'The results store is away',
      hint: 'Start it. What was found before is shown.',
    });
    expect(failedNotice(new Failure('unexpected', 'Broken'))).toMatchObject({ code: 'analysis-failed' });
    expect(heldNotice('host-2').message).toContain('host-2');
  });
});
