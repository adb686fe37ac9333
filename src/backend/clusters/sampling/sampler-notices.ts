import type { Failure } from '../../../model/failure.ts';
import type { Notice } from '../../../model/inventory.ts';
import { refusedHint } from '../ladder-notices.ts';

export interface SamplerFacts {
  readonly standing: 'kubelet' | 'metrics-server' | 'requests';
  /** Nodes that were asked for, and those of which neither source had anything. */
  readonly asked: number;
  readonly without: readonly string[];
  readonly kubelet: Failure | null;
  readonly metricsServer: Failure | null;
}

/** One notice a rung that does not work, whatever the number of its nodes. */
export function samplerNotices(facts: SamplerFacts): readonly Notice[] {
  return [kubeletNotice(facts), metricsNotice(facts)].filter((notice) => notice !== null);
}

function kubeletNotice({ standing, kubelet, without }: SamplerFacts): Notice | null {
  if (kubelet === null) return null;
  const instead = standing === 'metrics-server' ? 'metrics.k8s.io is asked instead.' : '';
  const isForbidden = kubelet.code === 'forbidden';
  const message = isForbidden ? kubelet.message : `Some kubelets gave no statistics. ${kubelet.message}`;
  return {
    code: isForbidden ? 'kubelet-forbidden' : 'kubelet-failed',
    severity: standing === 'kubelet' && without.length > 0 ? 'warning' : 'info',
    message: `${message} ${instead}`.trim(),
    hint: kubelet.hint,
  };
}

function metricsNotice({ standing, kubelet, metricsServer, without, asked }: SamplerFacts): Notice | null {
  if (metricsServer === null || without.length === 0) return null;
  const count = without.length === asked ? 'Nodes count' : `${without.length} of ${asked} nodes count`;
  const isMissing = metricsServer.code === 'not-found';
  const said = isMissing ? 'The cluster has no metrics.k8s.io (metrics-server).' : metricsServer.message;
  return {
    code: standing === 'requests' ? 'usage-by-requests' : 'metrics-server-failed',
    severity: 'warning',
    message: `${said} ${count} at idle power, shared by the requests of pods.`,
    hint: isMissing ? refusedHint(kubelet) : metricsServer.hint,
  };
}
