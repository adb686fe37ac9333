import type { Content, Row } from './stored-rows.ts';

/** Last instant of the content. */
export const NOW = Date.UTC(2026, 10, 21, 12) / 1000;

const CLUSTERS = 40;
const HOUR = 3600;
const DAY = 24 * HOUR;

export function at(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

function upTo<T>(count: number, make: (place: number) => T): T[] {
  return Array.from({ length: count }, (_, place) => make(place));
}

const MADE = { created_at: at(NOW - 200 * DAY), updated_at: at(NOW) };

export function cluster(place: number): Row {
  return {
    id: `c${place}`,
    name: `cluster-${String(place).padStart(4, '0')}`,
    context_name: `context-${place}`,
    api_server_url: `https://c${place}.example`,
    provider: place % 8 === 0 ? 'eks' : `provider-${place}`,
    environment: (['production', 'staging', 'development'] as const)[place % 60] ?? null,
    status: place % 10 === 0 ? 'paused' : 'active',
    health_status: place % 20 === 0 ? 'critical' : 'healthy',
    last_sync_at: at(NOW - place),
    cost_currency: 'EUR',
    ...MADE,
  };
}

/** Some thousands of rows, most of them of no interest to a question: so that indexes are worth it. */
export function manyRows(): Content {
  const clusters = upTo(CLUSTERS * 25, cluster);
  const ids = upTo(CLUSTERS, (place) => `c${place}`);
  const namespaces = ids.flatMap((id) =>
    upTo(30, (n) => ({
      id: `${id}-n${n}`,
      cluster_id: id,
      name: `namespace-${n}`,
      namespace_uid: `${id}-n${n}-uid`,
      team_name: n % 10 === 0 ? `team-${n}-${id}` : null,
      cost_center: n % 10 === 0 ? `center-${n}-${id}` : null,
      ...MADE,
    })),
  );
  const nodes = ids.flatMap((id) =>
    upTo(50, (n) => ({
      id: `${id}-w${n}`,
      cluster_id: id,
      name: `node-${n}`,
      node_uid: `${id}-w${n}-uid`,
      instance_type: `type-${n}`,
      status: n === 7 ? 'NotReady' : 'Ready',
      ...MADE,
    })),
  );
  const deployments = namespaces.flatMap(({ id, cluster_id }) =>
    upTo(3, (n) => ({
      id: `${id}-d${n}`,
      cluster_id,
      namespace_id: id,
      name: `deployment-${n}`,
      deployment_uid: `${id}-d${n}-uid`,
      health_status: n === 1 && id.endsWith('7') ? 'degraded' : 'healthy',
      ...MADE,
    })),
  );
  return [
    ['k8s_clusters', clusters],
    ['k8s_namespaces', namespaces],
    ['k8s_nodes', nodes],
    ['k8s_deployments', deployments],
    ['k8s_pods', pods(deployments)],
    ['k8s_resource_metrics', metrics(namespaces, nodes, deployments)],
    ['k8s_helm_releases', releases(namespaces)],
    ['k8s_cost_attribution', costs(namespaces)],
  ];
}

interface Part {
  readonly id: string;
  readonly cluster_id: string;
}

/** Two of a deployment: one that runs for months, one that finished. */
function pods(deployments: readonly (Part & { namespace_id: string })[]): Row[] {
  return deployments.flatMap(({ id, cluster_id, namespace_id }, place) =>
    upTo(2, (n) => ({
      id: `${id}-p${n}`,
      cluster_id,
      namespace_id,
      deployment_id: id,
      name: `pod-${place}-${n}`,
      pod_uid: `${id}-p${n}`,
      node_name: `node-${place % 50}`,
      phase: n === 0 ? (place % 50 === 0 ? 'Pending' : 'Running') : 'Succeeded',
      restart_count: place % 100 === 0 ? 5 : 0,
      created_at: at(NOW - ((place % 50) + 1) * DAY),
      finished_at: n === 0 ? null : at(NOW - (place % 50) * DAY),
      updated_at: at(NOW),
    })),
  );
}

function metrics(
  namespaces: readonly Part[],
  nodes: readonly Part[],
  deployments: readonly (Part & { namespace_id: string })[],
): Row[] {
  const none = { namespace_id: null, deployment_id: null, pod_id: null, node_id: null };
  const series = (object: string, keys: Row): Row[] =>
    upTo(6, (n) => ({
      ...none,
      ...keys,
      object_id: object,
      cpu_usage_cores: n,
      oom_kills: object.endsWith('7-p0') ? 1 : 0,
      restarts: object.endsWith('9-p0') ? 2 : 0,
      collected_at: at(NOW - n * 8 * HOUR),
    }));
  return [
    ...upTo(CLUSTERS, (n) => `c${n}`).flatMap((id) => series(id, { cluster_id: id, resource_type: 'cluster' })),
    ...namespaces.flatMap(({ id, cluster_id }) =>
      series(id, { cluster_id, namespace_id: id, resource_type: 'namespace' }),
    ),
    ...nodes
      .slice(0, 300)
      .flatMap(({ id, cluster_id }) => series(id, { cluster_id, node_id: id, resource_type: 'node' })),
    ...deployments.slice(0, 600).flatMap(({ id, cluster_id, namespace_id }, place) => [
      ...series(id, { cluster_id, namespace_id, deployment_id: id, resource_type: 'deployment' }),
      ...series(`${id}-${place}-p0`, {
        cluster_id,
        namespace_id,
        deployment_id: id,
        pod_id: `${id}-${place}-p0`,
        node_id: `${cluster_id}-w${place % 50}`,
        resource_type: 'pod',
      }),
    ]),
  ];
}

function releases(namespaces: readonly Part[]): Row[] {
  return namespaces.flatMap(({ id, cluster_id }, place) =>
    upTo(2, (n) => ({
      id: `${id}-h${n}`,
      cluster_id,
      namespace_id: id,
      name: `release-${n}`,
      chart_name: `chart-${place % 300}`,
      chart_version: `1.${n}.0`,
      status: n === 0 && place % 30 === 7 ? 'failed' : 'deployed',
      revision: 3,
      last_deployed_at: at(NOW - place * HOUR),
      ...MADE,
    })),
  );
}

function costs(namespaces: readonly (Part & { team_name: string | null; cost_center: string | null })[]): Row[] {
  return namespaces.slice(0, 120).flatMap(({ id, cluster_id, team_name, cost_center }) =>
    upTo(8, (day) => at(NOW - day * DAY).slice(0, 10)).flatMap((date) =>
      [null, ...upTo(24, (hour) => hour)].map((hour) => ({
        id: `${id}-${date}-${hour}`,
        cluster_id,
        namespace_id: id,
        date,
        hour,
        total_cost: hour === null ? 24 : 1,
        team_name,
        cost_center,
        updated_at: at(NOW),
      })),
    ),
  );
}
