import type { KubernetesRetention } from '../../model/kubernetes-retention.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { bulk } from './bulk.ts';
import { deleteMatching } from './documents.ts';
import type { IndexNames } from './index-names.ts';
import { isoOf } from './instants.ts';
import type { Query, Requests } from './requests.ts';

const DAY = 86_400;

export interface PrunedKubernetes {
  /** Whole months, by name. */
  readonly droppedIndices: readonly string[];
  readonly removedPods: number;
  readonly removedMetrics: number;
}

/**
 * Removes pods that finished before their limit and old resource metrics. A month goes whole where a fresh search finds
 * nothing in it that is to be kept; else finished documents are deleted in pieces, and pods that run stay.
 */
export async function pruneKubernetes(
  requests: Requests,
  names: IndexNames,
  retention: KubernetesRetention,
  nowSeconds: EpochSeconds,
  signal?: AbortSignal,
): Promise<PrunedKubernetes> {
  const limitOf = (days: number): EpochSeconds => nowSeconds - days * DAY;
  const finished = limitOf(retention.finishedPodDays);
  const podMetrics = limitOf(retention.podMetricDays);
  const otherMetrics = limitOf(retention.otherMetricDays);
  const before = (field: string, limit: EpochSeconds): Query => ({ range: { [field]: { lt: isoOf(limit) } } });
  const over = before('finished_at', finished);

  const drop = (family: string, limit: EpochSeconds, goes: Query): Promise<readonly string[]> =>
    dropMonths(requests, names, { family, limit, goes }, signal);
  const droppedIndices = [
    ...(await drop('k8s-pods', finished, over)),
    ...(await drop('k8s-resource-metrics', Math.min(podMetrics, otherMetrics), { match_all: {} })),
  ];
  const remove = (family: string, query: Query): Promise<number> =>
    deleteMatching(requests, [names.all(family)], query, (operations) => bulk(requests, operations), signal);
  const ofPods: Query = { term: { resource_type: 'pod' } };
  const removedPods = await remove('k8s-pods', over);
  const removedMetrics =
    (await remove('k8s-resource-metrics', { bool: { filter: [ofPods, before('collected_at', podMetrics)] } })) +
    (await remove('k8s-resource-metrics', {
      bool: { must_not: [ofPods], filter: [before('collected_at', otherMetrics)] },
    }));
  return { droppedIndices, removedPods, removedMetrics };
}

interface Drop {
  readonly family: string;
  /** Months that ended before it may go. */
  readonly limit: EpochSeconds;
  /** A month goes whole where all its documents meet this. */
  readonly goes: Query;
}

async function dropMonths(
  requests: Requests,
  names: IndexNames,
  { family, limit, goes }: Drop,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const found = await requests.send(
    (options) => requests.client.indices.get({ index: names.all(family) }, options),
    signal,
  );
  const dropped: string[] = [];
  for (const index of Object.keys(found).sort()) {
    const time = names.timeOf(family, index);
    if (time === null || time.endSeconds > limit) continue;
    await requests.refresh([index]);
    const kept = await requests.search(
      [index],
      { size: 0, terminate_after: 1, track_total_hits: 1, query: { bool: { must_not: [goes] } } },
      signal,
    );
    const total = kept.hits.total;
    if ((typeof total === 'number' ? total : (total?.value ?? 0)) > 0) continue;
    await requests.send(
      (options) => requests.client.indices.delete({ index, ignore_unavailable: true }, options),
      signal,
    );
    dropped.push(index);
  }
  return dropped;
}
