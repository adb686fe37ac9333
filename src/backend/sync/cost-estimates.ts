import { type CostEstimates, costEstimates } from '../../core/cost-attribution/estimate.ts';
import type { KubernetesStore } from '../../core/ports/kubernetes-store.ts';
import { type EpochSeconds, floorTo } from '../../model/time.ts';

const DAY_SECONDS = 86_400;
/** A week, so that each weekday counts once. */
const DAYS = 7;

/** Estimates from the stored costs of the last seven whole UTC days. */
export async function storedEstimates(
  store: Pick<KubernetesStore, 'costsBy'>,
  clusterId: string,
  nowSeconds: EpochSeconds,
): Promise<CostEstimates> {
  const today = floorTo(nowSeconds, DAY_SECONDS);
  const starts = Array.from({ length: DAYS }, (_, index) => today - (DAYS - index) * DAY_SECONDS);
  const days = await Promise.all(
    starts.map((startSeconds) =>
      store.costsBy('namespace', clusterId, { startSeconds, endSeconds: startSeconds + DAY_SECONDS }),
    ),
  );
  return costEstimates(
    days.map((costs) => new Map(costs.map(({ namespaceId, totalCost }) => [namespaceId, totalCost]))),
  );
}
