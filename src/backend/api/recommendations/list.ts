import type { RecommendationList } from '../../../contract/schemas/recommendations.ts';
import type { RecommendationFilter } from '../../../core/ports/recommendation-store.ts';
import type { JointSavings } from '../../../core/savings/joint.ts';
import type { ClusterRecord } from '../../../model/cluster.ts';
import type {
  Recommendation,
  RecommendationStatus,
  RecommendationType,
} from '../../../model/recommendations/recommendation.ts';
import type { EpochSeconds, TimeRange } from '../../../model/time.ts';
import { toIso } from '../../ranges/instants.ts';
import { countsOf, savedTogether, sumOfJoints } from '../../recommendations/item-index.ts';
import { currencyOf, unknownCluster } from '../scope.ts';
import type { RecommendationDeps } from './deps.ts';
import { itemOf, jointOf } from './wire.ts';

/** A second asking for a fresh analysis within this time gets the one that there is. */
const REFRESH_SECONDS = 60;

export interface ListAsked {
  readonly cluster?: string | undefined;
  readonly namespace?: string | undefined;
  readonly type?: RecommendationType | undefined;
  readonly limit: number;
  readonly offset: number;
  readonly statuses: readonly RecommendationStatus[];
  readonly sort: RecommendationFilter['sort'];
  readonly found: TimeRange | null;
}

export async function clustersAsked(
  cluster: string | undefined,
  { store }: Pick<RecommendationDeps, 'store'>,
): Promise<readonly ClusterRecord[]> {
  const all = await store.listClusters();
  const asked = cluster === undefined ? all : all.filter(({ id }) => id === cluster);
  if (cluster !== undefined && asked.length === 0) throw unknownCluster(cluster);
  return asked;
}

/** Analyses anew what was not looked at within the last minute. */
export async function refresh(clusters: readonly ClusterRecord[], deps: RecommendationDeps): Promise<void> {
  const now = deps.clock.nowSeconds();
  const { analyses } = deps.recommendations;
  const due = clusters.filter(({ id }) => now - (analyses.triedAtSeconds(id) ?? 0) >= REFRESH_SECONDS);
  await Promise.all(due.map(({ id }) => analyses.run(id)));
}

/** A page of what matches, with the sums over all that matches. */
export async function listOf(
  asked: ListAsked,
  clusters: readonly ClusterRecord[],
  deps: RecommendationDeps,
): Promise<RecommendationList> {
  const { store } = deps;
  const filter = filterOf(asked);
  const [page, { counts, savings }] = await Promise.all([
    store.recommendations(filter),
    totalsOf(filter, clusters, deps),
  ]);
  const names = new Map(clusters.map(({ id, name }) => [id, name]));
  return {
    recommendations: page.items.map((item) => itemOf(item, names.get(item.target.clusterId) ?? null)),
    total: page.total,
    savings,
    currency: currencyOf(clusters),
    analysed_at: analysedAt(clusters, deps),
    notices: noticesOf(clusters, deps),
    counts,
  };
}

function filterOf({ cluster, namespace, type, limit, offset, statuses, sort, found }: ListAsked): RecommendationFilter {
  return {
    clusterIds: cluster === undefined ? [] : [cluster],
    statuses,
    types: type === undefined ? [] : [type],
    namespace: namespace ?? null,
    found,
    sort,
    limit,
    offset,
  };
}

/** Of all that the filter finds; sums of those with the list's statuses. */
async function totalsOf(
  { statuses, found, types, namespace }: RecommendationFilter,
  clusters: readonly ClusterRecord[],
  { recommendations }: RecommendationDeps,
): Promise<Pick<RecommendationList, 'savings' | 'counts'>> {
  const { index, analyses } = recommendations;
  const all: Recommendation[] = [];
  const joints: JointSavings[] = [];
  let isKnown = false;
  for (const { id } of clusters) {
    const items = await index.of(id, { found, types, namespace });
    const run = analyses.lastRun(id);
    const matching = items.filter(({ status }) => statuses.length === 0 || statuses.includes(status));
    isKnown ||= run !== null || items.length > 0;
    all.push(...items);
    joints.push(savedTogether(matching, run?.clusterDay ?? null));
  }
  return { counts: countsOf(all), savings: isKnown ? jointOf(sumOfJoints(joints)) : null };
}

/** The oldest of the clusters' last analyses: the list is no younger than that. */
function analysedAt(clusters: readonly ClusterRecord[], { recommendations }: RecommendationDeps): string | null {
  const times: EpochSeconds[] = clusters.flatMap(
    ({ id }) => recommendations.analyses.lastRun(id)?.analysedAtSeconds ?? [],
  );
  return times.length === 0 ? null : toIso(Math.min(...times));
}

function noticesOf(
  clusters: readonly ClusterRecord[],
  { recommendations }: RecommendationDeps,
): RecommendationList['notices'] {
  return clusters.flatMap(({ id, name }) =>
    recommendations.analyses.noticesOf(id).map(({ code, message, hint }) => {
      return { code, message: clusters.length > 1 ? `${name ?? id}: ${message}` : message, hint };
    }),
  );
}
