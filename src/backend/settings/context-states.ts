import * as z from 'zod';
import type { AppState } from '../../core/ports/app-state.ts';
import { StoredValue } from './stored-value.ts';

/** What Podwatt remembers of a context between starts. */
export const ContextState = z.object({
  collecting: z.boolean(),
  backfillSeconds: z.number().int().nonnegative(),
  /** The person stopped the reading of history; live reading goes on. */
  historyStopped: z.boolean(),
  /** Known once it was connected to. */
  clusterId: z.string().nullable(),
});
export type ContextState = z.infer<typeof ContextState>;

export function openContextStates(state: AppState): Promise<StoredValue<Record<string, ContextState>>> {
  return StoredValue.open(state, 'contexts', z.record(z.string(), ContextState), {});
}
