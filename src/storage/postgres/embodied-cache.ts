import type { CachedEmbodied } from '../../core/ports/science-stores.ts';
import { cachedEmbodiedOf, EMBODIED_COLUMNS, embodiedLine } from '../sql/embodied-line.ts';
import { isoColumns } from './iso-columns.ts';
import type { Session } from './session.ts';

const INSTANTS = new Set(['last_updated', 'expires_at']);
const PUT = `INSERT INTO embodied_cache (${EMBODIED_COLUMNS.join(', ')})
  VALUES (${EMBODIED_COLUMNS.map((_, place) => `$${place + 1}`).join(', ')})
  ON CONFLICT (provider, instance_type) DO UPDATE SET ${EMBODIED_COLUMNS.slice(2)
    .map((column) => `${column} = excluded.${column}`)
    .join(', ')}`;

/** What is remembered of an instance type, also where it has run out. */
export async function readEmbodied(
  session: Session,
  provider: string,
  instanceType: string,
): Promise<CachedEmbodied | null> {
  const [line] = await session.query(
    `SELECT ${isoColumns(EMBODIED_COLUMNS, INSTANTS)} FROM embodied_cache WHERE provider = $1 AND instance_type = $2`,
    [provider, instanceType],
  );
  return line === undefined ? null : cachedEmbodiedOf(line);
}

/** Remembers an answer in the place of the one before. */
export async function putEmbodied(session: Session, entry: CachedEmbodied): Promise<void> {
  const line = embodiedLine(entry);
  await session.query(
    PUT,
    EMBODIED_COLUMNS.map((column) => line[column]),
  );
}
