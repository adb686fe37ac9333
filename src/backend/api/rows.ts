import type * as z from 'zod';
import type { MetricRow, Metrics, MetricsInput } from '../../contract/schemas/metrics.ts';
import type { RowsPage, StoredRow } from '../../core/ports/results-store.ts';
import { Failure } from '../../model/failure.ts';
import { toIso, toPeriod } from '../ranges/instants.ts';
import { FINE_RANGE_SECONDS } from '../ranges/resolve-range.ts';
import type { ApiDeps } from './deps.ts';
import { cursorAfter, placeOf, type RowsPlace } from './rows-cursor.ts';
import { scopeOf } from './scope.ts';

/** Rows of `combined_metrics`; ranges up to 48 hours, because longer ones are kept as sums. */
export async function rows(
  input: z.infer<typeof MetricsInput>,
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): Promise<z.infer<typeof Metrics>> {
  const { pod, limit, offset, cursor, ...rest } = input;
  const { filter, range } = await scopeOf(rest, '24h', deps);
  if (range.endSeconds - range.startSeconds > FINE_RANGE_SECONDS) {
    throw new Failure('bad-input', 'Rows are answered for ranges up to 48 hours: choose a shorter one, or /breakdown');
  }
  const read = (place: RowsPlace, most: number): Promise<RowsPage> =>
    deps.store.rows({ filter, podPattern: pod ?? null, range: place.range, limit: most, offset: place.skip }, signal);
  const whole = { range, skip: 0 };
  const place = cursor === undefined ? { range, skip: offset } : placeOf(cursor);
  const page = await read(place, limit);
  const counted = cursor === undefined ? page : await read(whole, 1);
  return {
    metrics: page.rows.map(rowOf),
    total: counted.total,
    total_is_lower_bound: counted.totalIsLowerBound,
    next_cursor: cursorAfter(page, place),
    period: toPeriod(range),
  };
}

function rowOf(row: StoredRow): MetricRow {
  return {
    cluster_id: row.clusterId,
    row_kind: row.rowKind,
    pod_name: row.podName,
    namespace: row.namespace,
    pod_uid: row.podUid,
    node: row.node,
    node_instance_type: row.nodeInstanceType,
    node_zone: row.nodeZone,
    provider: row.provider,
    emaps_zone: row.emapsZone,
    owner_kind: row.ownerKind,
    owner_name: row.ownerName,
    team: row.team,
    timestamp: toIso(row.startSeconds),
    duration_seconds: row.durationSeconds,
    joules: row.joules,
    joules_low: row.joulesLow,
    joules_high: row.joulesHigh,
    joules_dynamic: row.joulesDynamic,
    joules_idle: row.joulesIdle,
    joules_memory: row.joulesMemory,
    joules_gpu: row.joulesGpu,
    joules_storage: row.joulesStorage,
    co2e_grams: row.co2eGrams,
    co2e_low_grams: row.co2eLowGrams,
    co2e_high_grams: row.co2eHighGrams,
    embodied_co2e_grams: row.embodiedCo2eGrams,
    embodied_low_grams: row.embodiedLowGrams,
    embodied_high_grams: row.embodiedHighGrams,
    grid_intensity: row.gridIntensity,
    grid_intensity_timestamp: row.gridIntensityAtSeconds === null ? null : toIso(row.gridIntensityAtSeconds),
    pue: row.pue,
    cost_cpu: row.costCpu,
    cost_memory: row.costMemory,
    cost_gpu: row.costGpu,
    cost_storage: row.costStorage,
    cost_network: row.costNetwork,
    total_cost: row.totalCost,
    cost_low: row.costLow,
    cost_high: row.costHigh,
    cpu_request: row.cpuRequestMillicores,
    cpu_usage_millicores: row.cpuUsageMillicores,
    gpu_usage_millicores: row.gpuUsageMillicores,
    memory_request: row.memoryRequestBytes,
    memory_usage_bytes: row.memoryUsageBytes,
    network_receive_bytes: row.networkReceiveBytes,
    network_transmit_bytes: row.networkTransmitBytes,
    disk_read_bytes: row.diskReadBytes,
    disk_write_bytes: row.diskWriteBytes,
    storage_request_bytes: row.storageRequestBytes,
    storage_usage_bytes: row.storageUsageBytes,
    ephemeral_storage_request_bytes: row.ephemeralStorageRequestBytes,
    ephemeral_storage_usage_bytes: row.ephemeralStorageUsageBytes,
    restart_count: row.restartCount,
    is_estimated: row.isEstimated,
    estimation_reasons: [...row.estimationReasons],
    sources: { ...row.sources },
    calculation_version: row.calculationVersion,
  };
}
