import { describe } from 'vitest';
import { needs } from '../../setup/programs.ts';
import { everyContract } from './every-contract.ts';
import { openNewPostgres } from './open-postgres.ts';
import { RowCounts } from './row-counts.ts';

describe.runIf(needs('postgres'))('PostgreSQL of npm', () => {
  const counts = new RowCounts();
  everyContract('PostgreSQL', () => openNewPostgres('embedded', counts), { writes: 30, maintenances: 8 });
});
