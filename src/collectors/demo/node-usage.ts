import { type Window, windowEndSeconds } from '../../model/time.ts';
import type { NodeUsage } from '../../model/usage.ts';
import { meterOf } from './meter.ts';
import type { DemoNode } from './nodes.ts';
import { CELL_SECONDS } from './pod-usage.ts';
import { hashOf, noiseOf } from './seeded.ts';

const SYSTEM_CORES = 0.05;
const SYSTEM_SHARE_OF_CORES = 0.012;
const SYSTEM_SHARE_OF_PODS = 0.05;

/** CPU of a node: its pods, and what kubelet, kernel and container runtime use; null before it joined. */
export function nodeUsageOf(
  node: DemoNode,
  podCpuSeconds: number,
  window: Window,
  coveredSeconds: number,
): NodeUsage | null {
  const { name, createdAtSeconds, cpuCapacityMillicores } = node.description;
  const start = Math.max(window.startSeconds, createdAtSeconds ?? 0);
  const end = windowEndSeconds(window);
  if (end <= start) return null;
  const seed = hashOf(`system/${name}`);
  const idleCores = SYSTEM_CORES + SYSTEM_SHARE_OF_CORES * (cpuCapacityMillicores / 1000);
  let systemSeconds = podCpuSeconds * SYSTEM_SHARE_OF_PODS;
  for (let cell = Math.floor(start / CELL_SECONDS); cell * CELL_SECONDS < end; cell += 1) {
    const seconds = Math.min(end, (cell + 1) * CELL_SECONDS) - Math.max(start, cell * CELL_SECONDS);
    systemSeconds += idleCores * (0.8 + 0.4 * noiseOf(seed, cell)) * seconds;
  }
  const cpuSeconds = podCpuSeconds + systemSeconds;
  const meter = meterOf(node, cpuSeconds, end - start);
  return {
    node: name,
    cpuSeconds,
    cpuSource: node.isByKubelet ? 'kubelet' : 'node-exporter',
    coveredSeconds: Math.min(coveredSeconds, end - start),
    described: null,
    ...(meter === null ? {} : { meter }),
  };
}
