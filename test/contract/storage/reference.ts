import type { BreakdownItem, Dimension, ResultFilter, Sums, Totals } from '../../../src/core/ports/results-store.ts';
import type { ResultRow, WindowResult } from '../../../src/model/results.ts';
import type { TimeRange } from '../../../src/model/time.ts';

/** The simplest store there can be: it keeps windows in memory and adds rows up one by one. */
export class ReferenceStore {
  readonly #windows = new Map<string, WindowResult>();

  replace(window: WindowResult): void {
    this.#windows.set(`${window.entry.clusterId} ${window.entry.window.startSeconds}`, window);
  }

  totals(filter: ResultFilter, range: TimeRange): Totals {
    const rows = this.rowsIn(filter, range);
    return { ...sumsOf(rows), podCount: this.podsPresent(filter, range, () => true) };
  }

  groups(filter: ResultFilter, range: TimeRange, by: Dimension): Map<string, Totals> {
    const groups = new Map<string, DatedRow[]>();
    for (const dated of this.rowsIn(filter, range)) {
      const id = groupIdOf(dated.row, by);
      groups.set(id, [...(groups.get(id) ?? []), dated]);
    }
    return new Map(
      [...groups].map(([id, rows]) => [
        id,
        { ...sumsOf(rows), podCount: this.podsPresent(filter, range, (row) => groupIdOf(row, by) === id) },
      ]),
    );
  }

  rowsIn(filter: ResultFilter, range: TimeRange): DatedRow[] {
    return this.#all().filter(
      ({ row, startSeconds }) =>
        startSeconds >= range.startSeconds && startSeconds < range.endSeconds && matches(row, filter),
    );
  }

  /** Pods of which some key (pod, node and attributes) was seen before the end and after the start. */
  podsPresent(filter: ResultFilter, range: TimeRange, wanted: (row: ResultRow) => boolean): number {
    if (range.startSeconds >= range.endSeconds) return 0;
    const seen = new Map<string, { first: number; last: number; pod: string }>();
    for (const { row, startSeconds, durationSeconds } of this.#all()) {
      if (row.rowKind !== 'pod' || !matches(row, filter) || !wanted(row)) continue;
      const pod = `${row.clusterId} ${row.namespace} ${row.podName}`;
      const key = [pod, row.node, row.ownerKind, row.ownerName, row.team, row.emapsZone, row.provider].join(' ');
      const end = startSeconds + durationSeconds;
      const known = seen.get(key) ?? { first: startSeconds, last: end, pod };
      seen.set(key, { pod, first: Math.min(known.first, startSeconds), last: Math.max(known.last, end) });
    }
    const present = [...seen.values()].filter(
      ({ first, last }) => first < range.endSeconds && last > range.startSeconds,
    );
    return new Set(present.map(({ pod }) => pod)).size;
  }

  #all(): DatedRow[] {
    return [...this.#windows.values()].flatMap(({ rows, entry }) => rows.map((row) => ({ row, ...entry.window })));
  }
}

interface DatedRow {
  readonly row: ResultRow;
  readonly startSeconds: number;
  readonly durationSeconds: number;
}

function workloadOf(row: ResultRow): string {
  if (row.rowKind !== 'pod') return row.namespace;
  return row.ownerKind === null ? `Pod/${row.podName}` : `${row.ownerKind}/${row.ownerName}`;
}

function teamOf(row: ResultRow): string {
  return row.rowKind === 'pod' ? (row.team ?? '') : row.namespace;
}

function matches(row: ResultRow, filter: ResultFilter): boolean {
  return (
    (filter.clusterIds.length === 0 || filter.clusterIds.includes(row.clusterId)) &&
    (filter.namespace === undefined || filter.namespace === row.namespace) &&
    (filter.workload === undefined || filter.workload === workloadOf(row)) &&
    (filter.pod === undefined || filter.pod === row.podName) &&
    (filter.node === undefined || filter.node === row.node) &&
    (filter.team === undefined || filter.team === teamOf(row)) &&
    (filter.zone === undefined || filter.zone === row.emapsZone) &&
    (filter.provider === undefined || filter.provider === row.provider)
  );
}

/** A text that is different for each group of a dimension. */
export function groupIdOf(row: ResultRow, by: Dimension): string {
  switch (by) {
    case 'cluster':
      return row.clusterId;
    case 'namespace':
      return `${row.clusterId} ${row.namespace}`;
    case 'workload':
      return `${row.clusterId} ${row.namespace} ${workloadOf(row)}`;
    case 'pod':
      return `${row.clusterId} ${row.namespace} ${row.podName}`;
    case 'node':
      return `${row.clusterId} ${row.node}`;
    case 'team':
      return teamOf(row);
    case 'zone':
      return row.emapsZone;
    case 'provider':
      return row.provider;
  }
}

/** The same text, of an item that a store answered. */
export function itemIdOf({ group }: Pick<BreakdownItem, 'group'>, by: Dimension): string {
  switch (by) {
    case 'cluster':
    case 'team':
    case 'zone':
    case 'provider':
      return group.key;
    case 'namespace':
    case 'node':
      return `${group.clusterId} ${group.key}`;
    case 'workload':
    case 'pod':
      return `${group.clusterId} ${group.namespace} ${group.key}`;
  }
}

function sumsOf(rows: readonly DatedRow[]): Sums {
  const sum = (value: (row: ResultRow, durationSeconds: number) => number): number =>
    rows.reduce((total, { row, durationSeconds }) => total + value(row, durationSeconds), 0);
  const ofKind = (kind: ResultRow['rowKind'], value: (row: ResultRow) => number): number =>
    sum((row) => (row.rowKind === kind ? value(row) : 0));
  return {
    joules: sum((row) => row.joules),
    joulesLow: sum((row) => row.joulesLow),
    joulesHigh: sum((row) => row.joulesHigh),
    joulesDynamic: ofKind('pod', (row) => row.joulesDynamic),
    joulesIdle: ofKind('pod', (row) => row.joulesIdle),
    joulesSystem: ofKind('system', (row) => row.joules),
    joulesUnallocated: ofKind('unallocated', (row) => row.joules),
    joulesGpu: sum((row) => row.joulesGpu),
    joulesStorage: ofKind('volume', (row) => row.joulesStorage),
    joulesMeasured: sum((row) => {
      const host = row.sources.power === 'measured' ? row.joules - row.joulesGpu : 0;
      return host + (row.sources.gpu === 'measured' ? row.joulesGpu : 0);
    }),
    joulesDefault: sum((row) => {
      const host = ['provider-default', 'generic'].includes(row.sources.power) ? row.joules - row.joulesGpu : 0;
      return host + (row.sources.gpu === 'assumed' ? row.joulesGpu : 0);
    }),
    pueJoules: sum((row) => row.joules * row.pue),
    intensityJoules: sum((row) => row.joules * row.gridIntensity),
    co2eGrams: sum((row) => row.co2eGrams),
    co2eLowGrams: sum((row) => row.co2eLowGrams),
    co2eHighGrams: sum((row) => row.co2eHighGrams),
    co2eMarketGrams: sum((row) => row.co2eMarketGrams),
    co2eDirectGrams: sum((row) => row.co2eDirectGrams ?? 0),
    co2eOfDirectRowsGrams: sum((row) => (row.co2eDirectGrams === null ? 0 : row.co2eGrams)),
    embodiedCo2eGrams: sum((row) => row.embodiedCo2eGrams),
    embodiedLowGrams: sum((row) => row.embodiedLowGrams),
    embodiedHighGrams: sum((row) => row.embodiedHighGrams),
    unallocatedCo2eGrams: ofKind('unallocated', (row) => row.co2eGrams + row.embodiedCo2eGrams),
    totalCost: sum((row) => row.totalCost),
    costLow: sum((row) => row.costLow),
    costHigh: sum((row) => row.costHigh),
    cpuRequestMillicoreSeconds: sum((row, seconds) => row.cpuRequestMillicores * seconds),
    cpuUsageMillicoreSeconds: sum((row, seconds) => row.cpuUsageMillicores * seconds),
    memoryRequestByteSeconds: sum((row, seconds) => row.memoryRequestBytes * seconds),
    memoryUsageByteSeconds: sum((row, seconds) => row.memoryUsageBytes * seconds),
    networkReceiveBytes: sum((row) => row.networkReceiveBytes),
    networkTransmitBytes: sum((row) => row.networkTransmitBytes),
    restartCount: sum((row) => row.restartCount),
  };
}

/** Largest difference between two sets of figures, relative to the expected one; counts of pods have to be equal. */
export function worstDifference(actual: Totals, expected: Totals): { field: string; relative: number } {
  let worst = { field: 'none', relative: 0 };
  for (const field of Object.keys(expected) as (keyof Totals)[]) {
    const difference = Math.abs(actual[field] - expected[field]);
    const relative = difference === 0 ? 0 : difference / Math.max(Math.abs(expected[field]), Number.MIN_VALUE);
    if (!(relative <= worst.relative)) worst = { field, relative };
  }
  return worst;
}
