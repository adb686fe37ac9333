import type { ContainerResources } from '../../model/scheduling.ts';
import type { AnalysisContext } from './analysis-context.ts';
import type { Holder } from './distribute.ts';
import type { Resource } from './need.ts';
import { runsToAnEnd, type WorkloadCase } from './workload-case.ts';

/** A smaller cut than this share of the request isn't worth a restart of the pods. */
export const LEAST_CUT = 0.1;
/** A target this close to what init containers or the pod level hold frees nothing: they hold it. */
const SAME_MILLICORES = 1;
const SAME_BYTES = 1024;

/** The values of a resource by container. */
export function holdersOf(
  workload: WorkloadCase,
  of: (container: ContainerResources) => number | null,
): readonly Holder[] {
  return workload.spec.containers.map((container) => ({ name: container.name, now: of(container) }));
}

/** What is asked for; a container with a limit alone gets that as its request. */
export function requestOf(resource: Resource): (container: ContainerResources) => number | null {
  return resource === 'cpu'
    ? (container) => container.cpuRequestMillicores ?? container.cpuLimitMillicores
    : (container) => container.memoryRequestBytes ?? container.memoryLimitBytes;
}

export function limitOf(resource: Resource): (container: ContainerResources) => number | null {
  return resource === 'cpu' ? (container) => container.cpuLimitMillicores : (container) => container.memoryLimitBytes;
}

/** Sum of the containers' limits; null where one has none, as the pod has no limit then. */
export function podLimit(workload: WorkloadCase, resource: Resource): number | null {
  const limits = holdersOf(workload, limitOf(resource));
  if (limits.length === 0) return null;
  let sum = 0;
  for (const { now } of limits) {
    if (now === null) return null;
    sum += now;
  }
  return sum;
}

/** Enough hours to say anything of needs; exactly as many as the setting asks for is enough. */
export function hasHistory(context: AnalysisContext, workload: WorkloadCase): boolean {
  return workload.usage.observed >= context.input.thresholds.minHours;
}

/** Why its requests are better left alone, in words; null where nothing speaks against changing them. */
export function reasonToLeave(workload: WorkloadCase, resource: Resource): string | null {
  const { vertical, horizontal, spec } = workload;
  if (vertical !== null && vertical.mode !== 'Off') {
    return `A vertical autoscaler (mode ${vertical.mode ?? 'Auto'}) sets its requests`;
  }
  if (horizontal?.metrics.includes(resource) === true) {
    return `A horizontal autoscaler scales by ${resource} use over request: another request would change how many pods run`;
  }
  if (spec.kind === 'Job') return 'The template of a Job can not be changed; size the next one';
  return null;
}

/** True where init containers or the pod level reserve more than the containers: smaller ones free nothing then. */
export function isHeldByMore(workload: WorkloadCase, resource: Resource): boolean {
  if (workload.spec.containers.length === 0) return false;
  const own = holdersOf(workload, requestOf(resource)).reduce((sum, { now }) => sum + (now ?? 0), 0);
  return resource === 'cpu'
    ? workload.podCpuMillicores > own + SAME_MILLICORES
    : workload.podMemoryBytes > own + SAME_BYTES;
}

/** How many doubts there are besides the hours themselves. */
export function doubtsOf(context: AnalysisContext): number {
  return context.knowsAutoscalers ? 0 : 1;
}

/** Cautions of any change to the pod template. */
export function restartCautions(context: AnalysisContext, workload: WorkloadCase): string[] {
  const cautions: string[] = [];
  if (workload.spec.kind === 'Pod') {
    cautions.push('A bare pod: nothing makes it anew, so change the manifest that it came from as well.');
  } else if (workload.spec.kind === 'CronJob') {
    cautions.push('Holds from the next run on.');
  } else if (!runsToAnEnd(workload.spec.kind)) {
    cautions.push('The pods are replaced one after another.');
  }
  if (!context.knowsAutoscalers) {
    cautions.push(
      'Horizontal autoscalers could not be read: if one scales this workload by use over request, leave it.',
    );
  }
  return cautions;
}
