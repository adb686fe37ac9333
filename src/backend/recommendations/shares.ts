import type { ResultFilter } from '../../core/ports/results-store.ts';
import type { Recommendation } from '../../model/recommendations/recommendation.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { type Saved, yardstickOf } from './saved.ts';

/** What is needed of others that are applied to the same thing. */
export type Peer = Pick<Recommendation, 'id' | 'type' | 'scope' | 'target' | 'savings' | 'appliedAtSeconds'>;

/** What is measured: a change of nodes by its whole cluster, as pods move to other nodes. */
export function measuredBy({ type, scope, target }: Pick<Peer, 'type' | 'scope' | 'target'>): ResultFilter {
  const filter = { clusterIds: [target.clusterId] };
  if (yardstickOf({ type, scope }).energy === 'whole' || target.namespace === null) return filter;
  const { namespace, ownerKind, ownerName } = target;
  if (ownerKind === null || ownerName === null) return { ...filter, namespace };
  return { ...filter, namespace, workload: `${ownerKind}/${ownerName}` };
}

/**
 * The part of what is measured on a day that counts for this one: where several changes of one thing are in force, what
 * it takes less is theirs together, and is shared out by what each promised.
 */
export function shareOn(item: Peer, peers: readonly Peer[], dayStartSeconds: EpochSeconds): Saved {
  const key = keyOf(item);
  const inForce = peers.filter(
    (each) =>
      each.id !== item.id &&
      each.appliedAtSeconds !== null &&
      each.appliedAtSeconds < dayStartSeconds &&
      keyOf(each) === key,
  );
  if (inForce.length === 0) return { co2eGrams: 1, cost: 1 };
  const stops = (each: Peer) => yardstickOf(each).energy !== 'nothing';
  return {
    co2eGrams: partOf(
      item,
      stops(item) ? inForce.filter(stops) : inForce,
      (each) => each.savings.co2eGramsPerDay.central,
    ),
    cost: partOf(item, inForce, (each) => each.savings.costPerDay.central),
  };
}

/** By what was promised; alike where nothing was. */
function partOf(item: Peer, others: readonly Peer[], promised: (each: Peer) => number): number {
  const weight = (each: Peer) => Math.max(0, promised(each));
  const all = [item, ...others].reduce((sum, each) => sum + weight(each), 0);
  return all > 0 ? weight(item) / all : 1 / (others.length + 1);
}

function keyOf(item: Peer): string {
  const { clusterIds, namespace, workload } = measuredBy(item);
  return JSON.stringify([clusterIds, namespace ?? null, workload ?? null]);
}
