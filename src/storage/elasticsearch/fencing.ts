import { Failure } from '../../model/failure.ts';
import type { ClusterHead } from './cluster-head.ts';

/** Refuses an epoch that is not the youngest. */
export function refuseOlderEpoch(head: ClusterHead, epoch: number): void {
  if (epoch >= head.epoch) return;
  throw new Failure('conflict', `Another Podwatt has taken over this cluster (epoch ${head.epoch}, not ${epoch}).`, {
    hint: 'Nothing was written. Only the one that took over collects this cluster now.',
  });
}

/** The work of this store was given up by another one, which writes the cluster now. */
export function lostCluster(): Failure {
  return new Failure('conflict', 'Another Podwatt began to write this cluster at the same time.', {
    hint: 'What was begun here does not count. Only the one that holds the cluster collects it.',
  });
}
