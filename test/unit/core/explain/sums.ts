import type { RowFacts } from '../../../../src/core/explain/row-facts.ts';
import type { BreakdownItem, Totals } from '../../../../src/core/ports/results-store.ts';
import { sumRows } from '../../../fakes/backend/sum-rows.ts';

export const totalsOf = (facts: readonly RowFacts[]): Totals => sumRows(facts.map(({ row }) => row));

export function itemsByNode(facts: readonly RowFacts[]): BreakdownItem[] {
  const names = [...new Set(facts.map(({ row }) => row.node))];
  return names
    .map((node): BreakdownItem => {
      const group = { key: node, clusterId: 'c', namespace: null, ownerKind: null, ownerName: null, node };
      return { ...totalsOf(facts.filter(({ row }) => row.node === node)), group };
    })
    .sort((a, b) => b.pueJoules - a.pueJoules);
}
