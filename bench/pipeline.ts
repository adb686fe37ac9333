// Seconds and peak memory of the pipeline per window: 5,000 pods on 100 nodes, sources that answer at once, a real
// SQLite store and the bundled tables. Goals: 0.5 s a window, 300 MB.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { collect } from '../src/backend/pipeline/collect.ts';
import { createTableCoefficients, loadCoefficientTables } from '../src/collectors/tables/index.ts';
import type { ClusterConnection } from '../src/core/ports/cluster-source.ts';
import type { Inventory, NodeDescription, PodDescription } from '../src/model/inventory.ts';
import type { Window } from '../src/model/time.ts';
import type { PodUsage, UsageReading } from '../src/model/usage.ts';
import { keepHeapSmall } from '../src/server/small-heap.ts';
import { openSqliteResults } from '../src/storage/sqlite/index.ts';

// As every host does.
keepHeapSmall();

const NODES = 100;
const PODS = 5000;
const WINDOWS = 12;
const GOAL_SECONDS = 0.5;
const GOAL_BYTES = 300e6;
const GIB = 1_073_741_824;
const START = Date.UTC(2026, 2, 10) / 1000;

const nodes: NodeDescription[] = Array.from({ length: NODES }, (_, index) => ({
  name: `ip-10-0-${index}-1.eu-west-3.compute.internal`,
  uid: null,
  providerId: `aws:///eu-west-3a/i-${index}`,
  provider: 'aws',
  region: 'eu-west-3',
  zone: 'eu-west-3a',
  instanceType: index % 2 === 0 ? 'm5.4xlarge' : 'm6g.4xlarge',
  architecture: 'amd64',
  os: 'linux',
  cpuCapacityMillicores: 16_000,
  memoryCapacityBytes: 64 * GIB,
  cpuAllocatableMillicores: 15_800,
  memoryAllocatableBytes: 62 * GIB,
  gpuCount: 0,
  ready: true,
  createdAtSeconds: 0,
  addresses: [],
  labels: {},
}));

const pods: PodDescription[] = Array.from({ length: PODS }, (_, index) => ({
  namespace: `team-${index % 40}`,
  name: `service-${index % 700}-7d9f8b6c5-${index.toString(36).padStart(5, 'x')}`,
  uid: `00000000-0000-4000-8000-${index.toString().padStart(12, '0')}`,
  node: nodes[index % NODES]?.name ?? null,
  owner: { kind: 'Deployment', name: `service-${index % 700}` },
  phase: 'Running',
  requests: { cpuMillicores: 200, memoryBytes: GIB / 2 },
  team: `team-${index % 12}`,
  createdAtSeconds: 0,
  startedAtSeconds: 0,
  finishedAtSeconds: null,
}));

const inventory: Inventory = { readAtSeconds: START, nodes, pods, namespaces: [], services: [], notices: [] };

function reading(window: Window): UsageReading {
  const { durationSeconds } = window;
  return {
    window,
    coveredSeconds: durationSeconds,
    nodes: nodes.map(({ name }) => ({
      node: name,
      cpuSeconds: 6 * durationSeconds,
      cpuSource: 'node-exporter',
      coveredSeconds: durationSeconds,
      described: null,
    })),
    pods: pods.map((pod, index) => usage(pod, 0.05 + (index % 17) / 200, durationSeconds)),
    notices: [],
  };
}

function usage(pod: PodDescription, cores: number, durationSeconds: number): PodUsage {
  return {
    namespace: pod.namespace,
    name: pod.name,
    node: pod.node,
    uid: pod.uid,
    cpuSeconds: cores * durationSeconds,
    usageSource: 'cadvisor',
    memoryBytes: 3e8,
    networkReceiveBytes: 1e6,
    networkTransmitBytes: 2e6,
    diskReadBytes: 0,
    diskWriteBytes: 4096,
    ephemeralStorageBytes: 1e6,
    restartCount: 0,
    aliveSeconds: durationSeconds,
    requests: pod.requests,
    owner: pod.owner,
    phase: 'Running',
  };
}

const connection: ClusterConnection = {
  contextName: 'bench',
  identify: async () => ({
    id: 'bench',
    idSource: 'kube-system',
    name: 'bench',
    serverUrl: 'https://bench',
    serverVersion: null,
  }),
  readInventory: async () => inventory,
  readUsage: async function* (windows) {
    for (const window of windows) yield reading(window);
  },
  readCosts: async () => null,
  check: async function* () {},
  oldestUsageSeconds: async () => null,
  close: async () => {},
};

const folder = await mkdtemp(join(tmpdir(), 'podwatt-bench-'));
const store = await openSqliteResults({ file: join(folder, 'bench.sqlite') });
try {
  const coefficients = createTableCoefficients(
    await loadCoefficientTables(resolve(import.meta.dirname, '../resources/data')),
    {
      pue: null,
      zone: null,
      defaultIntensityGramsPerKwh: null,
      prices: null,
      contract: null,
      factorType: 'lifecycle',
      zoneRules: [],
    },
  );
  const idleBytes = process.memoryUsage.rss();
  let peakBytes = idleBytes;
  const closedAt: number[] = [];
  const observer = {
    planned: () => undefined,
    added: () => undefined,
    closed: () => {
      closedAt.push(performance.now());
      peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
    },
  };
  const cluster = { id: 'bench', connection, inventory, coefficients, beganAtSeconds: START, epoch: 1 };
  const range = { startSeconds: START, endSeconds: START + WINDOWS * 300 };
  const began = performance.now();
  const request = { range, step: 'live', signal: new AbortController().signal, observer } as const;
  const clock = { nowSeconds: () => range.endSeconds + 90 };
  const outcome = await collect(cluster, request, { store, clock });
  const seconds = (performance.now() - began) / 1000 / outcome.whole;
  const gaps = closedAt.map((at, index) => (at - (closedAt[index - 1] ?? began)) / 1000);
  console.log(`pipeline: ${PODS} pods on ${NODES} nodes, ${outcome.whole} windows, ${outcome.rows} rows`);
  console.log(
    `  ${seconds.toFixed(3)} s a window (slowest ${Math.max(...gaps).toFixed(3)} s); ${(seconds / GOAL_SECONDS).toFixed(2)} of the goal of ${GOAL_SECONDS} s`,
  );
  console.log(
    `  peak ${(peakBytes / 1e6).toFixed(0)} MB, ${((peakBytes - idleBytes) / 1e6).toFixed(0)} MB above idle; ${(peakBytes / GOAL_BYTES).toFixed(2)} of the goal of 300 MB`,
  );
} finally {
  await store.close();
  await rm(folder, { recursive: true });
}
