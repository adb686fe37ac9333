import * as z from 'zod';
import type { GreenKubeHour, GreenKubeNode, GreenKubeRead } from '../../../core/ports/greenkube-source.ts';
import { FACTOR_TYPES, type IntensityRecord } from '../../../model/grid.ts';
import { amount, instant, name, optional, refused, taken, text } from './fields.ts';

/** What a value of `carbon_intensity` names as its publisher. */
const GREENKUBE_INTENSITIES = 'greenkube';

const flag = z.union([z.boolean(), z.number()]).nullable().transform(Boolean);

const Node = z.object({
  at_seconds: instant,
  node_name: name,
  instance_type: text,
  cpu_capacity_cores: amount,
  memory_capacity_bytes: amount,
  architecture: text,
  cloud_provider: text,
  region: text,
  zone: text,
  embodied_emissions_kg: optional,
});

export function nodeOf(line: unknown): GreenKubeRead<GreenKubeNode> {
  const read = Node.safeParse(line);
  if (!read.success) return refused(read.error, line);
  const node = read.data;
  return taken({
    atSeconds: node.at_seconds,
    name: node.node_name,
    instanceType: node.instance_type,
    cpuCapacityCores: node.cpu_capacity_cores,
    memoryCapacityBytes: node.memory_capacity_bytes,
    architecture: node.architecture,
    cloudProvider: node.cloud_provider,
    region: node.region,
    zone: node.zone,
    embodiedKilograms: node.embodied_emissions_kg,
  });
}

const Intensity = z.object({
  at_seconds: instant,
  zone: name,
  carbon_intensity: amount,
  emission_factor_type: z.enum(FACTOR_TYPES).nullable(),
  is_estimated: flag,
});

/** GreenKube keeps values of hours; where it does not name the factors they are Electricity Maps' own, of the life cycle. */
export function intensityOf(line: unknown): GreenKubeRead<IntensityRecord> {
  const read = Intensity.safeParse(line);
  if (!read.success) return refused(read.error, line);
  const { at_seconds: at, zone, carbon_intensity: gramsPerKwh, emission_factor_type: factors } = read.data;
  return taken({
    zone,
    startSeconds: at - (at % 3600),
    durationSeconds: 3600,
    gramsPerKwh,
    kind: 'average',
    factorType: factors ?? 'lifecycle',
    isEstimated: read.data.is_estimated,
    isForecast: false,
    source: GREENKUBE_INTENSITIES,
  });
}

const Hour = z.object({
  start_seconds: z.number(),
  raw_rows: z.number(),
  longest: z.number().nullable().catch(null),
  samples: z.number().catch(0),
});

export function hourOf(line: unknown): GreenKubeHour {
  const { start_seconds, raw_rows, longest, samples } = Hour.parse(line);
  return { startSeconds: start_seconds, rawRows: raw_rows, longestSeconds: longest, hourlySamples: samples };
}

export const Count = z.object({ count: z.number() });
