export { openAppState } from './open-app-state.ts';
export { openSqliteResults, type SqliteResultsOptions } from './open-results.ts';
