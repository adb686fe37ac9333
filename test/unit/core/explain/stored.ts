import type { RowFacts } from '../../../../src/core/explain/row-facts.ts';
import type { StoredRow } from '../../../../src/core/ports/results-store.ts';
import { type ComputedWindow, type ComputeInput, computeWindow } from '../../../../src/core/window/compute-window.ts';
import type { NodeCoefficients } from '../../../../src/model/coefficients.ts';
import type { NodeFacts } from '../../../../src/model/facts.ts';
import type { ResultRow } from '../../../../src/model/results.ts';
import type { Window } from '../../../../src/model/time.ts';
import { coefficientsOf, factsOf, HOUR } from '../builders.ts';

/** What a store would answer about each row of a window. */
export function storedRows(computed: ComputedWindow, window: Window = HOUR): RowFacts[] {
  const rows = computed.rows.map((row): StoredRow => ({ ...row, ...window }));
  return rows.map((row) => {
    const nodeWindow = computed.nodeWindows.find(({ node }) => node === row.node);
    return {
      row,
      nodeRows: rows.filter(({ node }) => node === row.node),
      nodeWindow: nodeWindow === undefined ? null : { ...nodeWindow, ...window },
      embodiedKilograms: computed.nodeSnapshots.find(({ name }) => name === row.node)?.embodiedKilograms ?? null,
      currency: 'USD',
    };
  });
}

/** A window of one node. */
export function windowOf(
  node: NodeFacts,
  coefficients: Partial<NodeCoefficients> = {},
  more: Partial<ComputeInput> = {},
  window: Window = HOUR,
): RowFacts[] {
  const computed = computeWindow({
    clusterId: 'c',
    facts: factsOf([node], window),
    coefficientsOf: () => coefficientsOf(coefficients),
    zoneOf: () => 'FR',
    ...more,
  });
  return storedRows(computed, window);
}

export function factsOfKind(all: readonly RowFacts[], kind: ResultRow['rowKind']): RowFacts {
  const found = all.find(({ row }) => row.rowKind === kind);
  if (found === undefined) throw new Error(`no ${kind} row`);
  return found;
}
