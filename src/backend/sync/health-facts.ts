import type { HealthFacts } from '../../core/health/cluster-health.ts';
import { keyOf, type SyncCache } from './sync-cache.ts';

/** What the health of a cluster is judged by, from its cache. */
export function healthFacts(
  cache: SyncCache,
  times: Pick<HealthFacts, 'nowSeconds' | 'lastSyncAtSeconds' | 'intervalSeconds' | 'unreachableSinceSeconds'>,
): HealthFacts {
  return {
    ...times,
    nodes: [...cache.nodes.values()].map(({ name, status }) => ({ name, isReady: status === 'Ready' })),
    unavailable: [...cache.workloads()].flatMap(({ seen, unavailableSinceSeconds }) =>
      seen.owner === null && unavailableSinceSeconds !== null
        ? [{ name: keyOf(seen), sinceSeconds: unavailableSinceSeconds }]
        : [],
    ),
    crashLoops: [...cache.pods.values()].flatMap(({ seen }) => (isCrashLoop(seen.status) ? [keyOf(seen)] : [])),
  };
}

function isCrashLoop(status: string): boolean {
  return status === 'CrashLoopBackOff' || status === 'Init:CrashLoopBackOff';
}
