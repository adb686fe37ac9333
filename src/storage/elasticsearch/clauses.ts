import type { TimeRange } from '../../model/time.ts';
import { type ClusterHead, hiddenGenerations } from './cluster-head.ts';
import { isoOf } from './instants.ts';
import type { Query } from './requests.ts';

/** Documents whose window or bucket starts in a time. */
export function startsIn({ startSeconds, endSeconds }: TimeRange): Query {
  return { range: { timestamp: { gte: isoOf(startSeconds), lt: isoOf(endSeconds) } } };
}

export function ofCluster(clusterId: string): Query {
  return { term: { cluster_id: clusterId } };
}

/** Documents that do not count: of writes that are not done, were given up or have been replaced. */
export function hiddenClauses(heads: readonly ClusterHead[]): Query[] {
  const hidden = heads.flatMap(hiddenGenerations);
  return hidden.length === 0 ? [] : [{ terms: { generation: hidden } }];
}
