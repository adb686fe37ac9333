import { everyContract } from './every-contract.ts';
import { openNewSqlite } from './open-sqlite.ts';
import { RowCounts } from './row-counts.ts';

const counts = new RowCounts();
everyContract('SQLite', () => openNewSqlite(counts), { writes: 60, maintenances: 12 });
