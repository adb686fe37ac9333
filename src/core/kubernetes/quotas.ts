import type { SeenQuota } from '../../model/kubernetes/seen.ts';

type Limits = Pick<SeenQuota, 'cpuLimitMillicores' | 'memoryLimitBytes' | 'podLimit'>;

/** What holds for a namespace: the smallest of each limit among its quotas; null: none sets it. */
export function tightestLimits(quotas: readonly Limits[]): Limits {
  return {
    cpuLimitMillicores: smallest(quotas.map((quota) => quota.cpuLimitMillicores)),
    memoryLimitBytes: smallest(quotas.map((quota) => quota.memoryLimitBytes)),
    podLimit: smallest(quotas.map((quota) => quota.podLimit)),
  };
}

function smallest(limits: readonly (number | null)[]): number | null {
  const set = limits.filter((limit) => limit !== null);
  return set.length === 0 ? null : Math.min(...set);
}
