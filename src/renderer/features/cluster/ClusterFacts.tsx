import type { ReactNode } from 'react';
import type { Cluster } from '../../../contract/schemas/kubernetes/clusters.ts';
import { HEALTH_DOTS, HEALTH_NAMES } from '../../app/kubernetes/health-words.ts';
import { formatCount } from '../../format/digits.ts';
import { joinParts } from '../../format/parts.ts';
import { exactQuantity, formatMoney } from '../../format/quantity.ts';
import { formatAge } from '../../format/time.ts';
import { Notice } from '../../ui/Notice.tsx';
import { StatusDot } from '../../ui/StatusDot.tsx';

/** The head of the page: health, counts, cost of a month, last sync. What is not known says so, and is no zero. */
export function ClusterFacts({ cluster, nowMs, tz }: { cluster: Cluster; nowMs: number; tz: string }) {
  const money = cluster.estimated_monthly_cost;
  const isPaused = cluster.status === 'paused';
  return (
    <>
      {cluster.last_error !== null && <Notice tone="bad">{cluster.last_error}</Notice>}
      {isPaused && <Notice tone="quiet">Paused: nothing is read of it. What was read before stays.</Notice>}
      <dl className="grid grid-cols-[repeat(auto-fit,minmax(130px,1fr))] gap-3 rounded-3 border border-line bg-surface-1 px-4 py-3 shadow-1">
        <Fact label="Health">
          <span className="inline-flex items-center gap-2">
            <StatusDot status={isPaused ? 'off' : HEALTH_DOTS[cluster.health_status]} />
            {HEALTH_NAMES[cluster.health_status]}
          </span>
        </Fact>
        <Fact label="Nodes">{count(cluster.total_nodes)}</Fact>
        <Fact label="Namespaces">{count(cluster.total_namespaces)}</Fact>
        <Fact label="Deployments">{count(cluster.total_deployments)}</Fact>
        <Fact label="Pods">{count(cluster.total_pods)}</Fact>
        <Fact
          label="Cost of a month"
          {...(money === null ? {} : { exact: exactQuantity('money', money, cluster.cost_currency) })}
        >
          {money === null ? 'not known yet' : joinParts(formatMoney(money, cluster.cost_currency))}
        </Fact>
        <Fact label="Last sync">
          {cluster.last_sync_at === null ? 'never' : formatAge(cluster.last_sync_at, nowMs, tz)}
        </Fact>
      </dl>
    </>
  );
}

function count(value: number | null): string {
  return value === null ? 'not known yet' : formatCount(value);
}

function Fact({ label, exact, children }: { label: string; exact?: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-micro font-medium text-fg-3">{label}</dt>
      <dd className="truncate text-title leading-7 font-medium tabular-nums" title={exact}>
        {children}
      </dd>
    </div>
  );
}
