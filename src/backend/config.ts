import type { AppState } from '../core/ports/app-state.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { ContextSource } from '../core/ports/cluster-source.ts';
import type { CoefficientOverrides, CoefficientSources } from '../core/ports/coefficient-sources.ts';
import type { ResultsStore } from '../core/ports/results-store.ts';
import type { StoreSettings } from '../core/ports/store-settings.ts';
import type { WindowSpool } from '../core/ports/window-spool.ts';
import type { Log } from './log.ts';
import type { Timers } from './scheduler/timers.ts';

export const DEFAULT_INTERVAL_SECONDS = 300;
export const DEFAULT_BACKFILL_SECONDS = 7 * 86_400;

export interface StoreChoice {
  readonly settings: StoreSettings;
  /** A command, variable or file wins over what was set in the app. */
  readonly chosenBy: 'default' | 'command' | 'app';
}

/** What stays on this machine: settings, and windows that wait for a store that is away. */
export interface LocalState extends AppState {
  readonly spool: WindowSpool;
}

/** What a host decides. The four functions at the end have real defaults; tests give fakes. */
export interface BackendConfig {
  /** Folder of `podwatt.sqlite` and `app.sqlite`; made if it isn't there. */
  readonly dataDir: string;
  /** Folder of the bundled coefficient tables. */
  readonly dataTablesDir: string;
  readonly version: string;
  /** Where results are kept; left out: as was chosen in the app, else `podwatt.sqlite` in `dataDir`. */
  readonly store?: StoreChoice;
  readonly contextSources: readonly ContextSource[];
  /** Contexts that are switched on at start, besides those that the person switched on before. */
  readonly initialContexts?: readonly string[];
  /** Metrics addresses by context name, given on the command line; they win over what was set in the app. */
  readonly prometheusUrls?: Readonly<Record<string, string>>;
  readonly apiPort?: number | null;
  /** Pace of live readings; windows stay 5 minutes. */
  readonly intervalSeconds?: number;
  /** How far back a first reading goes. */
  readonly backfillSeconds?: number;
  readonly clock?: Clock;
  readonly timers?: Timers;
  readonly log?: Log;
  /** In [0, 1): spreads retries. */
  readonly random?: () => number;
  readonly openStore?: (settings: StoreSettings) => Promise<ResultsStore>;
  readonly openState?: () => Promise<LocalState>;
  readonly loadCoefficients?: () => Promise<(overrides: CoefficientOverrides) => CoefficientSources>;
}
