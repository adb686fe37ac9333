import type { NodeWindowRow } from '../../model/results.ts';
import { sourceCodeOf } from './source-code.ts';

/** Columns of `node_window_rows` after the key, the length and the curve's id, in the order of `nodeWindowValues`. */
export const NODE_WINDOW_COLUMNS = [
  'cpu_seconds',
  'system_cpu_seconds',
  'cpu_source',
  'utilisation',
  'existed_seconds',
  'measured_joules',
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
    row.joulesTotal,
    sourceCodeOf(row.sources),
  ];
}
