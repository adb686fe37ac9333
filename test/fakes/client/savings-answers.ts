import type * as z from 'zod';
import type {
  RecommendationDetail,
  RecommendationItem,
  RecommendationList,
  SavingsReport,
  ThresholdSettings,
} from '../../../src/contract/schemas/recommendations.ts';
import type { ReportRow, ReportSummary } from '../../../src/contract/schemas/reports.ts';
import type { ScoreAnswer, ScoreCard } from '../../../src/contract/schemas/score.ts';
import type { ApiToken } from '../../../src/contract/schemas/tokens.ts';

export type Detail = z.infer<typeof RecommendationDetail>;
const range = (low: number, expected: number, high: number) => ({ low, expected, high });
/** So many kg a year, as grams a day. */
export const kgYear = (kilograms: number): number => (kilograms * 1000) / 365;

interface Parts extends Partial<RecommendationItem> {
  readonly id: string;
  /** kg a year and money a year: low, high. */
  readonly kg?: readonly [number, number];
  readonly money?: readonly [number, number];
  readonly needsNode?: boolean;
}

export function recommendation({
  kg = [0, 31],
  money = [0, 420],
  needsNode = true,
  ...part
}: Parts): RecommendationItem {
  const carbon = range(kgYear(kg[0]), kgYear((kg[0] + kg[1]) / 2), kgYear(kg[1]));
  const cost = range(money[0] / 365, (money[0] + money[1]) / 730, money[1] / 365);
  return {
    plan_id: `plan-${part.id}`,
    cluster: 'c1',
    type: 'RIGHTSIZING_CPU',
    scope: 'workload',
    severity: 'medium',
    confidence: 'high',
    resource: 'Deployment/query-api',
    namespace: 'search',
    title: 'Lower CPU request 1.50 → 0.60',
    details: 'In 7 days of 6 pods the P95 was 0.40 and the highest minute 0.86 cores.',
    current: { cpu_request: 1500, memory_request: 2 * 2 ** 30 },
    recommended: { cpu_request: 600 },
    estimated_savings: {
      cost_per_day: cost.expected,
      co2e_grams_per_day: carbon.expected,
      cost_per_day_range: cost,
      co2e_grams_per_day_range: carbon,
      embodied_co2e_grams_per_day_range: range(0, 0, needsNode ? kgYear(3) : 0),
      energy_joules_per_day: 3.6e6,
      freed_cpu_millicores: 5400,
      freed_memory_bytes: 0,
      needs_node_to_go: needsNode,
    },
    status: 'active',
    found_at: '2026-11-11T09:00:00Z',
    updated_at: '2026-11-11T09:00:00Z',
    ignore_reason: null,
    ignored_until: null,
    applied_at: null,
    applied_by: null,
    actual: null,
    verification: null,
    period: { start: '2026-11-12T00:00:00Z', end: '2026-11-19T00:00:00Z' },
    ...part,
  };
}

const shift = recommendation({
  id: 'r-shift',
  type: 'CARBON_AWARE_SCHEDULING',
  resource: 'CronJob/spark-nightly-rollup',
  namespace: 'data-pipeline',
  title: 'Run at 11:00, not at 01:00',
  confidence: 'medium',
  kg: [14, 38],
  money: [0, 0],
  needsNode: false,
});
const cpu = recommendation({ id: 'r-cpu' });
const memory = recommendation({
  id: 'r-memory',
  plan_id: 'plan-r-cpu',
  type: 'RIGHTSIZING_MEMORY',
  title: 'Lower memory request 8 → 7 GiB',
  kg: [0, 6],
  money: [0, 70],
  confidence: 'low',
  recommended: { memory_request: 7 * 2 ** 30 },
});
const nodes = recommendation({
  id: 'r-nodes',
  type: 'CONSOLIDATE_NODES',
  scope: 'cluster',
  severity: 'high',
  resource: 'prod-eu-west-1',
  namespace: null,
  title: 'Drain and remove 1 node',
  kg: [20, 31],
  money: [210, 290],
  needsNode: false,
  recommended: { nodes_to_remove: 'm7g-3' },
});
export const openItems = [shift, nodes, cpu, memory] as const;

export const snoozed = recommendation({
  id: 'r-snoozed',
  title: 'Delete: no traffic for 31 days',
  type: 'ZOMBIE_POD',
  resource: 'Deployment/redis-legacy',
  status: 'ignored',
  ignore_reason: 'after the release',
  ignored_until: '2026-12-19T09:00:00Z',
});
export const dismissed = recommendation({
  id: 'r-dismissed',
  title: 'Sleep on nights and weekends',
  type: 'OFF_PEAK_SCALING',
  scope: 'namespace',
  resource: 'staging',
  namespace: 'staging',
  status: 'ignored',
  ignore_reason: 'Needed as it is',
});
export const applied = recommendation({
  id: 'r-applied',
  title: 'Lower CPU request 2.0 → 0.8',
  resource: 'StatefulSet/loki-write',
  namespace: 'observability',
  status: 'applied',
  applied_at: '2026-11-17T09:00:00Z',
  applied_by: 'watched',
  verification: {
    before: { start: '2026-11-10T00:00:00Z', end: '2026-11-17T00:00:00Z' },
    after: { start: '2026-11-17T09:00:00Z', end: '2026-11-19T00:00:00Z' },
    co2e_saved_grams_per_day: range(0, 0, 0),
    cost_saved_per_day: range(0, 0, 0),
    measured_at: '2026-11-19T00:00:00Z',
    outcome: 'waiting',
    note: '2 of 7 days are there.',
  },
});
export const verified = recommendation({
  id: 'r-verified',
  title: 'Lower CPU request 2.0 → 0.7',
  resource: 'Deployment/fraud-scorer',
  namespace: 'payments',
  status: 'verified',
  kg: [4, 9],
  applied_at: '2026-11-02T09:00:00Z',
  applied_by: 'person',
  verification: {
    before: { start: '2026-10-26T00:00:00Z', end: '2026-11-02T00:00:00Z' },
    after: { start: '2026-11-03T00:00:00Z', end: '2026-11-10T00:00:00Z' },
    co2e_saved_grams_per_day: range(kgYear(5.2), kgYear(6.1), kgYear(7)),
    cost_saved_per_day: range(0.5, 0.6, 0.7),
    measured_at: '2026-11-10T04:00:00Z',
    outcome: 'within',
    note: 'Load was 2 % higher.',
  },
});
export const regressed = recommendation({
  id: 'r-regressed',
  title: 'Let it scale down at night',
  type: 'AUTOSCALING_CANDIDATE',
  resource: 'Deployment/catalog-api',
  status: 'regressed',
  kg: [3, 8],
  applied_at: '2026-10-20T09:00:00Z',
  applied_by: 'watched',
  verification: {
    before: { start: '2026-10-13T00:00:00Z', end: '2026-10-20T00:00:00Z' },
    after: { start: '2026-10-21T00:00:00Z', end: '2026-10-28T00:00:00Z' },
    co2e_saved_grams_per_day: range(kgYear(-2), kgYear(-1.2), kgYear(0)),
    cost_saved_per_day: range(-0.1, -0.05, 0),
    measured_at: '2026-10-28T04:00:00Z',
    outcome: 'below',
    note: 'It runs with six replicas at night again.',
  },
});

export const listOf = (
  items: readonly RecommendationItem[],
  part: Partial<RecommendationList> = {},
): RecommendationList => ({
  recommendations: [...items],
  total: items.length,
  savings: {
    co2e_grams_per_day: range(kgYear(34), kgYear(60), kgYear(90)),
    embodied_co2e_grams_per_day: range(0, kgYear(2), kgYear(3)),
    cost_per_day: range(210 / 365, 400 / 365, 620 / 365),
    nodes_that_can_go: 1,
  },
  currency: 'EUR',
  analysed_at: '2026-11-19T13:57:00Z',
  notices: [],
  counts: { active: 4, ignored: 2, applied: 1, verified: 1, regressed: 1, stale: 0 },
  ...part,
});

const HOURS = 168;
/** A week of one pod by the hour; five hours are missing. */
const wave = (scale: number) =>
  Array.from({ length: HOURS }, (_, hour) =>
    hour >= 72 && hour < 77 ? null : scale * (0.3 + 0.1 * Math.sin((hour / 24) * 2 * Math.PI)),
  );

export function detailOf(item: RecommendationItem, part: Partial<Detail> = {}): Detail {
  return {
    ...item,
    evidence: {
      series: [
        {
          name: 'CPU of one pod',
          unit: 'cores',
          start: '2026-11-12T00:00:00Z',
          step_seconds: 3600,
          mean: wave(1),
          peak: wave(1.3),
        },
      ],
      lines: [
        { kind: 'request', label: 'Request 1.50', value: 1.5 },
        { kind: 'proposal', label: 'Propose 0.60', value: 0.6 },
        { kind: 'p95', label: 'P95 0.40', value: 0.4 },
        { kind: 'maximum', label: 'Max 0.86', value: 0.86 },
      ],
      figures: { p95_millicores: 400 },
      hours_observed: 163,
      hours_possible: 168,
    },
    change: {
      patch_yaml: 'spec:\n  template: {}\n',
      kubectl: 'kubectl -n search set resources deployment/query-api --requests=cpu=600m',
      helm_values_yaml: 'resources:\n  requests:\n    cpu: 600m\n',
      diff: [
        { sign: ' ', text: '- name: query-api' },
        { sign: '-', text: '    cpu: 1500m' },
        { sign: '+', text: '    cpu: 600m' },
      ],
      cautions: ['The pods restart one after another.'],
    },
    history: [{ at: item.found_at, status: 'active', reason: null, actual: null }],
    plan: [],
    ...part,
  };
}

export const savingsReport: SavingsReport = {
  period: { start: '2026-11-01T00:00:00Z', end: '2026-11-05T00:00:00Z' },
  currency: 'EUR',
  promised_co2e_grams: 4000,
  measured_co2e_grams: 2100,
  promised_cost: 8,
  measured_cost: 5,
  count: 2,
  by_type: [
    {
      type: 'RIGHTSIZING_CPU',
      count: 2,
      promised_co2e_grams: 4000,
      measured_co2e_grams: 2100,
      promised_cost: 8,
      measured_cost: 5,
    },
  ],
  days: [
    { date: '2026-11-01', promised_co2e_grams: 1000, measured_co2e_grams: 1200, promised_cost: 2, measured_cost: 3 },
    { date: '2026-11-02', promised_co2e_grams: 1000, measured_co2e_grams: 900, promised_cost: 2, measured_cost: 2 },
    { date: '2026-11-04', promised_co2e_grams: 2000, measured_co2e_grams: null, promised_cost: 4, measured_cost: null },
  ],
};

export const thresholds: z.infer<typeof ThresholdSettings> = {
  look_back_days: 7,
  rightsizing_share: 0.3,
  headroom: 1.2,
  autoscaling_variation: 0.7,
  autoscaling_spike: 3,
  off_peak_share: 0.05,
  off_peak_min_hours: 4,
  carbon_aware_ratio: 1.5,
  node_share: 0.2,
  cpu_floor_millicores: 10,
  memory_floor_bytes: 16 * 2 ** 20,
  idle_pod_watts: 0.05,
  idle_namespace_watts: 0.25,
  include_system_namespaces: false,
};

const reportRow = (namespace: string, part: Partial<ReportRow> = {}): ReportRow => ({
  period_start: '2026-11-12T00:00:00Z',
  cluster_id: 'c1',
  namespace,
  owner_kind: null,
  owner_name: null,
  pod_name: null,
  node: null,
  energy_joules: 3.6e6,
  facility_energy_joules: 4.32e6,
  co2e_grams: 1240,
  co2e_low_grams: 900,
  co2e_high_grams: 1700,
  embodied_co2e_grams: 200,
  total_cost: 12.5,
  currency: 'EUR',
  ...part,
});
/** The first two of 1,204 rows. */
export const reportSummary: ReportSummary = {
  row_count: 1204,
  preview: [reportRow('search'), reportRow('__unallocated__', { period_start: '2026-11-13T00:00:00Z' })],
  total_co2e_grams: 29_000,
  total_embodied_co2e_grams: 6200,
  total_energy_joules: 116 * 3.6e6,
  total_cost: 1008,
  currency: 'EUR',
  period: { start: '2026-11-12T00:00:00Z', end: '2026-11-19T00:00:00Z' },
};

const dimension = (
  name: ScoreCard['dimensions'][number]['dimension'],
  score: number | null,
  weight: number,
  note: string,
) => ({ dimension: name, score, weight, figures: {}, note });

export const scoreCard = (part: Partial<ScoreCard> = {}): ScoreCard => ({
  cluster: 'c1',
  cluster_name: 'prod-eu-west-1',
  namespace: null,
  score: 71.6,
  dimensions: [
    dimension('resource_efficiency', 48, 0.263, '48 % of what is requested is used.'),
    dimension('carbon', 82, 0.21, '221 g/kWh on average.'),
    dimension('waste', 41, 0.158, '59 % of the idle power is unallocated.'),
    dimension('nodes', 77, 0.158, '14 nodes, 31 % used.'),
    dimension('scaling', 66, 0.105, 'One workload of three follows its load.'),
    dimension('carbon_aware', 90, 0.105, 'Most runs at clean hours.'),
    dimension('stability', null, 0, 'Restarts are not known: kube-state-metrics is missing.'),
  ],
  raise: { dimension: 'resource_efficiency', points: 9.4, how: 'Lower 12 requests that are too large' },
  ...part,
});

export const scoreAnswer: ScoreAnswer = {
  period: { start: '2026-11-12T14:00:00Z', end: '2026-11-19T14:00:00Z' },
  score: 71.6,
  clusters: [scoreCard()],
  namespaces: [
    scoreCard({ namespace: 'search', score: 55, raise: null }),
    scoreCard({ namespace: 'payments', score: 83, raise: null }),
  ],
  history: [
    { date: '2026-11-15', cluster: 'c1', score: 70 },
    { date: '2026-11-16', cluster: 'c1', score: 74 },
    { date: '2026-11-18', cluster: 'c1', score: 71.6 },
  ],
  computed_at: '2026-11-19T13:50:00Z',
};

export const token: ApiToken = {
  id: 't1',
  name: 'CI of the shop',
  scope: 'read',
  created_at: '2026-10-01T08:00:00Z',
  expires_at: '2027-01-01T08:00:00Z',
  last_used_at: '2026-11-19T13:30:00Z',
};

/** Answers of recommendations, score and tokens, as the fake client gives them by default. */
export const savingsAnswers = {
  recommendations: {
    active: async () => listOf(openItems),
    ignored: async () => listOf([snoozed, dismissed]),
    applied: async () => listOf([applied, verified, regressed]),
    top: async () => listOf(openItems),
    savings: async () => savingsReport,
    detail: async ({ id }: { id: string }) =>
      detailOf([...openItems, snoozed, dismissed, applied, verified, regressed].find((item) => item.id === id) ?? cpu),
    apply: async () => applied,
    unignore: async () => cpu,
    ignoreMany: async () => listOf([snoozed]),
    thresholds: async () => thresholds,
    updateThresholds: async () => thresholds,
  },
  reports: { summary: async () => reportSummary },
  score: { get: async () => scoreAnswer },
  tokens: {
    list: async () => ({ tokens: [token] }),
    create: async () => ({ ...token, id: 't2', token: 'podwatt_secret' }),
    revoke: async () => undefined,
  },
};
