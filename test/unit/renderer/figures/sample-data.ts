import type { ClusterItem } from '../../../../src/contract/schemas/contexts.ts';
import type { EnergyParts, Figures, UsageFigures } from '../../../../src/contract/schemas/figures.ts';
import type { NodeItem } from '../../../../src/contract/schemas/nodes.ts';

/** A week of a small cluster, hour by hour, by plain arithmetic: all answers of the sample client add up from it. */

export const HOUR_MS = 3_600_000;
export const NOW_MS = Date.UTC(2026, 10, 19, 13);
export const FIRST_MS = NOW_MS - 168 * HOUR_MS;
/** Hours that were not collected. */
export const GAP = { from: NOW_MS - 95 * HOUR_MS, to: NOW_MS - 90 * HOUR_MS };

export interface SampleRow {
  readonly atMs: number;
  readonly namespace: string;
  readonly workload: string | null;
  readonly pod: string;
  readonly node: string;
  readonly kind: 'pod' | 'system' | 'unallocated';
  readonly parts: EnergyParts;
}

const WORKLOADS: readonly (readonly [string, string, number, number])[] = [
  ['ml-inference', 'Deployment/reranker', 44, 2],
  ['ml-inference', 'Deployment/embedder', 36, 2],
  ['search', 'StatefulSet/opensearch-data', 42, 3],
  ['search', 'Deployment/query-api', 23, 3],
  ['search', 'Deployment/indexer', 16, 1],
  ['data-pipeline', 'CronJob/spark-nightly-rollup', 46, 2],
  ['data-pipeline', 'StatefulSet/kafka-broker', 27, 3],
  ['payments', 'Deployment/ledger-api', 22, 2],
  ['payments', 'StatefulSet/postgres-ha', 19, 2],
  ['observability', 'StatefulSet/prometheus', 26, 1],
  ['checkout', 'Deployment/cart-api', 17, 2],
  ['catalog', 'Deployment/catalog-api', 14, 2],
  ['kube-system', 'DaemonSet/kube-proxy', 9, 3],
];
export const NODES: readonly (readonly [string, string, string])[] = [
  ['ip-10-0-12-84', 'm6i.2xlarge', 'eu-west-1a'],
  ['ip-10-0-31-17', 'm6i.2xlarge', 'eu-west-1b'],
  ['ip-10-0-57-9', 'm6i.2xlarge', 'eu-west-1c'],
  ['hyb-dub-01', 'Xeon D, hybrid', 'dub-1'],
  ['hyb-dub-02', 'Xeon D, hybrid', 'dub-1'],
  ['ip-10-0-57-140', 'm7g.xlarge', 'eu-west-1c'],
];

const daily = (hour: number): number => 0.75 + 0.35 * Math.max(0, Math.sin(((hour - 6.5) / 15) * Math.PI));

function wave(namespace: string, atMs: number): number {
  const hour = new Date(atMs).getUTCHours();
  if (namespace === 'data-pipeline') return hour >= 1 && hour < 5 ? 2.6 : 0.5;
  return namespace === 'observability' ? 1 : daily(hour);
}

const hours = new Map<number, readonly SampleRow[]>();

/** Rows of the hours that start in the range; none for hours that were not collected. */
export function sampleRows(fromMs: number, toMs: number): SampleRow[] {
  const rows: SampleRow[] = [];
  for (let atMs = fromMs; atMs < toMs; atMs += HOUR_MS) {
    if (atMs >= GAP.from && atMs < GAP.to) continue;
    const known = hours.get(atMs) ?? rowsOfHour(atMs);
    hours.set(atMs, known);
    rows.push(...known);
  }
  return rows;
}

function rowsOfHour(atMs: number): SampleRow[] {
  const rows: SampleRow[] = [];
  // The week before used a tenth more.
  const scale = atMs < FIRST_MS ? 1.1 : 1;
  let pods = 0;
  for (const [namespace, workload, watts, count] of WORKLOADS) {
    for (let index = 0; index < count; index += 1) {
      const node = NODES[pods % NODES.length]?.[0] ?? 'n';
      pods += 1;
      const joules = ((watts * wave(namespace, atMs) * scale) / count) * 3600;
      const parts = {
        dynamic_joules: joules * 0.4,
        idle_joules: joules * 0.6,
        system_joules: 0,
        unallocated_joules: 0,
      };
      rows.push({ atMs, namespace, workload, pod: `${workload.split('/')[1]}-${index}`, node, kind: 'pod', parts });
    }
  }
  for (const [index, [node]] of NODES.entries()) {
    const system = { dynamic_joules: 0, idle_joules: 0, system_joules: 6 * 3600, unallocated_joules: 0 };
    const spare = { dynamic_joules: 0, idle_joules: 0, system_joules: 0, unallocated_joules: (8 + index * 2) * 3600 };
    rows.push({
      atMs,
      namespace: '__system__',
      workload: null,
      pod: `node/${node}`,
      node,
      kind: 'system',
      parts: system,
    });
    rows.push({
      atMs,
      namespace: '__unallocated__',
      workload: null,
      pod: `node/${node}`,
      node,
      kind: 'unallocated',
      parts: spare,
    });
  }
  return rows;
}

const PUE = 1.2;
const GRAMS_PER_JOULE = (250 / 3.6e6) * PUE;

export function sumParts(rows: readonly SampleRow[]): EnergyParts {
  const sum = (key: keyof EnergyParts): number => rows.reduce((total, row) => total + row.parts[key], 0);
  return {
    dynamic_joules: sum('dynamic_joules'),
    idle_joules: sum('idle_joules'),
    system_joules: sum('system_joules'),
    unallocated_joules: sum('unallocated_joules'),
  };
}

export function sumFigures(rows: readonly SampleRow[]): Figures {
  const parts = sumParts(rows);
  const joules = parts.dynamic_joules + parts.idle_joules + parts.system_joules + parts.unallocated_joules;
  const band = (value: number) => [value * 0.84, value, value * 1.2] as const;
  const [itLow, it, itHigh] = band(joules);
  const [low, grams, high] = band(joules * GRAMS_PER_JOULE);
  const [eLow, embodied, eHigh] = band(joules * GRAMS_PER_JOULE * 0.15);
  const [costLow, cost, costHigh] = band(joules * 2.4e-6);
  return {
    co2e_grams: grams,
    co2e_low_grams: low,
    co2e_high_grams: high,
    embodied_co2e_grams: embodied,
    embodied_low_grams: eLow,
    embodied_high_grams: eHigh,
    energy_joules: it,
    energy_low_joules: itLow,
    energy_high_joules: itHigh,
    facility_energy_joules: it * PUE,
    facility_energy_low_joules: itLow * PUE,
    facility_energy_high_joules: itHigh * PUE,
    total_cost: cost,
    cost_low: costLow,
    cost_high: costHigh,
    pod_count: new Set(rows.filter((row) => row.kind === 'pod').map((row) => `${row.namespace}/${row.pod}`)).size,
  };
}

export function usageOf(rows: readonly SampleRow[]): UsageFigures {
  const pods = new Set(rows.filter((row) => row.kind === 'pod').map((row) => row.pod)).size;
  return {
    cpu_request_millicores: pods * 1500,
    cpu_usage_millicores: pods * 480,
    memory_request_bytes: pods * 2 ** 31,
    memory_usage_bytes: pods * 2 ** 30,
  };
}

export const QUALITY = { measured: 0.31, modelled: 0.68, default: 0.01 };

export const NODE_ITEMS: readonly NodeItem[] = NODES.map(([name, type, zone]) => ({
  cluster_id: 'c1',
  name,
  instance_type: type,
  cloud_provider: 'aws',
  region: 'eu-west-1',
  zone,
  emaps_zone: 'IE',
  cpu_capacity: 8000,
  memory_capacity: 32 * 2 ** 30,
  architecture: 'amd64',
  os: 'linux',
  embodied_kilograms: 1200,
  since: new Date(NOW_MS - 41 * 24 * HOUR_MS).toISOString(),
}));

export const sampleCluster: ClusterItem = {
  id: 'c1',
  name: 'prod-eu-west-1',
  context_name: 'prod-eu-west-1',
  server_url: 'https://prod.example.com:6443',
  server_version: 'v1.33.2',
  provider: 'aws',
  region: 'eu-west-1',
  currency: 'EUR',
  is_sample: false,
  node_count: NODE_ITEMS.length,
  pod_count: 28,
  collecting: true,
  state: 'collecting',
  last_window_end: new Date(NOW_MS).toISOString(),
  next_run_at: null,
  last_error: null,
  sources: [],
};
