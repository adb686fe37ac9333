import type { Interval } from '../../model/bounds.ts';
import type { Finding } from '../../model/recommendations/recommendation.ts';
import { EMBODIED_FACTOR } from '../coefficients/embodied.ts';
import type { AnalysisInput } from '../recommendations/analysis-input.ts';
import { CREDIT } from './credit.ts';
import { atMost, beyond, larger, plus, sumOf, times, ZERO } from './intervals.ts';

/** A day of a list of findings that are all followed: what overlaps counts once, and never more than there is. */
export interface JointSavings {
  readonly co2eGramsPerDay: Interval;
  readonly embodiedGramsPerDay: Interval;
  readonly costPerDay: Interval;
  readonly nodesThatCanGo: number;
}

/** A day of the whole cluster: no list promises more. */
export interface ClusterDay {
  readonly co2eGrams: Interval;
  readonly embodiedGrams: Interval;
  readonly cost: Interval;
}

const HOURS_PER_DAY = 24;
/** Figure of a node finding whose node would go if all others of the list were followed. */
export const GOES_ANYWAY = 'goes_if_all_followed';

export function clusterDay(input: AnalysisInput): ClusterDay {
  const { columns, hourIndex } = input.nodes;
  const hours = new Set(hourIndex).size;
  const perDay = (values: Float64Array) =>
    hours > 0 ? (values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0) * HOURS_PER_DAY) / hours : 0;
  const embodied = perDay(columns.embodiedCo2eGrams);
  const cost = perDay(columns.totalCost);
  const { factor } = input.prices;
  return {
    co2eGrams: {
      low: perDay(columns.co2eLowGrams),
      central: perDay(columns.co2eGrams),
      high: perDay(columns.co2eHighGrams),
    },
    embodiedGrams: { low: 0, central: embodied, high: embodied * EMBODIED_FACTOR.high },
    cost: { low: cost * factor.low, central: cost, high: cost * factor.high },
  };
}

/** Of findings whose savings were credited. Shares of nodes add up; what a namespace and its workloads promise counts once. */
export function jointSavings(findings: readonly Finding[], cluster: ClusterDay): JointSavings {
  const isFollowed = findings.some((finding) => figure(finding, CREDIT.nodes) > 0);
  const counted = findings.filter((finding) => !(isFollowed && figure(finding, GOES_ANYWAY) > 0));
  const ofNodes = counted.filter(({ scope }) => scope === 'node' || scope === 'cluster');
  const ofWork = counted.filter(({ scope }) => scope !== 'node' && scope !== 'cluster');
  const sum = (part: Part) =>
    [
      sumOf(ofNodes.map(({ savings }) => savings[part])),
      sumOf(ofWork.map((finding) => creditOf(finding, part))),
      ownOf(ofWork, part),
    ].reduce(plus, ZERO);
  const nodes = counted.reduce((total, finding) => total + figure(finding, CREDIT.nodes), 0);
  return {
    co2eGramsPerDay: atMost(sum('co2eGramsPerDay'), cluster.co2eGrams),
    embodiedGramsPerDay: atMost(sum('embodiedGramsPerDay'), cluster.embodiedGrams),
    costPerDay: atMost(sum('costPerDay'), cluster.cost),
    nodesThatCanGo: Math.floor(nodes + 1e-6),
  };
}

type Part = 'co2eGramsPerDay' | 'embodiedGramsPerDay' | 'costPerDay';
const FIGURES: Readonly<Record<Part, string>> = {
  co2eGramsPerDay: CREDIT.co2eGrams,
  embodiedGramsPerDay: CREDIT.embodiedGrams,
  costPerDay: CREDIT.cost,
};

/** The part of a promise that needs nodes to go; its high in proportion to what is beyond the low. */
function creditOf(finding: Finding, part: Part): Interval {
  const central = figure(finding, FIGURES[part]);
  const whole = finding.savings[part];
  if (central <= 0 || whole.central <= 0) return ZERO;
  return { ...times(whole, central / whole.central), low: 0 };
}

/**
 * What stops by itself. The plan of a workload takes nothing away twice, so workloads add up; of a namespace its own
 * promise counts or that of its workloads, whichever is larger.
 */
function ownOf(findings: readonly Finding[], part: Part): Interval {
  const workloads = new Map<string, Interval>();
  const namespaces = new Map<string, Interval>();
  for (const finding of findings) {
    const own = beyond(finding.savings[part], creditOf(finding, part));
    const { namespace, ownerName } = finding.target;
    const name = namespace ?? '';
    if (ownerName === null) namespaces.set(name, larger(namespaces.get(name) ?? ZERO, own));
    else workloads.set(name, plus(workloads.get(name) ?? ZERO, own));
  }
  const names = new Set([...workloads.keys(), ...namespaces.keys()]);
  return sumOf([...names].map((name) => larger(namespaces.get(name) ?? ZERO, workloads.get(name) ?? ZERO)));
}

function figure({ evidence }: Finding, name: string): number {
  const value = evidence.figures[name];
  return typeof value === 'number' ? value : 0;
}
