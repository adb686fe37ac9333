import * as z from 'zod';
import { Instant } from '../primitives.ts';

const Worker = z.object({
  name: z.string().describe('sync or cost'),
  running: z.boolean(),
  interval_seconds: z.number(),
  last_run_at: Instant.nullable(),
  last_error: z.string().nullable(),
  counts: z.record(z.string(), z.number()),
  clusters: z.array(
    z.object({
      cluster_id: z.string(),
      state: z.string(),
      last_run_at: Instant.nullable(),
      last_error: z.string().nullable(),
    }),
  ),
});
export const WorkersStatus = z.object({ workers: z.array(Worker) });
export type WorkersStatus = z.infer<typeof WorkersStatus>;
