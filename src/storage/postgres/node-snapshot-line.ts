import * as z from 'zod';
import type { NodeSnapshot } from '../../model/results.ts';

const Line = z.object({
  cluster_id: z.string(),
  at_seconds: z.number(),
  name: z.string(),
  instance_type: z.string().nullable(),
  provider: z.string(),
  region: z.string().nullable(),
  zone: z.string().nullable(),
  emaps_zone: z.string(),
  cpu_capacity: z.number(),
  memory_capacity: z.number(),
  architecture: z.string().nullable(),
  os: z.string().nullable(),
  embodied_kilograms: z.number(),
});

/** A line of `node_snapshots` as the model has it. */
export function snapshotOf(line: unknown): NodeSnapshot {
  const row = Line.parse(line);
  return {
    clusterId: row.cluster_id,
    snapshotAtSeconds: row.at_seconds,
    name: row.name,
    instanceType: row.instance_type,
    provider: row.provider,
    region: row.region,
    zone: row.zone,
    emapsZone: row.emaps_zone,
    cpuCapacityMillicores: row.cpu_capacity,
    memoryCapacityBytes: row.memory_capacity,
    architecture: row.architecture,
    os: row.os,
    embodiedKilograms: row.embodied_kilograms,
  };
}
