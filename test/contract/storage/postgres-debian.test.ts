import { describe } from 'vitest';
import { needs } from '../../setup/programs.ts';
import { everyContract } from './every-contract.ts';
import { openNewPostgres } from './open-postgres.ts';
import { RowCounts } from './row-counts.ts';

describe.runIf(needs('debian-postgres'))('PostgreSQL of the system', () => {
  const counts = new RowCounts();
  everyContract('PostgreSQL of the system', () => openNewPostgres('debian', counts), { writes: 10, maintenances: 3 });
});
