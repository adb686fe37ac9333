import type { NodeWindowRow, ResultRow, WindowResult } from '../../model/results.ts';
import { CALCULATION_VERSION } from '../version.ts';
import type { PlaceCoefficients, RestatedPlace } from './new-coefficients.ts';
import { restatedCosts } from './restate-cost.ts';
import { embodiedScale } from './restate-embodied.ts';
import { restatedGrams } from './restate-grams.ts';
import { restatedReasons } from './restate-reasons.ts';

/**
 * A window as it would be with other coefficients: joules, usage and requests stay; carbon, embodied emissions and cost
 * are computed anew. Rows that OpenCost priced keep their cost. A node's rows keep their shares of its embodied grams.
 */
export function restateWindow(
  content: WindowResult,
  coefficientsAt: (place: RestatedPlace) => PlaceCoefficients,
): WindowResult {
  const nodes = new Map(content.nodeWindows.map((window) => [window.node, window]));
  const byNode = rowsByNode(content.rows);
  const restated = new Map<ResultRow, ResultRow>();
  for (const [name, rows] of byNode) {
    for (const [row, after] of restateNode(rows, nodes.get(name) ?? null, content, coefficientsAt)) {
      restated.set(row, after);
    }
  }
  return {
    entry: content.entry,
    rows: content.rows.map((row) => restated.get(row) ?? row),
    nodeWindows: content.nodeWindows.map((window) => restatedNode(window, byNode.get(window.node), coefficientsAt)),
    nodeSnapshots: content.nodeSnapshots.map((snapshot) => {
      const place = { node: snapshot.name, provider: snapshot.provider, nodeZone: snapshot.zone };
      const { coefficients, emapsZone } = coefficientsAt({ ...place, emapsZone: snapshot.emapsZone });
      return { ...snapshot, emapsZone, embodiedKilograms: coefficients.embodied.kilograms };
    }),
  };
}

function rowsByNode(rows: readonly ResultRow[]): Map<string, ResultRow[]> {
  const byNode = new Map<string, ResultRow[]>();
  for (const row of rows) {
    const known = byNode.get(row.node);
    if (known === undefined) byNode.set(row.node, [row]);
    else known.push(row);
  }
  return byNode;
}

function restateNode(
  rows: readonly ResultRow[],
  window: NodeWindowRow | null,
  { entry }: WindowResult,
  coefficientsAt: (place: RestatedPlace) => PlaceCoefficients,
): [ResultRow, ResultRow][] {
  const [first] = rows;
  if (first === undefined) return [];
  const embodied = window === null ? null : embodiedScale(rows, window, coefficientsAt(first).coefficients.embodied);
  return rows.map((row) => {
    const { coefficients, emapsZone } = coefficientsAt(row);
    const { durationSeconds } = entry.window;
    const costs = restatedCosts({
      row,
      rows,
      window,
      durationSeconds,
      prices: coefficients.prices,
      countsAllCards: coefficients.gpu !== undefined,
    });
    const grams = restatedGrams(row, window, coefficients);
    const embodiedGrams = embodied === null ? row.embodiedCo2eGrams : embodied(row);
    const { pue, intensity, embodied: made } = coefficients;
    const sources = {
      ...row.sources,
      pue: pue.source,
      intensity: intensity.source,
      embodied: embodied === null ? row.sources.embodied : made.source,
      cost: costs.source,
    };
    const after: ResultRow = {
      ...row,
      ...grams,
      ...costs.amounts,
      emapsZone,
      embodiedCo2eGrams: embodiedGrams,
      embodiedLowGrams: embodied === null ? row.embodiedLowGrams : embodiedGrams * made.factor.low,
      embodiedHighGrams: embodied === null ? row.embodiedHighGrams : embodiedGrams * made.factor.high,
      gridIntensity: intensity.gramsPerKwh,
      gridIntensityAtSeconds: intensity.atSeconds,
      pue: pue.pue,
      ...restatedReasons(row, sources, coefficients),
      sources,
      calculationVersion: CALCULATION_VERSION,
    };
    return [row, after];
  });
}

function restatedNode(
  window: NodeWindowRow,
  rows: readonly ResultRow[] | undefined,
  coefficientsAt: (place: RestatedPlace) => PlaceCoefficients,
): NodeWindowRow {
  const [row] = rows ?? [];
  if (row === undefined) return window;
  const { pue, intensity, embodied, prices } = coefficientsAt(row).coefficients;
  const cost = window.sources.cost === 'opencost' ? 'opencost' : prices.source;
  const named = { pue: pue.source, intensity: intensity.source, embodied: embodied.source, cost } as const;
  return { ...window, sources: { ...window.sources, ...named } };
}
