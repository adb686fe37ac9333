import type { Finding } from '../../../model/recommendations/recommendation.ts';
import type { AnalysisInput } from '../../recommendations/analysis-input.ts';
import { clusterDay } from '../../savings/joint.ts';
import { type NodeDay, nodeDays } from '../../savings/node-days.ts';
import type { ConsolidationPlan } from '../plan.ts';
import { consolidateNodes } from './consolidate-nodes.ts';
import { onStayingNode } from './staying-nodes.ts';

/** Whatever can be said of such nodes belongs to someone else: the provider, or the one who is at them. */
const LEFT_ALONE: ReadonlySet<string> = new Set(['control-plane', 'not-ready', 'cordoned', 'new']);

/** What is to be said of nodes: which can go, and of those that stay which are too large or hardly used. */
export function nodeFindings(
  input: AnalysisInput,
  plan: ConsolidationPlan,
  days: ReadonlyMap<string, NodeDay> = nodeDays(input),
): Finding[] {
  const { layout } = input;
  if (layout === null) return [];
  const cluster = clusterDay(input);
  const together = consolidateNodes(input, layout, plan, days, cluster);
  const nodes = new Map(layout.nodes.map((node) => [node.name, node]));
  const takers = new Set(plan.going.flatMap(({ moves }) => moves.map(({ to }) => to)));
  const single = plan.staying.flatMap((why) => {
    const [node, day, held] = [nodes.get(why.node), days.get(why.node), plan.heldBy.get(why.node)];
    if (node === undefined || day === undefined || held === undefined || LEFT_ALONE.has(why.reason.kind)) return [];
    return onStayingNode({ input, cluster, node, day, held, why, takesPods: takers.has(node.name) }) ?? [];
  });
  return together === null ? single : [together, ...single];
}
