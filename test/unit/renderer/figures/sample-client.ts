import { configure } from '@testing-library/react';
import type * as z from 'zod';
import type {
  Breakdown,
  BreakdownInput,
  BreakdownItem,
  Summary,
  SummaryTotals,
  Timeseries,
  TimeseriesInput,
} from '../../../../src/contract/schemas/metrics.ts';
import type { NodeDetail } from '../../../../src/contract/schemas/nodes.ts';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import {
  FIRST_MS,
  GAP,
  HOUR_MS,
  NODE_ITEMS,
  NOW_MS,
  QUALITY,
  type SampleRow,
  sampleCluster,
  sampleRows,
  sumFigures,
  sumParts,
  usageOf,
} from './sample-data.ts';

// Whole pages take their time on a busy machine; what never comes still fails.
configure({ asyncUtilTimeout: 5000 });

interface Range {
  readonly last?: string | undefined;
  readonly start?: string | undefined;
  readonly end?: string | undefined;
}
interface Filter {
  readonly namespace?: string | undefined;
  readonly workload?: string | undefined;
  readonly node?: string | undefined;
}

const HOURS: Readonly<Record<string, number>> = { h: 1, d: 24, w: 168 };

function boundsOf(input: Range): [number, number] {
  if (input.start !== undefined && input.end !== undefined) return [Date.parse(input.start), Date.parse(input.end)];
  const last = input.last ?? '7d';
  return [NOW_MS - Number.parseInt(last, 10) * (HOURS[last.slice(-1)] ?? 24) * HOUR_MS, NOW_MS];
}

function rowsFor(input: Range & Filter): SampleRow[] {
  const [from, to] = boundsOf(input);
  return sampleRows(from, to).filter(
    (row) =>
      (input.namespace === undefined || row.namespace === input.namespace) &&
      (input.workload === undefined || row.workload === input.workload) &&
      (input.node === undefined || row.node === input.node),
  );
}

function keyOf(row: SampleRow, by: string): string {
  if (by === 'workload') return row.workload ?? row.namespace;
  if (by === 'pod') return row.pod;
  return by === 'node' ? row.node : by === 'cluster' ? 'c1' : row.namespace;
}

/** A group's key as the backend writes it: the namespace stands before it unless the filter names one. */
function wireKey(id: string, input: Filter): string {
  const [namespace = '', key] = id.split('\n');
  if (key === undefined) return namespace;
  return input.namespace === undefined && key !== namespace ? `${namespace}/${key}` : key;
}

/** Groups by pod and workload stand within their namespace; the separator keeps their ids apart. */
function grouped(rows: readonly SampleRow[], by: string): Map<string, SampleRow[]> {
  const groups = new Map<string, SampleRow[]>();
  for (const row of rows) {
    const key = by === 'pod' || by === 'workload' ? `${row.namespace}\n${keyOf(row, by)}` : keyOf(row, by);
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [row]);
    else members.push(row);
  }
  return groups;
}

const iso = (ms: number): string => new Date(ms).toISOString();
const uncovered = (from: number, to: number): number => Math.max(0, Math.min(to, GAP.to) - Math.max(from, GAP.from));

function totalsOf(rows: readonly SampleRow[]): SummaryTotals {
  const figures = sumFigures(rows);
  const spare = sumFigures(rows.filter((row) => row.kind === 'unallocated'));
  return {
    total_co2e_grams: figures.co2e_grams,
    total_co2e_low_grams: figures.co2e_low_grams,
    total_co2e_high_grams: figures.co2e_high_grams,
    total_embodied_co2e_grams: figures.embodied_co2e_grams,
    total_embodied_low_grams: figures.embodied_low_grams,
    total_embodied_high_grams: figures.embodied_high_grams,
    total_co2e_all_scopes: figures.co2e_grams + figures.embodied_co2e_grams,
    total_co2e_all_scopes_low: figures.co2e_low_grams + figures.embodied_low_grams,
    total_co2e_all_scopes_high: figures.co2e_high_grams + figures.embodied_high_grams,
    total_energy_joules: figures.energy_joules,
    total_facility_energy_joules: figures.facility_energy_joules,
    total_facility_energy_low_joules: figures.facility_energy_low_joules,
    total_facility_energy_high_joules: figures.facility_energy_high_joules,
    total_cost: figures.total_cost,
    total_cost_low: figures.cost_low,
    total_cost_high: figures.cost_high,
    total_pods: figures.pod_count,
    unallocated_co2e_grams: spare.co2e_grams + spare.embodied_co2e_grams,
    energy_parts: sumParts(rows),
    quality: rows.length === 0 ? { measured: 0, modelled: 0, default: 0 } : QUALITY,
    mean_grid_intensity: rows.length === 0 ? null : 250,
    mean_pue: rows.length === 0 ? null : 1.2,
  };
}

function summary(input: Range & Filter): Summary {
  const [from, to] = boundsOf(input);
  const length = to - from;
  const before = { start: iso(from - length), end: iso(from) };
  const collected = Math.max(0, to - Math.max(from, FIRST_MS)) - uncovered(from, to);
  return {
    ...totalsOf(rowsFor(input)),
    currency: 'EUR',
    period: { start: iso(from), end: iso(to) },
    coverage: collected / length,
    covered_seconds: collected / 1000,
    expected_seconds: length / 1000,
    previous: { ...totalsOf(rowsFor({ ...input, ...before, last: undefined })), period: before, coverage: 1 },
  };
}

const STEPS: Readonly<Record<string, number>> = { '5m': 1, hour: 1, '2h': 2, '6h': 6, day: 24, week: 168 };

function timeseries(input: z.input<typeof TimeseriesInput>): Timeseries {
  const [from, to] = boundsOf(input);
  const step = (STEPS[input.granularity ?? 'day'] ?? 1) * HOUR_MS;
  const buckets = Array.from({ length: Math.ceil((to - from) / step) }, (_, index) => from + index * step);
  const byBucket = new Map<number, SampleRow[]>();
  for (const row of rowsFor(input)) {
    const at = from + Math.floor((row.atMs - from) / step) * step;
    const members = byBucket.get(at);
    if (members === undefined) byBucket.set(at, [row]);
    else members.push(row);
  }
  const by = input.group_by;
  return {
    timeseries: buckets.flatMap((at) => {
      const own = byBucket.get(at) ?? [];
      const point = (members: readonly SampleRow[]) => ({
        ...sumFigures(members),
        parts: sumParts(members),
        quality: QUALITY,
        timestamp: iso(at),
      });
      if (by === undefined) return [point(own)];
      return [...grouped(own, by)]
        .map(([id, members]) => [wireKey(id, input), members] as const)
        .map(([group, members]) => ({
          ...point(members),
          group,
          group_label: by === 'workload' ? (group.split('/').at(-1) ?? group) : group,
        }));
    }),
    buckets: buckets.map((at) => ({
      timestamp: iso(at),
      end: iso(at + step),
      covered_seconds: (step - uncovered(at, at + step)) / 1000,
      expected_seconds: step / 1000,
    })),
    period: { start: iso(from), end: iso(to) },
    granularity: input.granularity ?? 'day',
    tz: 'UTC',
    currency: 'EUR',
    approximated_by_hours: false,
  };
}

function itemOf(
  key: string,
  rows: readonly SampleRow[],
  by: string,
  before: readonly SampleRow[] | null,
): BreakdownItem {
  const [first] = rows;
  const [ownerKind = null, ownerName = null] = first?.workload?.split('/') ?? [];
  const isMachine = by === 'node';
  return {
    ...sumFigures(rows),
    key,
    label: by === 'workload' ? (ownerName ?? key) : by === 'pod' ? (first?.pod ?? key) : key,
    cluster_id: 'c1',
    namespace: isMachine ? null : (first?.namespace ?? null),
    owner_kind: by === 'namespace' || isMachine ? null : ownerKind,
    owner_name: by === 'namespace' || isMachine ? null : ownerName,
    node: by === 'node' || by === 'pod' ? (first?.node ?? null) : null,
    row_kind: isMachine ? 'pod' : (first?.kind ?? 'pod'),
    parts: sumParts(rows),
    quality: QUALITY,
    usage: usageOf(rows),
    previous: before === null ? null : sumFigures(before),
  };
}

function breakdown(input: z.input<typeof BreakdownInput>): Breakdown {
  const by = input.by ?? 'namespace';
  const [from, to] = boundsOf(input);
  const before =
    input.compare === true
      ? grouped(rowsFor({ ...input, last: undefined, start: iso(2 * from - to), end: iso(from) }), by)
      : null;
  const wanted = input.search?.toLowerCase() ?? '';
  const rows = rowsFor(input).filter((row) => keyOf(row, by).toLowerCase().includes(wanted));
  const items = [...grouped(rows, by)]
    .map(([id, members]) => itemOf(wireKey(id, input), members, by, before?.get(id) ?? null))
    .sort((a, b) => (input.sort === 'name' ? a.key.localeCompare(b.key) : b.co2e_grams - a.co2e_grams));
  if (input.order === 'asc' && input.sort !== 'name') items.reverse();
  if (input.order === 'desc' && input.sort === 'name') items.reverse();
  const offset = Number(input.offset ?? 0);
  const all = sumFigures(rows);
  return {
    by,
    items: items.slice(offset, offset + Number(input.limit ?? 100)),
    total: {
      ...all,
      parts: sumParts(rows),
      quality: QUALITY,
      usage: usageOf(rows),
      previous: before === null ? null : sumFigures([...before.values()].flat()),
    },
    total_items: items.length,
    total_is_lower_bound: false,
    next_cursor: null,
    period: { start: iso(from), end: iso(to) },
    currency: 'EUR',
  };
}

function nodeDetail(input: Range & { node: string }): NodeDetail {
  const [from, to] = boundsOf(input);
  const node = NODE_ITEMS.find((item) => item.name === input.node) ?? NODE_ITEMS[0]!;
  return {
    node,
    period: { start: iso(from), end: iso(to) },
    curve: {
      id: `model for ${node.instance_type}`,
      source: 'bundled table',
      points: [
        { utilisation: 0, watts: 17.6, low_watts: 14.8, high_watts: 21.9 },
        { utilisation: 0.1, watts: 26.6, low_watts: 22.8, high_watts: 31.2 },
        { utilisation: 0.5, watts: 50.4, low_watts: 45.2, high_watts: 56.3 },
        { utilisation: 1, watts: 72.8, low_watts: 66.9, high_watts: 79.8 },
      ],
    },
    windows: Array.from({ length: 70 }, (_, index) => {
      const utilisation = 0.16 + 0.3 * Math.abs(Math.sin(index * 1.7)) * Math.abs(Math.cos(index * 0.6));
      return {
        timestamp: iso(from + index * 2 * HOUR_MS),
        duration_seconds: 3600,
        utilisation,
        watts: 25 + utilisation * 52 + 3 * Math.sin(index * 2.3),
      };
    }),
    reserved_cpu_share: 0.74,
    cpu_utilisation: 0.31,
    cpu_source: 'node_cpu_seconds_total',
  };
}

/** Answers of the operations that the pages of figures use; each is the sum of the same rows. */
export const sample: FakeOperations = {
  clusters: { list: async () => ({ clusters: [sampleCluster] }) },
  metrics: {
    summary: async (input) => summary(input ?? {}),
    timeseries: async (input) => timeseries(input ?? {}),
    breakdown: async (input) => breakdown(input ?? {}),
  },
  nodes: {
    list: async (input) => {
      const [from, to] = boundsOf(input ?? {});
      return { nodes: [...NODE_ITEMS], period: { start: iso(from), end: iso(to) } };
    },
    detail: async (input) => nodeDetail(input),
  },
};
