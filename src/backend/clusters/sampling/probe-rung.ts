import { createKubelets } from '../../../collectors/kubelet/kubelet.ts';
import { createMetricsServer } from '../../../collectors/metrics-server/metrics-server.ts';
import type { KubernetesApi } from '../../../core/ports/kubernetes-api.ts';
import type { Failure } from '../../../model/failure.ts';
import type { Inventory } from '../../../model/inventory.ts';
import type { EpochSeconds } from '../../../model/time.ts';
import { asFailure } from '../../failures.ts';
import { nodesOf } from './merge-readings.ts';
import type { Standing } from './standing.ts';

/** Which rung would serve without Prometheus, and why the kubelets would not. */
export interface ProbedRung {
  readonly standing: Exclude<Standing, 'resting'>;
  readonly failure: Failure | null;
}

/** Asks one kubelet (of a node that is ready), else metrics.k8s.io. Throws only when cancelled. */
export async function probeRung(
  api: KubernetesApi,
  inventory: Inventory,
  nowSeconds: EpochSeconds,
  signal: AbortSignal,
): Promise<ProbedRung> {
  const node = inventory.nodes.find(({ ready }) => ready)?.name ?? nodesOf(inventory)[0];
  let failure: Failure | null = null;
  const works = async (ask: () => Promise<unknown>): Promise<boolean> => {
    try {
      await ask();
      return true;
    } catch (error) {
      if (signal.aborted) throw error;
      failure ??= asFailure(error);
      return false;
    }
  };
  if (node !== undefined && (await works(() => createKubelets(api).sample(node, nowSeconds, signal)))) {
    return { standing: 'kubelet', failure: null };
  }
  const hasMetrics = await works(() => createMetricsServer(api).sample(() => null, nowSeconds, signal));
  return { standing: hasMetrics ? 'metrics-server' : 'requests', failure };
}
