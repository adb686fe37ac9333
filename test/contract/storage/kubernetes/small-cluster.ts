import { at } from './many-rows.ts';
import type { Content, Row } from './stored-rows.ts';

const DAY = 86_400;

/**
 * Two clusters: a busy one, and one that says nothing yet. What counts is beside what must not: a node and a deployment
 * that are gone, a StatefulSet, costs of 40 days ago, hours of a day that has its own row.
 */
export function smallCluster(nowSeconds: number): Content {
  const made = { created_at: at(nowSeconds - 50 * DAY), updated_at: at(nowSeconds) };
  const gone = at(nowSeconds - DAY);
  const dayBefore = (days: number): string => at(nowSeconds - days * DAY).slice(0, 10);
  const cost = (id: string, namespace: string, date: string, hour: number | null, money: number): Row => ({
    id,
    cluster_id: 'busy',
    namespace_id: namespace,
    date,
    hour,
    cpu_cost: money / 2,
    memory_cost: money / 2,
    total_cost: money,
    cpu_core_hours: money * 10,
    memory_gb_hours: money * 20,
    storage_gb_hours: money * 30,
    network_gb: money,
    updated_at: at(nowSeconds),
  });
  return [
    ['k8s_clusters', clusters(nowSeconds, made)],
    [
      'k8s_namespaces',
      [
        { ...namespace('shop', made), team_name: 'store', cost_center: 'cc-1' },
        { ...namespace('quiet', made), team_name: null, cost_center: null },
      ],
    ],
    [
      'k8s_nodes',
      [
        { ...node('one', 'Ready', made), cpu_usage_cores: 1.5, memory_usage_bytes: 4_000_000_000 },
        { ...node('two', 'NotReady', made), cpu_usage_cores: 0.25, memory_usage_bytes: 3_000_000_000 },
        { ...node('three', 'Ready', made), cpu_usage_cores: null, memory_usage_bytes: null },
        { ...node('gone', 'Ready', made), cpu_usage_cores: 8, memory_usage_bytes: 1, deleted_at: gone },
        { ...node('silent', 'Unknown', made), cluster_id: 'new' },
      ],
    ],
    [
      'k8s_deployments',
      [
        deployment('cart', 'healthy', made),
        deployment('search', 'degraded', made),
        { ...deployment('old', 'healthy', made), deleted_at: gone },
        { ...deployment('db', 'healthy', made), kind: 'StatefulSet' },
      ],
    ],
    [
      'k8s_cost_attribution',
      [
        cost('a', 'shop', dayBefore(40), null, 1000),
        cost('b', 'shop', dayBefore(20), null, 24),
        cost('c', 'shop', dayBefore(20), 3, 24),
        cost('d', 'shop', dayBefore(10), null, 12),
        cost('e', 'shop', dayBefore(2), 1, 2),
        cost('f', 'shop', dayBefore(2), 2, 4),
      ],
    ],
  ];
}

function clusters(nowSeconds: number, made: Row): Row[] {
  const known = { context_name: 'c', api_server_url: 'https://c.example', cost_currency: 'EUR', ...made };
  return [
    {
      ...known,
      id: 'busy',
      name: 'Busy',
      provider: 'eks',
      environment: 'production',
      status: 'active',
      health_status: 'degraded',
      total_namespaces: 2,
      total_pods: 7,
      estimated_monthly_cost: 812.5,
      last_sync_at: at(nowSeconds - 30),
      last_error: 'one node does not answer',
    },
    {
      ...known,
      id: 'new',
      name: 'New',
      provider: null,
      environment: null,
      status: 'paused',
      health_status: 'unknown',
      total_namespaces: null,
      total_pods: null,
      estimated_monthly_cost: null,
      last_sync_at: null,
      last_error: null,
    },
  ];
}

const namespace = (name: string, made: Row): Row => ({ id: name, cluster_id: 'busy', name, ...made });

const node = (name: string, status: string, made: Row): Row => ({
  id: name,
  cluster_id: 'busy',
  name,
  status,
  ...made,
});

const deployment = (name: string, health: string, made: Row): Row => ({
  id: name,
  cluster_id: 'busy',
  namespace_id: 'shop',
  name,
  kind: 'Deployment',
  health_status: health,
  ...made,
});

/** What `v_k8s_cluster_health` answers for it, by cluster. */
export function expectedHealth(nowSeconds: number): readonly Record<string, unknown>[] {
  const [busy, fresh] = clusters(nowSeconds, {});
  const kept = (cluster: Row | undefined): Row => {
    const { id, name, context_name: _context, api_server_url: _url, ...rest } = cluster ?? {};
    return { cluster_id: id ?? null, cluster_name: name ?? null, ...rest };
  };
  return [
    {
      ...kept(busy),
      total_nodes: 3,
      healthy_nodes: 2,
      total_deployments: 2,
      healthy_deployments: 1,
      cpu_usage_cores: 1.75,
      memory_usage_bytes: 7_000_000_000,
    },
    {
      ...kept(fresh),
      total_nodes: 1,
      healthy_nodes: 0,
      total_deployments: 0,
      healthy_deployments: 0,
      cpu_usage_cores: null,
      memory_usage_bytes: null,
    },
  ];
}

/** What `v_k8s_namespace_costs` answers for it, by namespace: 24 + 12 + (2 + 4) on three days. */
export const EXPECTED_COSTS: readonly Record<string, unknown>[] = [
  {
    cluster_id: 'busy',
    namespace_id: 'quiet',
    namespace: 'quiet',
    team_name: null,
    cost_center: null,
    total_cost: null,
    average_daily_cost: null,
    cpu_core_hours: null,
    memory_gb_hours: null,
    storage_gb_hours: null,
    network_gb: null,
  },
  {
    cluster_id: 'busy',
    namespace_id: 'shop',
    namespace: 'shop',
    team_name: 'store',
    cost_center: 'cc-1',
    total_cost: 42,
    average_daily_cost: 14,
    cpu_core_hours: 420,
    memory_gb_hours: 840,
    storage_gb_hours: 1260,
    network_gb: 42,
  },
];
