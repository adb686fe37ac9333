import * as z from 'zod';
import { Progress } from './contexts.ts';
import { Instant, Notice } from './primitives.ts';

export const CollectInput = z.object({
  context: z.string().min(1),
  last: z.string().regex(/^\d{1,4}[hdw]$/, 'last takes a number and h, d or w, for example 24h'),
});

export const CollectResult = z.object({
  cluster_id: z.string(),
  cluster_name: z.string(),
  period: z.object({ start: Instant, end: Instant }),
  windows: z.object({ whole: z.int(), partial: z.int(), no_data: z.int(), already_there: z.int() }),
  rows: z.int(),
  sources: z.array(z.object({ name: z.string(), state: z.string(), detail: z.string() })),
  notices: z.array(Notice),
  totals: z.object({
    energy_joules: z.number(),
    co2e_grams: z.number(),
    embodied_co2e_grams: z.number(),
    total_cost: z.number(),
  }),
});
export type CollectResult = z.infer<typeof CollectResult>;

/** A run of the pipeline: its progress, then its result. */
export const CollectEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), progress: Progress }),
  z.object({ kind: z.literal('result'), result: CollectResult }),
]);
export type CollectEvent = z.infer<typeof CollectEvent>;
