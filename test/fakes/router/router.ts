import { implement, ORPCError } from '@orpc/server';
import { contract } from '../../../src/contract/contract.ts';
import type { AppRouter } from '../../../src/server/app-router.ts';
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
      const { namespace, cluster, context } = (input ?? {}) as Record<string, unknown>;
      refuse(namespace ?? cluster ?? context);
      return value;
    };
  const fake: FakeRouter = {
    inputs,
    openStreams: () => open,
    exportPieces: 3,
    router: os.router({
      system: {
        health: os.system.health.handler(answer('system.health', answers.system.health)),
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
      settings: {
        get: os.settings.get.handler(answer('settings.get', answers.settings.get)),
        update: os.settings.update.handler(answer('settings.update', answers.settings.update)),
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
