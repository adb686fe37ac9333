import type Database from 'better-sqlite3';
import type { MaintenanceResult } from '../../core/ports/store-care.ts';
import { DEFAULT_KUBERNETES_RETENTION } from '../../model/kubernetes-retention.ts';
import type { RetentionPolicy } from '../../model/retention.ts';
import { floorTo } from '../../model/time.ts';
import { pruneIntensities } from './intensities.ts';
import { pruneKubernetes } from './prune-kubernetes.ts';
import { pruneScores } from './prune-scores.ts';

const DAY = 86_400;
/** A step stops after the bucket with which it has removed this many rows: some tens of milliseconds. */
const ROWS_A_STEP = 4000;

/** Where a maintenance stands between two steps; the caller hands it back. */
export interface MaintenanceCursor {
  /** Index of the phase. */
  readonly phase: number;
  readonly clusterKey: number;
  /** Buckets before it are done. */
  readonly fromSeconds: number;
}

export interface MaintenanceStep {
  readonly policy: RetentionPolicy;
  readonly nowSeconds: number;
  /** Null at the start. */
  readonly cursor: MaintenanceCursor | null;
}

export interface MaintenanceProgress {
  /** Null before the first phase. */
  readonly cursor: MaintenanceCursor | null;
  readonly isDone: boolean;
  readonly removed: Partial<MaintenanceResult>;
}

interface Phase {
  readonly table: string;
  /** Of a bucket that goes, only the lines that meet this; all unless set. `:limit` is where the kept time begins. */
  readonly only?: string;
  /** Days that the table is kept; null: for ever. */
  readonly days: (policy: RetentionPolicy) => number | null;
  readonly counted: keyof MaintenanceResult | null;
}

/** Finer levels first, so that an interrupted maintenance leaves no level without its coarser ones. */
const PHASES: readonly Phase[] = [
  { table: 'result_rows', days: ({ rawDays }) => rawDays, counted: 'removedRows' },
  { table: 'rollup_hour_pod', days: ({ podHourDays }) => podHourDays, counted: 'removedPodHours' },
  { table: 'rollup_hour_workload', days: ({ hourDays }) => hourDays, counted: 'removedHours' },
  { table: 'rollup_hour_namespace', days: ({ hourDays }) => hourDays, counted: 'removedHours' },
  { table: 'rollup_day_pod', days: ({ podDayDays }) => podDayDays, counted: 'removedPodDays' },
  { table: 'rollup_day_workload', days: ({ dayDays }) => dayDays, counted: 'removedDays' },
  { table: 'rollup_day_namespace', days: ({ dayDays }) => dayDays, counted: 'removedDays' },
  { table: 'node_window_rows', days: ({ hourDays }) => hourDays, counted: null },
  // The newest change of a node before the limit stays: it tells what the node was from then on.
  {
    table: 'node_sightings',
    only: `AND start_seconds <> (SELECT MAX(o.start_seconds) FROM node_sightings o WHERE o.cluster_key = t.cluster_key
      AND o.node = t.node AND o.start_seconds < :limit AND o.changed = 1)`,
    days: ({ hourDays }) => hourDays,
    counted: null,
  },
];

/**
 * One step of retention, in one transaction. The first marks the days whose rows go: from then on their windows are
 * refused, and only buckets of marked days are removed, so that a roll-up is never summed afresh from missing rows.
 */
export function maintain(database: Database.Database, step: MaintenanceStep): MaintenanceProgress {
  const { cursor } = step;
  return database
    .transaction(() => (cursor === null ? begin(database, step) : proceed(database, step, cursor)))
    .immediate();
}

/** Days of a cluster that have windows, up to the first at or after a limit: by seeks, not by a scan of the ledger. */
const DAYS_WITH_WINDOWS = `WITH RECURSIVE days(day) AS (
  SELECT MIN(start_seconds) / ${DAY} * ${DAY} FROM ledger WHERE cluster_key = :cluster
  UNION ALL
  SELECT (SELECT MIN(start_seconds) / ${DAY} * ${DAY} FROM ledger
    WHERE cluster_key = :cluster AND start_seconds >= day + ${DAY})
  FROM days WHERE day < :limit)`;

type Bounds = Readonly<Record<string, number>>;

function begin(database: Database.Database, { policy, nowSeconds }: MaintenanceStep): MaintenanceProgress {
  const limit = limitOf(policy.rawDays, nowSeconds);
  const mark = database.prepare<[Bounds]>(
    `${DAYS_WITH_WINDOWS} INSERT OR IGNORE INTO pruned_days (cluster_key, start_seconds)
     SELECT :cluster, day FROM days WHERE day < :limit`,
  );
  for (const cluster of clusterKeys(database)) mark.run({ cluster, limit });
  return { cursor: FIRST, isDone: false, removed: {} };
}

const FIRST: MaintenanceCursor = { phase: 0, clusterKey: 0, fromSeconds: 0 };

function proceed(database: Database.Database, step: MaintenanceStep, at: MaintenanceCursor): MaintenanceProgress {
  const { policy, nowSeconds } = step;
  const phase = PHASES[at.phase];
  const nextPhase = { ...FIRST, phase: at.phase + 1 };
  if (phase === undefined && at.phase === PHASES.length) {
    forgetPods(database, limitOf(policy.podDayDays, nowSeconds));
    pruneIntensities(database, nowSeconds);
    pruneScores(database, nowSeconds);
    return { cursor: nextPhase, isDone: false, removed: {} };
  }
  if (phase === undefined) {
    const removed = pruneKubernetes(database, DEFAULT_KUBERNETES_RETENTION, nowSeconds);
    return { cursor: at, isDone: removed === 0, removed: {} };
  }
  const days = phase.days(policy);
  const cluster = clusterKeys(database).find((key) => key >= at.clusterKey);
  if (days === null || cluster === undefined) return { cursor: nextPhase, isDone: false, removed: {} };
  const from = cluster === at.clusterKey ? at.fromSeconds : 0;
  const { removed, next } = removeBuckets(database, phase, { cluster, from, limit: limitOf(days, nowSeconds) });
  const cursor =
    next === null
      ? { ...at, clusterKey: cluster + 1, fromSeconds: 0 }
      : { ...at, clusterKey: cluster, fromSeconds: next };
  return { cursor, isDone: false, removed: phase.counted === null ? {} : { [phase.counted]: removed } };
}

function removeBuckets(
  database: Database.Database,
  { table, only }: Phase,
  { cluster, from, limit }: { readonly cluster: number; readonly from: number; readonly limit: number },
): { readonly removed: number; readonly next: number | null } {
  const oldest = database
    .prepare<[Bounds], number | null>(
      `SELECT MIN(start_seconds) FROM ${table}
       WHERE cluster_key = :cluster AND start_seconds >= :next AND start_seconds < :limit`,
    )
    .pluck();
  const isMarked = database.prepare<[number, number]>(
    'SELECT 1 FROM pruned_days WHERE cluster_key = ? AND start_seconds = ?',
  );
  const remove = database.prepare<[Bounds]>(
    `DELETE FROM ${table} AS t WHERE cluster_key = :cluster AND start_seconds = :start ${only ?? ''}`,
  );
  let removed = 0;
  let next = from;
  while (removed < ROWS_A_STEP) {
    const start = oldest.get({ cluster, next, limit }) ?? null;
    if (start === null) return { removed, next: null };
    const day = floorTo(start, DAY);
    if (isMarked.get(cluster, day) === undefined) {
      next = day + DAY;
    } else {
      removed += remove.run(only === undefined ? { cluster, start } : { cluster, start, limit }).changes;
      next = start + 1;
    }
  }
  return { removed, next };
}

/** Presence goes last: of pods that ended before the limit, unless rows came late to a day that is not yet marked. */
function forgetPods(database: Database.Database, limit: number): void {
  const unmarked = database.prepare<[Bounds]>(
    `${DAYS_WITH_WINDOWS} SELECT 1 FROM days WHERE day < :limit AND NOT EXISTS (
       SELECT 1 FROM pruned_days d WHERE d.cluster_key = :cluster AND d.start_seconds = day) LIMIT 1`,
  );
  const forget = database.prepare<[number, number]>(
    'DELETE FROM presence WHERE cluster_key = ? AND last_end_seconds <= ?',
  );
  for (const cluster of clusterKeys(database)) {
    if (unmarked.get({ cluster, limit }) === undefined) forget.run(cluster, limit);
  }
}

function limitOf(days: number, nowSeconds: number): number {
  return floorTo(nowSeconds, DAY) - days * DAY;
}

function clusterKeys(database: Database.Database): readonly number[] {
  return database.prepare<[], number>('SELECT id FROM cluster_keys ORDER BY id').pluck().all();
}
