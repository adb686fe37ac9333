import type { z } from 'zod';
import type { ClusterItem, RunItem } from '../../../src/contract/schemas/contexts.ts';
import type { BreakdownItem } from '../../../src/contract/schemas/metrics.ts';
import type { RecommendationItem, RecommendationList } from '../../../src/contract/schemas/recommendations.ts';
import type { Health } from '../../../src/contract/schemas/system.ts';
import type { ExporterClient } from '../../../src/server/exporter/exporter-client.ts';
import { answers } from '../router/answers.ts';
import { savingsReport } from './savings-report.ts';

type Breakdown = Awaited<ReturnType<ExporterClient['metrics']['breakdown']>>;
type Asked = Parameters<ExporterClient['metrics']['breakdown']>[0];
type Run = z.infer<typeof RunItem>;

const RUN: Run = {
  window_start: '2026-03-11T10:00:00Z',
  duration_seconds: 300,
  state: 'whole',
  covered_seconds: 300,
  reason: null,
  row_count: 9,
  closed_at: '2026-03-11T10:06:30Z',
};
const FIGURES = {
  co2e_grams: 0,
  co2e_low_grams: 0,
  co2e_high_grams: 0,
  embodied_co2e_grams: 0,
  embodied_low_grams: 0,
  embodied_high_grams: 0,
  energy_joules: 0,
  energy_low_joules: 0,
  energy_high_joules: 0,
  facility_energy_joules: 0,
  facility_energy_low_joules: 0,
  facility_energy_high_joules: 0,
  total_cost: 0,
  cost_low: 0,
  cost_high: 0,
  pod_count: 0,
};

/** What one namespace uses in each question: so much energy, and all else in proportion. */
export interface UsedNamespace {
  readonly cluster: string;
  readonly namespace: string;
  readonly joules: number;
}

export function clusterItem(id: string, change: Partial<ClusterItem> = {}): ClusterItem {
  return {
    id,
    name: `Cluster ${id}`,
    context_name: id,
    server_url: 'https://127.0.0.1:6443',
    server_version: 'v1.33.1',
    provider: 'aws',
    region: 'eu-west-3',
    currency: 'EUR',
    is_sample: false,
    node_count: 3,
    pod_count: 40,
    collecting: true,
    state: 'collecting',
    last_window_end: '2026-03-11T10:10:00Z',
    next_run_at: null,
    last_error: null,
    sources: [],
    ...change,
  };
}

export function recommendation(change: Partial<RecommendationItem>): RecommendationItem {
  return { type: 'RIGHTSIZING_CPU', severity: 'high', status: 'active', ...change } as RecommendationItem;
}

/** A backend as the exporter sees it: what it is asked is kept, and each group of operations can be made to fail. */
export class FakeExporterClient implements ExporterClient {
  readonly asked: { operation: string; input: unknown }[] = [];
  readonly failing = new Set<string>();
  clusterItems: ClusterItem[] = [clusterItem('c1')];
  used: UsedNamespace[] = [];
  runStates: Run['state'][] = ['whole', 'whole', 'partial', 'no-data'];
  items: RecommendationItem[] = [];
  sources: Health['sources'] = [];

  readonly system = {
    health: () => this.#answer('system.health', undefined, { ...answers.system.health, sources: this.sources }),
    config: () => this.#answer('system.config', undefined, answers.system.config),
  };
  readonly clusters = {
    list: () => this.#answer('clusters.list', undefined, { clusters: this.clusterItems }),
    runs: (input: { cluster: string; last: string }) => {
      const run = { ...RUN };
      return this.#answer('clusters.runs', input, { runs: this.runStates.map((state) => ({ ...run, state })) });
    },
  };
  readonly metrics = {
    summary: (input: object) =>
      this.#answer('metrics.summary', input, {
        ...answers.metrics.summary,
        mean_grid_intensity: 342.5,
        mean_pue: 1.15,
        coverage: 0.75,
      }),
    breakdown: (input: Asked) => this.#answer('metrics.breakdown', input, this.#breakdown(input)),
  };
  readonly score = { get: (input: object) => this.#answer('score.get', input, answers.score.get) };
  readonly recommendations = {
    active: (input: { limit: number; offset: number }) => this.#list('active', input, ['active']),
    ignored: (input: { limit: number; offset: number }) => this.#list('ignored', input, ['ignored']),
    applied: (input: { limit: number; offset: number }) =>
      this.#list('applied', input, ['applied', 'verified', 'regressed']),
    savings: (input: object) => this.#answer('recommendations.savings', input, savingsReport),
  };

  countOf(operation: string): number {
    return this.asked.filter((each) => each.operation === operation).length;
  }

  async #answer<T>(operation: string, input: unknown, value: T): Promise<T> {
    this.asked.push({ operation, input });
    const [group = ''] = operation.split('.');
    if (this.failing.has(operation) || this.failing.has(group)) throw new Error(`${operation} fails`);
    return value;
  }

  #list(name: string, { limit, offset }: { limit: number; offset: number }, statuses: string[]) {
    const own = this.items.filter(({ status }) => statuses.includes(status));
    const range = { low: 0, expected: 40, high: 90 };
    const savings = { ...range, co2e_grams_per_day: range, embodied_co2e_grams_per_day: range, cost_per_day: range };
    const answer = { recommendations: own.slice(offset, offset + limit), total: own.length, savings };
    return this.#answer(`recommendations.${name}`, { limit, offset }, answer as unknown as RecommendationList);
  }

  #breakdown({ by, limit, offset }: Asked): Breakdown {
    const lines =
      by === 'namespace'
        ? [...this.used].sort((a, b) => b.joules - a.joules)
        : [...Map.groupBy(this.used, ({ cluster }) => cluster)].map(([cluster, own]) => ({
            cluster,
            namespace: null,
            joules: own.reduce((sum, { joules }) => sum + joules, 0),
          }));
    const items = lines.slice(offset, offset + limit).map(
      ({ cluster, namespace, joules }) =>
        ({
          ...FIGURES,
          key: namespace ?? cluster,
          cluster_id: cluster,
          namespace,
          energy_joules: joules,
          facility_energy_joules: joules * 1.2,
          co2e_grams: joules * 2,
          co2e_low_grams: joules,
          co2e_high_grams: joules * 3,
          embodied_co2e_grams: joules / 2,
          total_cost: joules / 100,
        }) as BreakdownItem,
    );
    const next_cursor = offset + limit < lines.length ? 'next' : null;
    return { ...answers.metrics.breakdown, by, items, total_items: lines.length, next_cursor };
  }
}
