import type { NodeWindowRow } from '../../model/results.ts';
import { sourceCodeOf } from './source-code.ts';

/** Texts of a node's window that repeat, null for none: their columns and fields. */
export const NODE_WINDOW_TEXTS = [
  ['curve_id', 'curveId'],
  ['meter', 'meter'],
  ['gpu_model', 'gpuModel'],
] as const satisfies readonly (readonly [string, keyof NodeWindowRow])[];

/** Columns of a node's window after the key, the length and NODE_WINDOW_TEXTS, in the order of `nodeWindowValues`. */
export const NODE_WINDOW_COLUMNS = [
  'cpu_seconds',
  'system_cpu_seconds',
  'cpu_source',
  'utilisation',
  'existed_seconds',
  'measured_joules',
  'meter_factor',
  'cpu_capacity',
  'memory_capacity',
  'cpu_allocatable',
  'memory_allocatable',
  'curve_watts_0',
  'curve_watts_10',
  'curve_watts_50',
  'curve_watts_100',
  'curve_low_factor',
  'curve_high_factor',
  'idle_watts',
  'joules_dynamic',
  'joules_idle_reserved',
  'joules_system',
  'joules_unallocated',
  'joules_gpu',
  'gpu_count',
  'gpu_tdp_watts',
  'joules_total',
  'sources',
] as const;

export function nodeWindowValues(row: NodeWindowRow): (string | number | null)[] {
  return [
    row.cpuSeconds,
    row.systemCpuSeconds,
    row.cpuSource,
    row.utilisation,
    row.existedSeconds,
    row.measuredJoules,
    row.meterFactor,
    row.cpuCapacityMillicores,
    row.memoryCapacityBytes,
    row.cpuAllocatableMillicores,
    row.memoryAllocatableBytes,
    ...row.curveWatts,
    row.curveLowFactor,
    row.curveHighFactor,
    row.idleWatts,
    row.joulesDynamic,
    row.joulesIdleReserved,
    row.joulesSystem,
    row.joulesUnallocated,
    row.joulesGpu,
    row.gpuCount,
    row.gpuTdpWatts,
    row.joulesTotal,
    sourceCodeOf(row.sources),
  ];
}
