import { type AnalysisContext, hourlySeries, leaveOut } from './analysis-context.ts';
import { confidenceOf } from './confidence.ts';
import { filled, sumOf } from './distribute.ts';
import type { ContainerEdit, Draft } from './draft.ts';
import { NO_EFFECT } from './effect.ts';
import { needOf, type Resource } from './need.ts';
import { roundUpCpu, roundUpMemory, sayCores, sayMemory } from './quantities.ts';
import { hasHistory, holdersOf, reasonToLeave, requestOf, restartCautions } from './rightsizing.ts';
import type { WorkloadCase } from './workload-case.ts';

const TYPE = 'MISSING_REQUESTS';

/**
 * Containers without a CPU or memory request: the scheduler takes them for nothing, and they are evicted first. Proposed:
 * what the pod needed (P95 of CPU, maximum of memory, × headroom) beyond what its other containers ask for, shared evenly.
 */
export function missingRequests(context: AnalysisContext, workload: WorkloadCase): Draft | null {
  if (!hasHistory(context, workload)) return null;
  const cpu = fillsOf(context, workload, 'cpu');
  const memory = fillsOf(context, workload, 'memory');
  if (cpu.size === 0 && memory.size === 0) return null;
  const reason = reasonToLeave({ ...workload, horizontal: null }, 'cpu');
  if (reason !== null) return leaveOut(context, TYPE, workload.target, reason);
  return draftOf(context, workload, cpu, memory);
}

/** The new requests by container, of those that have none. */
function fillsOf(context: AnalysisContext, workload: WorkloadCase, resource: Resource): ReadonlyMap<string, number> {
  const { thresholds } = context.input;
  const holders = holdersOf(workload, requestOf(resource));
  if (holders.every(({ now }) => now !== null)) return new Map();
  const need = needOf(workload.usage, resource);
  const wanted = (resource === 'cpu' ? need.p95 : need.maximum) * thresholds.headroom;
  return filled(wanted, holders, (value) =>
    resource === 'cpu'
      ? roundUpCpu(value, thresholds.cpuFloorMillicores)
      : roundUpMemory(value, thresholds.memoryFloorBytes),
  );
}

function draftOf(
  context: AnalysisContext,
  workload: WorkloadCase,
  cpu: ReadonlyMap<string, number>,
  memory: ReadonlyMap<string, number>,
): Draft {
  const { usage, pods, spec, podCpuMillicores, podMemoryBytes } = workload;
  const needs = { cpu: needOf(usage, 'cpu'), memory: needOf(usage, 'memory') };
  const cpuMore = [...cpu.values()].reduce((sum, value) => sum + value, 0);
  const memoryMore = [...memory.values()].reduce((sum, value) => sum + value, 0);
  const cpuSet = sumOf(holdersOf(workload, requestOf('cpu')));
  const memorySet = sumOf(holdersOf(workload, requestOf('memory')));
  const what = [cpu.size > 0 ? 'CPU' : '', memory.size > 0 ? 'memory' : ''].filter(Boolean).join(' and ');
  const containers = [...new Set([...cpu.keys(), ...memory.keys()])];
  return {
    type: TYPE,
    title: `Set ${what} requests${containers.length > 1 ? ` of ${containers.length} containers` : ''}`,
    reason: `Without a ${what} request the scheduler counts them as nothing. The busiest pod needed ${sayCores(needs.cpu.p95)} cores in 95 % of the hours and ${sayMemory(needs.memory.maximum)} at most.`,
    confidence: confidenceOf({
      hoursObserved: usage.observed,
      hoursPossible: context.hours,
      hasPeaks: needs.cpu.hasPeaks,
      isStable: needs.cpu.isStable && needs.memory.isStable,
      doubts: containers.length > 1 ? 1 : 0,
    }),
    risk: 'low',
    atLeast: spec.qosClass === 'BestEffort' ? 'medium' : 'low',
    current: {
      cpu_request: podCpuMillicores > 0 ? podCpuMillicores : null,
      memory_request: podMemoryBytes > 0 ? podMemoryBytes : null,
      cpu_usage_p95: needs.cpu.p95,
      memory_usage_max: needs.memory.maximum,
      qos_class: spec.qosClass,
      pods,
    },
    recommended: {
      ...(cpu.size > 0 ? { cpu_request: cpuSet + cpuMore } : {}),
      ...(memory.size > 0 ? { memory_request: memorySet + memoryMore } : {}),
    },
    evidence: {
      series: [
        hourlySeries(context, 'CPU of one pod', 'cores', scaled(needs.cpu.means), scaled(needs.cpu.peaks)),
        hourlySeries(context, 'Memory of one pod', 'bytes', needs.memory.means, needs.memory.peaks),
      ],
      lines:
        cpu.size > 0
          ? [proposal(sayCores(cpuSet + cpuMore), (cpuSet + cpuMore) / 1000)]
          : [proposal(sayMemory(memorySet + memoryMore), memorySet + memoryMore)],
      figures: {
        p95_millicores: needs.cpu.p95,
        max_bytes: needs.memory.maximum,
        containers: containers.length,
        qos_class: spec.qosClass,
      },
      hoursObserved: usage.observed,
      hoursPossible: context.hours,
    },
    effect: NO_EFFECT,
    needsNodeToGo: false,
    freedCpuMillicores: -cpuMore * pods,
    freedMemoryBytes: -memoryMore * pods,
    edits: containers.map((container) => editOf(container, cpu.get(container), memory.get(container))),
    deed: null,
    cautions: [
      ...restartCautions(context, workload),
      'Saves nothing by itself: it reserves what is used, so that pods are placed and evicted by what they need.',
      ...(containers.length > 1 ? ['Use is known by pod: shared evenly over the containers without a request.'] : []),
    ],
  };
}

function editOf(container: string, cpu: number | undefined, memory: number | undefined): ContainerEdit {
  return {
    container,
    ...(cpu === undefined ? {} : { cpuRequestMillicores: cpu }),
    ...(memory === undefined ? {} : { memoryRequestBytes: memory }),
  };
}

function proposal(words: string, value: number) {
  return { kind: 'proposal' as const, label: `Propose ${words}`, value };
}

function scaled(values: readonly (number | null)[]): (number | null)[] {
  return values.map((value) => (value === null ? null : value / 1000));
}
