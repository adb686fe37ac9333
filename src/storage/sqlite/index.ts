export { openAppState } from './open-app-state.ts';
export { openSqliteResults } from './open-results.ts';
