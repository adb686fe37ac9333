import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startClusterApi } from '../../fakes/kubernetes/cluster-api.ts';
import { buildIntegrationCluster, INTEGRATION_START_SECONDS } from '../../fixtures/prometheus/integration-cluster.ts';
import { startPrometheus } from '../../services/prometheus.ts';
import { CONTEXT, type CollectSetup } from './collect-backend.ts';

export const cluster = buildIntegrationCluster({ startSeconds: INTEGRATION_START_SECONDS });
/** The day is over, and its last scrapes have arrived. */
export const NOW_SECONDS = cluster.endSeconds + 95;

/** The integration cluster running: a real Prometheus behind the service proxy of a stub API server. */
export interface DayCluster {
  /** A data folder of its own for each name. */
  setup(name: string, nowSeconds?: number): CollectSetup;
  stop(): Promise<void>;
}

export async function startDayCluster(): Promise<DayCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'podwatt-day-'));
  const prometheus = await startPrometheus({ openMetrics: (file) => cluster.writeOpenMetrics(file) });
  const api = await startClusterApi(cluster, prometheus.url, 'integration');
  const kubeconfig = join(folder, 'kubeconfig.yaml');
  await writeFile(kubeconfig, api.kubeconfigYaml({ context: CONTEXT }));
  return {
    setup: (name, nowSeconds = NOW_SECONDS) => ({ dataDir: join(folder, name), kubeconfig, nowSeconds }),
    stop: async () => {
      await api.close();
      await prometheus.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
