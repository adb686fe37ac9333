import type { AnalysisContext } from './analysis-context.ts';
import { raised, sumOf } from './distribute.ts';
import type { Draft } from './draft.ts';
import { memoryDraft } from './memory-draft.ts';
import { type Need, shareUsed } from './need.ts';
import { roundUpMemory } from './quantities.ts';
import { holdersOf, limitOf, podLimit, requestOf } from './rightsizing.ts';
import type { WorkloadCase } from './workload-case.ts';

/**
 * More memory: the limit where there is one (a Guaranteed pod's request with it), else the request. What was seen of a pod
 * that was killed ends at its limit, so that the need is at least the limit there. Null where nothing is set that could
 * be raised.
 */
export function memoryRaise(context: AnalysisContext, workload: WorkloadCase, need: Need): Draft | null {
  const { thresholds } = context.input;
  const isKilled = workload.spec.oomKills > 0;
  const now = workload.podMemoryBytes;
  const limits = holdersOf(workload, limitOf('memory'));
  const hasLimit = sumOf(limits) > 0;
  const held = hasLimit ? sumOf(limits) : now;
  if (!(held > 0) || workload.spec.containers.length === 0) return null;
  const round = (value: number) => roundUpMemory(value, thresholds.memoryFloorBytes);
  // Where only some containers have a limit, the pod's use says nothing of theirs.
  const seen = hasLimit && podLimit(workload, 'memory') === null ? 0 : need.maximum;
  const target = Math.max(seen, isKilled ? held : 0) * thresholds.headroom;
  const values = raised(target, hasLimit ? limits : holdersOf(workload, requestOf('memory')), round);
  const then = [...values.values()].reduce((sum, value) => sum + value, 0);
  if (then <= held) return null;
  const isGuaranteed = workload.spec.qosClass === 'Guaranteed';
  const requests = !hasLimit || isGuaranteed ? values : new Map<string, number>();
  return memoryDraft(context, workload, {
    need,
    share: shareUsed(workload.usage, 'memory', now, need),
    requestNow: now,
    requestThen: requests.size > 0 ? Math.max(now, then) : now,
    requests,
    limits: hasLimit ? values : new Map(),
    limitNow: hasLimit ? held : null,
    limitThen: hasLimit ? then : null,
    why: isKilled ? 'killed' : 'near',
  });
}
