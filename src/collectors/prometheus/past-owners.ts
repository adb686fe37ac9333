import type { Owner } from '../../model/inventory.ts';
import type { EpochSeconds } from '../../model/time.ts';
import type { SeriesIndex } from './series-index.ts';

/** Owners of ReplicaSets and Jobs, keyed `namespace/name`. */
export interface OwnerIndexes {
  readonly replicaSets: SeriesIndex;
  readonly jobs: SeriesIndex;
}

/** Letters and digits of a pod template hash: those that form no words. */
const TEMPLATE_HASH = /^(.+)-[bcdfghjklmnpqrstvwxz2456789]{5,10}$/;
/** A CronJob names its Jobs by minutes since 1970 (before 1.21 by seconds). */
const SCHEDULED_JOB = /^(.+)-\d{8,10}$/;

/**
 * Follows a pod's direct owner up: ReplicaSet to Deployment (or Rollout …), Job to CronJob. Where kube-state-metrics
 * has no such metric at all, the names decide, which Kubernetes makes by rule.
 */
export function topOwner(
  namespace: string,
  owner: Owner | null,
  indexes: OwnerIndexes,
  endSeconds: EpochSeconds,
): Owner | null {
  switch (owner?.kind) {
    case 'ReplicaSet':
      return above(namespace, owner, indexes.replicaSets, endSeconds, 'Deployment', TEMPLATE_HASH);
    case 'Job':
      return above(namespace, owner, indexes.jobs, endSeconds, 'CronJob', SCHEDULED_JOB);
    default:
      return owner;
  }
}

function above(
  namespace: string,
  owner: Owner,
  index: SeriesIndex,
  endSeconds: EpochSeconds,
  guessedKind: string,
  rule: RegExp,
): Owner {
  if (index.isEmpty) {
    const guessed = rule.exec(owner.name)?.[1];
    return guessed === undefined ? owner : { kind: guessedKind, name: guessed };
  }
  const labels = index.all(endSeconds, `${namespace}/${owner.name}`)[0]?.labels;
  const kind = labels?.owner_kind ?? '';
  const name = labels?.owner_name ?? '';
  return kind === '' || kind === '<none>' || name === '' ? owner : { kind, name };
}
