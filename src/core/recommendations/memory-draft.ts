import type { EvidenceLine } from '../../model/recommendations/evidence.ts';
import { type AnalysisContext, hourlySeries } from './analysis-context.ts';
import { confidenceOf } from './confidence.ts';
import type { ContainerEdit, Draft } from './draft.ts';
import { freedShare, NO_EFFECT } from './effect.ts';
import type { Need } from './need.ts';
import { sayMemory } from './quantities.ts';
import { doubtsOf, restartCautions } from './rightsizing.ts';
import type { WorkloadCase } from './workload-case.ts';

/** What was decided of a workload's memory; all of a pod, but for the maps by container. */
export interface MemoryDecision {
  readonly need: Need;
  readonly share: number;
  readonly requestNow: number;
  readonly requestThen: number;
  readonly requests: ReadonlyMap<string, number>;
  readonly limits: ReadonlyMap<string, number>;
  /** Of those that have one; null: none has. */
  readonly limitNow: number | null;
  /** Null: the limit stays. */
  readonly limitThen: number | null;
  readonly why: 'lower' | 'near' | 'killed';
}

export function memoryDraft(context: AnalysisContext, workload: WorkloadCase, decision: MemoryDecision): Draft {
  const { need, requestNow, requestThen, limitNow: limit, limitThen, why } = decision;
  const { usage, pods, spec } = workload;
  return {
    type: 'RIGHTSIZING_MEMORY',
    title: titleOf(decision, limit),
    reason: reasonOf(decision, spec.oomKills, limit),
    confidence: confidenceOf({
      hoursObserved: usage.observed,
      hoursPossible: context.hours,
      hasPeaks: need.hasPeaks,
      isStable: need.isStable,
      doubts: doubtsOf(context),
    }),
    risk: why === 'lower' ? 'medium' : 'low',
    atLeast: why === 'killed' ? 'critical' : why === 'near' ? 'high' : 'low',
    current: {
      memory_request: requestNow,
      memory_limit: limit,
      memory_usage_avg: need.mean,
      memory_usage_max: need.maximum,
      oom_kills: spec.oomKills,
      pods,
    },
    recommended: {
      ...(requestThen === requestNow ? {} : { memory_request: requestThen }),
      ...(limitThen === null ? {} : { memory_limit: limitThen }),
    },
    evidence: {
      series: [hourlySeries(context, 'Memory of one pod', 'bytes', need.means, need.peaks)],
      lines: linesOf(decision, limit),
      figures: {
        use_over_request: decision.share,
        max_bytes: need.maximum,
        mean_bytes: need.mean,
        p95_bytes: need.p95,
        headroom: context.input.thresholds.headroom,
        oom_kills: spec.oomKills,
        qos_class: spec.qosClass,
      },
      hoursObserved: usage.observed,
      hoursPossible: context.hours,
    },
    effect:
      why === 'lower' ? { ...NO_EFFECT, memoryMoney: freedShare(usage, 'memory', requestNow, requestThen) } : NO_EFFECT,
    needsNodeToGo: true,
    freedCpuMillicores: 0,
    freedMemoryBytes: (requestNow - requestThen) * pods,
    edits: editsOf(decision),
    deed: null,
    cautions: [...restartCautions(context, workload), ...cautionsOf(decision, spec.qosClass === 'Guaranteed', limit)],
  };
}

function titleOf({ requestNow, requestThen, limitThen, why }: MemoryDecision, limit: number | null): string {
  if (why === 'lower') return `Lower memory request ${sayMemory(requestNow)} → ${sayMemory(requestThen)}`;
  if (limitThen === null) return `Raise memory request ${sayMemory(requestNow)} → ${sayMemory(requestThen)}`;
  return `Raise memory limit ${sayMemory(limit ?? 0)} → ${sayMemory(limitThen)}`;
}

function reasonOf({ need, share, why }: MemoryDecision, kills: number, limit: number | null): string {
  const most = sayMemory(need.maximum);
  switch (why) {
    case 'lower':
      return `The busiest pod needed ${most} at most; ${Math.round(share * 100)} % of the request was used.`;
    case 'near':
      return `The busiest pod needed ${most} of its limit of ${sayMemory(limit ?? 0)}: it is near to being killed.`;
    case 'killed':
      return `Killed for memory ${kills === 1 ? 'once' : `${kills} times`}; at most ${most} were seen, what it wanted is more.`;
  }
}

function linesOf({ need, requestNow, requestThen, limitThen, why }: MemoryDecision, limit: number | null) {
  const proposal = why === 'lower' ? requestThen : (limitThen ?? requestThen);
  const lines: EvidenceLine[] = [];
  if (requestNow > 0) lines.push({ kind: 'request', label: `Request ${sayMemory(requestNow)}`, value: requestNow });
  if (limit !== null) lines.push({ kind: 'limit', label: `Limit ${sayMemory(limit)}`, value: limit });
  lines.push({ kind: 'proposal', label: `Propose ${sayMemory(proposal)}`, value: proposal });
  lines.push({ kind: 'maximum', label: `Max ${sayMemory(need.maximum)}`, value: need.maximum });
  return lines;
}

function editsOf({ requests, limits }: MemoryDecision): ContainerEdit[] {
  return [...new Set([...requests.keys(), ...limits.keys()])].map((container) => {
    const request = requests.get(container);
    const limit = limits.get(container);
    return {
      container,
      ...(request === undefined ? {} : { memoryRequestBytes: request }),
      ...(limit === undefined ? {} : { memoryLimitBytes: limit }),
    };
  });
}

function cautionsOf({ why }: MemoryDecision, isGuaranteed: boolean, limit: number | null): string[] {
  if (why === 'killed') return ['Look for a leak too: more memory only puts that off.'];
  if (why === 'near') return [];
  if (isGuaranteed) {
    return ['Request and limit go down together, so that the pods stay Guaranteed; above the limit they are killed.'];
  }
  return limit === null
    ? ['Above its request a pod is among the first to be evicted when its node runs out of memory.']
    : ['The limit stays: above its request a pod is among the first to be evicted when its node runs out of memory.'];
}
