import type { Recommendation, StatusChange } from '../../model/recommendations/recommendation.ts';
import { piecesOf } from './analysis-messages.ts';
import type { Merged } from './merge-run.ts';
import type { SavingsStore } from './store-port.ts';

const ROWS_AT_ONCE = 50;

/** Writes rows in pieces, each with the changes of its own rows: a piece is whole or not there. */
export async function writeMerged(
  clusterId: string,
  { items, changes }: Merged,
  epoch: number,
  store: Pick<SavingsStore, 'putRecommendations'>,
): Promise<void> {
  const byId = Map.groupBy(changes, (change) => change.recommendationId);
  for (const piece of piecesOf(items, ROWS_AT_ONCE)) {
    await store.putRecommendations(clusterId, piece, changesOf(piece, byId), epoch);
  }
}

function changesOf(
  items: readonly Recommendation[],
  byId: ReadonlyMap<string, readonly StatusChange[]>,
): readonly StatusChange[] {
  return items.flatMap(({ id }) => byId.get(id) ?? []);
}
