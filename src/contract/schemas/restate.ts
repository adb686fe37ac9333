import * as z from 'zod';
import { Instant, Name } from './primitives.ts';

export const RestateCause = z.enum(['pue', 'price', 'contract', 'zone', 'intensity', 'embodied', 'person']);

const Amounts = z.object({
  co2e_grams: z.number().nonnegative(),
  embodied_co2e_grams: z.number().nonnegative(),
  total_cost: z.number().nonnegative(),
  energy_joules: z.number().nonnegative(),
});

export const AuditRecord = z.object({
  id: z.string(),
  at: Instant,
  cluster: z.string(),
  cause: RestateCause,
  reason: z.string(),
  start: Instant,
  end: Instant,
  windows: z.int().nonnegative(),
  before: Amounts,
  after: Amounts,
  calculation_version: z.string(),
});
export type AuditRecord = z.infer<typeof AuditRecord>;
export const AuditInput = z.object({
  cluster: Name.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type AuditInput = z.infer<typeof AuditInput>;
export const Audit = z.object({ entries: z.array(AuditRecord) });

export const RecomputeInput = z.object({
  cluster: Name.optional().describe('All clusters that this installation collects where left out'),
  start: Instant,
  end: Instant.optional().describe('Now where left out'),
});
export type RecomputeInput = z.infer<typeof RecomputeInput>;

/** Progress of recomputing, then one last event a cluster; `entry` is null where nothing changed. */
export const RecomputeEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), cluster: z.string(), done: z.int(), total: z.int() }),
  z.object({
    kind: z.literal('cluster'),
    cluster: z.string(),
    windows: z.int().nonnegative(),
    changed: z.int().nonnegative(),
    entry: AuditRecord.nullable(),
  }),
]);
export type RecomputeEvent = z.infer<typeof RecomputeEvent>;
