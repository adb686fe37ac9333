import * as z from 'zod';
import type { StoredNodeWindow } from '../../core/ports/results-store.ts';
import type { NodeSnapshot } from '../../model/results.ts';
import { CPU_SOURCES } from '../../model/sources.ts';
import { sourcesOfCode } from './source-code.ts';

const NodeFacts = z.object({
  instanceType: z.string().nullable(),
  provider: z.string(),
  region: z.string().nullable(),
  zone: z.string().nullable(),
  emapsZone: z.string(),
  cpuCapacityMillicores: z.number(),
  memoryCapacityBytes: z.number(),
  architecture: z.string().nullable(),
  os: z.string().nullable(),
  embodiedKilograms: z.number(),
});

/** The reverse of `nodeFactsOf`. */
export function snapshotOf(facts: string, clusterId: string, name: string, snapshotAtSeconds: number): NodeSnapshot {
  return { clusterId, snapshotAtSeconds, name, ...NodeFacts.parse(JSON.parse(facts)) };
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
