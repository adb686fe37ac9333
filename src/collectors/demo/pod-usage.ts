import { type Window, windowEndSeconds } from '../../model/time.ts';
import type { PodUsage } from '../../model/usage.ts';
import type { DemoPod } from './lifetimes.ts';
import { activeJoulesOf } from './meter.ts';
import { between, noiseOf } from './seeded.ts';
import type { Workload } from './tables.ts';

/** Use is even within five minutes, so that an hour is exactly the sum of its twelve five-minute windows. */
export const CELL_SECONDS = 300;
const CELLS_OF_SLOW_NOISE = 6;
const SINGLE_SAMPLE_SECONDS = 30;
const BYTES_PER_CPU_SECOND = 900_000;

/** Position of a profile between low and high in a five-minute cell. */
export type PositionInCell = (profile: string, cell: number) => number;

/** What a pod used in a window; null if it wasn't there. */
export function usageOf(pod: DemoPod, window: Window, positionIn: PositionInCell): PodUsage | null {
  const start = Math.max(window.startSeconds, pod.startSeconds);
  const end = Math.min(windowEndSeconds(window), pod.endSeconds);
  if (end <= start) return null;
  const { workload } = pod;
  const aliveSeconds = end - start;
  let cpuSeconds = 0;
  let memoryByteSeconds = 0;
  let restartCount = 0;
  for (let cell = Math.floor(start / CELL_SECONDS); cell * CELL_SECONDS < end; cell += 1) {
    const seconds = Math.min(end, (cell + 1) * CELL_SECONDS) - Math.max(start, cell * CELL_SECONDS);
    cpuSeconds += (millicoresIn(pod, cell, positionIn) / 1000) * seconds;
    memoryByteSeconds += memoryIn(pod, cell) * seconds;
    if (seconds === CELL_SECONDS && restartsIn(pod, cell)) restartCount += 1;
  }
  const networkBytes = cpuSeconds * BYTES_PER_CPU_SECOND * between(0.2, 3, noiseOf(pod.seed, 11));
  const activeJoules = activeJoulesOf(pod.node, cpuSeconds);
  const keepsData = workload.kind === 'StatefulSet';
  return {
    namespace: workload.namespace,
    name: pod.name,
    node: pod.node.description.name,
    uid: pod.uid,
    cpuSeconds,
    usageSource: sourceOf(pod, aliveSeconds),
    memoryBytes: memoryByteSeconds / aliveSeconds,
    networkReceiveBytes: Math.round(networkBytes),
    networkTransmitBytes: Math.round(networkBytes * between(0.4, 2.5, noiseOf(pod.seed, 12))),
    diskReadBytes: Math.round(networkBytes * (keepsData ? 0.3 : 0.005)),
    diskWriteBytes: Math.round(networkBytes * (keepsData ? 0.9 : 0.02)),
    ephemeralStorageBytes: Math.round(between(2e6, 9e7, noiseOf(pod.seed, 13))),
    restartCount,
    aliveSeconds,
    requests: { cpuMillicores: workload.cpuRequestMillicores, memoryBytes: workload.memoryRequestBytes },
    owner: { kind: workload.kind, name: workload.name },
    phase: 'Running',
    ...(activeJoules === null ? {} : { activeJoules }),
  };
}

function sourceOf({ node }: DemoPod, aliveSeconds: number): PodUsage['usageSource'] {
  if (node.isByKubelet) return 'kubelet';
  return aliveSeconds < SINGLE_SAMPLE_SECONDS ? 'single-sample' : 'cadvisor';
}

function millicoresIn(pod: DemoPod, cell: number, positionIn: PositionInCell): number {
  const { workload, seed } = pod;
  const slow = noiseOf(seed, Math.floor(cell / CELLS_OF_SLOW_NOISE)) - 0.5;
  const fast = noiseOf(seed ^ 0x5bd1e995, cell) - 0.5;
  // A job's pods exist only while there is work: they are busy all along.
  const position = isJob(workload) ? 0.85 : positionIn(workload.profile, cell);
  const share = Math.min(1, Math.max(0, position + 0.12 * slow));
  const millicores = between(workload.cpuLowMillicores, workload.cpuHighMillicores, share) * (1 + 0.14 * fast);
  return Math.min(millicores, workload.cpuLimitMillicores ?? millicores);
}

/** The working set grows a little over six hours and falls back, as with caches. */
function memoryIn(pod: DemoPod, cell: number): number {
  const { workload, seed } = pod;
  const usual = workload.memoryBytes ?? workload.memoryRequestBytes * between(0.35, 0.92, noiseOf(seed, 21));
  const growth = ((cell + (seed % 72)) % 72) / 72;
  return usual * (0.94 + 0.09 * growth + 0.02 * noiseOf(seed ^ 0x2545f491, cell));
}

/** About once in twelve days for a pod of the shop; the rest never restarts. */
function restartsIn(pod: DemoPod, cell: number): boolean {
  return pod.workload.namespace === 'shop-prod' && noiseOf(pod.seed ^ 0x1b873593, cell) < 0.0003;
}

function isJob(workload: Workload): boolean {
  return workload.kind === 'Job' || workload.kind === 'CronJob';
}
