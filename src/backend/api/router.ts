import { implement } from '@orpc/server';
import { contract } from '../../contract/contract.ts';
import { breakdown, namespaces } from './breakdown.ts';
import { clusters, progress, runs, stopReading } from './clusters.ts';
import { contextSettings, updateContextSettings } from './context-settings.ts';
import { check, collectNow, contexts, setCollecting } from './contexts.ts';
import type { ApiDeps } from './deps.ts';
import { nodeDetail, nodes } from './nodes.ts';
import { reportExport, reportSummary } from './reports.ts';
import { rows } from './rows.ts';
import { changeStore, maintainNow, resetStore, setRetention, testAddress } from './store.ts';
import { storeStatus } from './store-status.ts';
import { summary } from './summary.ts';
import { changes, config, health, settings, updateSettings } from './system.ts';
import { timeseries } from './timeseries.ts';
import { errorMiddleware } from './wire-errors.ts';

/** Every operation of the contract, over what the backend holds. */
export function createRouter(deps: ApiDeps) {
  const os = implement(contract).use(errorMiddleware(deps.log));
  return os.router({
    system: {
      health: os.system.health.handler(() => health(deps)),
      version: os.system.version.handler(() => ({ version: deps.version })),
      config: os.system.config.handler(() => config(deps)),
      changes: os.system.changes.handler(async ({ signal }) => changes(deps, signal)),
    },
    metrics: {
      summary: os.metrics.summary.handler(({ input, signal }) => summary(input, deps, signal)),
      timeseries: os.metrics.timeseries.handler(({ input, signal }) => timeseries(input, deps, signal)),
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
    settings: {
      get: os.settings.get.handler(() => settings(deps)),
      update: os.settings.update.handler(({ input }) => updateSettings(input, deps)),
    },
  });
}

export type BackendRouter = ReturnType<typeof createRouter>;
