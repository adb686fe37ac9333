import * as z from 'zod';
import type { StoredNodeWindow } from '../../core/ports/results-store.ts';
import type { NodeWindowRow } from '../../model/results.ts';
import { CPU_SOURCES } from '../../model/sources.ts';
import { sourceCodeOf, sourcesOfCode } from './source-code.ts';

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

const Line = z.object({
  cluster_id: z.string(),
  node: z.string(),
  start_seconds: z.number(),
  duration_seconds: z.number(),
  curve_id: z.string(),
  cpu_seconds: z.number().nullable(),
  system_cpu_seconds: z.number(),
  cpu_source: z.enum(CPU_SOURCES),
  utilisation: z.number(),
  existed_seconds: z.number(),
  measured_joules: z.number().nullable(),
  cpu_capacity: z.number(),
  memory_capacity: z.number(),
  cpu_allocatable: z.number(),
  memory_allocatable: z.number(),
  curve_watts_0: z.number(),
  curve_watts_10: z.number(),
  curve_watts_50: z.number(),
  curve_watts_100: z.number(),
  curve_low_factor: z.number(),
  curve_high_factor: z.number(),
  idle_watts: z.number(),
  joules_dynamic: z.number(),
  joules_idle_reserved: z.number(),
  joules_system: z.number(),
  joules_unallocated: z.number(),
  joules_total: z.number(),
  sources: z.number(),
});

/** A line of `node_window_rows` with its texts, as the model has it. */
export function nodeWindowOf(line: unknown): StoredNodeWindow {
  const row = Line.parse(line);
  return {
    clusterId: row.cluster_id,
    node: row.node,
    startSeconds: row.start_seconds,
    durationSeconds: row.duration_seconds,
    cpuSeconds: row.cpu_seconds,
    systemCpuSeconds: row.system_cpu_seconds,
    cpuSource: row.cpu_source,
    utilisation: row.utilisation,
    existedSeconds: row.existed_seconds,
    measuredJoules: row.measured_joules,
    cpuCapacityMillicores: row.cpu_capacity,
    memoryCapacityBytes: row.memory_capacity,
    cpuAllocatableMillicores: row.cpu_allocatable,
    memoryAllocatableBytes: row.memory_allocatable,
    curveId: row.curve_id,
    curveWatts: [row.curve_watts_0, row.curve_watts_10, row.curve_watts_50, row.curve_watts_100],
    curveLowFactor: row.curve_low_factor,
    curveHighFactor: row.curve_high_factor,
    idleWatts: row.idle_watts,
    joulesDynamic: row.joules_dynamic,
    joulesIdleReserved: row.joules_idle_reserved,
    joulesSystem: row.joules_system,
    joulesUnallocated: row.joules_unallocated,
    joulesTotal: row.joules_total,
    sources: sourcesOfCode(row.sources),
  };
}
