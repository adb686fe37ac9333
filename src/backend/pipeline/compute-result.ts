import { mergeFacts } from '../../core/attribution/merge-facts.ts';
import { computeWindow } from '../../core/window/compute-window.ts';
import type { WindowCosts } from '../../model/costs.ts';
import type { Inventory, Notice } from '../../model/inventory.ts';
import type { WindowResult } from '../../model/results.ts';
import type { EpochSeconds, Window } from '../../model/time.ts';
import type { UsageReading } from '../../model/usage.ts';
import type { CoefficientCache } from './node-coefficients.ts';
import { judgeCoverage } from './window-state.ts';

/**
 * Reading → everything that is stored of its window. Below half covered, or without a node, there are no rows.
 * `readCosts`: the cluster's own costs of the window; null: unit prices.
 */
export async function resultOf(
  clusterId: string,
  reading: UsageReading,
  inventory: Inventory,
  cache: CoefficientCache,
  closedAtSeconds: EpochSeconds,
  readCosts: () => Promise<WindowCosts | null> = async () => null,
): Promise<WindowResult> {
  const { window, coveredSeconds, notices } = reading;
  const { state, reason } = judgeCoverage(window, coveredSeconds);
  if (state === 'no-data') return emptyResult(clusterId, window, coveredSeconds, reason, notices, closedAtSeconds);
  const facts = mergeFacts({ reading, inventory });
  const [coefficients, costs] = await Promise.all([cache.forFacts(facts), readCosts()]);
  const { rows, nodeWindows, nodeSnapshots } = computeWindow({ clusterId, facts, costs, ...coefficients });
  if (rows.length === 0) {
    const none = 'No node was known in this window';
    return emptyResult(clusterId, window, coveredSeconds, none, notices, closedAtSeconds);
  }
  const entry = { clusterId, window, state, coveredSeconds, reason, notices, rowCount: rows.length, closedAtSeconds };
  return { entry, rows, nodeWindows, nodeSnapshots };
}

/** A window that its source answered with nothing: closed as no data, never as zero. */
export function emptyResult(
  clusterId: string,
  window: Window,
  coveredSeconds: number,
  reason: string | null,
  notices: readonly Notice[],
  closedAtSeconds: EpochSeconds,
): WindowResult {
  const entry = {
    clusterId,
    window,
    state: 'no-data',
    coveredSeconds,
    reason,
    notices,
    rowCount: 0,
    closedAtSeconds,
  } as const;
  return { entry, rows: [], nodeWindows: [], nodeSnapshots: [] };
}
