import { Failure } from '../../model/failure.ts';
import { numberIn } from '../sql/sums.ts';
import type { ClusterKey } from './key-cache.ts';
import type { Session } from './session.ts';

/**
 * Locks the cluster for this transaction and remembers a younger epoch; throws `Failure` conflict for an older one. The
 * lock is the lease's own line, so a lease changes hands before or after a window, never while one is written.
 */
export async function fence(session: Session, clusterId: string, epoch: number): Promise<void> {
  const kept = await session.change(
    `INSERT INTO leases AS l (cluster_id, epoch) VALUES ($1, $2)
     ON CONFLICT (cluster_id) DO UPDATE SET epoch = excluded.epoch WHERE l.epoch <= excluded.epoch`,
    [clusterId, epoch],
  );
  if (kept === 1) return;
  throw new Failure('conflict', `Another Podwatt has taken over this cluster (its epoch is younger than ${epoch}).`, {
    hint: 'Nothing was written. Only the one that took over collects this cluster now.',
  });
}

/** The key of a cluster, made if need be. To be called under its lock. */
export async function clusterKey(session: Session, clusterId: string): Promise<ClusterKey> {
  const [known] = await session.prepared('SELECT id, keys_version FROM cluster_keys WHERE cluster_id = $1', [
    clusterId,
  ]);
  const [line = {}] =
    known === undefined
      ? await session.query('INSERT INTO cluster_keys (cluster_id) VALUES ($1) RETURNING id, keys_version', [clusterId])
      : [known];
  return { id: numberIn(line, 'id'), version: numberIn(line, 'keys_version') };
}
