import type { ResultRow } from '../../model/results.ts';
import type { Window } from '../../model/time.ts';
import { badInput, describeNumber, isStorable } from '../sql/check-window.ts';
import { sourceCodeOf } from '../sql/source-code.ts';
import { CopyBuffer } from './copy-buffer.ts';

const EXACT_NUMBERS = [
  ['joules', 'joules'],
  ['joules_low', 'joulesLow'],
  ['joules_high', 'joulesHigh'],
  ['joules_dynamic', 'joulesDynamic'],
  ['joules_idle', 'joulesIdle'],
  ['joules_memory', 'joulesMemory'],
  ['joules_gpu', 'joulesGpu'],
  ['joules_storage', 'joulesStorage'],
  ['co2e_grams', 'co2eGrams'],
  ['co2e_low_grams', 'co2eLowGrams'],
  ['co2e_high_grams', 'co2eHighGrams'],
  ['embodied_co2e_grams', 'embodiedCo2eGrams'],
  ['embodied_low_grams', 'embodiedLowGrams'],
  ['embodied_high_grams', 'embodiedHighGrams'],
  ['grid_intensity', 'gridIntensity'],
  ['pue', 'pue'],
  ['cost_cpu', 'costCpu'],
  ['cost_memory', 'costMemory'],
  ['cost_gpu', 'costGpu'],
  ['cost_storage', 'costStorage'],
  ['cost_network', 'costNetwork'],
  ['total_cost', 'totalCost'],
  ['cost_low', 'costLow'],
  ['cost_high', 'costHigh'],
  ['cpu_request', 'cpuRequestMillicores'],
  ['cpu_usage_millicores', 'cpuUsageMillicores'],
] as const;

/** Published as whole bytes; the rest stands beside it. */
const WHOLE_NUMBERS = [
  ['memory_request', 'memoryRequestBytes'],
  ['memory_usage_bytes', 'memoryUsageBytes'],
  ['network_receive_bytes', 'networkReceiveBytes'],
  ['network_transmit_bytes', 'networkTransmitBytes'],
  ['disk_read_bytes', 'diskReadBytes'],
  ['disk_write_bytes', 'diskWriteBytes'],
  ['ephemeral_storage_usage_bytes', 'ephemeralStorageUsageBytes'],
] as const;

const TEXTS = [
  ['namespace', 'namespace'],
  ['pod_name', 'podName'],
  ['node', 'node'],
  ['row_kind', 'rowKind'],
  ['pod_uid', 'podUid'],
  ['node_instance_type', 'nodeInstanceType'],
  ['node_zone', 'nodeZone'],
  ['provider', 'provider'],
  ['emaps_zone', 'emapsZone'],
  ['owner_kind', 'ownerKind'],
  ['owner_name', 'ownerName'],
  ['team', 'team'],
  ['calculation_version', 'calculationVersion'],
] as const;

const GREATEST_INTEGER = 2 ** 31 - 1;

const COLUMNS = [
  ...['cluster_id', 'timestamp', 'duration_seconds', 'key_id', 'grid_intensity_timestamp', 'is_estimated'],
  ...EXACT_NUMBERS.map(([column]) => column),
  ...WHOLE_NUMBERS.flatMap(([column]) => [column, `${column}_rest`]),
  ...['restart_count', 'restart_count_rest'],
  ...TEXTS.map(([column]) => column),
  ...['estimation_reasons', 'sources'],
];

export const COPY_ROWS = `COPY combined_metrics (${COLUMNS.join(', ')}) FROM STDIN (FORMAT binary)`;

/** Rows of a window as COPY takes them, in their order. Throws `Failure` bad-input for a number that can't be kept. */
export function encodeRows(rows: readonly ResultRow[], keyIds: readonly number[], window: Window): Buffer {
  const buffer = new CopyBuffer();
  const lists = new Map<readonly string[], string>();
  rows.forEach((row, index) => {
    refuseUnstorable(row);
    buffer.line(COLUMNS.length);
    buffer.text(row.clusterId);
    buffer.time(window.startSeconds);
    buffer.real(window.durationSeconds);
    buffer.integer(keyIds[index] ?? 0);
    if (row.gridIntensityAtSeconds === null) buffer.none();
    else buffer.time(row.gridIntensityAtSeconds);
    buffer.flag(row.isEstimated);
    for (const [, field] of EXACT_NUMBERS) buffer.double(row[field]);
    for (const [, field] of WHOLE_NUMBERS) putWhole(buffer, row[field]);
    putRestarts(buffer, row.restartCount);
    for (const [, field] of TEXTS) buffer.text(row[field]);
    buffer.text(jsonOf(row.estimationReasons, lists));
    buffer.text(String(sourceCodeOf(row.sources)).padStart(7, '0'));
  });
  return buffer.finish();
}

/** The nearest whole number, and what is missing: value − whole, which is exact for any two doubles that close. */
function putWhole(buffer: CopyBuffer, value: number): void {
  const whole = Math.round(value);
  buffer.bigint(whole);
  putRest(buffer, value - whole);
}

function putRestarts(buffer: CopyBuffer, value: number): void {
  const whole = Math.max(-GREATEST_INTEGER, Math.min(GREATEST_INTEGER, Math.round(value)));
  buffer.integer(whole);
  putRest(buffer, value - whole);
}

function putRest(buffer: CopyBuffer, rest: number): void {
  if (rest === 0) buffer.none();
  else buffer.double(rest);
}

/** Rows of one window often share one list of reasons: its JSON is written once. */
function jsonOf(list: readonly string[], known: Map<readonly string[], string>): string {
  const before = known.get(list);
  if (before !== undefined) return before;
  const json = JSON.stringify(list);
  known.set(list, json);
  return json;
}

function refuseUnstorable(row: ResultRow): void {
  const at = row.gridIntensityAtSeconds;
  if (at !== null && !Number.isSafeInteger(at)) throw badInput('a grid intensity has no whole second');
  for (const fields of [EXACT_NUMBERS, WHOLE_NUMBERS]) for (const [, field] of fields) refuse(row, field);
  refuse(row, 'restartCount');
}

function refuse(
  row: ResultRow,
  field: (typeof EXACT_NUMBERS | typeof WHOLE_NUMBERS)[number][1] | 'restartCount',
): void {
  const value = row[field];
  if (isStorable(value)) return;
  throw badInput(`${field} of ${row.namespace}/${row.podName} is ${describeNumber(value)}`);
}
