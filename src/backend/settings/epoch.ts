import * as z from 'zod';
import type { AppState } from '../../core/ports/app-state.ts';

/** The epoch that writes of results carry; a store of one's own has one for ever. */
export async function openEpoch(state: AppState): Promise<number> {
  const stored = z
    .number()
    .int()
    .positive()
    .safeParse(await state.get('epoch'));
  if (stored.success) return stored.data;
  await state.set('epoch', 1);
  return 1;
}
