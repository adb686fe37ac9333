export { openPostgresResults } from './open-results.ts';
export { testPostgres } from './test-connection.ts';
