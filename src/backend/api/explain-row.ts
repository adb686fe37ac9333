import type { NodeShare } from '../../core/explain/node-share.ts';
import type { RowFacts } from '../../core/explain/row-facts.ts';
import type { RowsPage } from '../../core/ports/results-store.ts';
import type { TimeRange } from '../../model/time.ts';
import type { ApiDeps } from './deps.ts';
import { qualityOf } from './figures.ts';
import type { Scope } from './scope.ts';

/** Rows of one node in one window are at most its pods. */
const MOST_ROWS = 10_000;

export interface FoundRow {
  readonly kind: 'row';
  readonly facts: RowFacts;
  readonly quality: ReturnType<typeof qualityOf>;
  readonly share: Pick<NodeShare, 'clusterName' | 'region' | 'curveFactor'>;
}

export type Found =
  | FoundRow
  /** The filters name more than one row of that window. */
  | { readonly kind: 'several'; readonly range: TimeRange }
  /** No row of that time is left: the hour stands for it. */
  | { readonly kind: 'none' };

export async function findRow(
  scope: Scope,
  atSeconds: number,
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): Promise<Found> {
  const range = { startSeconds: atSeconds, endSeconds: atSeconds + 1 };
  const page: RowsPage = await deps.store.rows(
    { filter: scope.filter, podPattern: null, range, limit: 2, offset: 0 },
    signal,
  );
  const [row, second] = page.rows;
  if (row === undefined) return { kind: 'none' };
  if (second !== undefined)
    return { kind: 'several', range: { ...range, endSeconds: atSeconds + row.durationSeconds } };
  const { clusterId, node } = row;
  const ofNode = { clusterIds: [clusterId], node };
  // Volumes stand for no node.
  const hasNode = node !== '';
  const [nodeRows, windows, snapshots, totals] = await Promise.all([
    hasNode ? deps.store.rows({ filter: ofNode, podPattern: null, range, limit: MOST_ROWS, offset: 0 }, signal) : page,
    hasNode ? deps.store.nodeWindows({ clusterId, node, range, limit: 1 }) : [],
    deps.store.nodes([clusterId], range),
    deps.store.totals(scope.filter, range, signal),
  ]);
  const nodeWindow = windows[0] ?? null;
  const snapshot = snapshots.find(({ name }) => name === node);
  return {
    kind: 'row',
    facts: {
      row,
      nodeRows: nodeRows.rows,
      nodeWindow,
      embodiedKilograms: snapshot?.embodiedKilograms ?? null,
      currency: scope.currency,
    },
    quality: qualityOf(totals),
    share: {
      clusterName: scope.clusters.find(({ id }) => id === clusterId)?.name ?? clusterId,
      region: snapshot?.region ?? null,
      curveFactor: nodeWindow === null ? null : { low: nodeWindow.curveLowFactor, high: nodeWindow.curveHighFactor },
    },
  };
}
