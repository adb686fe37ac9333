import type { StoredRow } from '../../../src/core/ports/results-store.ts';
import {
  USAGE_COLUMNS,
  type UsageColumn,
  type UsageHours,
  type UsageHoursQuery,
  type UsageKey,
} from '../../../src/core/ports/usage-hours.ts';
import { sumRows } from './sum-rows.ts';

const HOUR = 3600;
const ORDER = ['namespace', 'ownerKind', 'ownerName', 'team', 'node'] as const;

/** Hours of workloads or nodes, row by row. */
export function usageHours(rows: readonly StoredRow[], { range, by }: UsageHoursQuery): UsageHours {
  const lines = new Map<string, { key: UsageKey; hour: number; rows: StoredRow[] }>();
  for (const row of rows) {
    const key = keyOf(row, by);
    if (key === null) continue;
    const hour = Math.floor((row.startSeconds - range.startSeconds) / HOUR);
    const id = JSON.stringify([key, hour]);
    const line = lines.get(id) ?? { key, hour, rows: [] };
    line.rows.push(row);
    lines.set(id, line);
  }
  const ordered = [...lines.values()].sort((a, b) => compare(a.key, b.key) || a.hour - b.hour);
  const keys = [...new Map(ordered.map(({ key }) => [JSON.stringify(key), key])).values()];
  const placeOf = new Map(keys.map((key, index) => [JSON.stringify(key), index]));
  const figures = ordered.map((line) => figuresOf(line.rows));
  return {
    keys,
    keyIndex: Int32Array.from(ordered, ({ key }) => placeOf.get(JSON.stringify(key)) ?? -1),
    hourIndex: Int32Array.from(ordered, ({ hour }) => hour),
    columns: Object.fromEntries(
      USAGE_COLUMNS.map((name) => [name, Float64Array.from(figures, (each) => each[name])]),
    ) as Record<UsageColumn, Float64Array>,
  };
}

function keyOf(row: StoredRow, by: UsageHoursQuery['by']): UsageKey | null {
  const none = { namespace: null, ownerKind: null, ownerName: null, team: null, node: null };
  if (by === 'node') return row.node === '' ? null : { ...none, node: row.node };
  if (row.rowKind !== 'pod') return null;
  const isOwned = row.ownerKind !== null && row.ownerName !== null;
  const owner = isOwned ? [row.ownerKind, row.ownerName] : ['Pod', row.podName];
  return {
    ...none,
    namespace: row.namespace,
    ownerKind: owner[0] ?? null,
    ownerName: owner[1] ?? null,
    team: row.team,
  };
}

function figuresOf(rows: readonly StoredRow[]): Readonly<Record<UsageColumn, number>> {
  const pods = rows.filter(({ rowKind }) => rowKind === 'pod');
  const highest = (of: (row: StoredRow) => number): number => pods.reduce((most, row) => Math.max(most, of(row)), 0);
  const overTime = (of: (row: StoredRow) => number): number =>
    rows.reduce((sum, row) => sum + of(row) * row.durationSeconds, 0);
  return {
    ...sumRows(rows),
    // Rows of a node that are no pods use and hold as well.
    cpuRequestMillicoreSeconds: overTime((row) => row.cpuRequestMillicores),
    cpuUsageMillicoreSeconds: overTime((row) => row.cpuUsageMillicores),
    memoryRequestByteSeconds: overTime((row) => row.memoryRequestBytes),
    memoryUsageByteSeconds: overTime((row) => row.memoryUsageBytes),
    podCount: new Set(pods.map(({ namespace, podName }) => `${namespace}/${podName}`)).size,
    cpuPeakPodMillicores: highest((row) => row.cpuUsageMillicores),
    memoryPeakPodBytes: highest((row) => row.memoryUsageBytes),
  };
}

function compare(left: UsageKey, right: UsageKey): number {
  for (const field of ORDER) {
    const [one, other] = [left[field] ?? '', right[field] ?? ''];
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}
