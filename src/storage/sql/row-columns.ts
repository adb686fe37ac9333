import type { ResultRow } from '../../model/results.ts';

type NumberField = { [Field in keyof ResultRow]-?: ResultRow[Field] extends number ? Field : never }[keyof ResultRow];

/** Every number of a result row that is never absent: its column in `result_rows`, and its field. */
export const ROW_NUMBERS = [
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
  ['memory_request', 'memoryRequestBytes'],
  ['memory_usage_bytes', 'memoryUsageBytes'],
  ['network_receive_bytes', 'networkReceiveBytes'],
  ['network_transmit_bytes', 'networkTransmitBytes'],
  ['disk_read_bytes', 'diskReadBytes'],
  ['disk_write_bytes', 'diskWriteBytes'],
  ['ephemeral_storage_usage_bytes', 'ephemeralStorageUsageBytes'],
  ['restart_count', 'restartCount'],
] as const satisfies readonly (readonly [string, NumberField])[];

/** Texts of a row that belong to the row itself; all others are in its key. */
export const ROW_TEXTS = ['pod_uid', 'estimation_reasons', 'calculation_version'] as const;

/** Texts of the key of a row, in packed order. */
export const KEY_TEXTS = [
  'namespace',
  'pod',
  'node',
  'ownerKind',
  'ownerName',
  'team',
  'zone',
  'provider',
  'nodeZone',
  'instanceType',
] as const;
