import * as z from 'zod';
import type { AppState } from '../../core/ports/app-state.ts';
import { RESTATE_CAUSES } from '../../model/audit.ts';
import { StoredValue } from '../settings/stored-value.ts';

const Pending = z.object({
  id: z.string(),
  clusterId: z.string(),
  cause: z.enum(RESTATE_CAUSES),
  reason: z.string(),
});
/** A change of settings that the past does not follow yet. */
export type PendingRestate = z.infer<typeof Pending>;

/** Kept on this machine until its run has ended: a run that a stop cut off begins again with the next start. */
export type PendingRestates = StoredValue<PendingRestate[]>;

export function openPendingRestates(state: AppState): Promise<PendingRestates> {
  return StoredValue.open(state, 'pending-restates', z.array(Pending), []);
}
