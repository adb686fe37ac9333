import { PROVIDERS } from '../../model/cluster.ts';
import type { NodeSnapshot, WindowResult } from '../../model/results.ts';
import type { EpochSeconds } from '../../model/time.ts';
import type { GreenKubeNode } from '../ports/greenkube-source.ts';
import { MILLICORES_PER_CORE } from '../units.ts';
import type { GatheredWindow } from './gather-windows.ts';
import { resultRowOf, zoneOf } from './result-row.ts';

/** From this share of covered time on a window is whole, as for windows of Podwatt's own. */
const WHOLE_SHARE = 0.98;

interface WindowContext {
  readonly clusterId: string;
  /** Each node as it was last seen before the end of the window. */
  readonly nodes: ReadonlyMap<string, GreenKubeNode>;
  readonly nowSeconds: EpochSeconds;
}

/** What is written for a window. Without facts of nodes by window, which GreenKube does not keep. */
export function windowResultOf(gathered: GatheredWindow, context: WindowContext): WindowResult {
  const { window, pods } = gathered;
  const { clusterId, nodes, nowSeconds } = context;
  const windowSeconds = window.durationSeconds;
  const longest = pods.reduce((most, { seconds }) => Math.max(most, seconds), 0);
  const coveredSeconds = Math.min(windowSeconds, longest);
  const isWhole = coveredSeconds >= WHOLE_SHARE * windowSeconds;
  const rows = pods.map((pod) => {
    const provider = providerOf(nodes.get(pod.latest.node ?? '')?.cloudProvider ?? null);
    return resultRowOf(pod, { clusterId, provider, windowSeconds });
  });
  const seen = new Map(pods.map(({ latest }) => [latest.node, latest.emapsZone]));
  return {
    entry: {
      clusterId,
      window,
      state: isWhole ? 'whole' : 'partial',
      coveredSeconds,
      reason: isWhole ? null : `GreenKube has ${Math.round(coveredSeconds)} of ${windowSeconds} seconds`,
      notices: [],
      rowCount: rows.length,
      closedAtSeconds: nowSeconds,
    },
    rows,
    nodeWindows: [],
    nodeSnapshots: [...seen].flatMap(([name, zone]) => {
      const node = name === null ? undefined : nodes.get(name);
      return node === undefined ? [] : [snapshotOf(node, zone, clusterId, window.startSeconds)];
    }),
  };
}

function snapshotOf(
  node: GreenKubeNode,
  emapsZone: string | null,
  clusterId: string,
  snapshotAtSeconds: EpochSeconds,
): NodeSnapshot {
  return {
    clusterId,
    snapshotAtSeconds,
    name: node.name,
    instanceType: node.instanceType,
    provider: providerOf(node.cloudProvider),
    region: node.region,
    zone: node.zone,
    emapsZone: zoneOf(emapsZone),
    cpuCapacityMillicores: node.cpuCapacityCores * MILLICORES_PER_CORE,
    memoryCapacityBytes: node.memoryCapacityBytes,
    architecture: node.architecture,
    os: null,
    embodiedKilograms: node.embodiedKilograms ?? 0,
  };
}

/** A provider that Podwatt does not know is unknown. */
function providerOf(cloudProvider: string | null): string {
  const name = (cloudProvider ?? '').toLowerCase().replaceAll(/[-_]/g, '');
  return PROVIDERS.find((provider) => provider === name) ?? 'unknown';
}
