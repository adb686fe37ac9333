import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RawObject } from '../../fakes/kubernetes/recordings.ts';
import { startStubApiServer } from '../../fakes/kubernetes/stub-api-server.ts';
import { buildIntegrationCluster } from '../../fixtures/prometheus/integration-cluster.ts';
import { startPrometheus } from '../../services/prometheus.ts';

const HOUR = 3600;

/** A cluster of the last day: a real Prometheus behind a stub API server's service proxy. */
export interface LiveCluster {
  readonly kubeconfig: string;
  readonly context: string;
  stop(): Promise<void>;
}

/** A kubeconfig with one context that works and two that don't. */
export async function startLiveCluster(): Promise<LiveCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'kube-'));
  // A little into the future, so that the source is live for as long as a test runs.
  const endSeconds = Math.ceil(Date.now() / 1000 / 60) * 60 + HOUR / 4;
  const cluster = buildIntegrationCluster({ startSeconds: endSeconds - 24 * HOUR });
  const prometheus = await startPrometheus({ openMetrics: (file) => cluster.writeOpenMetrics(file) });
  const items = (list: { readonly items: readonly object[] }): RawObject[] => list.items.map((item) => ({ ...item }));
  const { nodes, pods, namespaces, services, replicaSets, jobs } = cluster.lists;
  const api = await startStubApiServer({
    nodes: items(nodes),
    pods: items(pods),
    namespaces: items(namespaces),
    services: items(services),
    replicaSets: items(replicaSets),
    jobs: items(jobs),
    token: 'live',
    backends: { 'monitoring/prometheus-server': prometheus.url },
  });
  const kubeconfig = join(folder, 'config');
  const context = 'prod-eu-west-3';
  const withoutUser = api.kubeconfigYaml({ context: 'no-user' }).replaceAll('user: no-user-user', 'user: nobody');
  const files = { config: api.kubeconfigYaml({ context }), broken: 'contexts: [', 'no-user': withoutUser };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return {
    kubeconfig,
    context,
    stop: async () => {
      await api.close();
      await prometheus.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
