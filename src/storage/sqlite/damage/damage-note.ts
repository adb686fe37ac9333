import { existsSync, rmSync, writeFileSync } from 'node:fs';

/** A file beside the store that asks the next start to read the store whole. */
const noteOf = (file: string): string => `${file}.check`;

/** True where SQLite says that the file itself is not sound, in contrast to a lock, a full disk or missing rights. */
export function isDamage(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT');
}

/** Remembers that a query met damage. Never throws: the query's own failure is what counts. */
export function noteDamage(file: string): void {
  try {
    writeFileSync(noteOf(file), 'A query met a damaged page; the next start of Podwatt reads the whole store.\n', {
      mode: 0o600,
    });
  } catch {
    // A folder that can't be written to fails louder elsewhere.
  }
}

export function hasDamageNote(file: string): boolean {
  return existsSync(noteOf(file));
}

export function removeDamageNote(file: string): void {
  rmSync(noteOf(file), { force: true });
}
