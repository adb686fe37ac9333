import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import * as z from 'zod';
import type { AppState } from '../../core/ports/app-state.ts';
import type { StoreKind } from '../../core/ports/store-settings.ts';

/**
 * Who holds leases. In a shared store each process is another. In a file, whoever owns this data folder is the same
 * holder after a crash, and need not wait for its own lease to run out: a folder has one owner at a time.
 */
export async function leaseHolder(state: AppState, kind: StoreKind): Promise<string> {
  if (kind !== 'sqlite') return randomUUID();
  const stored = z.uuid().safeParse(await state.get('lease-holder'));
  if (stored.success) return stored.data;
  const holder = randomUUID();
  await state.set('lease-holder', holder);
  return holder;
}

/** For people. */
export function holderName(): string {
  return `${hostname()} (pid ${process.pid})`;
}
