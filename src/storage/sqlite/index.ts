export { checkSqliteFile } from './check-file.ts';
export { backUpSqlite, restoreSqlite } from './copy-file.ts';
export { openAppState } from './open-app-state.ts';
export { openSqliteResults } from './open-results.ts';
export { readAppValue } from './read-app-value.ts';
