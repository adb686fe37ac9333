import * as z from 'zod';
import type { GreenKubeRead, GreenKubeRow } from '../../../core/ports/greenkube-source.ts';
import { amount, instant, name, optional, refused, taken, text } from './fields.ts';

const Reasons = z.array(z.string().max(300));

const Row = z.object({
  origin: z.enum(['raw', 'hourly']),
  at_seconds: instant,
  duration_seconds: optional,
  samples: optional,
  pod_name: name,
  // Podwatt's own rows that are no pods have such namespaces; Kubernetes forbids them.
  namespace: name.regex(/^(?!__)/),
  node: text,
  node_instance_type: text,
  node_zone: text,
  emaps_zone: text,
  owner_kind: text,
  owner_name: text,
  joules: amount,
  co2e_grams: amount,
  embodied_co2e_grams: optional,
  total_cost: amount,
  pue: amount,
  grid_intensity: amount,
  intensity_at_seconds: instant.nullable(),
  cpu_request: optional,
  memory_request: optional,
  cpu_usage: optional,
  memory_usage: optional,
  gpu_usage_millicores: optional,
  network_receive_bytes: optional,
  network_transmit_bytes: optional,
  disk_read_bytes: optional,
  disk_write_bytes: optional,
  ephemeral_request: optional,
  ephemeral_usage: optional,
  estimation_reasons: text,
  calculation_version: text,
});

/** A line of either table, as the question for both names its columns. */
export function rowOf(line: unknown): GreenKubeRead<GreenKubeRow> {
  const read = Row.safeParse(line);
  if (!read.success) return refused(read.error, line);
  const row = read.data;
  return taken({
    origin: row.origin,
    atSeconds: row.at_seconds,
    durationSeconds: row.duration_seconds,
    samples: row.samples ?? 1,
    podName: row.pod_name,
    namespace: row.namespace,
    node: row.node,
    nodeInstanceType: row.node_instance_type,
    nodeZone: row.node_zone,
    emapsZone: row.emaps_zone,
    ownerKind: row.owner_kind,
    ownerName: row.owner_name,
    joules: row.joules,
    co2eGrams: row.co2e_grams,
    embodiedCo2eGrams: row.embodied_co2e_grams,
    totalCost: row.total_cost,
    pue: row.pue,
    gridIntensity: row.grid_intensity,
    gridIntensityAtSeconds: row.intensity_at_seconds,
    cpuRequestMillicores: row.cpu_request,
    memoryRequestBytes: row.memory_request,
    cpuUsageMillicores: row.cpu_usage,
    memoryUsageBytes: row.memory_usage,
    gpuUsageMillicores: row.gpu_usage_millicores,
    networkReceiveBytesPerSecond: row.network_receive_bytes,
    networkTransmitBytesPerSecond: row.network_transmit_bytes,
    diskReadBytesPerSecond: row.disk_read_bytes,
    diskWriteBytesPerSecond: row.disk_write_bytes,
    ephemeralStorageRequestBytes: row.ephemeral_request,
    ephemeralStorageUsageBytes: row.ephemeral_usage,
    estimationReasons: reasonsOf(row.estimation_reasons),
    calculationVersion: row.calculation_version,
  });
}

/** GreenKube's own reasons, from its JSON; none where it is none. */
function reasonsOf(json: string | null): readonly string[] {
  if (json === null || json === '' || json === '[]') return [];
  try {
    return Reasons.catch([]).parse(JSON.parse(json));
  } catch {
    return [];
  }
}
