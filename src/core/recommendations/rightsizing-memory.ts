import { type AnalysisContext, leaveOut } from './analysis-context.ts';
import { lowered } from './distribute.ts';
import type { Draft } from './draft.ts';
import { memoryDraft } from './memory-draft.ts';
import { memoryRaise } from './memory-raise.ts';
import { needOf, shareUsed } from './need.ts';
import { roundUpMemory } from './quantities.ts';
import { hasHistory, holdersOf, isHeldByMore, LEAST_CUT, podLimit, reasonToLeave, requestOf } from './rightsizing.ts';
import { isBelow } from './statistics.ts';
import type { WorkloadCase } from './workload-case.ts';

const TYPE = 'RIGHTSIZING_MEMORY';
/** Use this close to the limit is too near; exactly at it as well. */
const NEAR_LIMIT = 0.9;

/**
 * Memory by the maximum × headroom: less where use over request is below the threshold (exactly at it: left), more where
 * pods were killed for memory or came near to their limit. Never less for a workload that was killed for memory.
 */
export function memoryRightsizing(context: AnalysisContext, workload: WorkloadCase): Draft | null {
  if (!hasHistory(context, workload)) return null;
  const need = needOf(workload.usage, 'memory');
  const limit = podLimit(workload, 'memory');
  const isNear = limit !== null && !isBelow(need.maximum, NEAR_LIMIT * limit);
  const isKilled = workload.spec.oomKills > 0;
  const draft = isNear || isKilled ? memoryRaise(context, workload, need) : lowerMemory(context, workload);
  if (draft === null) return null;
  const reason = reasonToLeave(workload, 'memory');
  return reason === null ? draft : leaveOut(context, TYPE, workload.target, reason);
}

function lowerMemory(context: AnalysisContext, workload: WorkloadCase): Draft | null {
  const { thresholds } = context.input;
  const now = workload.podMemoryBytes;
  const need = needOf(workload.usage, 'memory');
  const share = shareUsed(workload.usage, 'memory', now, need);
  if (!(now > 0) || !isBelow(share, thresholds.rightsizingShare)) return null;
  const isGuaranteed = workload.spec.qosClass === 'Guaranteed';
  const round = (value: number) => roundUpMemory(value, thresholds.memoryFloorBytes);
  const target = need.maximum * thresholds.headroom;
  const requests = lowered(target, holdersOf(workload, requestOf('memory')), round);
  const proposed = requests.size > 0 ? [...requests.values()].reduce((sum, value) => sum + value, 0) : round(target);
  if (proposed > now * (1 - LEAST_CUT)) return null;
  if (isHeldByMore(workload, 'memory')) {
    return leaveOut(
      context,
      TYPE,
      workload.target,
      'Init containers or the pod level reserve more than its containers',
    );
  }
  return memoryDraft(context, workload, {
    need,
    share,
    requestNow: now,
    requestThen: proposed,
    requests,
    limits: isGuaranteed ? requests : new Map(),
    limitNow: podLimit(workload, 'memory'),
    limitThen: isGuaranteed ? proposed : null,
    why: 'lower',
  });
}
