import * as z from 'zod';

/** Something changed; the receiver asks again for what it shows. `hello` comes first and once. */
export const ChangeEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hello'), version: z.string() }),
  z.object({ kind: z.literal('contexts') }),
  z.object({ kind: z.literal('clusters'), cluster_id: z.string() }),
  /** Costs by namespace follow the results again. */
  z.object({ kind: z.literal('costs'), cluster_id: z.string() }),
  /** Recommendations were found anew, or something was said or measured of one. */
  z.object({ kind: z.literal('recommendations'), cluster_id: z.string() }),
  /** A budget was changed, or an alert raised or seen. */
  z.object({ kind: z.literal('budgets') }),
  /** The results store went away, came back, or was changed; or spooled windows arrived in it. */
  z.object({ kind: z.literal('store') }),
  z.object({ kind: z.literal('windows'), cluster_id: z.string(), start: z.string(), end: z.string() }),
]);
export type ChangeEvent = z.infer<typeof ChangeEvent>;
