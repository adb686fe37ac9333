import type { Target } from '../../model/recommendations/recommendation.ts';
import type { WorkloadSpec } from '../../model/scheduling.ts';
import { type AnalysisContext, hourlySeries, leaveOut } from './analysis-context.ts';
import { findingId, planId } from './analysis-input.ts';
import { changeOf } from './change/change.ts';
import { confidenceOf } from './confidence.ts';
import { type Gain, Remaining, switchedOff } from './effect.ts';
import { type Idleness, idleDoubts, idlenessOf, isIdle, sayTime, sayWatts, trafficWords } from './idleness.ts';
import { savingsOf } from './plan.ts';
import { priorityOf, stakeOf, type WeighedFinding } from './priority.ts';
import { hasHistory } from './rightsizing.ts';
import type { HourlyUsage } from './usage-lines.ts';
import { canScale, runsToAnEnd, type WorkloadCase } from './workload-case.ts';

const TYPE = 'IDLE_NAMESPACE';
const WEIGHTS = { risk: 'high', atLeast: 'low' } as const;

export interface NamespaceCase {
  readonly name: string;
  /** All of it. */
  readonly usage: HourlyUsage;
  /** What runs now and has hours. */
  readonly workloads: () => readonly WorkloadCase[];
  /** All that the layout has there, with or without hours. */
  readonly specs: readonly WorkloadSpec[];
}

/**
 * A namespace in which nothing happens: dynamic power of all its pods below the threshold, hardly any traffic, nothing
 * that starts by a timetable and nothing too new to tell. It covers its workloads: what is idle of them is switched off
 * by its plan and not found again by itself.
 */
export function idleNamespace(context: AnalysisContext, namespace: NamespaceCase): WeighedFinding | null {
  const { thresholds } = context.input;
  if (namespace.usage.observed < thresholds.minHours) return null;
  const idleness = idlenessOf(namespace.usage, 'all');
  if (!isIdle(idleness, thresholds.idleNamespaceWatts)) return null;
  const workloads = namespace.workloads();
  const off = workloads.filter(({ spec, pods }) => pods > 0 && (canScale(spec.kind) || spec.kind === 'Pod'));
  if (off.length === 0) return null;
  const target = targetOf(context, namespace.name);
  const reason = reasonToLeave(context, namespace.specs, workloads, off);
  return reason === null
    ? findingOf(context, target, namespace, off, idleness)
    : leaveOut(context, TYPE, target, reason);
}

function targetOf(context: AnalysisContext, namespace: string): Target {
  return { clusterId: context.input.clusterId, namespace, ownerKind: null, ownerName: null, node: null };
}

function reasonToLeave(
  context: AnalysisContext,
  specs: readonly WorkloadSpec[],
  workloads: readonly WorkloadCase[],
  off: readonly WorkloadCase[],
): string | null {
  if (specs.some((spec) => runsToAnEnd(spec.kind) && !spec.suspended)) return 'It has work that starts by a timetable';
  const known = new Set(workloads.map(({ spec }) => spec));
  const runs = specs.filter((spec) => canScale(spec.kind) && !spec.suspended && spec.replicas !== 0);
  if (runs.some((spec) => !known.has(spec)) || !off.every((each) => hasHistory(context, each))) {
    return 'Some of its workloads are too new to tell';
  }
  const quiet = (each: WorkloadCase) =>
    isIdle(idlenessOf(each.usage, 'pod'), context.input.thresholds.idleNamespaceWatts);
  return off.every(quiet) ? null : 'One of its workloads has traffic';
}

function findingOf(
  context: AnalysisContext,
  target: Target,
  { name, usage }: NamespaceCase,
  off: readonly WorkloadCase[],
  idleness: Idleness,
): WeighedFinding {
  const { input } = context;
  const threshold = input.thresholds.idleNamespaceWatts;
  const time = sayTime(usage.observed);
  const savings = savingsOf(
    {
      needsNodeToGo: false,
      freedCpuMillicores: sum(off, (each) => each.podCpuMillicores * each.pods),
      freedMemoryBytes: sum(off, (each) => each.podMemoryBytes * each.pods),
    },
    together(off.map((each) => new Remaining(each.usage, input.prices, each.days).take(switchedOff(() => 1)))),
  );
  const confidence = confidenceOf({
    hoursObserved: usage.observed,
    hoursPossible: context.hours,
    hasPeaks: true,
    isStable: true,
    doubts: idleDoubts(context),
  });
  return {
    id: findingId(input, TYPE, target),
    planId: planId(input, target),
    type: TYPE,
    scope: 'namespace',
    target,
    title: `Switch off namespace ${name}: idle for ${time}`,
    reason: `In ${time} its pods drew ${sayWatts(idleness.meanWatts)} together by their work, ${trafficWords(context, idleness)}. ${off.length} ${off.length === 1 ? 'workload goes' : 'workloads go'} off with it.`,
    priority: priorityOf({ ...WEIGHTS, stake: stakeOf(context, savings), confidence }),
    confidence,
    current: {
      dynamic_watts: idleness.meanWatts,
      network_bytes_per_second_per_pod: context.knowsNetwork ? idleness.bytesPerSecond : null,
      workloads: off.length,
      pods: sum(off, (each) => each.pods),
    },
    recommended: { pods: 0 },
    savings,
    evidence: {
      series: [hourlySeries(context, 'Power of its pods by their work', 'watts', idleness.watts)],
      lines: [{ kind: 'threshold', label: `Idle below ${threshold} W`, value: threshold }],
      figures: {
        mean_watts: idleness.meanWatts,
        highest_hour_watts: idleness.highestWatts,
        workloads: off.map(({ spec }) => `${spec.kind}/${spec.name}`).join(', '),
      },
      hoursObserved: usage.observed,
      hoursPossible: context.hours,
    },
    change: changeOf(
      off.map(({ spec }) => ({
        spec,
        edits: [],
        deeds: [{ kind: spec.kind === 'Pod' ? ('delete' as const) : ('scaleToZero' as const) }],
      })),
      cautionsOf(off),
    ),
    range: input.range,
    weights: WEIGHTS,
  };
}

function cautionsOf(off: readonly WorkloadCase[]): string[] {
  return [
    'Ask its owner first: a standby does nothing until it is needed.',
    'Volumes, services and secrets stay; delete the namespace once nobody missed it.',
    ...(off.some(({ spec }) => spec.kind === 'Pod')
      ? ['Bare pods are gone once deleted: nothing makes them anew.']
      : []),
  ];
}

function together(gains: readonly Gain[]): Gain {
  return {
    co2eGrams: {
      central: sum(gains, (gain) => gain.co2eGrams.central),
      low: sum(gains, (gain) => gain.co2eGrams.low),
      high: sum(gains, (gain) => gain.co2eGrams.high),
    },
    joules: sum(gains, (gain) => gain.joules),
    money: sum(gains, (gain) => gain.money),
  };
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
