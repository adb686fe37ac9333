import type { MetricLevel, ResourceMetric } from '../../model/kubernetes/objects.ts';
import type { ResultRow, WindowResult } from '../../model/results.ts';

/** Where a pod's figures count besides itself. */
export interface MeteredPod {
  readonly podId: string;
  readonly namespaceId: string;
  readonly workloadId: string | null;
  readonly oomKills: number;
}

export interface MetricNames {
  readonly clusterId: string;
  pod(namespace: string, name: string): MeteredPod | null;
  namespaceId(name: string): string | null;
  nodeId(name: string): string | null;
}

interface Sums {
  cpuCores: number;
  memoryBytes: number;
  receiveBytes: number;
  transmitBytes: number;
  storageBytes: number;
  restarts: number;
  oomKills: number;
}

interface Line {
  readonly level: MetricLevel;
  readonly ids: Pick<ResourceMetric, 'objectId' | 'namespaceId' | 'workloadId' | 'podId' | 'nodeId'>;
  readonly sums: Sums;
}

/**
 * What each object used in a window, at five levels, from the rows that the window became. Pods and nodes that are not
 * known count in the cluster (and their namespace) alone. CPU of nodes and of the cluster is that of the whole machines.
 */
export function resourceMetrics(result: WindowResult, names: MetricNames): readonly ResourceMetric[] {
  const { window } = result.entry;
  const lines = new Map<string, Line>();
  const cluster = lineAt(lines, 'cluster', names.clusterId, {});
  for (const row of result.rows) {
    if (row.rowKind === 'volume') cluster.storageBytes += row.storageUsageBytes ?? 0;
    if (row.rowKind === 'pod') addPod(lines, cluster, row, names);
  }
  for (const { node, cpuSeconds } of result.nodeWindows) {
    const cores = (cpuSeconds ?? 0) / window.durationSeconds;
    cluster.cpuCores += cores;
    const nodeId = names.nodeId(node);
    if (nodeId !== null) lineAt(lines, 'node', nodeId, { nodeId }).cpuCores += cores;
  }
  return [...lines.values()].map(({ level, ids, sums }) => ({
    clusterId: names.clusterId,
    level,
    ...ids,
    cpuUsageCores: sums.cpuCores,
    memoryUsageBytes: Math.round(sums.memoryBytes),
    networkReceiveBytes: Math.round(sums.receiveBytes),
    networkTransmitBytes: Math.round(sums.transmitBytes),
    storageUsageBytes: Math.round(sums.storageBytes),
    restarts: Math.round(sums.restarts),
    oomKills: sums.oomKills,
    collectedAtSeconds: window.startSeconds,
  }));
}

function addPod(lines: Map<string, Line>, cluster: Sums, row: ResultRow, names: MetricNames): void {
  const cores = row.cpuUsageMillicores / 1000;
  add(cluster, row, 0);
  const nodeId = names.nodeId(row.node);
  if (nodeId !== null) add(lineAt(lines, 'node', nodeId, { nodeId }), row, 0);
  const namespaceId = names.namespaceId(row.namespace);
  if (namespaceId !== null) add(lineAt(lines, 'namespace', namespaceId, { namespaceId }), row, cores);
  const pod = names.pod(row.namespace, row.podName);
  if (pod === null) return;
  const { podId, workloadId, oomKills } = pod;
  const of = { namespaceId: pod.namespaceId, workloadId };
  // A pod that moved has a row on each node; its kills count once.
  const isFirst = !lines.has(`pod ${podId}`);
  const kills = isFirst ? oomKills : 0;
  const own = lineAt(lines, 'pod', podId, { ...of, podId, nodeId });
  add(own, row, cores);
  own.oomKills += kills;
  cluster.oomKills += kills;
  if (nodeId !== null) lineAt(lines, 'node', nodeId, { nodeId }).oomKills += kills;
  if (namespaceId !== null) lineAt(lines, 'namespace', namespaceId, { namespaceId }).oomKills += kills;
  if (workloadId === null) return;
  const workload = lineAt(lines, 'deployment', workloadId, of);
  add(workload, row, cores);
  workload.oomKills += kills;
}

function add(sums: Sums, row: ResultRow, cpuCores: number): void {
  sums.cpuCores += cpuCores;
  sums.memoryBytes += row.memoryUsageBytes;
  sums.receiveBytes += row.networkReceiveBytes;
  sums.transmitBytes += row.networkTransmitBytes;
  sums.storageBytes += row.ephemeralStorageUsageBytes;
  sums.restarts += row.restartCount;
}

function lineAt(
  lines: Map<string, Line>,
  level: MetricLevel,
  objectId: string,
  ids: Partial<Omit<Line['ids'], 'objectId'>>,
): Sums {
  const key = `${level} ${objectId}`;
  const known = lines.get(key);
  if (known !== undefined) return known.sums;
  const sums: Sums = {
    cpuCores: 0,
    memoryBytes: 0,
    receiveBytes: 0,
    transmitBytes: 0,
    storageBytes: 0,
    restarts: 0,
    oomKills: 0,
  };
  const nothing = { namespaceId: null, workloadId: null, podId: null, nodeId: null };
  lines.set(key, { level, ids: { ...nothing, ...ids, objectId }, sums });
  return sums;
}
