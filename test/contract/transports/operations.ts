import type { InferContractRouterInputs } from '@orpc/contract';
import type { Contract } from '../../../src/contract/contract.ts';

type Inputs = InferContractRouterInputs<Contract>;

export interface OperationCase<Input> {
  readonly input: Input;
  /** Path below `/api/v1`, where the operation is REST too. */
  readonly rest: string | null;
  /** Field of the input that makes the fake fail by its value. */
  readonly failBy: 'namespace' | 'cluster' | 'context' | 'id' | null;
  /** An input that validation refuses. */
  readonly refused: Record<string, unknown> | null;
  /** Number of events to take of a stream that has no end. */
  readonly take?: number;
  /** Method of the route, GET where left out, and the status of its success. */
  readonly method?: 'POST' | 'PATCH' | 'DELETE';
  readonly status?: number;
}

const range = { last: '24h' } as const;
const refusedRange = { last: 'soon' };

/** A GET whose path holds the id. */
function byId<Input extends { id: string }>(
  rest: string,
  more: Omit<Input, 'id'>,
  refused: Record<string, unknown> | null,
): OperationCase<Input> {
  const input = { id: 'c1', ...more } as Input;
  return { input, rest, failBy: 'id', refused: refused === null ? null : { id: 'c1', ...refused } };
}

/** Every operation of the contract. One that is missing here doesn't compile. */
export const operations: {
  [Group in keyof Inputs]: { [Name in keyof Inputs[Group]]: OperationCase<Inputs[Group][Name]> };
} = {
  system: {
    health: { input: undefined, rest: '/health', failBy: null, refused: null },
    services: { input: undefined, rest: '/health/services', failBy: null, refused: null },
    version: { input: undefined, rest: '/version', failBy: null, refused: null },
    config: { input: undefined, rest: '/config', failBy: null, refused: null },
    changes: { input: undefined, rest: '/changes', failBy: null, refused: null, take: 2 },
  },
  metrics: {
    summary: {
      input: { ...range, tz: 'Europe/Paris' },
      rest: '/metrics/summary',
      failBy: 'namespace',
      refused: refusedRange,
    },
    timeseries: {
      input: { ...range, granularity: 'hour', group_by: 'namespace', top: 5 },
      rest: '/metrics/timeseries',
      failBy: 'namespace',
      refused: { granularity: 'minute' },
    },
    rows: {
      input: { ...range, pod: 'cart-*', limit: 10 },
      rest: '/metrics',
      failBy: 'namespace',
      refused: { limit: 20_000 },
    },
    byNamespace: {
      input: { ...range, limit: 5 },
      rest: '/metrics/by-namespace',
      failBy: 'namespace',
      refused: refusedRange,
    },
    topPods: { input: range, rest: '/metrics/top-pods', failBy: 'namespace', refused: { limit: 0 } },
    breakdown: {
      input: { ...range, by: 'pod', compare: true },
      rest: '/breakdown',
      failBy: 'namespace',
      refused: { by: 'colour' },
    },
    namespaces: { input: range, rest: '/namespaces', failBy: 'cluster', refused: { tz: 'Mars/Phobos' } },
  },
  nodes: {
    list: { input: range, rest: '/nodes', failBy: 'cluster', refused: refusedRange },
    detail: {
      input: { ...range, cluster: 'c1', node: 'node-1' },
      rest: '/nodes/detail',
      failBy: 'cluster',
      refused: { cluster: 'c1' },
    },
  },
  reports: {
    summary: {
      input: { ...range, aggregate: false },
      rest: '/report/summary',
      failBy: 'namespace',
      refused: { group_by: 'team' },
    },
    years: {
      input: { tz: 'Europe/Paris' },
      rest: '/report/years',
      failBy: 'namespace',
      refused: { tz: 'Mars/Phobos' },
    },
    export: {
      input: { ...range, format: 'csv' },
      rest: '/report/export',
      failBy: 'namespace',
      refused: { format: 'xml' },
    },
  },
  contexts: {
    list: { input: undefined, rest: '/contexts', failBy: null, refused: null },
    check: { input: { context: 'prod' }, rest: null, failBy: 'context', refused: { context: '' } },
    setCollecting: {
      input: { context: 'prod', collecting: true },
      rest: null,
      failBy: 'context',
      refused: { context: 'prod', collecting: 'often' },
    },
    settings: { input: { context: 'prod' }, rest: null, failBy: 'context', refused: {} },
    updateSettings: {
      input: { context: 'prod', pue: 1.2 },
      rest: null,
      failBy: 'context',
      refused: { context: 'prod', pue: 0.5 },
    },
    collect: {
      input: { context: 'prod', last: '24h' },
      rest: null,
      failBy: 'context',
      refused: { context: 'prod', last: '1y' },
    },
  },
  clusters: {
    list: { input: undefined, rest: '/clusters', failBy: null, refused: null },
    progress: { input: { cluster: 'c1' }, rest: null, failBy: 'cluster', refused: { cluster: '' } },
    stopReading: { input: { cluster: 'c1' }, rest: null, failBy: 'cluster', refused: {} },
    runs: { input: { cluster: 'c1' }, rest: '/clusters/runs', failBy: 'cluster', refused: {} },
  },
  store: {
    status: { input: undefined, rest: '/store', failBy: null, refused: null },
    test: { input: { url: 'sqlite:///var/lib/podwatt.sqlite' }, rest: null, failBy: null, refused: { url: '' } },
    change: { input: { url: 'sqlite:///var/lib/podwatt.sqlite' }, rest: null, failBy: null, refused: { url: '' } },
    reset: { input: undefined, rest: null, failBy: null, refused: null },
    setRetention: {
      input: { raw_days: 30, pod_hour_days: 90, hour_days: 400, pod_day_days: 400, day_days: null },
      rest: null,
      failBy: null,
      refused: { raw_days: 1.5 },
    },
    maintain: { input: undefined, rest: null, failBy: null, refused: null },
  },
  explain: {
    figure: {
      input: { ...range, metric: 'energy', pod: 'cart-1', timestamp: '2026-03-10T12:00:00Z' },
      rest: '/explain',
      failBy: 'namespace',
      refused: { metric: 'beauty' },
    },
    quality: { input: range, rest: '/quality', failBy: 'namespace', refused: refusedRange },
    scopes: { input: range, rest: '/scopes', failBy: 'cluster', refused: refusedRange },
  },
  grid: {
    zones: { input: range, rest: '/grid/zones', failBy: 'cluster', refused: refusedRange },
    history: { input: { ...range, zone: 'IE' }, rest: '/grid/history', failBy: null, refused: { zone: '' } },
  },
  audit: {
    list: { input: { limit: 10 }, rest: '/audit', failBy: 'cluster', refused: { limit: 0 } },
    recompute: {
      input: { start: '2026-03-10T00:00:00Z' },
      rest: null,
      failBy: 'cluster',
      refused: { start: 'yesterday' },
    },
  },
  sources: {
    settings: { input: undefined, rest: null, failBy: null, refused: null },
    update: { input: { offline: true }, rest: null, failBy: null, refused: { offline: 'maybe' } },
    test: { input: { source: 'electricity-maps' }, rest: null, failBy: null, refused: { source: 'stars' } },
    states: { input: undefined, rest: '/sources', failBy: null, refused: null },
    method: { input: { context: 'prod' }, rest: null, failBy: 'context', refused: {} },
    updateMethod: {
      input: { context: 'prod', pue: 1.2 },
      rest: null,
      failBy: 'context',
      refused: { context: 'prod', pue: 0.5 },
    },
  },
  webhook: {
    get: { input: undefined, rest: null, failBy: null, refused: null },
    save: {
      input: { url: 'https://chat.example/hook', secret: null },
      rest: null,
      failBy: null,
      refused: { url: '' },
    },
    remove: { input: undefined, rest: null, failBy: null, refused: null },
    test: { input: {}, rest: null, failBy: null, refused: { secret: '' } },
  },
  settings: {
    get: { input: undefined, rest: null, failBy: null, refused: null },
    update: { input: { theme: 'dark' }, rest: null, failBy: null, refused: { theme: 'pink' } },
  },
  tokens: {
    list: { input: undefined, rest: '/tokens', failBy: null, refused: null },
    create: {
      input: { name: 'ci', scope: 'metrics', expires_in_days: null },
      rest: '/tokens',
      method: 'POST',
      status: 201,
      failBy: null,
      refused: { name: '' },
    },
    revoke: { ...byId('/tokens/{id}', {}, null), method: 'DELETE', status: 204 },
  },
  budgets: {
    list: {
      input: { month: '2026-03', cluster: 'c1' },
      rest: '/budgets',
      failBy: 'cluster',
      refused: { month: '2026-13' },
    },
    create: {
      input: { name: 'Shop', scope: 'cluster', cluster: 'c1', unit: 'carbon', limit: 500 },
      rest: '/budgets',
      method: 'POST',
      status: 201,
      failBy: 'cluster',
      refused: { name: 'Shop', scope: 'cluster', unit: 'carbon', limit: 0 },
    },
    update: { ...byId('/budgets/{id}', { limit: 600 }, { unit: 'trees' }), method: 'PATCH' },
    delete: { ...byId('/budgets/{id}', {}, null), method: 'DELETE', status: 204 },
    alerts: { input: { limit: 5 }, rest: '/budgets/alerts', failBy: null, refused: { limit: 501 } },
    seen: { ...byId('/budgets/alerts/{id}/seen', {}, null), method: 'POST', status: 204 },
  },
  teams: {
    list: {
      input: { month: '2026-03', by: 'cost-center' },
      rest: '/teams',
      failBy: 'cluster',
      refused: { by: 'colour' },
    },
  },
  recommendations: {
    list: {
      input: { namespace: 'shop', limit: 10 },
      rest: '/recommendations',
      failBy: 'namespace',
      refused: { limit: 1001 },
    },
    active: {
      input: { namespace: 'shop', type: 'ZOMBIE_POD', sort: 'priority' },
      rest: '/recommendations/active',
      failBy: 'namespace',
      refused: { sort: 'colour' },
    },
    ignored: {
      input: { cluster: 'c1' },
      rest: '/recommendations/ignored',
      failBy: 'cluster',
      refused: { refresh: 'soon' },
    },
    applied: {
      input: { cluster: 'c1' },
      rest: '/recommendations/applied',
      failBy: 'cluster',
      refused: { offset: 10_001 },
    },
    history: {
      input: { ...range, type: 'RIGHTSIZING_CPU' },
      rest: '/recommendations/history',
      failBy: 'namespace',
      refused: refusedRange,
    },
    top: {
      input: { metric: 'cost', limit: 3 },
      rest: '/recommendations/top',
      failBy: 'namespace',
      refused: { metric: 'trees' },
    },
    savings: { input: range, rest: '/recommendations/savings', failBy: 'cluster', refused: refusedRange },
    detail: byId('/recommendations/{id}', {}, null),
    apply: {
      ...byId('/recommendations/{id}/apply', { actual: { cpu_request: 700 } }, { actual: 'all' }),
      method: 'PATCH',
    },
    ignore: { ...byId('/recommendations/{id}/ignore', { reason: 'night' }, { until: 'soon' }), method: 'PATCH' },
    unignore: { ...byId('/recommendations/{id}/ignore', {}, null), method: 'DELETE' },
    ignoreMany: { input: { ids: ['r1'] }, rest: null, failBy: null, refused: { ids: [] } },
    thresholds: { input: undefined, rest: null, failBy: null, refused: null },
    updateThresholds: { input: { headroom: 1.5 }, rest: null, failBy: null, refused: { headroom: 0.5 } },
  },
  score: {
    get: {
      input: { last: '7d', namespace: 'shop' },
      rest: '/score',
      failBy: 'namespace',
      refused: refusedRange,
    },
  },
  costs: {
    namespaces: {
      input: { month: '2026-03' },
      rest: '/costs/namespaces',
      failBy: 'cluster',
      refused: { month: 'march' },
    },
  },
  k8s: {
    register: {
      input: { name: 'shop', kubeconfig: 'apiVersion: v1', tags: ['web'], environment: 'staging' },
      rest: '/k8s/clusters',
      method: 'POST',
      status: 201,
      failBy: null,
      refused: { name: 'shop', kubeconfig: 'apiVersion: v1', environment: 'moon' },
    },
    preview: {
      input: { kubeconfig: 'apiVersion: v1' },
      rest: '/k8s/clusters/preview',
      method: 'POST',
      failBy: null,
      refused: { kubeconfig: '' },
    },
    clusters: {
      input: { status: 'active', limit: 10 },
      rest: '/k8s/clusters',
      failBy: null,
      refused: { limit: 501 },
    },
    cluster: byId('/k8s/clusters/{id}', {}, null),
    update: {
      input: { id: 'c1', status: 'paused', description: null },
      rest: '/k8s/clusters/{id}',
      method: 'PATCH',
      failBy: 'id',
      refused: { id: 'c1', status: 'gone' },
    },
    remove: { ...byId('/k8s/clusters/{id}', {}, null), method: 'DELETE', status: 204 },
    removal: byId('/k8s/clusters/{id}/removal', {}, null),
    sync: { ...byId('/k8s/clusters/{id}/sync', {}, null), method: 'POST', status: 202 },
    health: byId('/k8s/clusters/{id}/health', {}, null),
    healthHistory: byId('/k8s/clusters/{id}/health/history', { limit: 5 }, { start: 'yesterday' }),
    namespaces: byId('/k8s/clusters/{id}/namespaces', { limit: 5, offset: 5 }, { offset: -1 }),
    nodes: byId('/k8s/clusters/{id}/nodes', { limit: 5 }, { limit: 0 }),
    workloads: byId('/k8s/clusters/{id}/workloads', {}, { limit: 501 }),
    troubledPods: byId('/k8s/clusters/{id}/pods', { troubled: true, limit: 5 }, { limit: 501 }),
    costs: byId('/k8s/namespaces/{id}/costs', { period_type: 'daily' }, { period_type: 'weekly' }),
    deployments: byId('/k8s/namespaces/{id}/deployments', { offset: 100 }, { offset: 1.5 }),
    namespacePods: byId('/k8s/namespaces/{id}/pods', { limit: 5 }, { limit: 501 }),
    deployment: byId('/k8s/deployments/{id}', {}, null),
    deploymentPods: byId('/k8s/deployments/{id}/pods', { limit: 5 }, { limit: 501 }),
    pod: byId('/k8s/pods/{id}', {}, null),
    releases: {
      input: { cluster: 'c1', namespace: 'checkout', limit: 5 },
      rest: '/k8s/helm/releases',
      failBy: 'cluster',
      refused: { limit: 501 },
    },
    clusterMetrics: byId('/k8s/metrics/cluster/{id}', { resolution: 'hour' }, { resolution: 'second' }),
    namespaceMetrics: byId('/k8s/metrics/namespace/{id}', { resolution: 'day' }, { end: 'tomorrow' }),
    workers: { input: undefined, rest: '/k8s/workers/status', failBy: null, refused: null },
    encryption: { input: undefined, rest: null, failBy: null, refused: null },
    rotateKey: { input: { new_key_file: '/keys/new' }, rest: null, failBy: null, refused: { new_key_file: '' } },
  },
};
