import type { ResourceRequests } from '../../../model/inventory.ts';
import { cpuMillicores, wholeQuantity } from '../../../model/quantity.ts';
import type { RawPodSpec } from './schemas.ts';

/** What Kubernetes calls whole graphics cards, by vendor. */
export const GPU_RESOURCES = ['nvidia.com/gpu', 'amd.com/gpu', 'gpu.intel.com/i915', 'gpu.intel.com/xe'];

/**
 * What the scheduler reserves for a pod: max(containers + sidecars, peak of the init containers, each with the sidecars started
 * before it), then the pod level where set, then overhead. Source: k8s.io/component-helpers/resource, `PodRequests`.
 */
export function podRequests(spec: RawPodSpec): ResourceRequests {
  const gpus = GPU_RESOURCES.reduce((sum, name) => sum + reserved(spec, name, wholeQuantity), 0);
  return {
    cpuMillicores: reserved(spec, 'cpu', cpuMillicores),
    memoryBytes: reserved(spec, 'memory', wholeQuantity),
    ...(gpus > 0 ? { gpus } : {}),
  };
}

function reserved(spec: RawPodSpec, resource: string, parse: (text: string | undefined) => number): number {
  const overhead = parse(spec.overhead?.[resource]);
  const podLevel = spec.resources?.requests?.[resource];
  if (podLevel !== undefined) return parse(podLevel) + overhead;
  let sidecars = 0;
  let initPeak = 0;
  for (const init of spec.initContainers ?? []) {
    const own = parse(init.resources?.requests?.[resource]);
    if (init.restartPolicy === 'Always') {
      sidecars += own;
      initPeak = Math.max(initPeak, sidecars);
    } else {
      initPeak = Math.max(initPeak, sidecars + own);
    }
  }
  const running = (spec.containers ?? []).reduce(
    (sum, container) => sum + parse(container.resources?.requests?.[resource]),
    sidecars,
  );
  return Math.max(running, initPeak) + overhead;
}
