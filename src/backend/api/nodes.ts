import type * as z from 'zod';
import type { NodeDetail, NodeDetailInput, NodeItem, Nodes, NodesInput } from '../../contract/schemas/nodes.ts';
import type { StoredNodeWindow } from '../../core/ports/results-store.ts';
import { Failure } from '../../model/failure.ts';
import type { NodeSnapshot } from '../../model/results.ts';
import { toIso, toPeriod } from '../ranges/instants.ts';
import { coverageOf } from './coverage.ts';
import type { ApiDeps } from './deps.ts';
import { scopeOf } from './scope.ts';

const MOST_WINDOWS = 500;
const CURVE_UTILISATIONS = [0, 0.1, 0.5, 1] as const;

export async function nodes(input: z.infer<typeof NodesInput>, deps: ApiDeps): Promise<z.infer<typeof Nodes>> {
  const { filter, range } = await scopeOf(input, '24h', deps);
  const snapshots = await deps.store.nodes(filter.clusterIds, range);
  return { nodes: snapshots.map(nodeItem), period: toPeriod(range) };
}

/** One node: its power curve, the windows that lie on it, and how much of it is reserved and used. */
export async function nodeDetail(
  input: z.infer<typeof NodeDetailInput>,
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): Promise<NodeDetail> {
  const { filter, range, clusters } = await scopeOf(input, '24h', deps);
  const snapshots = await deps.store.nodes(filter.clusterIds, range);
  const node = snapshots.find((snapshot) => snapshot.name === input.node);
  if (node === undefined) {
    throw new Failure('not-found', `Node "${input.node}" has no results in this range`, {
      hint: 'Choose a longer range.',
    });
  }
  const query = { clusterId: input.cluster, node: input.node, range, limit: MOST_WINDOWS };
  const [windows, totals, [coverage]] = await Promise.all([
    deps.store.nodeWindows(query),
    deps.store.totals(filter, range, signal),
    coverageOf(clusters, [range], deps, signal),
  ]);
  const newest = windows.at(-1);
  const allocatable = newest?.cpuAllocatableMillicores ?? 0;
  const covered = coverage?.coveredSeconds ?? 0;
  const known = allocatable > 0 && covered > 0;
  return {
    node: nodeItem(node),
    period: toPeriod(range),
    curve: newest === undefined ? null : curveOf(newest),
    windows: windows.map((window) => ({
      timestamp: toIso(window.startSeconds),
      duration_seconds: window.durationSeconds,
      utilisation: window.utilisation,
      watts: window.existedSeconds > 0 ? window.joulesTotal / window.existedSeconds : 0,
    })),
    reserved_cpu_share: known ? totals.cpuRequestMillicoreSeconds / (allocatable * covered) : null,
    cpu_utilisation: meanUtilisation(windows),
    cpu_source: newest?.cpuSource ?? null,
  };
}

function nodeItem(node: NodeSnapshot): z.infer<typeof NodeItem> {
  return {
    cluster_id: node.clusterId,
    name: node.name,
    instance_type: node.instanceType,
    cloud_provider: node.provider,
    region: node.region,
    zone: node.zone,
    emaps_zone: node.emapsZone,
    cpu_capacity: node.cpuCapacityMillicores,
    memory_capacity: node.memoryCapacityBytes,
    architecture: node.architecture,
    os: node.os,
    embodied_kilograms: node.embodiedKilograms,
    since: toIso(node.snapshotAtSeconds),
  };
}

function curveOf(window: StoredNodeWindow): NonNullable<NodeDetail['curve']> {
  return {
    id: window.curveId,
    source: window.sources.power,
    points: CURVE_UTILISATIONS.map((utilisation, index) => {
      const watts = window.curveWatts[index] ?? 0;
      const { curveLowFactor: low, curveHighFactor: high } = window;
      return { utilisation, watts, low_watts: watts * low, high_watts: watts * high };
    }),
  };
}

/** Weighted by the time that the node existed in each window. */
function meanUtilisation(windows: readonly StoredNodeWindow[]): number | null {
  const seconds = windows.reduce((sum, window) => sum + window.existedSeconds, 0);
  if (seconds === 0) return null;
  return windows.reduce((sum, window) => sum + window.utilisation * window.existedSeconds, 0) / seconds;
}
