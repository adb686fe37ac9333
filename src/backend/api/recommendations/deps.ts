import type { Clock } from '../../../core/ports/clock.ts';
import type { ClusterRecord } from '../../../model/cluster.ts';
import type { AnalysisDesk } from '../../recommendations/analysis-desk.ts';
import type { ItemIndex } from '../../recommendations/item-index.ts';
import type { SavingsDesk } from '../../recommendations/savings-desk.ts';
import type { SavingsStore } from '../../recommendations/store-port.ts';
import type { GeneralSettings } from '../../settings/general-settings.ts';
import type { StoredValue } from '../../settings/stored-value.ts';
import type { ThresholdChoices } from '../../settings/thresholds.ts';

/** What the operations of recommendations work with. */
export interface RecommendationDeps {
  readonly store: SavingsStore & { listClusters(): Promise<readonly ClusterRecord[]> };
  readonly clock: Clock;
  readonly general: Pick<StoredValue<GeneralSettings>, 'value'>;
  readonly recommendations: RecommendationsPartDeps;
}

export interface RecommendationsPartDeps {
  readonly analyses: Pick<AnalysisDesk, 'run' | 'lastRun' | 'triedAtSeconds' | 'noticesOf'>;
  readonly index: ItemIndex;
  readonly savings: SavingsDesk;
  readonly thresholds: StoredValue<ThresholdChoices>;
  /** Everything is analysed anew, in the background. */
  thresholdsChanged(): void;
}
