import type { KubernetesApi } from '../../core/ports/kubernetes-api.ts';
import type { NodeSample } from '../../core/ports/usage-samples.ts';
import { Failure } from '../../model/failure.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { readSummary } from './read-summary.ts';

export interface Kubelets {
  /** What the kubelet of a node counts now. Throws `Failure`; `forbidden` names the missing right. */
  sample(node: string, nowSeconds: EpochSeconds, signal: AbortSignal): Promise<NodeSample>;
}

/** The kubelets of a cluster, each through the API server's proxy of its node. */
export function createKubelets(api: KubernetesApi): Kubelets {
  return {
    async sample(node, nowSeconds, signal) {
      const path = `/api/v1/nodes/${encodeURIComponent(node)}/proxy/stats/summary`;
      const access = { verb: 'get', resource: 'nodes/proxy', apiGroup: '' } as const;
      const sample = readSummary(await api.get(path, access, signal), nowSeconds);
      if (sample !== null) return { ...sample, node };
      throw new Failure('bad-answer', `The kubelet of ${node} gave no summary of its statistics.`, {
        hint: 'A virtual node (Fargate, Virtual Kubelet) may have none. Other nodes are not affected.',
      });
    },
  };
}
