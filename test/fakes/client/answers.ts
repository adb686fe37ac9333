import type {
  CheckStep,
  ClusterItem,
  ContextItem,
  Contexts,
  Progress,
} from '../../../src/contract/schemas/contexts.ts';
import type { Summary, SummaryTotals } from '../../../src/contract/schemas/metrics.ts';
import type { Settings } from '../../../src/contract/schemas/settings.ts';
import type { Health } from '../../../src/contract/schemas/system.ts';

const context = (name: string, more: Partial<ContextItem> = {}): ContextItem => ({
  name,
  file: '/home/ada/.kube/config',
  cluster_name: name,
  server_url: `https://${name}.example.com:6443`,
  user_name: 'ada',
  namespace: null,
  auth_kind: 'token',
  is_current: false,
  is_sample: false,
  problem: null,
  cluster_id: null,
  collecting: false,
  ...more,
});

export const contexts: Contexts = {
  files: [
    { path: '/home/ada/.kube/config', problem: null },
    {
      path: '/home/ada/.kube/old.yaml',
      problem: { message: 'is no YAML: line 7 is indented twice.', hint: 'Correct that line.' },
    },
  ],
  contexts: [
    context('prod-eu-west-1', { cluster_id: 'c-eu', collecting: true, is_current: true }),
    context('prod-us-east-1', { cluster_id: 'c-us', collecting: true }),
    context('prod-ap-south-1', { cluster_id: 'c-ap', collecting: true }),
    context('kind-local'),
    context('half-written', {
      problem: { message: 'It names the user "bob", who is not in the file.', hint: 'Add the user.' },
    }),
    context('Sample cluster', { file: null, server_url: null, is_sample: true }),
  ],
};

/** Contexts of a computer on which nothing was ever collected. */
export const freshContexts: Contexts = {
  files: contexts.files,
  contexts: contexts.contexts.map((item) => ({ ...item, cluster_id: null, collecting: false })),
};

const cluster = (id: string, name: string, more: Partial<ClusterItem> = {}): ClusterItem => ({
  id,
  name,
  context_name: name,
  server_url: `https://${name}.example.com:6443`,
  server_version: 'v1.33.2',
  provider: 'aws',
  region: 'eu-west-1',
  currency: 'EUR',
  is_sample: false,
  node_count: 14,
  pod_count: 226,
  collecting: true,
  state: 'collecting',
  last_window_end: '2026-11-19T13:55:00Z',
  next_run_at: '2026-11-19T14:00:00Z',
  last_error: null,
  sources: [
    { name: 'Prometheus', state: 'ok', detail: 'monitoring/kube-prometheus' },
    { name: 'Unit prices', state: 'ok', detail: 'Bundled table' },
    { name: 'Grid', state: 'partial', detail: 'Yearly value of Ireland' },
  ],
  ...more,
});

export const clusters: { clusters: ClusterItem[] } = {
  clusters: [
    cluster('c-eu', 'prod-eu-west-1'),
    cluster('c-us', 'prod-us-east-1', { region: 'us-east-1', node_count: 9, currency: 'EUR' }),
    cluster('c-ap', 'prod-ap-south-1', {
      region: 'ap-south-1',
      state: 'signed-out',
      last_window_end: '2026-11-19T09:10:00Z',
      last_error: {
        message: 'The token of this context has run out.',
        hint: 'Sign in again with your provider’s tool.',
      },
    }),
  ],
};

const totals = (grams: number): SummaryTotals => ({
  total_co2e_grams: grams * 0.83,
  total_co2e_low_grams: grams * 0.7,
  total_co2e_high_grams: grams,
  total_embodied_co2e_grams: grams * 0.17,
  total_embodied_low_grams: grams * 0.12,
  total_embodied_high_grams: grams * 0.21,
  total_co2e_all_scopes: grams,
  total_co2e_all_scopes_low: grams * 0.82,
  total_co2e_all_scopes_high: grams * 1.21,
  total_energy_joules: grams * 10_000,
  total_facility_energy_joules: grams * 12_000,
  total_facility_energy_low_joules: grams * 10_500,
  total_facility_energy_high_joules: grams * 14_000,
  total_cost: grams / 35,
  total_cost_low: grams / 40,
  total_cost_high: grams / 30,
  total_pods: 226,
  unallocated_co2e_grams: grams * 0.123,
  energy_parts: {
    dynamic_joules: grams * 3400,
    idle_joules: grams * 4700,
    system_joules: grams * 700,
    unallocated_joules: grams * 1200,
  },
  quality: { measured: 0.31, modelled: 0.68, default: 0.01 },
  mean_grid_intensity: grams / 150,
  mean_pue: 1.2,
});

const GRAMS: Record<string, number> = { 'c-eu': 35_200, 'c-us': 41_800, 'c-ap': 2_140 };

/** Totals of a cluster, or of all: 7 days that end on 19 November, with 163 of 168 hours. */
export function summary(cluster?: string): Summary {
  const grams = cluster === undefined ? 79_140 : (GRAMS[cluster] ?? 0);
  return {
    ...totals(grams),
    currency: 'EUR',
    period: { start: '2026-11-12T14:00:00Z', end: '2026-11-19T14:00:00Z' },
    coverage: 163 / 168,
    covered_seconds: 163 * 3600,
    expected_seconds: 168 * 3600,
    previous: {
      ...totals(grams * 1.105),
      period: { start: '2026-11-05T14:00:00Z', end: '2026-11-12T14:00:00Z' },
      coverage: 1,
    },
  };
}

export const health: Health = {
  status: 'degraded',
  version: '0.1.0',
  uptime_seconds: 4000,
  sources: ['Kubernetes', 'Prometheus', 'Prices', 'Hardware', 'Grid'].map((name, index) => ({
    name,
    cluster_id: 'c-eu',
    state: index === 4 ? ('partial' as const) : ('ok' as const),
    detail: index === 4 ? 'Yearly value of Ireland' : 'Answers in 40 ms',
    hint: null,
    checked_at: '2026-11-19T13:58:00Z',
    last_good_at: '2026-11-19T13:58:00Z',
  })),
};

export const generalSettings: Settings = {
  theme: 'system',
  time_zone: 'local',
  default_zone: null,
  default_intensity: null,
  label_keys: { team: ['team'], cost_center: ['cost-center'] },
};

const step = (
  source: CheckStep['source'],
  state: CheckStep['state'],
  detail: string,
  more: Partial<CheckStep> = {},
): CheckStep => ({
  source,
  state,
  detail,
  hint: null,
  latency_milliseconds: null,
  ...more,
});

export const checkSteps: CheckStep[] = [
  step('kubernetes', 'running', ''),
  step('kubernetes', 'passed', 'v1.33, 14 nodes, 226 pods, read-only rights are enough', { latency_milliseconds: 118 }),
  step('usage', 'passed', 'Prometheus in monitoring/kube-prometheus, through the API server', {
    latency_milliseconds: 42,
  }),
  step('energy', 'partial', 'Modelled from CPU and memory'),
  step('cost', 'passed', 'Unit prices of the bundled table'),
  step('grid', 'partial', 'The yearly value of Ireland is used'),
  step('hardware', 'passed', 'Bundled table'),
];

export const progress: Progress = {
  cluster_id: 'c-new',
  state: 'running',
  phases: [
    { name: 'inventory', state: 'done', done: 240, total: 240, unit: 'objects', detail: '14 nodes, 226 pods' },
    { name: 'usage', state: 'running', done: 112, total: 168, unit: 'hours', detail: '' },
    { name: 'attribution', state: 'running', done: 109, total: 168, unit: 'hours', detail: '' },
    { name: 'grid', state: 'done', done: 168, total: 168, unit: 'hours', detail: '' },
    { name: 'cost', state: 'waiting', done: 0, total: 168, unit: 'hours', detail: '' },
  ],
  windows_done: 109,
  windows_total: 168,
  windows_without_data: 2,
  seconds_left: 40,
  so_far: { co2e_grams: 23_100, low_grams: 17_900, high_grams: 29_400, hours: 112 },
  message: null,
};
