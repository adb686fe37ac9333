import type { Clock } from '../../core/ports/clock.ts';
import type { ClusterConnection, ContextSource, SourceCheck } from '../../core/ports/cluster-source.ts';
import { Failure } from '../../model/failure.ts';
import { demoInventory } from './inventory.ts';
import { placePods } from './placement.ts';
import { demoNodes } from './pools.ts';
import { loadDemoTables } from './tables.ts';
import { type DemoCluster, demoReading } from './usage.ts';

export const SAMPLE_CONTEXT = 'sample';
const SAMPLE_CLUSTER_ID = '5a3b1e00-0000-4000-8000-706f64776174';
const SAMPLE_NAME = 'sample-shop';
/** The sample cluster has existed since the start of 2025. */
const BORN_SECONDS = Date.UTC(2025, 0, 1) / 1000;

/** A made-up cluster with years of history, read like any other one: for a first look and for demonstrations. */
export function createDemoSource(options: { readonly clock: Clock; readonly dataDir: string }): ContextSource {
  return {
    list: async () => ({
      files: [],
      contexts: [
        {
          name: SAMPLE_CONTEXT,
          file: null,
          clusterName: SAMPLE_NAME,
          serverUrl: null,
          userName: null,
          namespace: null,
          authKind: 'none',
          isCurrent: false,
          isSample: true,
          problem: null,
        },
      ],
    }),
    watch: () => () => undefined,
    connect: async (contextName) => {
      if (contextName !== SAMPLE_CONTEXT) {
        throw new Failure('not-found', `There is no sample context called ${contextName}.`);
      }
      return connection(await loadCluster(options.dataDir), options.clock);
    },
  };
}

async function loadCluster(dataDir: string): Promise<DemoCluster> {
  const tables = await loadDemoTables(dataDir);
  // GPU workloads wait for the release that attributes GPU energy.
  const workloads = tables.workloads.filter((workload) => workload.gpuCount === 0);
  const nodes = demoNodes(BORN_SECONDS);
  return { ...tables, workloads, nodes, placement: placePods(workloads, nodes) };
}

function connection(cluster: DemoCluster, clock: Clock): ClusterConnection {
  return {
    contextName: SAMPLE_CONTEXT,
    identify: async () => ({
      id: SAMPLE_CLUSTER_ID,
      idSource: 'kube-system',
      name: SAMPLE_NAME,
      serverUrl: 'sample:',
      serverVersion: null,
    }),
    readInventory: async (signal) => {
      signal.throwIfAborted();
      return demoInventory(cluster, clock.nowSeconds());
    },
    readUsage: async function* (windows, _inventory, signal) {
      for (const window of windows) {
        signal.throwIfAborted();
        yield demoReading(cluster, window);
      }
    },
    check: async function* () {
      yield* sampleChecks(cluster);
    },
    oldestUsageSeconds: async () => BORN_SECONDS,
    close: async () => undefined,
  };
}

function sampleChecks(cluster: DemoCluster): SourceCheck[] {
  const step = (source: SourceCheck['source'], state: SourceCheck['state'], detail: string): SourceCheck => ({
    source,
    state,
    detail,
    hint: null,
    latencyMilliseconds: null,
    failure: null,
  });
  return [
    step('kubernetes', 'passed', `Sample data: ${cluster.nodes.length} nodes, ${cluster.workloads.length} workloads`),
    step('usage', 'passed', 'Sample data: made-up CPU and memory of every pod'),
  ];
}
