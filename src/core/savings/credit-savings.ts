import type { Finding } from '../../model/recommendations/recommendation.ts';
import { nodeFindings } from '../consolidation/findings/node-findings.ts';
import type { ConsolidationPlan } from '../consolidation/plan.ts';
import type { AnalysisInput } from '../recommendations/analysis-input.ts';
import { CREDIT, credited, withoutCredit } from './credit.ts';
import { clusterDay, GOES_ANYWAY, type JointSavings, jointSavings } from './joint.ts';
import { nodeDays, type SavingsRanges } from './node-days.ts';
import { namesOf, nodePlans } from './node-plans.ts';

export interface CreditedSavings {
  /** Those given, with what they promise, and the findings on nodes. */
  readonly findings: readonly Finding[];
  /** All open ones followed together. */
  readonly joint: JointSavings;
  /** Which nodes can go as things are; null where the layout isn't known. */
  readonly plan: ConsolidationPlan | null;
}

export interface SavingsOptions extends SavingsRanges {
  /** False for findings that count in no sum, as they are ignored or applied; left out: all count. */
  readonly isOpen?: (finding: Finding) => boolean;
}

/**
 * Findings on workloads in, all findings out, with savings that are real (METHODOLOGY 1.15): nodes that can go as things
 * are belong to one finding on nodes; those that go only once findings are followed are shared out among these. Yields
 * between its pieces, so that the caller may pause.
 */
export function* creditingSavings(
  findings: readonly Finding[],
  input: AnalysisInput,
  options: SavingsOptions = {},
): Generator<undefined, CreditedSavings> {
  const { layout } = input;
  const { isOpen = () => true } = options;
  const cluster = clusterDay(input);
  if (layout === null) {
    const none = findings.map(withoutCredit);
    return { findings: none, joint: jointSavings(none.filter(isOpen), cluster), plan: null };
  }
  const days = nodeDays(input, options);
  const open = findings.filter(isOpen);
  const plans = yield* nodePlans(input, layout, days, open);
  const given = new Map(credited(open, plans, days, layout).map((finding) => [finding.id, finding]));
  const ofWork = findings.map((finding) => given.get(finding.id) ?? withoutCredit(finding));
  const goLater = new Set(namesOf(plans.followed));
  const ofNodes = nodeFindings(input, plans.now, days).map((finding) => markedAsGoing(finding, goLater));
  const all = [...ofWork, ...ofNodes];
  return { findings: all, joint: jointSavings(all.filter(isOpen), cluster), plan: plans.now };
}

/** The same at once. */
export function creditSavings(
  findings: readonly Finding[],
  input: AnalysisInput,
  options: SavingsOptions = {},
): CreditedSavings {
  const steps = creditingSavings(findings, input, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function markedAsGoing(finding: Finding, going: ReadonlySet<string>): Finding {
  const { node } = finding.target;
  if (node === null || !going.has(node) || finding.evidence.figures[CREDIT.nodes] !== undefined) return finding;
  const { evidence } = finding;
  return { ...finding, evidence: { ...evidence, figures: { ...evidence.figures, [GOES_ANYWAY]: 1 } } };
}
