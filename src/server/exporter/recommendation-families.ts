import {
  type RecommendationItem,
  type RecommendationList,
  RecommendationType,
  type SavingsReport,
  Severity,
} from '../../contract/schemas/recommendations.ts';
import type { ExporterClient, ListQuery } from './exporter-client.ts';
import type { Family, Sample } from './exposition.ts';
import type { ClusterNames } from './usage-families.ts';

const PAGE = 1000;
/** Pages of one list; what is beyond them is counted by no one. */
const MOST_PAGES = 5;
const SAVINGS_RANGE = '30d';

type Kind = Pick<RecommendationItem, 'type' | 'severity' | 'status'>;

export interface ClusterRecommendations {
  readonly cluster: string;
  readonly counts: readonly (Kind & { readonly count: number })[];
  /** Of all open ones together; null where nothing was analysed yet. */
  readonly open: RecommendationList['savings'];
  readonly saved: SavingsReport;
}

export async function readRecommendations(client: ExporterClient, cluster: string): Promise<ClusterRecommendations> {
  const { active, ignored, applied, savings } = client.recommendations;
  const open = await pages(active, cluster);
  const items = [...open.items, ...(await pages(ignored, cluster)).items, ...(await pages(applied, cluster)).items];
  const counts = zeroCounts();
  for (const { type, severity, status } of items) {
    const key = `${type} ${severity} ${status}`;
    const before = counts.get(key)?.count ?? 0;
    counts.set(key, { type, severity, status, count: before + 1 });
  }
  const saved = await savings({ cluster, last: SAVINGS_RANGE });
  return { cluster, counts: [...counts.values()], open: open.savings, saved };
}

/** Alerts compare these with nothing, so they are there from the beginning; the other statuses appear with their first item. */
function zeroCounts(): Map<string, Kind & { count: number }> {
  const counts = new Map<string, Kind & { count: number }>();
  for (const status of ['active', 'regressed'] as const)
    for (const type of RecommendationType.options)
      for (const severity of Severity.options)
        counts.set(`${type} ${severity} ${status}`, { type, severity, status, count: 0 });
  return counts;
}

async function pages(list: (query: ListQuery) => Promise<RecommendationList>, cluster: string) {
  const first = await list({ cluster, limit: PAGE, offset: 0 });
  const items = [...first.recommendations];
  for (let page = 1; page < MOST_PAGES && items.length < first.total; page += 1) {
    const next = await list({ cluster, limit: PAGE, offset: page * PAGE });
    if (next.recommendations.length === 0) break;
    items.push(...next.recommendations);
  }
  return { items, savings: first.savings };
}

export function recommendationFamilies(all: readonly ClusterRecommendations[], names: ClusterNames): Family[] {
  const gauge = (name: string, help: string, of: (each: ClusterRecommendations) => number | null): Family => ({
    name: `podwatt_${name}`,
    help,
    type: 'gauge',
    samples: all.flatMap((each) => {
      const [labels, value] = [names.get(each.cluster), of(each)];
      if (labels === undefined || value === null) return [];
      const { currency, ...own } = labels;
      return [{ labels: name.includes('cost') ? { ...own, currency } : own, value }];
    }),
  });
  return [
    {
      name: 'podwatt_recommendations',
      help: 'Recommendations by type, severity and status.',
      type: 'gauge',
      samples: all.flatMap((each) => countSamples(each, names)),
    },
    gauge(
      'open_savings_co2e_grams_per_day',
      'Emissions a day that all open recommendations together would save.',
      (each) => (each.open === null ? null : each.open.co2e_grams_per_day.expected),
    ),
    gauge('open_savings_co2e_low_grams_per_day', 'Low end of what all open recommendations would save.', (each) =>
      each.open === null ? null : each.open.co2e_grams_per_day.low,
    ),
    gauge('open_savings_co2e_high_grams_per_day', 'High end of what all open recommendations would save.', (each) =>
      each.open === null ? null : each.open.co2e_grams_per_day.high,
    ),
    gauge('open_savings_cost_per_day', 'Money a day that all open recommendations together would save.', (each) =>
      each.open === null ? null : each.open.cost_per_day.expected,
    ),
    gauge(
      'promised_savings_30d_grams',
      'Emissions that applied recommendations promised to save in 30 days.',
      (each) => each.saved.promised_co2e_grams,
    ),
    gauge(
      'measured_savings_30d_grams',
      'Emissions that applied recommendations were measured to save in 30 days.',
      (each) => each.saved.measured_co2e_grams,
    ),
    gauge(
      'promised_cost_savings_30d',
      'Money that applied recommendations promised to save in 30 days.',
      (each) => each.saved.promised_cost,
    ),
    gauge(
      'measured_cost_savings_30d',
      'Money that applied recommendations were measured to save in 30 days.',
      (each) => each.saved.measured_cost,
    ),
  ];
}

function countSamples({ cluster, counts }: ClusterRecommendations, names: ClusterNames): Sample[] {
  const known = names.get(cluster);
  if (known === undefined) return [];
  const { currency: _, ...labels } = known;
  return counts.map(({ count, ...kind }) => ({ labels: { ...labels, ...kind }, value: count }));
}
