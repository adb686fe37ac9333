import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

export const LOCK_FILE_NAME = 'owner.lock';

/** What the lock file of a data folder says about its owner. Only the owner's user can read it. */
export const OwnerRecord = z.object({
  pid: z.int().positive(),
  /** Origin of the owner's HTTP host; null while it starts, and for commands that have none. */
  address: z.url().nullable(),
  /** Bearer token that the owner's HTTP host accepts from other commands. */
  token: z.string().min(1),
  startedAt: z.iso.datetime(),
});
export type OwnerRecord = z.infer<typeof OwnerRecord>;

export function lockFileOf(dataDir: string): string {
  return join(dataDir, LOCK_FILE_NAME);
}

/** The record in a folder; null where there is none, 'damaged' where the file holds something else. */
export async function readOwnerRecord(dataDir: string): Promise<OwnerRecord | 'damaged' | null> {
  let text: string;
  try {
    text = await readFile(lockFileOf(dataDir), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  try {
    const record = OwnerRecord.safeParse(JSON.parse(text));
    return record.success ? record.data : 'damaged';
  } catch {
    return 'damaged';
  }
}
