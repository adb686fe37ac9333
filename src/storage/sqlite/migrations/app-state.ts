import type { Migration } from '../../sql/migration.ts';

/** All steps of `app.sqlite`, oldest first. A released step is never changed: add another. */
export const APP_STATE_MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    name: 'settings',
    statements: ['CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID'],
  },
  {
    version: 2,
    name: 'spool',
    statements: [
      // Windows that wait for a results store that is away.
      `CREATE TABLE spool (
        cluster_id TEXT NOT NULL,
        start_seconds INTEGER NOT NULL,
        entry TEXT NOT NULL, -- JSON of the ledger entry
        payload BLOB NOT NULL, -- rows and facts of nodes, compressed
        PRIMARY KEY (cluster_id, start_seconds)
      ) STRICT`,
    ],
  },
];
