import * as z from 'zod';
import type { StoredNodeWindow } from '../../core/ports/results-store.ts';
import type { NodeWindowRow } from '../../model/results.ts';
import { CPU_SOURCES } from '../../model/sources.ts';
import type { Window } from '../../model/time.ts';
import { sourceCodeOf, sourcesOfCode } from '../sql/source-code.ts';
import { isoOf, secondsOf } from './instants.ts';

/** Facts of a node in a window as a document of `node-windows`. */
export function nodeWindowDocument(row: NodeWindowRow, window: Window, generation: string): object {
  const [watts0, watts10, watts50, watts100] = row.curveWatts;
  return {
    cluster_id: row.clusterId,
    timestamp: isoOf(window.startSeconds),
    duration_seconds: window.durationSeconds,
    generation,
    node: row.node,
    node_key: `${row.clusterId}/${row.node}`,
    cpu_seconds: row.cpuSeconds,
    system_cpu_seconds: row.systemCpuSeconds,
    cpu_source: row.cpuSource,
    utilisation: row.utilisation,
    existed_seconds: row.existedSeconds,
    measured_joules: row.measuredJoules,
    cpu_capacity: row.cpuCapacityMillicores,
    memory_capacity: row.memoryCapacityBytes,
    cpu_allocatable: row.cpuAllocatableMillicores,
    memory_allocatable: row.memoryAllocatableBytes,
    curve_id: row.curveId,
    curve_watts_0: watts0,
    curve_watts_10: watts10,
    curve_watts_50: watts50,
    curve_watts_100: watts100,
    curve_low_factor: row.curveLowFactor,
    curve_high_factor: row.curveHighFactor,
    idle_watts: row.idleWatts,
    joules_dynamic: row.joulesDynamic,
    joules_idle_reserved: row.joulesIdleReserved,
    joules_system: row.joulesSystem,
    joules_unallocated: row.joulesUnallocated,
    joules_total: row.joulesTotal,
    sources: String(sourceCodeOf(row.sources)).padStart(7, '0'),
  };
}

const Document = z.object({
  cluster_id: z.string(),
  node: z.string(),
  timestamp: z.string(),
  duration_seconds: z.number(),
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
  curve_id: z.string(),
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
  sources: z.string(),
});

/** The reverse of `nodeWindowDocument`. */
export function nodeWindowOf(source: unknown): StoredNodeWindow {
  const row = Document.parse(source);
  return {
    clusterId: row.cluster_id,
    node: row.node,
    startSeconds: secondsOf(row.timestamp),
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
    sources: sourcesOfCode(Number(row.sources)),
  };
}
