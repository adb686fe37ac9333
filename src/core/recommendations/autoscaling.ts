import { SECONDS_PER_HOUR } from '../units.ts';
import { type AnalysisContext, hourlySeries, leaveOut } from './analysis-context.ts';
import { confidenceOf } from './confidence.ts';
import type { Draft } from './draft.ts';
import { NO_EFFECT } from './effect.ts';
import { doubtsOf } from './rightsizing.ts';
import { isAbove, maximum, mean, variation } from './statistics.ts';
import type { WorkloadCase } from './workload-case.ts';

const TYPE = 'AUTOSCALING_CANDIDATE';
/** Use over request that the autoscaler keeps; the usual value of Kubernetes' own examples lies between 50 and 80 %. */
const CPU_SHARE = 0.7;

/**
 * Use that comes in bursts: variation and spike (highest hour over mean) both above their thresholds (exactly at one:
 * no), over at least a day, no autoscaler, and more than one replica, as one can't become fewer.
 */
export function autoscalingCandidate(context: AnalysisContext, workload: WorkloadCase): Draft | null {
  const { thresholds } = context.input;
  const { usage, spec } = workload;
  if (spec.kind !== 'Deployment' || usage.observed < Math.max(thresholds.autoscalingMinHours, 24)) return null;
  const cores = usage.known('cpuUsageMillicoreSeconds').map((value) => value / SECONDS_PER_HOUR / 1000);
  const average = mean(cores);
  const cv = variation(cores);
  const spike = average > 0 ? maximum(cores) / average : 0;
  if (!(isAbove(cv, thresholds.autoscalingVariation) && isAbove(spike, thresholds.autoscalingSpike))) return null;
  const reason = reasonToLeave(workload);
  if (reason !== null) return leaveOut(context, TYPE, workload.target, reason);
  return draftOf(context, workload, { cores, average, cv, spike });
}

function reasonToLeave({ horizontal, pods, podCpuMillicores, spec }: WorkloadCase): string | null {
  if (horizontal !== null) return 'A horizontal autoscaler is there already';
  if (pods < 2) return 'It has one replica: there is nothing to scale down';
  const some = spec.containers.some((container) => container.cpuRequestMillicores === null);
  if (some || podCpuMillicores <= 0) return 'An autoscaler by CPU needs a CPU request of each container';
  return null;
}

interface Burst {
  readonly cores: readonly number[];
  readonly average: number;
  readonly cv: number;
  readonly spike: number;
}

function draftOf(context: AnalysisContext, workload: WorkloadCase, burst: Burst): Draft {
  const { usage, pods, podCpuMillicores, podMemoryBytes } = workload;
  const peak = maximum(burst.cores);
  const used = usage.column('cpuUsageMillicoreSeconds');
  /** Replicas are enough in the busiest hour; in others, so many of them as that hour needs in proportion. */
  const needed = (hour: number) =>
    Math.max(1, Math.ceil(((used[hour] ?? 0) / SECONDS_PER_HOUR / 1000 / peak) * pods - 1e-9));
  const hours = [...used.keys()].filter((hour) => !Number.isNaN(used[hour] ?? Number.NaN));
  const least = Math.min(...hours.map(needed));
  const spare = mean(hours.map((hour) => pods - needed(hour)));
  const freed = (hour: number) => 1 - needed(hour) / pods;
  const pod = { min: least, max: pods };
  return {
    type: TYPE,
    title: `Let it scale with its load, ${pod.min}–${pod.max} replicas`,
    reason: `Its busiest hour took ${burst.spike.toFixed(1)} times the CPU of the mean hour (variation ${burst.cv.toFixed(2)}), with ${pods} replicas at all times.`,
    confidence: confidenceOf({
      hoursObserved: usage.observed,
      hoursPossible: context.hours,
      hasPeaks: true,
      isStable: true,
      doubts: doubtsOf(context),
    }),
    risk: 'medium',
    atLeast: 'low',
    current: { replicas: pods, cpu_usage_avg: burst.average * 1000, cpu_usage_max: peak * 1000 },
    recommended: { min_replicas: pod.min, max_replicas: pod.max, cpu_target_percent: CPU_SHARE * 100 },
    evidence: {
      series: [
        hourlySeries(
          context,
          'CPU of all pods',
          'cores',
          usage.series('cpuUsageMillicoreSeconds', 1 / SECONDS_PER_HOUR / 1000),
        ),
      ],
      lines: [
        { kind: 'request', label: 'Requests of all pods', value: (podCpuMillicores * pods) / 1000 },
        { kind: 'maximum', label: 'Busiest hour', value: peak },
      ],
      figures: { variation: burst.cv, spike: burst.spike, mean_cores: burst.average, max_cores: peak },
      hoursObserved: usage.observed,
      hoursPossible: context.hours,
    },
    effect: { ...NO_EFFECT, cpuMoney: freed, memoryMoney: freed, otherMoney: freed },
    needsNodeToGo: true,
    freedCpuMillicores: spare * podCpuMillicores,
    freedMemoryBytes: spare * podMemoryBytes,
    edits: [],
    deed: { kind: 'autoscale', ...pod, cpuShare: CPU_SHARE },
    cautions: [
      'Needs metrics-server, and pods that share the load and may be stopped at any time.',
      'Take replicas out of the manifest, or each apply sets them back.',
      'The autoscaler is a new object, the last document of the YAML: apply it, don’t patch with it.',
    ],
  };
}
