import { implement, ORPCError } from '@orpc/server';
import { contract } from '../../../src/contract/contract.ts';
import type { AppRouter } from '../../../src/server/app-router.ts';
import { recomputeEvents } from '../client/explain-answers.ts';
import { answers, progress, reportRow } from './answers.ts';

/** What a fake operation saw, for tests to look at. */
export interface FakeRouter {
  readonly router: AppRouter;
  readonly inputs: { operation: string; input: unknown }[];
  /** Number of `system.changes` streams that are open now. */
  openStreams(): number;
  /** How many pieces of text each export has: the file is 20 bytes a piece. */
  exportPieces: number;
}

/**
 * The contract implemented with canned answers. Errors on request: namespace or cluster `missing` is NOT_FOUND with a
 * hint, `boom` throws what must never be answered, `busy` is a CONFLICT that the operation didn't declare its data for.
 */
export function createFakeRouter(): FakeRouter {
  const os = implement(contract);
  const inputs: { operation: string; input: unknown }[] = [];
  let open = 0;
  const answer =
    <T>(operation: string, value: T) =>
    ({ input }: { input: unknown }): T => {
      inputs.push({ operation, input });
      const { namespace, cluster, context, id } = (input ?? {}) as Record<string, unknown>;
      // Of two names the one that is to fail counts.
      refuse(FAILING.find((name) => [namespace, cluster, context, id].includes(name)));
      return value;
    };
  const fake: FakeRouter = {
    inputs,
    openStreams: () => open,
    exportPieces: 3,
    router: os.router({
      system: {
        health: os.system.health.handler(answer('system.health', answers.system.health)),
        services: os.system.services.handler(answer('system.services', answers.system.services)),
        version: os.system.version.handler(answer('system.version', answers.system.version)),
        config: os.system.config.handler(answer('system.config', answers.system.config)),
        changes: os.system.changes.handler(async function* ({ signal }) {
          open += 1;
          try {
            yield { kind: 'hello' as const, version: '0.0.0-test' };
            yield { kind: 'contexts' as const };
            await new Promise((done) => signal?.addEventListener('abort', done, { once: true }));
          } finally {
            open -= 1;
          }
        }),
      },
      metrics: {
        summary: os.metrics.summary.handler(answer('metrics.summary', answers.metrics.summary)),
        timeseries: os.metrics.timeseries.handler(answer('metrics.timeseries', answers.metrics.timeseries)),
        byNamespace: os.metrics.byNamespace.handler(answer('metrics.byNamespace', answers.metrics.byNamespace)),
        topPods: os.metrics.topPods.handler(answer('metrics.topPods', answers.metrics.topPods)),
        rows: os.metrics.rows.handler(answer('metrics.rows', answers.metrics.rows)),
        breakdown: os.metrics.breakdown.handler(answer('metrics.breakdown', answers.metrics.breakdown)),
        namespaces: os.metrics.namespaces.handler(answer('metrics.namespaces', answers.metrics.namespaces)),
      },
      nodes: {
        list: os.nodes.list.handler(answer('nodes.list', answers.nodes.list)),
        detail: os.nodes.detail.handler(answer('nodes.detail', answers.nodes.detail)),
      },
      reports: {
        summary: os.reports.summary.handler(answer('reports.summary', answers.reports.summary)),
        years: os.reports.years.handler(answer('reports.years', answers.reports.years)),
        export: os.reports.export.handler(async function* ({ input }) {
          answer('reports.export', undefined)({ input });
          yield {
            kind: 'file' as const,
            file_name: `podwatt-shop.${input.format}`,
            content_type: 'text/csv; charset=utf-8',
          };
          if (input.format === 'json') yield { kind: 'text' as const, text: JSON.stringify([reportRow]) };
          if (input.format === 'json') return;
          for (let piece = 0; piece < fake.exportPieces; piece += 1) {
            if (input.node === 'breaks' && piece === 1) throw new Error('secret: disk /private is gone');
            yield { kind: 'text' as const, text: `${String(piece).padStart(19, '0')}\n` };
          }
        }),
      },
      contexts: {
        list: os.contexts.list.handler(answer('contexts.list', answers.contexts.list)),
        check: os.contexts.check.handler(async function* ({ input }) {
          answer('contexts.check', undefined)({ input });
          yield {
            source: 'kubernetes' as const,
            state: 'running' as const,
            detail: '',
            hint: null,
            latency_milliseconds: null,
          };
          if (input.context === 'breaks') throw new Error('secret: token=abc');
          yield {
            source: 'kubernetes' as const,
            state: 'passed' as const,
            detail: 'v1.33',
            hint: null,
            latency_milliseconds: 12,
          };
        }),
        setCollecting: os.contexts.setCollecting.handler(
          answer('contexts.setCollecting', answers.contexts.setCollecting),
        ),
        settings: os.contexts.settings.handler(answer('contexts.settings', answers.contexts.settings)),
        updateSettings: os.contexts.updateSettings.handler(
          answer('contexts.updateSettings', answers.contexts.updateSettings),
        ),
        collect: os.contexts.collect.handler(async function* ({ input }) {
          answer('contexts.collect', undefined)({ input });
          yield { kind: 'progress' as const, progress };
          yield { kind: 'result' as const, result: collectResult };
        }),
      },
      clusters: {
        list: os.clusters.list.handler(answer('clusters.list', answers.clusters.list)),
        progress: os.clusters.progress.handler(async function* ({ input }) {
          answer('clusters.progress', undefined)({ input });
          yield progress;
          yield { ...progress, state: 'done' as const };
        }),
        stopReading: os.clusters.stopReading.handler(answer('clusters.stopReading', answers.clusters.stopReading)),
        runs: os.clusters.runs.handler(answer('clusters.runs', answers.clusters.runs)),
      },
      store: {
        status: os.store.status.handler(answer('store.status', answers.store.status)),
        test: os.store.test.handler(answer('store.test', answers.store.test)),
        change: os.store.change.handler(answer('store.change', answers.store.change)),
        reset: os.store.reset.handler(answer('store.reset', answers.store.reset)),
        setRetention: os.store.setRetention.handler(answer('store.setRetention', answers.store.setRetention)),
        maintain: os.store.maintain.handler(answer('store.maintain', answers.store.maintain)),
      },
      explain: {
        figure: os.explain.figure.handler(answer('explain.figure', answers.explain.figure)),
        quality: os.explain.quality.handler(answer('explain.quality', answers.explain.quality)),
        scopes: os.explain.scopes.handler(answer('explain.scopes', answers.explain.scopes)),
      },
      grid: {
        zones: os.grid.zones.handler(answer('grid.zones', answers.grid.zones)),
        history: os.grid.history.handler(answer('grid.history', answers.grid.history)),
      },
      audit: {
        list: os.audit.list.handler(answer('audit.list', answers.audit.list)),
        recompute: os.audit.recompute.handler(async function* ({ input }) {
          answer('audit.recompute', undefined)({ input });
          yield* recomputeEvents;
        }),
      },
      sources: {
        settings: os.sources.settings.handler(answer('sources.settings', answers.sources.settings)),
        update: os.sources.update.handler(answer('sources.update', answers.sources.update)),
        test: os.sources.test.handler(answer('sources.test', answers.sources.test)),
        states: os.sources.states.handler(answer('sources.states', answers.sources.states)),
        method: os.sources.method.handler(answer('sources.method', answers.sources.method)),
        updateMethod: os.sources.updateMethod.handler(answer('sources.updateMethod', answers.sources.updateMethod)),
      },
      settings: {
        get: os.settings.get.handler(answer('settings.get', answers.settings.get)),
        update: os.settings.update.handler(answer('settings.update', answers.settings.update)),
      },
      tokens: {
        list: os.tokens.list.handler(answer('tokens.list', answers.tokens.list)),
        create: os.tokens.create.handler(answer('tokens.create', answers.tokens.create)),
        revoke: os.tokens.revoke.handler(answer('tokens.revoke', undefined)),
      },
      budgets: {
        list: os.budgets.list.handler(answer('budgets.list', answers.budgets.list)),
        create: os.budgets.create.handler(answer('budgets.create', answers.budgets.create)),
        update: os.budgets.update.handler(answer('budgets.update', answers.budgets.update)),
        delete: os.budgets.delete.handler(answer('budgets.delete', undefined)),
        alerts: os.budgets.alerts.handler(answer('budgets.alerts', answers.budgets.alerts)),
        seen: os.budgets.seen.handler(answer('budgets.seen', undefined)),
      },
      teams: { list: os.teams.list.handler(answer('teams.list', answers.teams.list)) },
      costs: { namespaces: os.costs.namespaces.handler(answer('costs.namespaces', answers.costs.namespaces)) },
      recommendations: {
        list: os.recommendations.list.handler(answer('recommendations.list', answers.recommendations.list)),
        active: os.recommendations.active.handler(answer('recommendations.active', answers.recommendations.active)),
        ignored: os.recommendations.ignored.handler(answer('recommendations.ignored', answers.recommendations.ignored)),
        applied: os.recommendations.applied.handler(answer('recommendations.applied', answers.recommendations.applied)),
        history: os.recommendations.history.handler(answer('recommendations.history', answers.recommendations.history)),
        top: os.recommendations.top.handler(answer('recommendations.top', answers.recommendations.top)),
        savings: os.recommendations.savings.handler(answer('recommendations.savings', answers.recommendations.savings)),
        detail: os.recommendations.detail.handler(answer('recommendations.detail', answers.recommendations.detail)),
        apply: os.recommendations.apply.handler(answer('recommendations.apply', answers.recommendations.apply)),
        ignore: os.recommendations.ignore.handler(answer('recommendations.ignore', answers.recommendations.ignore)),
        unignore: os.recommendations.unignore.handler(
          answer('recommendations.unignore', answers.recommendations.unignore),
        ),
        ignoreMany: os.recommendations.ignoreMany.handler(
          answer('recommendations.ignoreMany', answers.recommendations.ignoreMany),
        ),
        thresholds: os.recommendations.thresholds.handler(
          answer('recommendations.thresholds', answers.recommendations.thresholds),
        ),
        updateThresholds: os.recommendations.updateThresholds.handler(
          answer('recommendations.updateThresholds', answers.recommendations.updateThresholds),
        ),
      },
      webhook: {
        get: os.webhook.get.handler(answer('webhook.get', answers.webhook.get)),
        save: os.webhook.save.handler(answer('webhook.save', answers.webhook.save)),
        remove: os.webhook.remove.handler(answer('webhook.remove', answers.webhook.remove)),
        test: os.webhook.test.handler(answer('webhook.test', answers.webhook.test)),
      },
      score: { get: os.score.get.handler(answer('score.get', answers.score.get)) },
      k8s: {
        register: os.k8s.register.handler(answer('k8s.register', answers.k8s.register)),
        preview: os.k8s.preview.handler(answer('k8s.preview', answers.k8s.preview)),
        clusters: os.k8s.clusters.handler(answer('k8s.clusters', answers.k8s.clusters)),
        cluster: os.k8s.cluster.handler(answer('k8s.cluster', answers.k8s.cluster)),
        update: os.k8s.update.handler(answer('k8s.update', answers.k8s.update)),
        remove: os.k8s.remove.handler(answer('k8s.remove', undefined)),
        removal: os.k8s.removal.handler(answer('k8s.removal', answers.k8s.removal)),
        sync: os.k8s.sync.handler(answer('k8s.sync', answers.k8s.sync)),
        health: os.k8s.health.handler(answer('k8s.health', answers.k8s.health)),
        healthHistory: os.k8s.healthHistory.handler(answer('k8s.healthHistory', answers.k8s.healthHistory)),
        namespaces: os.k8s.namespaces.handler(answer('k8s.namespaces', answers.k8s.namespaces)),
        nodes: os.k8s.nodes.handler(answer('k8s.nodes', answers.k8s.nodes)),
        workloads: os.k8s.workloads.handler(answer('k8s.workloads', answers.k8s.workloads)),
        troubledPods: os.k8s.troubledPods.handler(answer('k8s.troubledPods', answers.k8s.troubledPods)),
        costs: os.k8s.costs.handler(answer('k8s.costs', answers.k8s.costs)),
        deployments: os.k8s.deployments.handler(answer('k8s.deployments', answers.k8s.deployments)),
        namespacePods: os.k8s.namespacePods.handler(answer('k8s.namespacePods', answers.k8s.namespacePods)),
        deployment: os.k8s.deployment.handler(answer('k8s.deployment', answers.k8s.deployment)),
        deploymentPods: os.k8s.deploymentPods.handler(answer('k8s.deploymentPods', answers.k8s.deploymentPods)),
        pod: os.k8s.pod.handler(answer('k8s.pod', answers.k8s.pod)),
        releases: os.k8s.releases.handler(answer('k8s.releases', answers.k8s.releases)),
        clusterMetrics: os.k8s.clusterMetrics.handler(answer('k8s.clusterMetrics', answers.k8s.clusterMetrics)),
        namespaceMetrics: os.k8s.namespaceMetrics.handler(answer('k8s.namespaceMetrics', answers.k8s.namespaceMetrics)),
        workers: os.k8s.workers.handler(answer('k8s.workers', answers.k8s.workers)),
        encryption: os.k8s.encryption.handler(answer('k8s.encryption', answers.k8s.encryption)),
        rotateKey: os.k8s.rotateKey.handler(answer('k8s.rotateKey', answers.k8s.rotateKey)),
      },
    }),
  };
  return fake;
}

export const collectResult = {
  cluster_id: 'c1',
  cluster_name: 'prod',
  period: { start: '2026-11-20T00:00:00Z', end: '2026-11-21T00:00:00Z' },
  windows: { whole: 22, partial: 1, no_data: 1, already_there: 0 },
  rows: 480,
  sources: [{ name: 'prometheus', state: 'ok', detail: '24 windows' }],
  notices: [],
  totals: { energy_joules: 3.6e6, co2e_grams: 12.5, embodied_co2e_grams: 2, total_cost: 0.3 },
};

const FAILING = ['missing', 'busy', 'boom'];

function refuse(name: unknown): void {
  if (name === 'missing') {
    throw new ORPCError('NOT_FOUND', {
      message: 'There is no "missing". Choose one of the list.',
      data: { failure: 'not-found', hint: 'Choose one of the list.' },
    });
  }
  if (name === 'busy') throw new ORPCError('CONFLICT', { message: 'A run is already going on' });
  if (name === 'boom') throw new Error('secret: password=hunter2');
}
