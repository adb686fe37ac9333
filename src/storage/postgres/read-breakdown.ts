import type { BreakdownPage, BreakdownQuery } from '../../core/ports/results-store.ts';
import { breakdownPage, breakdownStatement, EMPTY_PAGE } from '../sql/breakdown-question.ts';
import { IN_CLEAR } from '../sql/key-style.ts';
import { piecesOf } from '../sql/pieces.ts';
import { podsByGroup, podsInAll } from '../sql/present-pods.ts';
import { numberIn } from '../sql/sums.ts';
import { clusterKeysOf } from './cluster-scope.ts';
import type { Session } from './session.ts';

/** One page of the groups of a range, with the sums over all groups that match the search. */
export async function readBreakdown(session: Session, query: BreakdownQuery): Promise<BreakdownPage> {
  const { filter, range, by, search } = query;
  const clusterKeys = await clusterKeysOf(session, filter.clusterIds);
  if (clusterKeys.length === 0 || piecesOf([range]).length === 0) return EMPTY_PAGE;
  const lines = await session.ask(breakdownStatement(query, clusterKeys, IN_CLEAR));
  const counted = { clusterKeys, filter, range, groupBy: by };
  const ofGroup = await session.ask(podsByGroup(counted, search, IN_CLEAR));
  const [ofAll = {}] = await session.ask(podsInAll(counted, search, IN_CLEAR));
  const pods = new Map(ofGroup.map((line) => [String(line.group_id), numberIn(line, 'pods')]));
  return breakdownPage(lines, pods, numberIn(ofAll, 'pods'));
}
