import { type Window, windowEndSeconds } from '../../model/time.ts';
import type { NodeUsage, PodUsage, UsageReading } from '../../model/usage.ts';
import { coveredSeconds } from './gaps.ts';
import { LOCAL_OFFSET_SECONDS, livesIn, type PodLife } from './lifetimes.ts';
import { jitter, noise } from './noise.ts';
import type { Placement } from './placement.ts';
import type { DemoNode } from './pools.ts';
import type { DemoTables, Profiles, Workload } from './tables.ts';

const HOURS_PER_WEEK = 168;
/** The epoch was a Thursday: the profiles' week begins three days earlier. */
const EPOCH_WEEKDAY = 3;
/** CPU that kernel, kubelet and container runtime take: a little of everything, and a little of what pods use. */
const SYSTEM_CORES_PER_NODE = 0.05;
const SYSTEM_CORES_PER_VCPU = 0.006;
const SYSTEM_SHARE_OF_PODS = 0.025;

export interface DemoCluster extends DemoTables {
  readonly nodes: readonly DemoNode[];
  readonly placement: Placement;
}

/** The reading of one window: the same window always gives the same figures. */
export function demoReading(cluster: DemoCluster, window: Window): UsageReading {
  const covered = coveredSeconds(window);
  if (covered === 0) return { window, coveredSeconds: 0, nodes: [], pods: [], notices: [] };
  const range = { startSeconds: window.startSeconds, endSeconds: windowEndSeconds(window) };
  const lives = livesIn(range, cluster.workloads, cluster.nodes, cluster.placement);
  const cpuSecondsByNode = new Array<number>(cluster.nodes.length).fill(0);
  const pods = lives.map((life) => {
    const pod = podUsage(life, window, cluster);
    cpuSecondsByNode[life.nodeIndex] = (cpuSecondsByNode[life.nodeIndex] ?? 0) + (pod.cpuSeconds ?? 0);
    return pod;
  });
  const nodes = cluster.nodes.map(({ description }, index): NodeUsage => {
    const cores = description.cpuCapacityMillicores / 1000;
    const system = (SYSTEM_CORES_PER_NODE + SYSTEM_CORES_PER_VCPU * cores) * jitter(0.2, description.name, window.startSeconds);
    const podSeconds = cpuSecondsByNode[index] ?? 0;
    return {
      node: description.name,
      cpuSeconds: podSeconds * (1 + SYSTEM_SHARE_OF_PODS) + system * window.durationSeconds,
      cpuSource: 'node-exporter',
      coveredSeconds: covered,
      described: null,
    };
  });
  return { window, coveredSeconds: covered, nodes, pods, notices: [] };
}

function podUsage(life: PodLife, window: Window, cluster: DemoCluster): PodUsage {
  const { workload } = life;
  const from = Math.max(life.startSeconds, window.startSeconds);
  const to = Math.min(life.endSeconds, windowEndSeconds(window));
  const aliveSeconds = to - from;
  const middle = (from + to) / 2;
  const position = profilePosition(cluster.profiles, workload.profile, middle);
  const cores = (cpuMillicores(workload, position) / 1000) * jitter(0.12, life.podName, window.startSeconds);
  const cpuSeconds = cores * aliveSeconds;
  const traffic = cpuSeconds * 3e6 * noise(workload.name, 'traffic');
  return {
    namespace: workload.namespace,
    name: life.podName,
    node: cluster.nodes[life.nodeIndex]?.description.name ?? null,
    uid: null,
    cpuSeconds,
    usageSource: 'cadvisor',
    memoryBytes: Math.round(memoryBytes(workload, position) * jitter(0.04, life.podName, window.startSeconds, 'memory')),
    networkReceiveBytes: Math.round(traffic),
    networkTransmitBytes: Math.round(traffic * 1.6),
    diskReadBytes: Math.round(traffic * 0.2),
    diskWriteBytes: Math.round(traffic * 0.3),
    ephemeralStorageBytes: Math.round(2e8 * noise(workload.name, 'disk')),
    restartCount: noise(life.podName, window.startSeconds, 'restart') > 0.9994 ? 1 : 0,
    aliveSeconds,
    requests: { cpuMillicores: workload.cpuRequestMillicores, memoryBytes: workload.memoryRequestBytes },
    owner: life.owner,
    phase: 'Running',
  };
}

/** Position between low and high at an instant, interpolated between the profile's hours. */
function profilePosition(profiles: Profiles, profile: string, seconds: number): number {
  const hours = profiles.get(profile);
  // A batch runs flat out while it lives; its profile only says when that is.
  if (hours === undefined || profile === 'nightly_batch') return 1;
  const localHours = (seconds + LOCAL_OFFSET_SECONDS) / 3600 + EPOCH_WEEKDAY * 24;
  const hour = Math.floor(localHours);
  const share = localHours - hour;
  const at = (index: number): number => hours[((index % HOURS_PER_WEEK) + HOURS_PER_WEEK) % HOURS_PER_WEEK] ?? 0;
  return at(hour) * (1 - share) + at(hour + 1) * share;
}

function cpuMillicores(workload: Workload, position: number): number {
  const base = workload.cpuRequestMillicores > 0 ? workload.cpuRequestMillicores : workload.absoluteCpuMillicores;
  const used = base * (workload.low + (workload.high - workload.low) * position);
  return workload.cpuLimitMillicores > 0 ? Math.min(used, workload.cpuLimitMillicores) : used;
}

function memoryBytes(workload: Workload, position: number): number {
  if (workload.memoryRequestBytes === 0) return workload.absoluteMemoryBytes;
  const share = workload.profile === 'idle' ? 0.08 : 0.25 + 0.5 * noise(workload.name, 'memory');
  return workload.memoryRequestBytes * (share + 0.08 * position);
}
