import { ChangeFeed } from '../../../../src/backend/changes/change-feed.ts';
import { AnalysisDesk } from '../../../../src/backend/recommendations/analysis-desk.ts';
import type { Analyse, AnalysisJob, AnalysisOutcome } from '../../../../src/backend/recommendations/analysis-job.ts';
import { OneAfterAnother } from '../../../../src/backend/recommendations/one-after-another.ts';
import { openLastRuns } from '../../../../src/backend/recommendations/run-state.ts';
import { SavingsDesk } from '../../../../src/backend/recommendations/savings-desk.ts';
import type { LinkStatus } from '../../../../src/backend/store/store-link.ts';
import { DEFAULT_PRICES } from '../../../../src/core/coefficients/prices.ts';
import type { Finding, Recommendation } from '../../../../src/model/recommendations/recommendation.ts';
import { DEFAULT_THRESHOLDS } from '../../../../src/model/recommendations/thresholds.ts';
import type { ClusterLayout } from '../../../../src/model/scheduling.ts';
import { ManualTime } from '../../../fakes/backend/manual-time.ts';
import { MemoryState } from '../../../fakes/backend/memory-state.ts';
import { MemoryStore } from '../../../fakes/backend/memory-store.ts';
import { ZERO_TOTALS } from '../../../fakes/backend/zero-sums.ts';
import { CLUSTER, DAY, flat, layout, NOW } from './samples.ts';

export function outcomeOf(findings: readonly Finding[], change: Partial<AnalysisOutcome> = {}): AnalysisOutcome {
  const clusterDay = { co2eGrams: flat(1_000), embodiedGrams: flat(500), cost: flat(100) };
  return { findings, clusterDay, hoursObserved: 168, thinTargets: [], leftOut: {}, ...change };
}

/** A memory store in which every day is covered, and whose every hour has the joules that a test says. */
export class MeasuredStore extends MemoryStore {
  joulesAt: (hour: number) => number = () => 0;
  status: Pick<LinkStatus, 'state'> = { state: 'up' };

  override async series(query: Parameters<MemoryStore['series']>[0]) {
    return query.buckets.map(({ startSeconds }) => {
      const joules = this.joulesAt(startSeconds);
      const sums = { joules, joulesDynamic: joules, co2eGrams: joules / 100, podCount: joules > 0 ? 1 : 0 };
      const place = { bucketStartSeconds: startSeconds, group: null, isOther: false, otherCount: 0 };
      return { ...ZERO_TOTALS, ...sums, ...place };
    });
  }

  override async coverage(_clusters: readonly string[], buckets: Parameters<MemoryStore['coverage']>[1]) {
    return buckets.map(({ startSeconds }) => {
      return { bucketStartSeconds: startSeconds, coveredSeconds: DAY, durationSeconds: DAY };
    });
  }
}

/** A desk over fakes, with everything that a test may bend. */
export async function deskBench() {
  const store = new MeasuredStore();
  const time = new ManualTime(NOW);
  store.leases.nowSeconds = () => time.nowSeconds();
  const jobs: AnalysisJob[] = [];
  const logged: string[] = [];
  const bench = {
    store,
    time,
    jobs,
    logged,
    layout: layout() as ClusterLayout | null,
    holder: 'me',
    analyse: (async () => outcomeOf([])) as Analyse,
    told: [] as string[],
  };
  const leases = {
    take: async (clusterId: string) => {
      const asked = { clusterId, holder: bench.holder, holderName: bench.holder, durationSeconds: 60 };
      const answer = await store.takeLease(asked);
      if (answer.kind === 'refused') return answer;
      return { kind: 'held' as const, epoch: answer.lease.epoch, lost: new AbortController().signal };
    },
    release: async () => undefined,
  };
  const turns = new OneAfterAnother();
  const write = (_fields: object | string, message?: string) => void logged.push(message ?? '');
  const runs = await openLastRuns(new MemoryState());
  const desk = new AnalysisDesk({
    store,
    leases,
    turns,
    layouts: { layout: () => bench.layout, onSpecChange: () => () => undefined },
    changes: { publish: (change) => void ('clusterId' in change && bench.told.push(change.kind)) },
    clock: time,
    log: { debug: write, info: write, warn: write, error: write },
    runs,
    analyse: (job, signal) => {
      jobs.push(job);
      return bench.analyse(job, signal);
    },
    thresholds: () => DEFAULT_THRESHOLDS,
    pricesOf: async () => DEFAULT_PRICES,
  });
  const savings = new SavingsDesk({ store, leases, turns, clock: time, told: (clusterId) => desk.told(clusterId) });
  const put = async (...items: readonly Recommendation[]) => {
    for (const item of items) store.recommendationRows.set(item.id, item);
  };
  return Object.assign(bench, { desk, savings, put, runs, changes: new ChangeFeed(), cluster: CLUSTER });
}
