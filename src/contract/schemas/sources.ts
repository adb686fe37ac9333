import * as z from 'zod';
import { Instant, Name } from './primitives.ts';

/** Keys go in and never come out: an answer tells only whether one is set. */
export const SourceSettings = z.object({
  offline: z.boolean().describe('No request to any service outside of the clusters'),
  factor_type: z.enum(['lifecycle', 'direct']),
  electricity_maps: z.object({ enabled: z.boolean(), has_key: z.boolean() }),
  gb_carbon_intensity: z.object({ enabled: z.boolean() }),
  boavizta: z.object({ url: z.string().nullable() }),
});
export type SourceSettings = z.infer<typeof SourceSettings>;

export const SourceSettingsInput = z.object({
  offline: z.boolean().optional(),
  factor_type: z.enum(['lifecycle', 'direct']).optional(),
  electricity_maps: z
    .object({ enabled: z.boolean().optional(), key: z.string().min(1).max(200).nullable().optional() })
    .optional(),
  gb_carbon_intensity: z.object({ enabled: z.boolean() }).optional(),
  boavizta: z.object({ url: z.url().max(500).nullable() }).optional(),
});
export type SourceSettingsInput = z.infer<typeof SourceSettingsInput>;

export const SourceTestInput = z.object({
  source: z.enum(['electricity-maps', 'gb-carbon-intensity', 'boavizta', 'opencost']),
  /** For OpenCost, and for the zone to ask for. */
  context: z.string().min(1).max(300).optional(),
  key: z.string().min(1).max(200).optional().describe('A key to try before it is saved'),
  url: z.url().max(500).optional(),
});
export type SourceTestInput = z.infer<typeof SourceTestInput>;

export const SourceTestResult = z.object({
  ok: z.boolean(),
  message: z.string(),
  hint: z.string().nullable(),
  latency_ms: z.number().nonnegative().nullable(),
});
export type SourceTestResult = z.infer<typeof SourceTestResult>;

/** State of one source, for status lines and panels. */
export const SourceState = z.object({
  id: z.enum(['electricity-maps', 'gb-carbon-intensity', 'boavizta', 'opencost', 'kepler', 'prometheus', 'kubelet']),
  cluster: Name.nullable(),
  state: z.enum(['working', 'failed', 'waiting', 'not-set-up', 'offline']),
  message: z.string().nullable(),
  hint: z.string().nullable(),
  last_good_at: Instant.nullable(),
});
export type SourceState = z.infer<typeof SourceState>;

export const SourceStates = z.object({ sources: z.array(SourceState) });
export type SourceStates = z.infer<typeof SourceStates>;

/** How figures of one cluster are computed; null takes the tables. Saving restates the past. */
export const MethodSettings = z.object({
  pue: z.number().min(1).max(5).nullable(),
  zone: z.string().max(40).nullable(),
  zone_rules: z
    .array(
      z.object({
        provider: z.string().max(60).nullable(),
        region: z.string().max(100).nullable(),
        label_name: z.string().max(317).nullable(),
        label_value: z.string().max(63).nullable(),
        zone: z.string().min(1).max(40),
      }),
    )
    .max(200),
  contract: z
    .object({
      share: z.number().min(0).max(1),
      contract_g_per_kwh: z.number().nonnegative(),
      residual_g_per_kwh: z.number().nonnegative().nullable(),
    })
    .nullable(),
  prices: z.object({
    cpu_core_hour: z.number().nonnegative().nullable(),
    memory_gb_hour: z.number().nonnegative().nullable(),
    storage_gb_hour: z.number().nonnegative().nullable(),
    network_gb: z.number().nonnegative().nullable(),
    gpu_hour: z.number().nonnegative().nullable(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .nullable(),
  }),
  opencost: z.object({ url: z.url().max(500).nullable(), off: z.boolean() }),
});
export type MethodSettings = z.infer<typeof MethodSettings>;
export const MethodSettingsInput = MethodSettings.partial().extend({ context: z.string().min(1).max(300) });
export type MethodSettingsInput = z.infer<typeof MethodSettingsInput>;
