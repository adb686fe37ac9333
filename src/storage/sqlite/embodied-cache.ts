import type Database from 'better-sqlite3';
import type { CachedEmbodied } from '../../core/ports/science-stores.ts';
import { cachedEmbodiedOf, EMBODIED_COLUMNS, embodiedLine } from '../sql/embodied-line.ts';
import { bindable } from './bindable.ts';

/** What is remembered of an instance type, also where it has run out. */
export function readEmbodied(
  database: Database.Database,
  { provider, instanceType }: { readonly provider: string; readonly instanceType: string },
): CachedEmbodied | null {
  const line = database
    .prepare('SELECT * FROM embodied_cache WHERE provider = ? AND instance_type = ?')
    .get(provider, instanceType);
  return line === undefined ? null : cachedEmbodiedOf(line);
}

/** Remembers an answer in the place of the one before. */
export function putEmbodied(database: Database.Database, entry: CachedEmbodied): void {
  database
    .prepare(
      `INSERT OR REPLACE INTO embodied_cache (${EMBODIED_COLUMNS.join(', ')})
       VALUES (${EMBODIED_COLUMNS.map(() => '?').join(', ')})`,
    )
    .run(...bindable(embodiedLine(entry), EMBODIED_COLUMNS));
}
