import type { LayoutSource } from '../core/ports/layout-source.ts';
import type { WorkerState } from '../core/ports/sync-desk.ts';
import type { UnitPrices } from '../model/coefficients.ts';
import type { Thresholds } from '../model/recommendations/thresholds.ts';
import type { RecommendationsPartDeps } from './api/recommendations/deps.ts';
import type { Change } from './changes/change-feed.ts';
import type { ClusterDeps } from './clusters/session-deps.ts';
import type { LocalState } from './config.ts';
import { AnalysisDesk } from './recommendations/analysis-desk.ts';
import type { Analyse } from './recommendations/analysis-job.ts';
import { analyseInThread } from './recommendations/analysis-thread.ts';
import { AnalysisWatch } from './recommendations/analysis-watch.ts';
import { ItemIndex } from './recommendations/item-index.ts';
import { OneAfterAnother } from './recommendations/one-after-another.ts';
import { openLastRuns } from './recommendations/run-state.ts';
import { SavingsDesk } from './recommendations/savings-desk.ts';
import { openThresholds, thresholdsInForce } from './settings/thresholds.ts';

export interface RecommendationsPart extends RecommendationsPartDeps {
  readonly status: () => readonly WorkerState[];
  /** In force now. */
  thresholdsNow(): Thresholds;
  start(): void;
  stop(): Promise<void>;
}

export interface RecommendationSources {
  readonly layouts: LayoutSource;
  readonly state: LocalState;
  /** IANA name, or `local`. */
  timeZone(): string;
  pricesOf(clusterId: string): Promise<UnitPrices>;
  /** Left out: in a thread of its own. */
  readonly analyse?: Analyse;
}

/** What could be saved, what became of it, and what it saved in truth. */
export async function composeRecommendations(
  deps: Pick<ClusterDeps, 'store' | 'leases' | 'changes' | 'clock' | 'timers' | 'log'>,
  { layouts, state, timeZone, pricesOf, analyse = analyseInThread }: RecommendationSources,
): Promise<RecommendationsPart> {
  const { store } = deps;
  const [thresholds, runs] = await Promise.all([openThresholds(state), openLastRuns(state)]);
  const turns = new OneAfterAnother();
  const thresholdsNow = () => thresholdsInForce(thresholds.value, timeZone());
  const index = new ItemIndex(store, deps.clock);
  // What is told of changed recommendations holds of the index too.
  const changes = {
    publish: (change: Change) => {
      if (change.kind === 'recommendations') index.forget(change.clusterId);
      deps.changes.publish(change);
    },
  };
  const shared = { ...deps, layouts, turns };
  const analyses = new AnalysisDesk({ ...shared, changes, runs, analyse, pricesOf, thresholds: thresholdsNow });
  const savings = new SavingsDesk({ ...shared, told: (clusterId) => analyses.told(clusterId) });
  const watch = new AnalysisWatch({ ...shared, desk: analyses });
  let location = store.location;
  let unfollow: () => void = () => undefined;
  return {
    analyses,
    index,
    savings,
    thresholds,
    thresholdsNow,
    thresholdsChanged: () => watch.all(),
    status: () => [watch.status()],
    start: () => {
      watch.start();
      unfollow = store.onChange(() => {
        if (store.location === location) return;
        location = store.location;
        index.forgetAll();
        watch.all();
      });
    },
    stop: async () => {
      unfollow();
      await Promise.all([watch.stop(), analyses.stop()]);
    },
  };
}
