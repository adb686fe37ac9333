import type { TimeRange } from '../../model/time.ts';

/** What is known of each hour of a workload or node; each a column of `UsageHours`. Names carry their units. */
export const USAGE_COLUMNS = [
  'podCount',
  'cpuUsageMillicoreSeconds',
  'cpuRequestMillicoreSeconds',
  'memoryUsageByteSeconds',
  'memoryRequestByteSeconds',
  /** Highest window of the busiest pod; where an hour is older than this column, its mean. */
  'cpuPeakPodMillicores',
  'memoryPeakPodBytes',
  'joules',
  'joulesDynamic',
  'joulesIdle',
  'joulesUnallocated',
  'joulesSystem',
  /** Facility energy, Σ J × PUE. */
  'pueJoules',
  /** Σ J × gCO2e/kWh. */
  'intensityJoules',
  'co2eGrams',
  'co2eLowGrams',
  'co2eHighGrams',
  'embodiedCo2eGrams',
  'totalCost',
  'networkReceiveBytes',
  'networkTransmitBytes',
  'restartCount',
] as const;
export type UsageColumn = (typeof USAGE_COLUMNS)[number];

export interface UsageKey {
  readonly namespace: string | null;
  readonly ownerKind: string | null;
  readonly ownerName: string | null;
  readonly team: string | null;
  readonly node: string | null;
}

/**
 * Hours of many things as columns: line i is thing `keys[keyIndex[i]]` in hour `hourIndex[i]` of the range. Lines are
 * ordered by key, then hour; an hour without rows has no line. Typed arrays, so that they pass between threads uncopied.
 */
export interface UsageHours {
  readonly keys: readonly UsageKey[];
  readonly keyIndex: Int32Array;
  readonly hourIndex: Int32Array;
  readonly columns: Readonly<Record<UsageColumn, Float64Array>>;
}

/** `workload`: rows of pods by owner (a bare pod: kind `Pod` and its name). `node`: all rows of a node. Whole hours, at most 31 days. */
export interface UsageHoursQuery {
  readonly clusterId: string;
  readonly range: TimeRange;
  readonly by: 'workload' | 'node';
}

export interface UsageStore {
  usageHours(query: UsageHoursQuery, signal?: AbortSignal): Promise<UsageHours>;
}
