/** A route of the documented carbon API: what it takes, what it answers, and what it refuses. */
export interface DocumentedRoute {
  readonly path: string;
  /** Parameters as documented, each with a value that works. */
  readonly query: Readonly<Record<string, string>>;
  /** Field names of the body; `list[]` and `list[].field` go into the first item. */
  readonly fields: readonly string[];
  /** Length of the answered period where nothing is asked for, in hours. */
  readonly defaultHours?: number;
  /** Queries that are 400. */
  readonly refused: readonly string[];
}

const range = { last: '24h' };
const REFUSED_RANGES = ['last=abc', 'last=0d', 'start=yesterday', 'last=1d&start=2026-01-01T00:00:00Z', 'tz=Mars'];
const SUMS = ['co2e_grams', 'embodied_co2e_grams', 'total_cost', 'energy_joules'];

const METRIC_COLUMNS = [
  ...['pod_name', 'namespace', 'node', 'node_instance_type', 'node_zone', 'emaps_zone', 'owner_kind', 'owner_name'],
  ...['timestamp', 'duration_seconds', 'joules', 'co2e_grams', 'embodied_co2e_grams', 'grid_intensity', 'pue'],
  ...['total_cost', 'cpu_request', 'cpu_usage_millicores', 'gpu_usage_millicores', 'memory_request'],
  ...['memory_usage_bytes', 'network_receive_bytes', 'network_transmit_bytes', 'disk_read_bytes', 'disk_write_bytes'],
  ...['storage_request_bytes', 'storage_usage_bytes', 'ephemeral_storage_request_bytes'],
  ...['ephemeral_storage_usage_bytes', 'restart_count', 'is_estimated', 'estimation_reasons'],
  ...['grid_intensity_timestamp', 'calculation_version', 'cluster_id', 'row_kind', 'pod_uid', 'team', 'co2e_low_grams'],
  ...['co2e_high_grams', 'cost_cpu', 'cost_memory', 'cost_gpu', 'cost_storage', 'cost_network', 'sources'],
];
const SUMMARY_TOTALS = [
  ...['total_co2e_grams', 'total_cost', 'total_energy_joules', 'total_pods', 'total_embodied_co2e_grams'],
  ...['total_co2e_all_scopes', 'total_co2e_low_grams', 'total_co2e_high_grams'],
];
const RECOMMENDATIONS = ['recommendations', 'total'];

/** Part 1 of the documented API, each route with its parameters and fields. */
export const documentedRoutes: readonly DocumentedRoute[] = [
  { path: '/health', query: {}, fields: ['status', 'version', 'uptime_seconds', 'sources'], refused: [] },
  { path: '/version', query: {}, fields: ['version'], refused: [] },
  {
    path: '/config',
    query: {},
    fields: [
      ...['db_type', 'cloud_provider', 'default_zone', 'default_intensity', 'prometheus_url', 'api_port'],
      'normalization_granularity',
    ],
    refused: [],
  },
  {
    path: '/metrics',
    query: { ...range, namespace: 'ml', pod: 'inference*', limit: '10', offset: '0' },
    fields: ['metrics', 'total', 'period.start', 'period.end', ...METRIC_COLUMNS.map((name) => `metrics[].${name}`)],
    defaultHours: 24,
    refused: [...REFUSED_RANGES, 'limit=0', 'limit=10001', 'offset=10001', 'cursor=nonsense', 'last=30d'],
  },
  {
    path: '/metrics/summary',
    query: { ...range, namespace: 'ml' },
    fields: [...SUMMARY_TOTALS, 'period.start', 'period.end', 'coverage', 'previous'],
    defaultHours: 24,
    refused: REFUSED_RANGES,
  },
  {
    path: '/metrics/timeseries',
    query: { last: '2d', granularity: '6h', group_by: 'namespace', namespace: 'ml' },
    fields: ['timestamp', 'co2e_grams', 'total_cost', 'energy_joules', 'pod_count'].map(
      (name) => `timeseries[].${name}`,
    ),
    defaultHours: 7 * 24,
    refused: [...REFUSED_RANGES, 'granularity=minute', 'group_by=colour', 'last=3d&granularity=5m'],
  },
  {
    path: '/breakdown',
    query: { by: 'workload', ...range, sort: 'cost', limit: '5', node: 'nowhere' },
    fields: [
      'items',
      'total.co2e_grams',
      'total.energy_joules',
      'total.total_cost',
      'total.usage.cpu_request_millicores',
    ],
    defaultHours: 24,
    refused: [...REFUSED_RANGES, 'by=colour', 'sort=colour', 'limit=0', 'cursor=nonsense'],
  },
  {
    path: '/namespaces',
    query: range,
    fields: ['name', 'pod_count', 'total_co2e_grams', 'total_cost'].map((name) => `namespaces[].${name}`),
    defaultHours: 24,
    refused: REFUSED_RANGES,
  },
  {
    path: '/nodes',
    query: {},
    fields: [
      ...['name', 'instance_type', 'cloud_provider', 'zone', 'emaps_zone', 'cpu_capacity', 'memory_capacity'],
      ...['architecture', 'os'],
    ].map((name) => `nodes[].${name}`),
    refused: ['last=abc'],
  },
  {
    path: '/recommendations',
    query: { namespace: 'ml' },
    fields: RECOMMENDATIONS,
    refused: ['type=MAGIC', 'limit=0'],
  },
  ...['active', 'ignored', 'applied', 'history', 'top'].map((name) => ({
    path: `/recommendations/${name}`,
    query: { namespace: 'ml', limit: '5' },
    fields: RECOMMENDATIONS,
    refused: ['limit=0', 'type=MAGIC', ...(name === 'top' ? ['metric=beauty'] : [])],
  })),
  { path: '/recommendations/savings', query: { last: '30d' }, fields: ['period.start', 'days'], refused: ['last=abc'] },
  {
    path: '/report/summary',
    query: { ...range, aggregate: 'true', granularity: 'hourly', group_by: 'workload', namespace: 'ml' },
    fields: ['row_count', 'preview', 'total_co2e_grams', 'total_cost', 'total_energy_joules'],
    defaultHours: 24,
    refused: [...REFUSED_RANGES, 'granularity=minutely', 'group_by=node', 'aggregate=maybe', 'aggregate=false&last=3d'],
  },
  {
    path: '/metrics/by-namespace',
    query: { ...range, namespace: 'ml', limit: '10' },
    fields: ['namespace', ...SUMS].map((name) => `[].${name}`),
    refused: [...REFUSED_RANGES, 'limit=0'],
  },
  {
    path: '/metrics/top-pods',
    query: { ...range, namespace: 'ml', limit: '3' },
    fields: ['namespace', 'pod_name', ...SUMS].map((name) => `[].${name}`),
    refused: [...REFUSED_RANGES, 'limit=0'],
  },
  { path: '/health/services', query: {}, fields: ['services.store.status'], refused: [] },
  { path: '/report/years', query: {}, fields: ['[]'], refused: ['tz=Mars'] },
  {
    path: '/explain',
    query: { ...range, namespace: 'ml' },
    fields: [
      'value',
      'unit',
      ...['formula', 'value', 'unit', 'terms'].map((name) => `steps[].${name}`),
      'steps[].terms[].source',
    ],
    defaultHours: 24,
    refused: [...REFUSED_RANGES, 'timestamp=noon', 'metric=beauty'],
  },
  { path: '/score', query: { last: '7d' }, fields: ['score', 'clusters'], defaultHours: 7 * 24, refused: ['last=abc'] },
  {
    path: '/tokens',
    query: {},
    fields: ['tokens'],
    refused: [],
  },
];

/** What lies at `a.b[].c` of a body; undefined where it isn't there. */
export function fieldAt(body: unknown, path: string): unknown {
  return path
    .replaceAll('[]', '.0')
    .split('.')
    .filter((part) => part !== '')
    .reduce<unknown>(
      (value, part) => (typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined),
      body,
    );
}
