import * as z from 'zod';
import { filterFields, Instant, Name, Period, rangeFields } from './primitives.ts';

export const NodesInput = z.object({ ...rangeFields, cluster: filterFields.cluster });

export const NodeItem = z.object({
  cluster_id: z.string(),
  name: z.string(),
  instance_type: z.string().nullable(),
  cloud_provider: z.string(),
  region: z.string().nullable(),
  zone: z.string().nullable(),
  emaps_zone: z.string(),
  cpu_capacity: z.number().describe('Millicores'),
  memory_capacity: z.number().describe('Bytes'),
  architecture: z.string().nullable(),
  os: z.string().nullable(),
  embodied_kilograms: z.number(),
  since: Instant.describe('From when on the node was like this'),
});
export type NodeItem = z.infer<typeof NodeItem>;
export const Nodes = z.object({ nodes: z.array(NodeItem), period: Period });

export const NodeDetailInput = z.object({ ...rangeFields, cluster: Name, node: Name });

/** The power model of one node and the windows that lie on it. */
export const NodeDetail = z.object({
  node: NodeItem,
  period: Period,
  curve: z
    .object({
      id: z.string(),
      source: z.string(),
      /** Watts at 0, 10, 50 and 100 % of CPU, with the range of the method. */
      points: z.array(
        z.object({ utilisation: z.number(), watts: z.number(), low_watts: z.number(), high_watts: z.number() }),
      ),
    })
    .nullable(),
  /** At most 500 windows, evenly taken, by time. */
  windows: z.array(
    z.object({ timestamp: Instant, duration_seconds: z.number(), utilisation: z.number(), watts: z.number() }),
  ),
  reserved_cpu_share: z.number().nullable(),
  cpu_utilisation: z.number().nullable(),
  cpu_source: z.string().nullable(),
});
export type NodeDetail = z.infer<typeof NodeDetail>;
