import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startClusterApi } from '../../fakes/kubernetes/cluster-api.ts';
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
  const api = await startClusterApi(cluster, prometheus.url, 'live');
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
