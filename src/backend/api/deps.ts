import type { SourceState } from '../../contract/schemas/sources.ts';
import type { GridIntensitySource } from '../../core/ports/coefficient-sources.ts';
import type { Collecting } from '../clusters/collecting.ts';
import type { ClusterDeps } from '../clusters/session-deps.ts';
import type { BoaviztaDesk } from '../coefficients/boavizta-desk.ts';
import type { CostsDeps } from '../costs-part.ts';
import type { GridFeeds } from '../grid/grid-feeds.ts';
import type { LiveGrid } from '../grid/live-grid.ts';
import type { Restating } from '../restate/restating.ts';
import type { ScoreDeps } from '../score-part.ts';
import type { ContextSettings } from '../settings/context-settings.ts';
import type { ContextState } from '../settings/context-states.ts';
import type { GeneralSettings } from '../settings/general-settings.ts';
import type { SourceChoices } from '../settings/source-settings.ts';
import type { StoredValue } from '../settings/stored-value.ts';
import type { StoreDesk } from '../store/store-desk.ts';
import type { ApiTokens } from '../tokens/api-tokens.ts';
import type { KubernetesDeps } from './kubernetes/deps.ts';
import type { RecommendationsPartDeps } from './recommendations/deps.ts';
import type { WebhookApiDeps } from './webhook.ts';

/** What the operations work with. */
export interface ApiDeps extends ClusterDeps, KubernetesDeps, CostsDeps, ScoreDeps, WebhookApiDeps {
  readonly version: string;
  readonly startedAtSeconds: number;
  readonly apiPort: number | null;
  readonly prometheusUrls: Readonly<Record<string, string>>;
  readonly collecting: Collecting;
  readonly stores: StoreDesk;
  readonly general: StoredValue<GeneralSettings>;
  readonly contextSettings: StoredValue<Record<string, ContextSettings>>;
  readonly contextStates: StoredValue<Record<string, ContextState>>;
  readonly sourceChoices: SourceChoices;
  readonly liveGrid: LiveGrid;
  readonly feeds: GridFeeds;
  readonly boavizta: BoaviztaDesk;
  /** Grid zones and intensities of the tables, with nothing set for any cluster. */
  tableGrid(): Promise<GridIntensitySource>;
  /** Names of grid zones for people, by key. */
  zoneNames(): Promise<ReadonlyMap<string, string>>;
  /** What other parts tell of their sources, besides the publishers of grid intensity. */
  readonly sourceStates: readonly (() => readonly SourceState[])[];
  /** Environment whose proxy variables hold for outside sources. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Tokens of programs that call the API. */
  readonly apiTokens: ApiTokens;
  readonly recommendations: RecommendationsPartDeps;
  /** Computes the past of clusters anew from stored facts. */
  readonly restating: Restating;
  /** Ends with the backend: streams that have no end of their own stop with it. */
  readonly stopping: AbortSignal;
}
