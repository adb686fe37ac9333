import type { BreakdownItem } from '../ports/results-store.ts';
import type { AggregateFacts } from './aggregate-facts.ts';
import { isSame } from './formula.ts';
import { type ExplainStep, type ExplainTerm, stepOf, term } from './step.ts';

const MOST_NAMED = 8;
const VOLUMES = 'Persistent volumes';

type Base = Pick<ExplainStep, 'id' | 'title' | 'value' | 'low' | 'high' | 'unit' | 'note'>;

/** A sum over nodes, and volumes that are on none: the largest by name, the others together. */
export function nodeSumStep(base: Base, facts: AggregateFacts, of: (item: BreakdownItem) => number): ExplainStep {
  const from = { source: 'Results store: sums of rows', known: 'modelled' } as const;
  const named = [...facts.nodes]
    .sort((a, b) => of(b) - of(a))
    .slice(0, MOST_NAMED)
    .filter((item) => of(item) !== 0);
  const terms: ExplainTerm[] = named.map((item, index) =>
    term(`n${index + 1}`, item.group.key === '' ? VOLUMES : item.group.key, of(item), base.unit, from),
  );
  const rest = base.value - terms.reduce((sum, { value }) => sum + value, 0);
  if (!isSame(base.value, base.value - rest)) {
    terms.push(term('others', othersOf(facts, named), rest, base.unit, from));
  }
  const formula = terms.length === 0 ? '0' : terms.map(({ symbol }) => symbol).join(' + ');
  return stepOf({ ...base, formula, terms });
}

function othersOf({ nodes, nodeCount }: AggregateFacts, named: readonly BreakdownItem[]): string {
  const isVolume = ({ group }: BreakdownItem) => group.key === '';
  const others = Math.max(0, nodeCount - named.filter((item) => !isVolume(item)).length);
  const isLeft = nodes.some(isVolume) && !named.some(isVolume);
  const words = [others === 0 ? null : `${others} other ${others === 1 ? 'node' : 'nodes'}`, isLeft ? 'volumes' : null];
  return words.filter((each) => each !== null).join(' and ') || 'Others';
}
