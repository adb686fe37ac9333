import * as z from 'zod';
import type { Score } from '../../../model/recommendations/score.ts';
import { SCORES } from '../../sql/recommendations/record-tables.ts';
import { scoreOf } from '../../sql/recommendations/score-line.ts';
import { compositePages } from '../composite-pages.ts';
import type { Query } from '../requests.ts';
import type { Store } from '../store.ts';
import { familyName } from './document-places.ts';
import { is } from './find-records.ts';

const PAGE = 500;
const NEWEST = { newest: { top_hits: { size: 1, sort: [{ date: { order: 'desc' as const } }] } } };
const Newest = z.object({
  newest: z.object({ hits: z.object({ hits: z.tuple([z.object({ _source: z.unknown() })]) }) }),
});

/** The newest score of each cluster, or of each of its namespaces. */
export async function latestScores(
  { requests, names }: Store,
  conditions: readonly Query[],
  of: 'cluster' | 'namespace',
): Promise<readonly Score[]> {
  const ofCluster = is('namespace', '');
  const query: Query =
    of === 'cluster'
      ? { bool: { filter: [...conditions, ofCluster] } }
      : { bool: { filter: [...conditions], must_not: [ofCluster] } };
  const indices = [names.all(familyName(SCORES))];
  const question = { indices, query, fields: ['cluster_id', 'namespace'], aggregations: NEWEST, size: PAGE };
  const found: Score[] = [];
  for await (const page of compositePages(requests, question)) {
    for (const bucket of page) {
      const [{ _source }] = Newest.parse(bucket).newest.hits.hits;
      found.push(scoreOf(SCORES.recordOf(_source)));
    }
  }
  return found;
}
