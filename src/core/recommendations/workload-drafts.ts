import { type AnalysisContext, leaveOut } from './analysis-context.ts';
import { autoscalingCandidate } from './autoscaling.ts';
import { carbonAware } from './carbon-aware.ts';
import type { Draft } from './draft.ts';
import type { LocalHour } from './local-hours.ts';
import { missingRequests } from './missing-requests.ts';
import { offPeak } from './off-peak.ts';
import { cpuRightsizing } from './rightsizing-cpu.ts';
import { memoryRightsizing } from './rightsizing-memory.ts';
import type { WorkloadCase } from './workload-case.ts';
import { zombie } from './zombie.ts';

/**
 * What is found of one workload, in the order in which savings are taken: what is off first, then what is smaller. What is
 * to be switched off for good needs nothing else; where an autoscaler by CPU is proposed, the request that it goes by stays.
 */
export function workloadDrafts(
  context: AnalysisContext,
  workload: WorkloadCase,
  local: readonly LocalHour[],
): readonly Draft[] {
  const idle = zombie(context, workload);
  if (idle !== null) return [idle];
  const autoscaling = autoscalingCandidate(context, workload);
  const cpu = cpuRightsizing(context, workload);
  if (autoscaling !== null && cpu !== null) {
    leaveOut(
      context,
      cpu.type,
      workload.target,
      'An autoscaler by CPU is proposed, and it goes by the request of today',
    );
  }
  return [
    offPeak(context, workload, local),
    autoscaling,
    autoscaling === null ? cpu : null,
    memoryRightsizing(context, workload),
    missingRequests(context, workload),
    carbonAware(context, workload),
  ].filter((draft) => draft !== null);
}
