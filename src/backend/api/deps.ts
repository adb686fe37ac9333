import type { Collecting } from '../clusters/collecting.ts';
import type { ClusterDeps } from '../clusters/session-deps.ts';
import type { ContextSettings } from '../settings/context-settings.ts';
import type { ContextState } from '../settings/context-states.ts';
import type { GeneralSettings } from '../settings/general-settings.ts';
import type { StoredValue } from '../settings/stored-value.ts';
import type { StoreDesk } from '../store/store-desk.ts';

/** What the operations work with. */
export interface ApiDeps extends ClusterDeps {
  readonly version: string;
  readonly startedAtSeconds: number;
  readonly apiPort: number | null;
  readonly prometheusUrls: Readonly<Record<string, string>>;
  readonly collecting: Collecting;
  readonly stores: StoreDesk;
  readonly general: StoredValue<GeneralSettings>;
  readonly contextSettings: StoredValue<Record<string, ContextSettings>>;
  readonly contextStates: StoredValue<Record<string, ContextState>>;
  /** Ends with the backend: streams that have no end of their own stop with it. */
  readonly stopping: AbortSignal;
}
