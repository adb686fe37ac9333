import { quoteIdentifier } from './quoting.ts';
import type { Session } from './session.ts';

/** Gives room back within the tables and refreshes what the planner knows, table by table. */
export async function vacuum(session: Session): Promise<void> {
  const tables = await session.query(
    `SELECT c.relname::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') ORDER BY c.relkind DESC, c.relname`,
  );
  for (const table of tables) await session.query(`VACUUM (ANALYZE) ${quoteIdentifier(String(table.name))}`);
}
