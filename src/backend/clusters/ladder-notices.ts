import type { Failure } from '../../model/failure.ts';
import type { Notice } from '../../model/inventory.ts';
import type { UsageReading } from '../../model/usage.ts';
import type { Standing } from './sampling/standing.ts';

/** What is used in place of Prometheus, in words. */
export function insteadOf(standing: Standing): string {
  switch (standing) {
    case 'kubelet':
      return 'Usage is read from the kubelets, from now on';
    case 'metrics-server':
      return 'Usage is read from metrics.k8s.io, from now on';
    case 'requests':
    case 'resting':
      return 'Pods count with their requests and nodes at idle power';
  }
}

/** Prometheus is not there or does not answer: what serves meanwhile, with the way out. */
export function withoutPrometheus({ message, hint }: Failure, standing: Standing): Notice {
  return {
    code: 'usage-without-prometheus',
    severity: 'warning',
    message: `${sentence(message)} ${insteadOf(standing)}.`,
    hint,
  };
}

/** What to do where neither the kubelets nor metrics.k8s.io answer. */
export function refusedHint(failure: Failure | null): string {
  if (failure?.code === 'forbidden' && failure.hint !== null) return failure.hint;
  return 'Install metrics-server, or allow reading kubelets: a ClusterRole with apiGroups [""], resources ["nodes/proxy"], verbs ["get"].';
}

/** Names the nodes that Prometheus has nothing of, or not all; null where nothing was filled. */
export function filledNotice(nodes: readonly string[], { nodes: usages, pods }: UsageReading): Notice | null {
  const [first] = nodes;
  if (first === undefined) return null;
  const sources = [...usages.map((node) => node.cpuSource), ...pods.map((pod) => pod.usageSource)];
  const from = sources.includes('kubelet') ? 'their kubelets' : 'metrics.k8s.io';
  const which = nodes.length === 1 ? first : `${first} and ${nodes.length - 1} more`;
  return {
    code: 'usage-filled',
    severity: 'info',
    message: `Prometheus lacks usage of nodes or pods (${which}): it is read from ${from} meanwhile`,
    hint: 'Check the scrape targets of Prometheus: kubelet (cAdvisor) and node-exporter of each node.',
  };
}

function sentence(message: string): string {
  return message.endsWith('.') ? message : `${message}.`;
}
