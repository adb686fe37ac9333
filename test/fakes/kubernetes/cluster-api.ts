import type { IntegrationCluster } from '../../fixtures/prometheus/integration-cluster.ts';
import type { RawObject } from './recordings.ts';
import { type StubApiServer, startStubApiServer } from './stub-api-server.ts';

/** The API server of an integration cluster: its own objects in the lists, its Prometheus behind the service proxy. */
export function startClusterApi(
  cluster: IntegrationCluster,
  prometheusUrl: string,
  token: string,
  more: { readonly services?: readonly RawObject[]; readonly backends?: Readonly<Record<string, string>> } = {},
): Promise<StubApiServer> {
  const items = (list: { readonly items: readonly object[] }): RawObject[] => list.items.map((item) => ({ ...item }));
  const { nodes, pods, namespaces, services, replicaSets, jobs } = cluster.lists;
  return startStubApiServer({
    nodes: items(nodes),
    pods: items(pods),
    namespaces: items(namespaces),
    services: [...items(services), ...(more.services ?? [])],
    replicaSets: items(replicaSets),
    jobs: items(jobs),
    claims: [],
    storageClasses: [],
    token,
    backends: { 'monitoring/prometheus-server': prometheusUrl, ...more.backends },
  });
}
