import type { Finding, Savings } from '../../../model/recommendations/recommendation.ts';
import type { LayoutNode } from '../../../model/scheduling.ts';
import { type AnalysisInput, hoursIn } from '../../recommendations/analysis-input.ts';
import { sayCores, sayMemory } from '../../recommendations/quantities.ts';
import { times } from '../../savings/intervals.ts';
import type { ClusterDay } from '../../savings/joint.ts';
import type { NodeDay } from '../../savings/node-days.ts';
import type { PodNeed, StayingNode } from '../plan.ts';
import { confidenceIn, coresOf, findingOf, NO_SAVINGS } from './node-draft.ts';
import { halvings, sharesUsed, type UseOfNode } from './room-of-node.ts';
import { stayWords } from './stay-words.ts';

/** A node that stays, with what it holds once the plan is carried out. */
export interface Staying {
  readonly input: AnalysisInput;
  readonly cluster: ClusterDay;
  readonly node: LayoutNode;
  readonly day: NodeDay;
  readonly held: PodNeed;
  readonly why: StayingNode;
  /** True where the plan gives it pods: it won't be as little used as it was. */
  readonly takesPods: boolean;
}

/** What the system of a node needs besides its pods: no smaller node is proposed. */
const LEAST_MILLICORES = 900;

/** A finding on a node that stays: it could be smaller, or it is hardly used; null: neither. */
export function onStayingNode(staying: Staying): Finding | null {
  const { input, node, day, held } = staying;
  if (day.usage.observed < input.thresholds.minHours) return null;
  const use = sharesUsed(node, day.usage);
  const halved = node.gpus > 0 ? 0 : halvings(node, held, use, input.thresholds.headroom, LEAST_MILLICORES);
  if (halved > 0) return overprovisioned(staying, use, 2 ** -halved);
  const { nodeShare } = input.thresholds;
  const isIdle = use.meanCpu < nodeShare && use.meanMemory < nodeShare;
  return isIdle && !staying.takesPods ? underutilized(staying, use) : null;
}

/** Power at no load, manufacture and price go with the size of instances of one family. */
function overprovisioned(staying: Staying, use: UseOfNode, share: number): Finding {
  const { input, cluster, node, day, held } = staying;
  const saved = 1 - share;
  const type = node.instanceType === null ? 'its type' : node.instanceType;
  const savings: Savings = {
    co2eGramsPerDay: times(day.idleGrams, saved),
    embodiedGramsPerDay: times(day.embodiedGrams, saved),
    costPerDay: times(day.cost, saved),
    joulesPerDay: day.idleJoules * saved,
    freedCpuMillicores: 0,
    freedMemoryBytes: 0,
    needsNodeToGo: false,
  };
  return findingOf(input, cluster, {
    type: 'OVERPROVISIONED_NODE',
    scope: 'node',
    node: node.name,
    risk: 'medium',
    title: `A node of ${sayShare(share)} the size would do in place of ${node.name}`,
    reason: `Of ${sayCores(node.cpuAllocatableMillicores)} cores and ${sayMemory(node.memoryAllocatableBytes)}, ${sayCores(held.cpuMillicores)} and ${sayMemory(held.memoryBytes)} are held; it used ${percent(use.highCpu)} of its CPU and ${percent(use.highMemory)} of its memory in its busy hours.`,
    confidence: confidenceIn(input, day.usage.observed, 1),
    current: currentOf(node, use),
    recommended: {
      instance: `${sayShare(share)} of ${type}`,
      cpu_allocatable: node.cpuAllocatableMillicores * share,
      memory_allocatable: node.memoryAllocatableBytes * share,
    },
    savings,
    evidence: evidenceOf(staying, use),
    change: null,
  });
}

/** Promises nothing: what keeps the node has to change first. */
function underutilized(staying: Staying, use: UseOfNode): Finding {
  const { input, cluster, node, day, why } = staying;
  return findingOf(input, cluster, {
    type: 'UNDERUTILIZED_NODE',
    scope: 'node',
    node: node.name,
    risk: 'low',
    title: `${node.name} is used to ${percent(Math.max(use.meanCpu, use.meanMemory))}`,
    reason: `On average ${percent(use.meanCpu)} of its CPU and ${percent(use.meanMemory)} of its memory were in use. It can't go as things are: ${stayWords(why.reason)}.`,
    confidence: confidenceIn(input, day.usage.observed, 0),
    current: currentOf(node, use),
    recommended: { stays_because: stayWords(why.reason) },
    savings: NO_SAVINGS,
    evidence: evidenceOf(staying, use),
    change: null,
  });
}

function currentOf(node: LayoutNode, use: UseOfNode) {
  return {
    instance: node.instanceType,
    cpu_allocatable: node.cpuAllocatableMillicores,
    memory_allocatable: node.memoryAllocatableBytes,
    cpu_share_used: use.meanCpu,
    memory_share_used: use.meanMemory,
  };
}

function evidenceOf({ input, node, day, held, why }: Staying, use: UseOfNode): Finding['evidence'] {
  const { nodeShare } = input.thresholds;
  return {
    series: coresOf(input, node.name, day.usage),
    lines: [
      { kind: 'limit', label: 'Allocatable cores', value: node.cpuAllocatableMillicores / 1000 },
      {
        kind: 'threshold',
        label: `${percent(nodeShare)} of them`,
        value: (node.cpuAllocatableMillicores * nodeShare) / 1000,
      },
    ],
    figures: {
      mean_cpu_share: use.meanCpu,
      mean_memory_share: use.meanMemory,
      p95_cpu_share: use.highCpu,
      p95_memory_share: use.highMemory,
      held_cpu_millicores: held.cpuMillicores,
      held_memory_bytes: held.memoryBytes,
      stays_because: stayWords(why.reason),
    },
    hoursObserved: day.usage.observed,
    hoursPossible: hoursIn(input.range),
  };
}

function sayShare(share: number): string {
  return share === 0.5 ? 'half' : `1/${Math.round(1 / share)}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
