import { numberIn } from '../sql/sums.ts';
import type { Session } from './session.ts';

/** Keys of the clusters that a question is about; an empty list of ids means all that have windows. */
export async function clusterKeysOf(session: Session, clusterIds: readonly string[]): Promise<readonly number[]> {
  const lines =
    clusterIds.length === 0
      ? await session.query('SELECT id FROM cluster_keys ORDER BY id')
      : await session.query('SELECT id FROM cluster_keys WHERE cluster_id = ANY($1::text[]) ORDER BY id', [clusterIds]);
  return lines.map((line) => numberIn(line, 'id'));
}
