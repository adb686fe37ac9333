import type * as z from 'zod';
import type {
  HistoryInput,
  RecommendationList,
  RecommendationListInput,
  RecommendationsInput,
  TopInput,
} from '../../../contract/schemas/recommendations.ts';
import type { RecommendationStatus } from '../../../model/recommendations/recommendation.ts';
import { resolveRange } from '../../ranges/resolve-range.ts';
import type { RecommendationDeps } from './deps.ts';
import { clustersAsked, listOf, refresh } from './list.ts';

const APPLIED: readonly RecommendationStatus[] = ['applied', 'verified', 'regressed'];

/** What is open now; asks nothing and changes nothing. */
export async function openNow(
  input: z.output<typeof RecommendationsInput>,
  deps: RecommendationDeps,
): Promise<RecommendationList> {
  const clusters = await clustersAsked(input.cluster, deps);
  return listOf({ ...input, statuses: ['active'], sort: 'co2e', found: null }, clusters, deps);
}

export async function withStatus(
  input: z.output<typeof RecommendationListInput>,
  of: 'active' | 'ignored' | 'applied',
  deps: RecommendationDeps,
): Promise<RecommendationList> {
  const clusters = await clustersAsked(input.cluster, deps);
  if (input.refresh) await refresh(clusters, deps);
  const statuses = of === 'applied' ? APPLIED : [of];
  return listOf({ ...input, statuses, found: null }, clusters, deps);
}

export async function history(
  input: z.output<typeof HistoryInput>,
  deps: RecommendationDeps,
): Promise<RecommendationList> {
  const { range } = resolveRange(input, '30d', deps.clock.nowSeconds());
  const clusters = await clustersAsked(input.cluster, deps);
  // What was found in the hour that is not over belongs to a range up to now.
  const isUpToNow = input.end === undefined;
  const found = isUpToNow ? { ...range, endSeconds: deps.clock.nowSeconds() + 1 } : range;
  return listOf({ ...input, statuses: [], sort: 'newest', found }, clusters, deps);
}

export async function top(input: z.output<typeof TopInput>, deps: RecommendationDeps): Promise<RecommendationList> {
  const clusters = await clustersAsked(input.cluster, deps);
  const sort = input.metric === 'cost' ? 'cost' : 'co2e';
  return listOf({ ...input, statuses: ['active'], sort, found: null }, clusters, deps);
}
