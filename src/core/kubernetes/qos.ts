import type { ContainerResources } from '../../model/scheduling.ts';

export type QosClass = 'Guaranteed' | 'Burstable' | 'BestEffort';

type Amounts = Omit<ContainerResources, 'name' | 'isSidecar'>;

/**
 * QoS class of the pods of a template, from all of its containers (init containers too). A request that is not set is
 * that of the limit, as the API server fills it in.
 */
export function qosClassOf(containers: readonly Amounts[]): QosClass {
  const amounts = containers.flatMap((each) => [
    [each.cpuRequestMillicores, each.cpuLimitMillicores] as const,
    [each.memoryRequestBytes, each.memoryLimitBytes] as const,
  ]);
  if (amounts.every(([request, limit]) => !request && !limit)) return 'BestEffort';
  const isFull = amounts.every(([request, limit]) => !!limit && (request ?? limit) === limit);
  return isFull ? 'Guaranteed' : 'Burstable';
}
