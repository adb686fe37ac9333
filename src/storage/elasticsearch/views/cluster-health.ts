import * as z from 'zod';
import type { ClusterHealthRow } from '../../sql/schema/kubernetes/view-rows.ts';
import { compositePages, keyOf } from '../composite-pages.ts';
import { pagesOf } from '../documents.ts';
import type { IndexNames } from '../index-names.ts';
import type { Query, Requests } from '../requests.ts';
import { type Aggregations, type Bucket, countIn, valueIn } from '../sum-aggregations.ts';

const PAGE = 1000;

const Cluster = z.object({
  id: z.string(),
  name: z.string(),
  provider: z.string().nullish(),
  environment: z.string().nullish(),
  status: z.string().nullish(),
  health_status: z.string().nullish(),
  total_namespaces: z.number().nullish(),
  total_pods: z.number().nullish(),
  estimated_monthly_cost: z.number().nullish(),
  cost_currency: z.string(),
  last_sync_at: z.string().nullish(),
  last_error: z.string().nullish(),
});

/** `v_k8s_cluster_health` as a question: the same lines, by cluster id. */
export async function clusterHealth(
  requests: Requests,
  names: IndexNames,
  signal?: AbortSignal,
): Promise<readonly ClusterHealthRow[]> {
  const there: Query = { bool: { must_not: [{ exists: { field: 'deleted_at' } }] } };
  const nodes = await byCluster(requests, [names.all('k8s-nodes')], there, NODES, signal);
  const deployment: Query = { bool: { filter: [there, { term: { kind: 'Deployment' } }] } };
  const deployments = await byCluster(requests, [names.all('k8s-deployments')], deployment, DEPLOYMENTS, signal);
  const lines: ClusterHealthRow[] = [];
  for await (const page of pagesOf(requests, [names.all('k8s-clusters')], { sort: ['id'] }, signal)) {
    for (const { source } of page) {
      const cluster = Cluster.parse(source);
      lines.push(lineOf(cluster, nodes.get(cluster.id), deployments.get(cluster.id)));
    }
  }
  return lines;
}

const NODES: Aggregations = {
  healthy: { filter: { term: { status: 'Ready' } } },
  cpu: { sum: { field: 'cpu_usage_cores' } },
  cpuKnown: { value_count: { field: 'cpu_usage_cores' } },
  memory: { sum: { field: 'memory_usage_bytes' } },
  memoryKnown: { value_count: { field: 'memory_usage_bytes' } },
};
const DEPLOYMENTS: Aggregations = { healthy: { filter: { term: { health_status: 'healthy' } } } };

async function byCluster(
  requests: Requests,
  indices: readonly string[],
  query: Query,
  aggregations: Aggregations,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Bucket>> {
  const groups = new Map<string, Bucket>();
  const question = { indices, query, fields: ['cluster_id'], aggregations, size: PAGE };
  for await (const page of compositePages(requests, question, signal)) {
    for (const bucket of page) groups.set(keyOf(bucket)['cluster_id'] ?? '', bucket);
  }
  return groups;
}

function lineOf(
  cluster: z.infer<typeof Cluster>,
  nodes: Bucket | undefined,
  deployments: Bucket | undefined,
): ClusterHealthRow {
  return {
    cluster_id: cluster.id,
    cluster_name: cluster.name,
    provider: cluster.provider ?? null,
    environment: cluster.environment ?? null,
    status: cluster.status ?? 'active',
    health_status: cluster.health_status ?? 'unknown',
    total_nodes: nodes === undefined ? 0 : countIn(nodes),
    healthy_nodes: healthyIn(nodes),
    total_deployments: deployments === undefined ? 0 : countIn(deployments),
    healthy_deployments: healthyIn(deployments),
    total_namespaces: cluster.total_namespaces ?? null,
    total_pods: cluster.total_pods ?? null,
    cpu_usage_cores: knownSum(nodes, 'cpu', 'cpuKnown'),
    memory_usage_bytes: knownSum(nodes, 'memory', 'memoryKnown'),
    estimated_monthly_cost: cluster.estimated_monthly_cost ?? null,
    cost_currency: cluster.cost_currency,
    last_sync_at: cluster.last_sync_at ?? null,
    last_error: cluster.last_error ?? null,
  };
}

function healthyIn(bucket: Bucket | undefined): number {
  const healthy = bucket?.['healthy'];
  return typeof healthy === 'object' && healthy !== null ? countIn(healthy as Bucket) : 0;
}

/** A sum of nothing is unknown, not 0. */
function knownSum(bucket: Bucket | undefined, sum: string, known: string): number | null {
  return bucket === undefined || valueIn(bucket, known) === 0 ? null : valueIn(bucket, sum);
}
