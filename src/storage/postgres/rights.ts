import type { Session } from './session.ts';

/** What the user may do, and what not. */
export interface Rights {
  /** In PostgreSQL's own words: `INSERT on combined_metrics`. */
  readonly missing: readonly string[];
  readonly mayRead: boolean;
  readonly mayWrite: boolean;
  /** Make the schema, its tables and its months. */
  readonly mayCreate: boolean;
}

const OF_SCHEMA = `SELECT current_database() AS database, has_database_privilege(current_database(), 'CREATE') AS may_make_schema,
  n.oid IS NOT NULL AS is_there,
  CASE WHEN n.oid IS NULL THEN NULL ELSE has_schema_privilege(n.oid, 'CREATE') END AS may_create,
  CASE WHEN n.oid IS NULL THEN NULL ELSE has_schema_privilege(n.oid, 'USAGE') END AS may_use
  FROM (SELECT 1) one LEFT JOIN pg_namespace n ON n.nspname = $1`;

const OF_TABLES = `SELECT p.privilege, c.relname::text AS name
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS p (privilege)
  WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND (c.relname <> 'schema_migrations' OR p.privilege = 'SELECT') AND NOT has_table_privilege(c.oid, p.privilege)
  ORDER BY c.relname, p.privilege`;

const OWNED = `SELECT c.relname::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = $1 AND c.relkind = 'p' AND NOT pg_has_role(c.relowner, 'USAGE') ORDER BY c.relname`;

/** Rights of the user on a schema and what is in it. */
export async function readRights(session: Session, schema: string): Promise<Rights> {
  const [of = {}] = await session.query(OF_SCHEMA, [schema]);
  if (of.is_there !== true) {
    const mayCreate = of.may_make_schema === true;
    const missing = mayCreate ? [] : [`CREATE on database ${String(of.database)}`];
    return { missing, mayRead: mayCreate, mayWrite: mayCreate, mayCreate };
  }
  const tables = await session.query(OF_TABLES, [schema]);
  const owned = await session.query(OWNED, [schema]);
  const lacks = (privilege: string): boolean => tables.some((line) => line.privilege === privilege);
  const mayUse = of.may_use === true;
  return {
    missing: [
      ...(mayUse ? [] : [`USAGE on schema ${schema}`]),
      ...(of.may_create === true ? [] : [`CREATE on schema ${schema}`]),
      ...tables.map((line) => `${String(line.privilege)} on ${String(line.name)}`),
      ...owned.map((line) => `ownership of ${String(line.name)}`),
    ],
    mayRead: mayUse && !lacks('SELECT'),
    mayWrite: mayUse && tables.length === 0,
    mayCreate: of.may_create === true && owned.length === 0,
  };
}
