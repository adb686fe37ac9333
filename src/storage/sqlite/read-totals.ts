import type Database from 'better-sqlite3';
import * as z from 'zod';
import type { ResultFilter, Totals } from '../../core/ports/results-store.ts';
import type { TimeRange } from '../../model/time.ts';
import { withGrouped } from '../sql/grouped-sums.ts';
import { piecesOf } from '../sql/pieces.ts';
import { podsInAll } from '../sql/present-pods.ts';
import { totalsOf, ZERO_TOTALS } from '../sql/sums.ts';
import { clusterKeysOf, openHoursOf } from './cluster-scope.ts';

const Line = z.record(z.string(), z.unknown());

/** Sums over all rows of the range, and how many pods were there. */
export function readTotals(
  database: Database.Database,
  { filter, range }: { readonly filter: ResultFilter; readonly range: TimeRange },
): Totals {
  const clusterKeys = clusterKeysOf(database, filter.clusterIds);
  const pieces = piecesOf([range]);
  if (clusterKeys.length === 0 || pieces.length === 0) return ZERO_TOTALS;
  const grouped = withGrouped({
    clusterKeys,
    filter,
    pieces,
    groupBy: null,
    openHours: openHoursOf(database, clusterKeys),
  });
  const sums = database.prepare(`${grouped.text} SELECT * FROM grouped`).get(...grouped.parameters);
  if (sums === undefined) return ZERO_TOTALS;
  const pods = podsInAll({ clusterKeys, filter, range, groupBy: null }, null);
  const count = z.number().parse(
    database
      .prepare(pods.text)
      .pluck()
      .get(...pods.parameters),
  );
  return totalsOf(Line.parse(sums), count);
}
