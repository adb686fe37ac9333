import type { Interval } from '../../model/bounds.ts';
import type { Finding, Savings } from '../../model/recommendations/recommendation.ts';
import type { ClusterLayout } from '../../model/scheduling.ts';
import type { ConsolidationPlan } from '../consolidation/plan.ts';
import { isResizing, isSleeping, isStopping } from './followed.ts';
import { beyond, fromZero, plus, sumOf, times, ZERO } from './intervals.ts';
import type { NodeDay } from './node-days.ts';
import { type NodePlans, namesOf } from './node-plans.ts';

/** A day of nodes that are gone. */
export interface NodesGone {
  readonly co2eGrams: Interval;
  readonly embodiedGrams: Interval;
  readonly cost: Interval;
  readonly joules: number;
  readonly nodes: number;
}

const NONE: NodesGone = { co2eGrams: ZERO, embodiedGrams: ZERO, cost: ZERO, joules: 0, nodes: 0 };

/** What a day less the nodes of a plan are; nodes of which nothing is known count as nothing. */
export function goneBy(plan: ConsolidationPlan, days: ReadonlyMap<string, NodeDay>): NodesGone {
  const known = namesOf(plan).flatMap((node) => days.get(node) ?? []);
  return {
    co2eGrams: sumOf(known.map(({ idleGrams }) => idleGrams)),
    embodiedGrams: sumOf(known.map(({ embodiedGrams }) => embodiedGrams)),
    cost: sumOf(known.map(({ cost }) => cost)),
    joules: known.reduce((sum, { idleJoules }) => sum + idleJoules, 0),
    nodes: plan.going.length,
  };
}

/** Names of the figures that tell what part of a promise comes from nodes that could go. */
export const CREDIT = {
  co2eGrams: 'credited_node_co2e_grams_per_day',
  embodiedGrams: 'credited_node_embodied_grams_per_day',
  cost: 'credited_node_cost_per_day',
  nodes: 'credited_nodes',
} as const;

/**
 * Gives the nodes that go beyond those that can go anyway to the findings that free room, by the room that each frees.
 * What they promise of it starts at 0: one finding alone may free no node. Smaller requests promise nothing else.
 */
export function credited(
  findings: readonly Finding[],
  plans: NodePlans,
  days: ReadonlyMap<string, NodeDay>,
  layout: ClusterLayout,
): Finding[] {
  const [now, after, asleep] = [plans.now, plans.followed, plans.asleep].map((plan) => goneBy(plan, days));
  const forGood = more(after ?? NONE, now ?? NONE);
  const atTimes = scaled(more(asleep ?? NONE, after ?? NONE), plans.changes.asleepShare);
  const room = roomOf(layout);
  const shareOf = shares(findings, (finding) => isResizing(finding) || isStopping(finding), room);
  const sleepShareOf = shares(findings, isSleeping, room);
  return findings.map((finding) => {
    if (isSleeping(finding)) return withCredit(finding, { ...scaled(atTimes, sleepShareOf(finding)), nodes: 0 });
    if (isResizing(finding) || isStopping(finding)) return withCredit(finding, scaled(forGood, shareOf(finding)));
    return withoutCredit(finding);
  });
}

/** What a finding promises where no node goes for it. */
export function withoutCredit(finding: Finding): Finding {
  const needsNodes = isResizing(finding) || isStopping(finding) || isSleeping(finding) || finding.savings.needsNodeToGo;
  return needsNodes ? withCredit(finding, NONE) : finding;
}

interface Room {
  readonly cpuMillicores: number;
  readonly memoryBytes: number;
}

function roomOf(layout: ClusterLayout): Room {
  return {
    cpuMillicores: layout.nodes.reduce((sum, node) => sum + node.cpuAllocatableMillicores, 0),
    memoryBytes: layout.nodes.reduce((sum, node) => sum + node.memoryAllocatableBytes, 0),
  };
}

/** Share of the room that all of them free; nothing where none does. */
function shares(
  findings: readonly Finding[],
  counts: (finding: Finding) => boolean,
  room: Room,
): (finding: Finding) => number {
  const freed = ({ savings }: Finding) =>
    Math.max(0, savings.freedCpuMillicores) / Math.max(1, room.cpuMillicores) +
    Math.max(0, savings.freedMemoryBytes) / Math.max(1, room.memoryBytes);
  const all = findings.filter(counts).reduce((sum, finding) => sum + freed(finding), 0);
  return (finding) => (all > 0 ? freed(finding) / all : 0);
}

function withCredit(finding: Finding, gone: NodesGone): Finding {
  const { savings, evidence } = finding;
  const alone = isResizing(finding) ? ZERO : savings.co2eGramsPerDay;
  const promised: Savings = {
    ...savings,
    co2eGramsPerDay: plus(alone, fromZero(gone.co2eGrams)),
    embodiedGramsPerDay: fromZero(gone.embodiedGrams),
    costPerDay: fromZero(gone.cost),
    joulesPerDay: (isResizing(finding) ? 0 : savings.joulesPerDay) + gone.joules,
  };
  const figures = {
    ...evidence.figures,
    [CREDIT.co2eGrams]: gone.co2eGrams.central,
    [CREDIT.embodiedGrams]: gone.embodiedGrams.central,
    [CREDIT.cost]: gone.cost.central,
    [CREDIT.nodes]: gone.nodes,
  };
  return { ...finding, savings: promised, evidence: { ...evidence, figures } };
}

/** Nothing unless more nodes go: other nodes in place of some are not what anyone freed. */
function more(all: NodesGone, some: NodesGone): NodesGone {
  if (all.nodes <= some.nodes) return NONE;
  return {
    co2eGrams: beyond(all.co2eGrams, some.co2eGrams),
    embodiedGrams: beyond(all.embodiedGrams, some.embodiedGrams),
    cost: beyond(all.cost, some.cost),
    joules: Math.max(0, all.joules - some.joules),
    nodes: all.nodes - some.nodes,
  };
}

function scaled(gone: NodesGone, factor: number): NodesGone {
  return {
    co2eGrams: times(gone.co2eGrams, factor),
    embodiedGrams: times(gone.embodiedGrams, factor),
    cost: times(gone.cost, factor),
    joules: gone.joules * factor,
    nodes: gone.nodes * factor,
  };
}
