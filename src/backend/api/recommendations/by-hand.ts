import type * as z from 'zod';
import type {
  ApplyInput,
  IgnoreInput,
  IgnoreManyInput,
  RecommendationItem,
  RecommendationList,
} from '../../../contract/schemas/recommendations.ts';
import type { Recommendation } from '../../../model/recommendations/recommendation.ts';
import type { EpochSeconds } from '../../../model/time.ts';
import { fromIso } from '../../ranges/instants.ts';
import type { RecommendationDeps } from './deps.ts';
import { listOf } from './list.ts';
import { itemOf } from './wire.ts';

export async function apply(
  { id, actual, reason }: z.output<typeof ApplyInput>,
  deps: RecommendationDeps,
): Promise<RecommendationItem> {
  return wireOf(await deps.recommendations.savings.apply(id, actual, reason ?? null), deps);
}

export async function ignore(
  { id, reason, until }: z.output<typeof IgnoreInput>,
  deps: RecommendationDeps,
): Promise<RecommendationItem> {
  return wireOf(await deps.recommendations.savings.ignore(id, reason, untilOf(until)), deps);
}

export async function unignore(id: string, deps: RecommendationDeps): Promise<RecommendationItem> {
  return wireOf(await deps.recommendations.savings.unignore(id), deps);
}

/** Answers what is open afterwards. */
export async function ignoreMany(
  { ids, reason, until }: z.output<typeof IgnoreManyInput>,
  deps: RecommendationDeps,
): Promise<RecommendationList> {
  await deps.recommendations.savings.ignoreMany(ids, reason, untilOf(until));
  const asked = { statuses: ['active'] as const, sort: 'co2e' as const, found: null, limit: 100, offset: 0 };
  return listOf(asked, await deps.store.listClusters(), deps);
}

async function wireOf(item: Recommendation, { store }: RecommendationDeps): Promise<RecommendationItem> {
  const clusters = await store.listClusters();
  return itemOf(item, clusters.find(({ id }) => id === item.target.clusterId)?.name ?? null);
}

function untilOf(until: string | null): EpochSeconds | null {
  return until === null ? null : Math.floor(fromIso(until, 'until'));
}
