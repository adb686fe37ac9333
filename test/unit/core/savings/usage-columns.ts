import {
  USAGE_COLUMNS,
  type UsageColumn,
  type UsageHours,
  type UsageKey,
} from '../../../../src/core/ports/usage-hours.ts';
import type { ResultRow } from '../../../../src/model/results.ts';

export interface UsageLine {
  readonly key: UsageKey;
  readonly hour: number;
  readonly values: Partial<Record<UsageColumn, number>>;
}

const NO_KEY: UsageKey = { namespace: null, ownerKind: null, ownerName: null, team: null, node: null };

export function nodeKey(node: string): UsageKey {
  return { ...NO_KEY, node };
}

export function workloadKeyOf(namespace: string, ownerKind: string, ownerName: string): UsageKey {
  return { ...NO_KEY, namespace, ownerKind, ownerName };
}

/** Columns as a store gives them: lines of one key and hour added up, ordered by key, then hour. */
export function usageOf(lines: readonly UsageLine[]): UsageHours {
  const places = new Map<string, number>();
  const keys: UsageKey[] = [];
  const cells = new Map<
    string,
    { readonly place: number; readonly hour: number; values: Record<UsageColumn, number> }
  >();
  for (const { key, hour, values } of lines) {
    const id = JSON.stringify(key);
    const place = places.get(id) ?? keys.length;
    if (place === keys.length) keys.push(key);
    places.set(id, place);
    const cell = cells.get(`${place} ${hour}`) ?? { place, hour, values: zeros() };
    for (const column of USAGE_COLUMNS) cell.values[column] += values[column] ?? 0;
    cells.set(`${place} ${hour}`, cell);
  }
  const sorted = [...cells.values()].sort((a, b) => a.place - b.place || a.hour - b.hour);
  const columns = Object.fromEntries(
    USAGE_COLUMNS.map((column) => [column, Float64Array.from(sorted, ({ values }) => values[column])]),
  ) as Record<UsageColumn, Float64Array>;
  return {
    keys,
    keyIndex: Int32Array.from(sorted, ({ place }) => place),
    hourIndex: Int32Array.from(sorted, ({ hour }) => hour),
    columns,
  };
}

function zeros(): Record<UsageColumn, number> {
  return Object.fromEntries(USAGE_COLUMNS.map((column) => [column, 0])) as Record<UsageColumn, number>;
}

/** A row of an hour, as sums of the hour. */
export function valuesOfRow(row: ResultRow): Partial<Record<UsageColumn, number>> {
  const isPod = row.rowKind === 'pod';
  return {
    podCount: isPod ? 1 : 0,
    cpuUsageMillicoreSeconds: row.cpuUsageMillicores * 3600,
    cpuRequestMillicoreSeconds: row.cpuRequestMillicores * 3600,
    memoryUsageByteSeconds: row.memoryUsageBytes * 3600,
    memoryRequestByteSeconds: row.memoryRequestBytes * 3600,
    joules: row.joules,
    joulesDynamic: isPod ? row.joulesDynamic : 0,
    joulesIdle: isPod ? row.joulesIdle : 0,
    joulesUnallocated: row.rowKind === 'unallocated' ? row.joules : 0,
    joulesSystem: row.rowKind === 'system' ? row.joules : 0,
    pueJoules: row.joules * row.pue,
    intensityJoules: row.joules * row.gridIntensity,
    co2eGrams: row.co2eGrams,
    co2eLowGrams: row.co2eLowGrams,
    co2eHighGrams: row.co2eHighGrams,
    embodiedCo2eGrams: row.embodiedCo2eGrams,
    totalCost: row.totalCost,
  };
}
