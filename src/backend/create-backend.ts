import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_PRICES } from '../core/coefficients/prices.ts';
import type { Clock } from '../core/ports/clock.ts';
import type {
  CoefficientOverrides,
  CoefficientSources,
  GridIntensitySource,
} from '../core/ports/coefficient-sources.ts';
import type { ApiDeps } from './api/deps.ts';
import { type BackendRouter, createRouter } from './api/router.ts';
import { boaviztaState, connectionStates } from './api/sources.ts';
import { ChangeFeed } from './changes/change-feed.ts';
import { ClusterLocks } from './clusters/cluster-locks.ts';
import { Collecting } from './clusters/collecting.ts';
import { ContextDirectory } from './clusters/context-directory.ts';
import type { ClusterDeps } from './clusters/session-deps.ts';
import { coefficientChain } from './coefficients/chain.ts';
import { coefficientWords } from './coefficients/coefficient-words.ts';
import { type BackendConfig, DEFAULT_BACKFILL_SECONDS, DEFAULT_INTERVAL_SECONDS, type LocalState } from './config.ts';
import { type CostsPart, composeCosts } from './costs-part.ts';
import { zonesOf } from './grid/zones-in-use.ts';
import { composeKubernetes, openRegistered } from './kubernetes-part.ts';
import { type Log, SILENT_LOG } from './log.ts';
import { openOutsideSources } from './outside-sources.ts';
import { composeRecommendations, type RecommendationsPart } from './recommendations-part.ts';
import { openPendingRestates } from './restate/pending.ts';
import { Restating } from './restate/restating.ts';
import { REAL_TIMERS } from './scheduler/timers.ts';
import { composeScore, type ScorePart } from './score-part.ts';
import { coefficientOverrides, currencyOf } from './settings/coefficient-overrides.ts';
import {
  NO_CONTEXT_SETTINGS,
  openContextSettings,
  openCostSettings,
  prometheusSettings,
} from './settings/context-settings.ts';
import { type ContextState, openContextStates } from './settings/context-states.ts';
import { openGeneralSettings } from './settings/general-settings.ts';
import { ownerLabelsOf } from './settings/label-keys.ts';
import { StoreDesk } from './store/store-desk.ts';
import { composeLayouts } from './sync/layouts.ts';
import { SyncWorkers } from './sync/sync-workers.ts';
import { ApiTokens } from './tokens/api-tokens.ts';
import { WebhookDesk } from './webhook/webhook-desk.ts';

export interface Backend {
  /** For an RPC or OpenAPI handler, or for `createRouterClient` in the same process. */
  readonly router: BackendRouter;
  /** Who a host lets in by a token that a person made. */
  readonly checkToken: (token: string) => ReturnType<ApiTokens['check']>;
  /**
   * Switches on what is to be collected. Resolves at once for clusters that have to be reached, and when the history
   * of the sample cluster is read.
   */
  start(): Promise<void>;
  /** Ends readings between two windows, then closes the stores. */
  stop(): Promise<void>;
}

const REAL_CLOCK: Clock = { nowSeconds: () => Math.floor(Date.now() / 1000) };

/** The composition root: everything that the backend is made of is put together here. */
export async function createBackend(config: BackendConfig): Promise<Backend> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const state = await (config.openState ?? (() => openAppStateIn(config.dataDir, config.log ?? SILENT_LOG)))();
  const deps = await compose(config, state).catch(async (error: unknown) => {
    await state.close();
    throw error;
  });
  const router = createRouter(deps.api);
  let unwatch: () => void = () => undefined;
  return {
    router,
    checkToken: (token) => deps.api.apiTokens.check(token),
    start: async () => {
      unwatch = deps.api.directory.watch(() => {
        deps.api.collecting.refresh(null);
        deps.api.changes.publish({ kind: 'contexts' });
      });
      deps.api.leases.onLost((clusterId) => deps.api.collecting.wake(clusterId));
      deps.api.stores.start(() => {
        deps.api.collecting.wakeAll();
        void deps.api.liveGrid.archive.deliver();
      });
      deps.api.liveGrid.onFinal((zone, range) => deps.api.restating.intensitiesFinal(zone, range));
      deps.api.liveGrid.start();
      deps.api.restating.resume();
      deps.costs.start();
      deps.api.webhook.start();
      deps.score.start();
      deps.recommendations.start();
      await startContexts(config, deps.api);
    },
    stop: async () => {
      unwatch();
      deps.stop();
      await deps.costs.stop();
      await deps.api.webhook.stop();
      await deps.score.stop();
      await deps.recommendations.stop();
      await deps.api.restating.stop();
      await deps.api.collecting.stop();
      await deps.api.liveGrid.stop();
      await deps.api.boavizta.close();
      await deps.api.stores.stop();
      await state.close();
    },
  };
}

async function compose(
  config: BackendConfig,
  state: LocalState,
): Promise<{ api: ApiDeps; costs: CostsPart; recommendations: RecommendationsPart; score: ScorePart; stop(): void }> {
  const { dataDir, clock = REAL_CLOCK, timers = REAL_TIMERS, log = SILENT_LOG, random = Math.random } = config;
  const stopping = new AbortController();
  const [general, contextSettings, contextStates] = await Promise.all([
    openGeneralSettings(state),
    openContextSettings(state),
    openContextStates(state),
  ]);
  const shared = { clock, timers, log, random, changes: new ChangeFeed(), locks: new ClusterLocks() };
  const stores = await StoreDesk.open({ ...shared, state, dataDir, given: config.store, open: config.openStore });
  const prometheusUrls = config.prometheusUrls ?? {};
  const backfillSeconds = config.backfillSeconds ?? DEFAULT_BACKFILL_SECONDS;
  const fresh: ContextState = { collecting: false, backfillSeconds, historyStopped: false, clusterId: null };
  const tables = once(config.loadCoefficients ?? (() => loadTables(config.dataTablesDir)));
  const { choices, keys, secrets, sealSettingsAnew, ...outside } = await openOutsideSources(config, state, {
    ...shared,
    store: stores.link,
  });
  const registered = openRegistered({ ...shared, store: stores.link }, { keys, env: outside.env });
  const stateOf = (name: string) => contextStates.value[name] ?? fresh;
  const wordsOf = async (name: string) => {
    const { clusterId } = stateOf(name);
    const zones = clusterId === null ? [] : await zonesOf([clusterId], stores.link, clock).catch(() => []);
    const { liveGrid, boavizta } = outside;
    return coefficientWords({ liveGrid, settings: choices.value, boavizta: boavizta.state(), zones });
  };
  const readDeps: ClusterDeps = {
    ...shared,
    store: stores.link,
    spool: stores.spool,
    delivery: stores.delivery,
    leases: stores.leases,
    known: stores.known,
    directory: new ContextDirectory([...config.contextSources, registered.contexts]),
    intervalSeconds: config.intervalSeconds ?? DEFAULT_INTERVAL_SECONDS,
    choicesOf: async (name) => {
      const chosen = contextSettings.value[name] ?? NO_CONTEXT_SETTINGS;
      const own = coefficientOverrides(chosen, general.value, choices.value.factorType);
      const overrides = { ...own, zoneRules: [...own.zoneRules, ...(config.zoneRules ?? [])] };
      const parts = {
        tables: await tables(),
        liveGrid: (grid: GridIntensitySource) => outside.liveGrid.wrap(grid),
        boavizta: outside.boavizta,
      };
      return {
        connect: {
          prometheus: prometheusSettings(chosen, prometheusUrls[name] ?? null),
          openCost: openCostSettings(chosen),
          ownerLabels: ownerLabelsOf(general.value),
          coefficientWords: () => wordsOf(name),
        },
        coefficients: coefficientChain(parts, overrides, general.value.defaultZone),
        currency: currencyOf(chosen),
      };
    },
    stateOf,
    remember: async (name, change) => {
      await contextStates.update((all) => ({ ...all, [name]: { ...(all[name] ?? fresh), ...change } }));
    },
  };
  const objectSync = new SyncWorkers({ ...readDeps, random });
  const clusterDeps: ClusterDeps = { ...readDeps, objectSync };
  const restating = new Restating({
    ...clusterDeps,
    contextStates: () => contextStates.value,
    pending: await openPendingRestates(state),
  });
  const collecting = new Collecting(clusterDeps, random);
  const kubernetes = composeKubernetes(
    config,
    { ...clusterDeps, contextSettings, contextStates },
    { registered, keys, sealSettingsAnew, collecting, sync: objectSync, backfillSeconds },
  );
  const isOffline = () => choices.value.offline;
  const webhook = await WebhookDesk.open({ ...shared, state, secrets, env: outside.env, isOffline });
  choices.onChange(() => webhook.wake());
  const costs = composeCosts(
    clusterDeps,
    (clusterId) => objectSync.isFirstSyncPending(clusterId),
    (raised) => webhook.announce(raised),
  );
  const layouts = composeLayouts([...config.contextSources.flatMap((source) => source.layouts ?? []), objectSync]);
  const recommendations = await composeRecommendations(clusterDeps, {
    layouts,
    state,
    timeZone: () => general.value.timeZone,
    pricesOf: async (clusterId) => {
      const all = Object.entries(contextStates.value).filter(([, each]) => each.clusterId === clusterId);
      const [name] = all.find(([, each]) => each.collecting) ?? all[0] ?? [];
      return name === undefined
        ? DEFAULT_PRICES
        : (await readDeps.choicesOf(name)).coefficients.prices.pricesFor(clusterId);
    },
  });
  const score = composeScore(clusterDeps, { layouts, thresholds: recommendations.thresholdsNow });
  const api: ApiDeps = {
    ...clusterDeps,
    ...kubernetes,
    workers: [...kubernetes.workers, costs.status, recommendations.status, score.status],
    budgets: costs.budgets,
    webhook,
    scores: score.scores,
    recommendations,
    ...outside,
    sourceChoices: choices,
    tableGrid: async () =>
      (await tables())(coefficientOverrides(NO_CONTEXT_SETTINGS, general.value, choices.value.factorType)).grid,
    zoneNames: once(() => loadZoneNames(config.dataTablesDir)),
    sourceStates: [() => [boaviztaState(outside.boavizta)], () => connectionStates(collecting)],
    version: config.version,
    startedAtSeconds: clock.nowSeconds(),
    apiPort: config.apiPort ?? null,
    prometheusUrls,
    collecting,
    stores,
    general,
    contextSettings,
    contextStates,
    restating,
    apiTokens: await ApiTokens.open({ state, clock, log }),
    stopping: stopping.signal,
  };
  return { api, costs, recommendations, score, stop: () => stopping.abort() };
}

/** Contexts from the command line, and those that the person switched on before. */
async function startContexts(config: BackendConfig, api: ApiDeps): Promise<void> {
  const initial = config.initialContexts ?? [];
  for (const name of initial) await api.remember(name, { collecting: true });
  const saved = Object.entries(api.contextStates.value).filter(([, each]) => each.collecting);
  const { contexts } = await api.directory.list();
  const samples = new Set(contexts.filter((context) => context.isSample).map((context) => context.name));
  const started = saved.map(([name]) => ({ name, session: api.collecting.start(name) }));
  await Promise.all(started.filter(({ name }) => samples.has(name)).map(({ session }) => session.historySettled));
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | null = null;
  return () => {
    loaded ??= load();
    loaded.catch(() => {
      loaded = null;
    });
    return loaded;
  };
}

async function openAppStateIn(dataDir: string, log: Log): Promise<LocalState> {
  const { openAppState } = await import('../storage/sqlite/index.ts');
  const state = await openAppState({ file: join(dataDir, 'app.sqlite') });
  if (state.recovery !== null) {
    const { setAsideAs } = state.recovery;
    log.warn(
      { setAsideAs },
      'The file of the settings was damaged and set aside; settings that could be read are kept',
    );
  }
  return state;
}

async function loadZoneNames(dir: string): Promise<ReadonlyMap<string, string>> {
  const { loadZoneNames: load } = await import('../collectors/tables/index.ts');
  return load(dir).catch(() => new Map());
}

async function loadTables(dir: string): Promise<(overrides: CoefficientOverrides) => CoefficientSources> {
  const { createTableCoefficients, loadCoefficientTables } = await import('../collectors/tables/index.ts');
  const tables = await loadCoefficientTables(dir);
  return (overrides) => createTableCoefficients(tables, overrides);
}
