import type Database from 'better-sqlite3';
import { readBreakdown } from './read-breakdown.ts';
import { readClusters } from './read-clusters.ts';
import { readCoverage } from './read-coverage.ts';
import { readFirstEntry, readLastDataEntry, readLedger } from './read-ledger.ts';
import { readNodes, readNodeWindows } from './read-nodes.ts';
import { readRows } from './read-rows.ts';
import { readSeries } from './read-series.ts';
import { readTotals } from './read-totals.ts';

/** What a reading thread can be asked, by name. Each call sees one state of the store. */
export const READ_OPERATIONS = {
  totals: readTotals,
  series: readSeries,
  breakdown: readBreakdown,
  rows: readRows,
  coverage: readCoverage,
  ledger: readLedger,
  lastDataEntry: readLastDataEntry,
  firstEntry: readFirstEntry,
  nodes: readNodes,
  nodeWindows: readNodeWindows,
  clusters: (database: Database.Database, _: null) => readClusters(database),
} as const;

export type ReadOperations = typeof READ_OPERATIONS;
