import { type AnalysisContext, hourlySeries, leaveOut } from './analysis-context.ts';
import { confidenceOf } from './confidence.ts';
import { lowered } from './distribute.ts';
import type { ContainerEdit, Draft } from './draft.ts';
import { freedShare, NO_EFFECT } from './effect.ts';
import { type Need, needOf, shareUsed } from './need.ts';
import { roundUpCpu, sayCores } from './quantities.ts';
import {
  doubtsOf,
  hasHistory,
  holdersOf,
  isHeldByMore,
  LEAST_CUT,
  podLimit,
  reasonToLeave,
  requestOf,
  restartCautions,
} from './rightsizing.ts';
import { isBelow } from './statistics.ts';
import type { WorkloadCase } from './workload-case.ts';

const TYPE = 'RIGHTSIZING_CPU';

/**
 * A smaller CPU request where use over request is below the threshold (a share exactly at it is left). Target: P95 of
 * the hourly peaks of the busiest pod × headroom. Where the limit goes down with it (Guaranteed), at least the highest
 * peak, as nothing above a limit runs.
 */
export function cpuRightsizing(context: AnalysisContext, workload: WorkloadCase): Draft | null {
  const { thresholds } = context.input;
  const now = workload.podCpuMillicores;
  if (!hasHistory(context, workload) || !(now > 0)) return null;
  const need = needOf(workload.usage, 'cpu');
  const share = shareUsed(workload.usage, 'cpu', now, need);
  if (!isBelow(share, thresholds.rightsizingShare)) return null;
  const isGuaranteed = workload.spec.qosClass === 'Guaranteed';
  const target = Math.max(need.p95 * thresholds.headroom, isGuaranteed ? need.maximum : 0);
  const round = (value: number) => roundUpCpu(value, thresholds.cpuFloorMillicores);
  const values = lowered(target, holdersOf(workload, requestOf('cpu')), round);
  const proposed = values.size > 0 ? [...values.values()].reduce((sum, value) => sum + value, 0) : round(target);
  if (proposed > now * (1 - LEAST_CUT)) return null;
  const reason = reasonToLeave(workload, 'cpu');
  if (reason !== null) return leaveOut(context, TYPE, workload.target, reason);
  if (isHeldByMore(workload, 'cpu')) {
    return leaveOut(
      context,
      TYPE,
      workload.target,
      'Init containers or the pod level reserve more than its containers',
    );
  }
  return draftOf(context, workload, { need, share, proposed, values, isGuaranteed });
}

interface Found {
  readonly need: Need;
  readonly share: number;
  readonly proposed: number;
  readonly values: ReadonlyMap<string, number>;
  readonly isGuaranteed: boolean;
}

function draftOf(context: AnalysisContext, workload: WorkloadCase, found: Found): Draft {
  const { need, proposed, values, isGuaranteed } = found;
  const { usage, pods, podCpuMillicores: now } = workload;
  const limit = podLimit(workload, 'cpu');
  const p95 = sayCores(need.p95);
  return {
    type: TYPE,
    title: `Lower CPU request ${sayCores(now)} → ${sayCores(proposed)}`,
    reason: `The busiest pod needed ${p95} cores in 95 % of the hours and ${sayCores(need.maximum)} at most; ${Math.round(found.share * 100)} % of the request was used. ${room(limit, isGuaranteed)}`,
    confidence: confidenceOf({
      hoursObserved: usage.observed,
      hoursPossible: context.hours,
      hasPeaks: need.hasPeaks,
      isStable: need.isStable,
      doubts: doubtsOf(context),
    }),
    risk: isGuaranteed ? 'medium' : 'low',
    atLeast: 'low',
    current: {
      cpu_request: now,
      cpu_limit: limit,
      cpu_usage_avg: need.mean,
      cpu_usage_p95: need.p95,
      cpu_usage_max: need.maximum,
      pods,
    },
    recommended: { cpu_request: proposed, ...(isGuaranteed ? { cpu_limit: proposed } : {}) },
    evidence: {
      series: [hourlySeries(context, 'CPU of one pod', 'cores', inCores(need.means), inCores(need.peaks))],
      lines: [
        { kind: 'request', label: `Request ${sayCores(now)}`, value: now / 1000 },
        ...(limit === null ? [] : [{ kind: 'limit' as const, label: `Limit ${sayCores(limit)}`, value: limit / 1000 }]),
        { kind: 'proposal', label: `Propose ${sayCores(proposed)}`, value: proposed / 1000 },
        { kind: 'p95', label: `P95 ${p95}`, value: need.p95 / 1000 },
        { kind: 'maximum', label: `Max ${sayCores(need.maximum)}`, value: need.maximum / 1000 },
      ],
      figures: {
        use_over_request: found.share,
        p95_millicores: need.p95,
        max_millicores: need.maximum,
        mean_millicores: need.mean,
        headroom: context.input.thresholds.headroom,
        qos_class: workload.spec.qosClass,
      },
      hoursObserved: usage.observed,
      hoursPossible: context.hours,
    },
    effect: { ...NO_EFFECT, cpuMoney: freedShare(usage, 'cpu', now, proposed) },
    needsNodeToGo: true,
    freedCpuMillicores: (now - proposed) * pods,
    freedMemoryBytes: 0,
    edits: [...values].map(
      ([container, value]): ContainerEdit => ({
        container,
        cpuRequestMillicores: value,
        ...(isGuaranteed ? { cpuLimitMillicores: value } : {}),
      }),
    ),
    deed: null,
    cautions: [
      ...restartCautions(context, workload),
      ...(isGuaranteed ? ['Request and limit go down together, so that the pods stay Guaranteed.'] : []),
    ],
  };
}

function room(limit: number | null, isGuaranteed: boolean): string {
  if (isGuaranteed) return 'The limit goes down with it and still covers the highest peak.';
  if (limit === null) return 'Peaks above it still run, as there is no CPU limit.';
  return 'Peaks above it still run up to the limit, which stays.';
}

function inCores(values: readonly (number | null)[]): (number | null)[] {
  return values.map((value) => (value === null ? null : value / 1000));
}
