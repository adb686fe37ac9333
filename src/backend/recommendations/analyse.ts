import type { UsageHours } from '../../core/ports/usage-hours.ts';
import type { AnalysisInput } from '../../core/recommendations/analysis-input.ts';
import { withPriority } from '../../core/recommendations/priority.ts';
import { workloadFindings } from '../../core/recommendations/workload-findings.ts';
import { creditSavings } from '../../core/savings/credit-savings.ts';
import { clusterDay } from '../../core/savings/joint.ts';
import type { AnalysisJob, AnalysisOutcome } from './analysis-job.ts';
import { findingIdOf } from './finding-ids.ts';

/** The whole analysis of one cluster: pure, and long enough to want a thread of its own. */
export function analyse({ settledIds, ...job }: AnalysisJob): AnalysisOutcome {
  const settled = new Set(settledIds);
  const leftOut: Record<string, number> = {};
  const input: AnalysisInput = {
    ...job,
    idOf: findingIdOf,
    onLeftOut: ({ reason }) => {
      leftOut[reason] = (leftOut[reason] ?? 0) + 1;
    },
  };
  const ofWork = workloadFindings(input)
    .filter((finding) => finding !== null)
    .toArray();
  const { findings } = creditSavings(ofWork, input, { isOpen: ({ id }) => !settled.has(id) });
  return {
    findings: withPriority(findings, input),
    clusterDay: clusterDay(input),
    hoursObserved: new Set([...job.nodes.hourIndex, ...job.workloads.hourIndex]).size,
    thinTargets: thinTargets(job.workloads, job.thresholds.minHours),
    leftOut,
  };
}

/** A line is an hour: a workload with fewer of them than a verdict needs. */
function thinTargets({ keys, keyIndex }: UsageHours, minHours: number): readonly string[] {
  const lines = new Int32Array(keys.length);
  for (const index of keyIndex) lines[index] = (lines[index] ?? 0) + 1;
  const hours = new Map<string, number>();
  for (const [index, { namespace, ownerKind, ownerName }] of keys.entries()) {
    const key = `${namespace}/${ownerKind}/${ownerName}`;
    hours.set(key, (hours.get(key) ?? 0) + (lines[index] ?? 0));
  }
  return [...hours].filter(([, count]) => count < minHours).map(([key]) => key);
}
