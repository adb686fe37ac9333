import { implement } from '@orpc/server';
import { contract } from '../../contract/contract.ts';
import { audit, recompute } from './audit.ts';
import { breakdown, namespaces } from './breakdown.ts';
import { clusters, progress, runs, stopReading } from './clusters.ts';
import { contextSettings, updateContextSettings } from './context-settings.ts';
import { check, collectNow, contexts, setCollecting } from './contexts.ts';
import { createCostsRouters } from './costs-router.ts';
import type { ApiDeps } from './deps.ts';
import { explain } from './explain.ts';
import { gridHistory, gridZones } from './grid.ts';
import { createKubernetesRouter } from './kubernetes/router.ts';
import { method, updateMethod } from './method.ts';
import { nodeDetail, nodes } from './nodes.ts';
import { quality } from './quality.ts';
import { createRecommendationsRouter } from './recommendations/router.ts';
import { reportExport, reportSummary } from './reports.ts';
import { rows } from './rows.ts';
import { scopes } from './scopes.ts';
import { score } from './score.ts';
import { services } from './services.ts';
import { reportYears, topPods, totalsByNamespace } from './short-totals.ts';
import { testSource } from './source-test.ts';
import { sourceSettings, sourceStates, updateSources } from './sources.ts';
import { changeStore, maintainNow, resetStore, setRetention, testAddress } from './store.ts';
import { storeStatus } from './store-status.ts';
import { summary } from './summary.ts';
import { changes, config, health, settings, updateSettings } from './system.ts';
import { timeseries } from './timeseries.ts';
import { createToken, tokens } from './tokens.ts';
import { createWebhookRouter } from './webhook.ts';
import { errorMiddleware } from './wire-errors.ts';

/** Every operation of the contract, over what the backend holds. */
export function createRouter(deps: ApiDeps) {
  const os = implement(contract).use(errorMiddleware(deps.log));
  return os.router({
    system: {
      health: os.system.health.handler(() => health(deps)),
      services: os.system.services.handler(() => services(deps)),
      version: os.system.version.handler(() => ({ version: deps.version })),
      config: os.system.config.handler(() => config(deps)),
      changes: os.system.changes.handler(async ({ signal }) => changes(deps, signal)),
    },
    metrics: {
      summary: os.metrics.summary.handler(({ input, signal }) => summary(input, deps, signal)),
      timeseries: os.metrics.timeseries.handler(({ input, signal }) => timeseries(input, deps, signal)),
      byNamespace: os.metrics.byNamespace.handler(({ input, signal }) => totalsByNamespace(input, deps, signal)),
      topPods: os.metrics.topPods.handler(({ input, signal }) => topPods(input, deps, signal)),
      rows: os.metrics.rows.handler(({ input, signal }) => rows(input, deps, signal)),
      breakdown: os.metrics.breakdown.handler(({ input, signal }) => breakdown(input, deps, signal)),
      namespaces: os.metrics.namespaces.handler(({ input, signal }) => namespaces(input, deps, signal)),
    },
    nodes: {
      list: os.nodes.list.handler(({ input }) => nodes(input, deps)),
      detail: os.nodes.detail.handler(({ input, signal }) => nodeDetail(input, deps, signal)),
    },
    reports: {
      summary: os.reports.summary.handler(({ input, signal }) => reportSummary(input, deps, signal)),
      years: os.reports.years.handler(({ input, signal }) => reportYears(input, deps, signal)),
      export: os.reports.export.handler(async ({ input, signal }) => reportExport(input, deps, signal)),
    },
    contexts: {
      list: os.contexts.list.handler(() => contexts(deps)),
      check: os.contexts.check.handler(async ({ input, signal }) => check(input.context, deps, signal)),
      setCollecting: os.contexts.setCollecting.handler(({ input, signal }) => setCollecting(input, deps, signal)),
      settings: os.contexts.settings.handler(({ input }) => contextSettings(input.context, deps)),
      updateSettings: os.contexts.updateSettings.handler(({ input }) => updateContextSettings(input, deps)),
      collect: os.contexts.collect.handler(async ({ input, signal }) => collectNow(input, deps, signal)),
    },
    clusters: {
      list: os.clusters.list.handler(() => clusters(deps)),
      progress: os.clusters.progress.handler(async ({ input, signal }) => progress(input.cluster, deps, signal)),
      stopReading: os.clusters.stopReading.handler(({ input }) => stopReading(input.cluster, deps)),
      runs: os.clusters.runs.handler(({ input }) => runs(input, deps)),
    },
    store: {
      status: os.store.status.handler(() => storeStatus(deps)),
      test: os.store.test.handler(({ input }) => testAddress(input)),
      change: os.store.change.handler(({ input }) => changeStore(input, deps)),
      reset: os.store.reset.handler(() => resetStore(deps)),
      setRetention: os.store.setRetention.handler(({ input }) => setRetention(input, deps)),
      maintain: os.store.maintain.handler(({ signal }) => maintainNow(deps, signal)),
    },
    grid: {
      zones: os.grid.zones.handler(({ input, signal }) => gridZones(input, deps, signal)),
      history: os.grid.history.handler(({ input }) => gridHistory(input, deps)),
    },
    sources: {
      settings: os.sources.settings.handler(() => sourceSettings(deps)),
      update: os.sources.update.handler(({ input }) => updateSources(input, deps)),
      test: os.sources.test.handler(({ input, signal }) => testSource(input, deps, signal)),
      states: os.sources.states.handler(() => sourceStates(deps)),
      method: os.sources.method.handler(({ input }) => method(input.context, deps)),
      updateMethod: os.sources.updateMethod.handler(({ input }) => updateMethod(input, deps)),
    },
    explain: {
      figure: os.explain.figure.handler(({ input, signal }) => explain(input, deps, signal)),
      quality: os.explain.quality.handler(({ input, signal }) => quality(input, deps, signal)),
      scopes: os.explain.scopes.handler(({ input, signal }) => scopes(input, deps, signal)),
    },
    audit: {
      list: os.audit.list.handler(({ input }) => audit(input, deps)),
      recompute: os.audit.recompute.handler(async ({ input, signal }) => recompute(input, deps, signal)),
    },
    settings: {
      get: os.settings.get.handler(() => settings(deps)),
      update: os.settings.update.handler(({ input }) => updateSettings(input, deps)),
    },
    tokens: {
      list: os.tokens.list.handler(() => tokens(deps)),
      create: os.tokens.create.handler(({ input }) => createToken(input, deps)),
      revoke: os.tokens.revoke.handler(async ({ input }) => {
        await deps.apiTokens.revoke(input.id);
        return undefined;
      }),
    },
    score: { get: os.score.get.handler(({ input }) => score(input, deps)) },
    k8s: createKubernetesRouter(deps),
    ...createCostsRouters(deps),
    recommendations: createRecommendationsRouter(deps),
    webhook: createWebhookRouter(deps),
  });
}

export type BackendRouter = ReturnType<typeof createRouter>;
