import type { RecommendationDetail } from '../../../contract/schemas/recommendations.ts';
import type { Recommendation } from '../../../model/recommendations/recommendation.ts';
import { toIso } from '../../ranges/instants.ts';
import { unknownItem } from '../../recommendations/savings-desk.ts';
import type { RecommendationDeps } from './deps.ts';
import { evidenceOf, itemOf } from './wire.ts';

/** One recommendation whole: evidence, change, history, and what else is planned for its target. */
export async function detail(id: string, deps: RecommendationDeps): Promise<RecommendationDetail> {
  const { store } = deps;
  const item = (await store.recommendation(id)) ?? unknownItem(id);
  const [changes, clusters, plan] = await Promise.all([
    store.statusChanges(id),
    store.listClusters(),
    planOf(item, deps),
  ]);
  const name = clusters.find((cluster) => cluster.id === item.target.clusterId)?.name ?? null;
  return {
    ...itemOf(item, name),
    evidence: evidenceOf(item),
    change: changeOf(item),
    history: changes.map(({ atSeconds, status, reason, actual }) => {
      return { at: toIso(atSeconds), status, reason, actual: actual === null ? null : { ...actual } };
    }),
    plan,
  };
}

/** Open ones of the same plan; they are of one namespace. */
async function planOf(
  { id, planId, target }: Recommendation,
  { recommendations }: RecommendationDeps,
): Promise<RecommendationDetail['plan']> {
  const near = await recommendations.index.of(target.clusterId, {
    namespace: target.namespace,
    types: [],
    found: null,
  });
  return near
    .filter((each) => each.planId === planId && each.status === 'active' && each.id !== id)
    .map((each) => ({ id: each.id, type: each.type, title: each.title }));
}

function changeOf({ change }: Recommendation): RecommendationDetail['change'] {
  if (change === null) return null;
  return {
    patch_yaml: change.patchYaml,
    kubectl: change.kubectl,
    helm_values_yaml: change.helmValuesYaml,
    diff: change.diff.map((line) => ({ ...line })),
    cautions: [...change.cautions],
  };
}
