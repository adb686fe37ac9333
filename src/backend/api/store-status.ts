import type * as z from 'zod';
import type { StoreLease, StoreStatus, MaintenanceOutcome as WireOutcome } from '../../contract/schemas/store.ts';
import type { Lease } from '../../core/ports/leases.ts';
import type { StoreInfo } from '../../core/ports/results-store.ts';
import type { StoreContents, TableContents } from '../../core/ports/store-care.ts';
import type { ClusterRecord } from '../../model/cluster.ts';
import { isFailure } from '../../model/failure.ts';
import { toIso } from '../ranges/instants.ts';
import { MAINTENANCE_LEASE, type MaintenanceOutcome } from '../store/maintenance-job.ts';
import type { ApiDeps } from './deps.ts';

interface Answered {
  readonly info: StoreInfo;
  readonly contents: StoreContents;
  readonly leases: readonly Lease[];
  readonly clusters: readonly ClusterRecord[];
}

/** Answers also while the store is away: what only the store knows is null then. */
export async function storeStatus(deps: ApiDeps): Promise<StoreStatus> {
  const { stores } = deps;
  const answered = await ask(deps);
  const waiting = await deps.spool.waiting();
  const { link } = stores;
  const { state, sinceSeconds, lastGoodAtSeconds, nextTryAtSeconds, problem, info } = link.status;
  const { delivery, maintenance } = stores;
  const oldest = waiting.map((each) => each.oldestStartSeconds);
  const policy = stores.retention.value;
  return {
    kind: link.kind,
    location: link.location,
    chosen_by: stores.choices.chosenBy,
    state,
    since: toIso(sinceSeconds),
    problem: problem?.message ?? delivery.lastRefusal,
    hint: problem?.hint ?? null,
    last_good_at: isoOrNull(lastGoodAtSeconds),
    next_try_at: isoOrNull(nextTryAtSeconds),
    server_version: info?.serverVersion ?? null,
    size_bytes: answered?.info.sizeBytes ?? null,
    tables: answered?.contents.tables.map(tableOf) ?? null,
    rows_per_day: answered?.contents.rowsPerDay ?? null,
    bytes_per_day: answered?.contents.bytesPerDay ?? null,
    spool: {
      windows: waiting.reduce((sum, each) => sum + each.windows, 0),
      oldest: oldest.length === 0 ? null : toIso(Math.min(...oldest)),
    },
    leases: answered === null ? [] : leasesOf(answered, deps),
    retention: {
      raw_days: policy.rawDays,
      pod_hour_days: policy.podHourDays,
      hour_days: policy.hourDays,
      pod_day_days: policy.podDayDays,
      day_days: policy.dayDays,
    },
    last_maintenance: maintenance.last === null ? null : outcomeOf(maintenance.last),
  };
}

export function outcomeOf({ atSeconds, result, problem }: MaintenanceOutcome): z.infer<typeof WireOutcome> {
  return {
    at: toIso(atSeconds),
    compacted_hours: result.compactedHours,
    removed_rows: result.removedRows,
    removed_pod_hours: result.removedPodHours,
    removed_hours: result.removedHours,
    removed_pod_days: result.removedPodDays,
    removed_days: result.removedDays,
    problem,
  };
}

async function ask({ store }: ApiDeps): Promise<Answered | null> {
  if (store.isAway) return null;
  try {
    const [info, contents, leases, clusters] = await Promise.all([
      store.info(),
      store.contents(),
      store.listLeases(),
      store.listClusters(),
    ]);
    return { info, contents, leases, clusters };
  } catch (error) {
    if (isFailure(error) && error.code === 'store-away') return null;
    throw error;
  }
}

/** Those that still hold, our own also where the clocks disagree; the one for keeping order is no cluster's. */
function leasesOf({ leases, clusters }: Answered, deps: ApiDeps): z.infer<typeof StoreLease>[] {
  const now = deps.clock.nowSeconds();
  const holds = (lease: Lease) => deps.leases.isHeld(lease.clusterId, lease.epoch) || lease.expiresAtSeconds > now;
  const names = new Map(clusters.map((cluster) => [cluster.id, cluster.name]));
  return leases
    .filter((lease) => lease.clusterId !== MAINTENANCE_LEASE && holds(lease))
    .map((lease) => ({
      cluster_id: lease.clusterId,
      cluster_name: names.get(lease.clusterId) ?? null,
      holder: lease.holderName,
      is_own: deps.leases.isOwn(lease),
      expires_at: toIso(lease.expiresAtSeconds),
    }));
}

function tableOf(table: TableContents): NonNullable<StoreStatus['tables']>[number] {
  return {
    table: table.table,
    rows: table.rows,
    size_bytes: table.sizeBytes,
    oldest: isoOrNull(table.oldestSeconds),
    newest: isoOrNull(table.newestSeconds),
  };
}

function isoOrNull(seconds: number | null): string | null {
  return seconds === null ? null : toIso(seconds);
}
