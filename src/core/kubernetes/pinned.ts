import type { Labels } from '../../model/kubernetes/objects.ts';

/** What of a pod says whether it may be moved. */
export interface Movable {
  readonly annotations: Labels;
  readonly hasOwner: boolean;
  readonly isStatic: boolean;
  /** Directories of the node that it mounts. */
  readonly hostPaths: readonly string[];
}

const SAFE_TO_EVICT = 'cluster-autoscaler.kubernetes.io/safe-to-evict';
const NOT_TO_DISRUPT = 'karpenter.sh/do-not-disrupt';

/** Directories that belong to the operating system: every node has them, a pod finds them again. */
const SYSTEM_PATHS = /^\/(?:etc|usr|proc|sys|dev|run|var\/run|lib|lib64|boot|bin|sbin|var\/log)(?:\/|$)/;

/**
 * Why a pod's own spec forbids to move it; null: it doesn't. The words of Cluster Autoscaler and Karpenter hold. An
 * emptyDir alone is no reason: it is lost with the pod on every restart by design.
 */
export function pinnedReason({ annotations, hasOwner, isStatic, hostPaths }: Movable): string | null {
  if (isStatic) return null;
  const safe = annotations[SAFE_TO_EVICT];
  if (safe === 'false') return `Marked ${SAFE_TO_EVICT}: "false"`;
  if (annotations[NOT_TO_DISRUPT] === 'true') return `Marked ${NOT_TO_DISRUPT}: "true"`;
  if (!hasOwner) return 'No controller would start it again';
  if (safe === 'true') return null;
  const kept = hostPaths.find((path) => !SYSTEM_PATHS.test(path));
  return kept === undefined ? null : `Keeps data in ${kept} of its node`;
}
