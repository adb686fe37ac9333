import type Database from 'better-sqlite3';
import { readAudit } from './audit-log.ts';
import { readEmbodied } from './embodied-cache.ts';
import { readIntensities, readLatestIntensity } from './intensities.ts';
import { readLines } from './kubernetes.ts';
import { readLeases } from './lease-operations.ts';
import { readBreakdown } from './read-breakdown.ts';
import { readClusters } from './read-clusters.ts';
import { readContents } from './read-contents.ts';
import { readCoverage } from './read-coverage.ts';
import { readFirstEntry, readLastDataEntry, readLedger } from './read-ledger.ts';
import { readNamespaceHours } from './read-namespace-hours.ts';
import { readNodes, readNodeWindows } from './read-nodes.ts';
import { readRows } from './read-rows.ts';
import { readSeries } from './read-series.ts';
import { readTotals } from './read-totals.ts';
import { readUsage } from './read-usage.ts';
import { readRestatable, readWindow } from './read-window.ts';
import { verifyStep, verifySteps } from './verify.ts';

/** What a reading thread can be asked, by name. Each call sees one state of the store. */
export const READ_OPERATIONS = {
  usageHours: readUsage,
  totals: readTotals,
  series: readSeries,
  breakdown: readBreakdown,
  rows: readRows,
  namespaceHours: readNamespaceHours,
  coverage: readCoverage,
  ledger: readLedger,
  lastDataEntry: readLastDataEntry,
  firstEntry: readFirstEntry,
  nodes: readNodes,
  nodeWindows: readNodeWindows,
  clusters: (database: Database.Database, _: null) => readClusters(database),
  leases: (database: Database.Database, _: null) => readLeases(database),
  version: (database: Database.Database, _: null) => readVersion(database),
  contents: (database: Database.Database, _: null) => readContents(database),
  intensities: readIntensities,
  latestIntensity: readLatestIntensity,
  embodied: readEmbodied,
  audit: readAudit,
  windowContent: readWindow,
  restatableWindows: readRestatable,
  verifySteps,
  verifyStep,
  lines: readLines,
} as const;

export type ReadOperations = typeof READ_OPERATIONS;

/** Reads the schema too: a version alone would not touch the file. */
function readVersion(database: Database.Database): string {
  database.prepare('SELECT COUNT(*) FROM sqlite_schema').get();
  return database.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? '';
}
