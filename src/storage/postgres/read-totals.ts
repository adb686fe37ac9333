import type { ResultFilter, Totals } from '../../core/ports/results-store.ts';
import type { TimeRange } from '../../model/time.ts';
import { withGrouped } from '../sql/grouped-sums.ts';
import { IN_CLEAR } from '../sql/key-style.ts';
import { piecesOf } from '../sql/pieces.ts';
import { podsInAll } from '../sql/present-pods.ts';
import { numberIn, totalsOf, ZERO_TOTALS } from '../sql/sums.ts';
import { clusterKeysOf } from './cluster-scope.ts';
import type { Session } from './session.ts';

/** Sums over all rows of the range, and how many pods were there. */
export async function readTotals(session: Session, filter: ResultFilter, range: TimeRange): Promise<Totals> {
  const clusterKeys = await clusterKeysOf(session, filter.clusterIds);
  const pieces = piecesOf([range]);
  if (clusterKeys.length === 0 || pieces.length === 0) return ZERO_TOTALS;
  const grouped = withGrouped({ clusterKeys, filter, pieces, groupBy: null }, IN_CLEAR);
  const [sums] = await session.ask({ ...grouped, text: `${grouped.text} SELECT * FROM grouped` });
  if (sums === undefined) return ZERO_TOTALS;
  const [pods = {}] = await session.ask(podsInAll({ clusterKeys, filter, range, groupBy: null }, null, IN_CLEAR));
  return totalsOf(sums, numberIn(pods, 'pods'));
}
