import { Link } from '@tanstack/react-router';
import type { Cluster } from '../../../contract/schemas/kubernetes/clusters.ts';
import { HealthTip } from '../../app/kubernetes/HealthTip.tsx';
import { countsOf, HEALTH_DOTS, HEALTH_NAMES } from '../../app/kubernetes/health-words.ts';
import { keptSearch } from '../../app/view/kept-search.ts';
import { formatAge } from '../../format/time.ts';
import { StatusDot } from '../../ui/StatusDot.tsx';
import { Tooltip } from '../../ui/Tooltip.tsx';

/** How a cluster is (why, on hover and focus), what runs in it, and when that was read; leads to its page. */
export function CardHealth({ cluster, nowMs, tz }: { cluster: Cluster; nowMs: number; tz: string }) {
  const counts = countsOf(cluster);
  const synced =
    cluster.last_sync_at === null ? 'never synced' : `synced ${formatAge(cluster.last_sync_at, nowMs, tz)}`;
  const isPaused = cluster.status === 'paused';
  return (
    <Tooltip
      text={isPaused ? 'Paused: nothing is read of it. What was read before stays.' : <HealthTip id={cluster.id} />}
    >
      <Link
        to="/clusters/$clusterId"
        params={{ clusterId: cluster.id }}
        search={keptSearch}
        className="mt-3 block min-w-0 rounded-1 text-small text-fg-2 hover:text-fg-1"
      >
        <span className="flex items-center gap-2">
          <StatusDot status={isPaused ? 'off' : HEALTH_DOTS[cluster.health_status]} />
          <span className="min-w-0 flex-1 truncate font-medium">
            {isPaused ? 'Paused' : HEALTH_NAMES[cluster.health_status]}
          </span>
          <span className="shrink-0 text-fg-3">{synced}</span>
        </span>
        {counts !== '' && <span className="block truncate pl-4 text-fg-3">{counts}</span>}
      </Link>
    </Tooltip>
  );
}
