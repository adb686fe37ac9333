import * as z from 'zod';
import { Instant } from './primitives.ts';

export const SourceState = z.object({
  name: z.string(),
  cluster_id: z.string().nullable(),
  state: z.enum(['ok', 'partial', 'failed', 'off', 'unknown']),
  detail: z.string(),
  hint: z.string().nullable(),
  checked_at: Instant.nullable(),
  last_good_at: Instant.nullable(),
});
export type SourceState = z.infer<typeof SourceState>;

export const Health = z.object({
  status: z.enum(['healthy', 'degraded']),
  version: z.string(),
  uptime_seconds: z.number().nonnegative(),
  sources: z.array(SourceState),
});
export type Health = z.infer<typeof Health>;

export const Version = z.object({ version: z.string() });

export const Config = z.object({
  db_type: z.enum(['sqlite', 'postgres', 'elasticsearch']),
  cloud_provider: z.string().nullable(),
  default_zone: z.string().nullable(),
  default_intensity: z.number(),
  prometheus_url: z.string().nullable(),
  api_port: z.int().nullable(),
  normalization_granularity: z.literal('hour'),
  currency: z.string(),
  calculation_version: z.string(),
});
export type Config = z.infer<typeof Config>;
