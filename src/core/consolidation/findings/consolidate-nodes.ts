import type { Change } from '../../../model/recommendations/change.ts';
import type { Finding } from '../../../model/recommendations/recommendation.ts';
import type { ClusterLayout } from '../../../model/scheduling.ts';
import { type AnalysisInput, hoursIn } from '../../recommendations/analysis-input.ts';
import { CREDIT, goneBy } from '../../savings/credit.ts';
import type { ClusterDay } from '../../savings/joint.ts';
import type { NodeDay } from '../../savings/node-days.ts';
import type { ConsolidationPlan, GoingNode } from '../plan.ts';
import { confidenceIn, coresOf, findingOf } from './node-draft.ts';
import { stayWords } from './stay-words.ts';

/** A chart can't show more; figures name every node. */
const MOST_CHARTED = 5;
const SECONDS_PER_DAY = 86_400;

/** One finding for all nodes that can go as things are; null where none can. */
export function consolidateNodes(
  input: AnalysisInput,
  layout: ClusterLayout,
  plan: ConsolidationPlan,
  days: ReadonlyMap<string, NodeDay>,
  cluster: ClusterDay,
): Finding | null {
  const { going } = plan;
  if (going.length === 0) return null;
  const names = going.map(({ node }) => node);
  const gone = goneBy(plan, days);
  const moves = going.reduce((sum, { moves: ofNode }) => sum + ofNode.length, 0);
  const known = names.flatMap((name) => days.get(name) ?? []);
  const observed = Math.min(...known.map(({ usage }) => usage.observed), hoursIn(input.range));
  const isBudgetsKnown = !layout.missing.some((part) => part.toLowerCase().includes('poddisruptionbudget'));
  const total = layout.nodes.length;
  return findingOf(input, cluster, {
    type: 'CONSOLIDATE_NODES',
    scope: 'cluster',
    node: null,
    risk: 'medium',
    title: going.length === 1 ? `Drain and remove ${names[0]}` : `Drain and remove ${going.length} of ${total} nodes`,
    reason: `What runs on ${going.length === 1 ? 'it' : 'them'} fits on the others by requests and by what it used: ${moves} pods move, no rule of any pod is broken.`,
    confidence: confidenceIn(input, observed, isBudgetsKnown ? 0 : 2),
    current: { nodes: total },
    recommended: {
      nodes: total - going.length,
      nodes_removed: going.length,
      pods_moved: moves,
      remove: names.join(', '),
    },
    savings: {
      co2eGramsPerDay: gone.co2eGrams,
      embodiedGramsPerDay: gone.embodiedGrams,
      costPerDay: gone.cost,
      joulesPerDay: gone.joules,
      freedCpuMillicores: 0,
      freedMemoryBytes: 0,
      needsNodeToGo: true,
    },
    evidence: {
      series: going.slice(0, MOST_CHARTED).flatMap(({ node }) => {
        const usage = days.get(node)?.usage;
        return usage === undefined ? [] : coresOf(input, node, usage);
      }),
      lines: [],
      figures: {
        [CREDIT.nodes]: going.length,
        ...Object.fromEntries(going.map((each) => [`goes: ${each.node}`, goingWords(each, days.get(each.node))])),
        ...Object.fromEntries(plan.staying.map(({ node, reason }) => [`stays: ${node}`, stayWords(reason)])),
      },
      hoursObserved: observed,
      hoursPossible: hoursIn(input.range),
    },
    change: changeOf(names, isBudgetsKnown),
  });
}

function goingWords({ moves, podsThatGo }: GoingNode, day: NodeDay | undefined): string {
  const idle = day === undefined ? '' : `, ${(day.idleJoules / SECONDS_PER_DAY).toFixed(1)} W at no load`;
  return `${moves.length} pods move, ${podsThatGo} of DaemonSets or its own go with it${idle}`;
}

/** All are cordoned first, so that no pod moves twice. */
function changeOf(names: readonly string[], isBudgetsKnown: boolean): Change {
  return {
    patchYaml: '',
    kubectl: [
      `kubectl cordon ${names.join(' ')}`,
      ...names.map((name) => `kubectl drain ${name} --ignore-daemonsets --delete-emptydir-data`),
    ].join('\n'),
    helmValuesYaml: null,
    diff: [],
    cautions: [
      'One node after the other: wait until the pods of one run elsewhere before the next is drained.',
      'A drained node draws and costs until its machine is deleted: lower the size of its node group afterwards, or delete the machine.',
      'What pods wrote to emptyDir volumes is lost.',
      'A pod with a spread rule may wait until the drained node is deleted.',
      ...(isBudgetsKnown
        ? []
        : ['Disruption budgets could not be read: the drain itself will tell where one forbids it.']),
    ],
  };
}
