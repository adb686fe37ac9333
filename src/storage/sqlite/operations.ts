import type Database from 'better-sqlite3';
import type { ClusterRecord } from '../../model/cluster.ts';
import { deleteCluster, putCluster, readClusters } from './cluster-registry.ts';
import type { PackedWindow } from './packed-window.ts';
import { readBreakdown } from './read-breakdown.ts';
import { readCoverage } from './read-coverage.ts';
import { readFirstEntry, readLastDataEntry, readLedger } from './read-ledger.ts';
import { readNodes, readNodeWindows } from './read-nodes.ts';
import { readRows } from './read-rows.ts';
import { readSeries } from './read-series.ts';
import { readTotals } from './read-totals.ts';
import type { WindowWriter } from './write-window.ts';

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

export interface WritingThread {
  readonly database: Database.Database;
  readonly windows: WindowWriter;
}

/** What the writing thread can be asked, by name. */
export const WRITE_OPERATIONS = {
  replaceWindow: ({ windows }: WritingThread, window: PackedWindow): void => windows.replace(window),
  putCluster: ({ database }: WritingThread, cluster: ClusterRecord): void => putCluster(database, cluster),
  deleteCluster: ({ database, windows }: WritingThread, clusterId: string): void => {
    deleteCluster(database, clusterId);
    windows.forget();
  },
} as const;

export type ReadOperations = typeof READ_OPERATIONS;
export type WriteOperations = typeof WRITE_OPERATIONS;
