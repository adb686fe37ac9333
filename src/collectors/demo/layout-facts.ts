import type { SeenQuota } from '../../model/kubernetes/seen.ts';
import type { Autoscaler, LayoutPod } from '../../model/scheduling.ts';
import type { Workload } from './tables.ts';

/** What the sample's tables don't say of a workload; keys are `namespace/name`. */

type Horizontal = Pick<Autoscaler, 'minReplicas' | 'maxReplicas' | 'metrics'>;

export const HORIZONTAL: Readonly<Record<string, Horizontal>> = {
  'shop-prod/frontend': { minReplicas: 4, maxReplicas: 12, metrics: ['cpu'] },
  'shop-prod/recommendationservice': { minReplicas: 2, maxReplicas: 8, metrics: ['cpu'] },
  'ci/runner': { minReplicas: 2, maxReplicas: 10, metrics: ['cpu'] },
};

/** Modes of VerticalPodAutoscalers. */
export const VERTICAL: Readonly<Record<string, string>> = { 'monitoring/grafana': 'Off' };

/** How many pods of a workload have to stay (least) while others are moved; `all`: none may go. */
export const GUARDED: Readonly<Record<string, number | 'all'>> = {
  'shop-prod/frontend': 4,
  'shop-prod/checkoutservice': 2,
  'shop-prod/redis-cart': 'all',
  'data/kafka': 2,
  'data/postgres': 2,
};

export const HELM_RELEASES: Readonly<Record<string, string>> = {
  'monitoring/prometheus': 'prometheus',
  'monitoring/node-exporter': 'prometheus',
  'monitoring/grafana': 'grafana',
  'data/kafka': 'kafka',
};

/** Killed for memory so often in the life of its pods. */
export const OOM_KILLS: Readonly<Record<string, number>> = { 'shop-prod/recommendationservice': 2 };

/** Who pays, by team. */
export const COST_CENTERS: Readonly<Record<string, string>> = {
  storefront: 'CC-1200',
  'data-platform': 'CC-3100',
  research: 'CC-3100',
  platform: 'CC-9000',
};

const GIB = 1_073_741_824;

/** What namespaces may use at most; the others have no quota. */
export const QUOTAS: readonly Omit<SeenQuota, 'kind' | 'name'>[] = [
  { namespace: 'shop-prod', cpuLimitMillicores: 16_000, memoryLimitBytes: 32 * GIB, podLimit: 40 },
  { namespace: 'shop-staging', cpuLimitMillicores: 2_000, memoryLimitBytes: 4 * GIB, podLimit: 6 },
  { namespace: 'ci', cpuLimitMillicores: 12_000, memoryLimitBytes: 24 * GIB, podLimit: null },
];

/** Runs every half hour of the night, as the pods of the sample do. */
export const SCHEDULES: Readonly<Record<string, { readonly schedule: string; readonly timeZone: string }>> = {
  'data/etl-export': { schedule: '*/30 1-4 * * *', timeZone: 'Europe/Paris' },
};

/** Replicas of these are never two on one node. */
const APART: ReadonlySet<string> = new Set(['monitoring/prometheus']);

/** Label of the sample's nodes that says their pool. */
export const POOL_LABEL = 'sample-shop.invalid/pool';

export function workloadKey({ namespace, name }: Pick<Workload, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

/** Rules of a workload's pods that tell where they may run; `pool`: where the workload runs. */
export function rulesOf(
  workload: Workload,
  pool: string,
): Pick<LayoutPod, 'nodeSelector' | 'tolerations' | 'antiAffinity' | 'hostPorts'> {
  const isEverywhere = workload.kind === 'DaemonSet';
  const selector = { matchLabels: { app: workload.name }, requirements: [] };
  return {
    nodeSelector: isEverywhere ? {} : { [POOL_LABEL]: pool },
    tolerations: isEverywhere ? [{ key: null, operator: 'Exists', value: null, effect: null }] : [],
    antiAffinity: APART.has(workloadKey(workload))
      ? [{ selector, namespaces: [], topologyKey: 'kubernetes.io/hostname' }]
      : [],
    hostPorts: workload.name === 'node-exporter' ? [9100] : [],
  };
}
