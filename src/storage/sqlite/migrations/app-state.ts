import type { Migration } from '../migrate.ts';

/** All steps of `app.sqlite`, oldest first. A released step is never changed: add another. */
export const APP_STATE_MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    name: 'settings',
    statements: ['CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID'],
  },
];
