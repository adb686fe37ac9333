import * as z from 'zod';
import {
  ClusterHealth,
  type HealthHistory,
  type HealthHistoryInput,
} from '../../../contract/schemas/kubernetes/clusters.ts';
import type { ViewRow } from '../../../core/ports/kubernetes-store.ts';
import type { HealthReason } from '../../../model/kubernetes/health.ts';
import { toIso, toPeriod } from '../../ranges/instants.ts';
import { missingRole } from '../../sync/rights-notice.ts';
import type { KubernetesDeps } from './deps.ts';
import { foundCluster } from './found.ts';
import { seriesRange } from './series-range.ts';

const DAY_SECONDS = 86_400;
const HISTORY = { stepSeconds: 1, defaultSeconds: 30 * DAY_SECONDS };

type Deps = Pick<KubernetesDeps, 'kubernetes' | 'clock'>;
/** Columns of the view; the rest of the answer comes from the newest change of health. */
const ViewColumns = ClusterHealth.omit({
  since: true,
  reasons: true,
  notices: true,
  missing_role: true,
  last_sync_at: true,
}).extend({
  last_sync_at: z.union([z.string(), z.number()]).nullable(),
});

export async function health(
  id: string,
  { kubernetes, clock, sync }: Deps & Pick<KubernetesDeps, 'sync'>,
): Promise<z.infer<typeof ClusterHealth>> {
  await foundCluster(kubernetes, id);
  const nowSeconds = clock.nowSeconds();
  const [row, [newest]] = await Promise.all([
    kubernetes.clusterHealthView(id),
    kubernetes.healthHistory(id, { startSeconds: 0, endSeconds: nowSeconds + 1 }, 1),
  ]);
  const view = viewOf(row);
  const missing = sync.missingRights(id);
  return {
    ...view,
    since: newest === undefined ? null : toIso(newest.atSeconds),
    reasons: (newest?.reasons ?? []).map(reasonWire),
    notices: missing.map(({ apiGroup, ...notice }) => ({ ...notice, api_group: apiGroup })),
    missing_role: missingRole(missing),
  };
}

export async function healthHistory(
  input: z.infer<typeof HealthHistoryInput>,
  { kubernetes, clock }: Deps,
): Promise<z.infer<typeof HealthHistory>> {
  await foundCluster(kubernetes, input.id);
  const range = historyRange(input, clock.nowSeconds());
  const changes = await kubernetes.healthHistory(input.id, range, input.limit);
  return {
    changes: changes.map((change) => ({
      at: toIso(change.atSeconds),
      health_status: change.status,
      reasons: change.reasons.map(reasonWire),
    })),
    period: toPeriod(range),
  };
}

function historyRange(input: { start?: string | undefined; end?: string | undefined }, nowSeconds: number) {
  return seriesRange(input, { ...HISTORY, coarser: null, isUnbounded: true }, nowSeconds);
}

function viewOf(row: ViewRow | null) {
  const parsed = ViewColumns.parse(row);
  return { ...parsed, last_sync_at: instantOf(parsed.last_sync_at) };
}

/** Stores give the time of a view as text, or as epoch seconds. */
function instantOf(value: string | number | null): string | null {
  if (value === null) return null;
  return toIso(typeof value === 'number' ? value : Math.floor(Date.parse(value) / 1000));
}

function reasonWire({ code, message, objects }: HealthReason) {
  return { code, message, objects: [...objects] };
}
