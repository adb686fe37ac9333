import type { Owner } from '../../model/inventory.ts';
import type { TimeRange } from '../../model/time.ts';
import { noise, suffix } from './noise.ts';
import { type Placement, placementKey, replicaCount } from './placement.ts';
import type { DemoNode } from './pools.ts';
import type { Workload } from './tables.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
/** The sample cluster's people live at UTC+1, without summer time. */
export const LOCAL_OFFSET_SECONDS = HOUR;
/** A Deployment is released anew every so often, and its pods get new names. */
const RELEASE_SECONDS = 5 * DAY;
const NIGHT_STARTS_SECONDS = HOUR;
const ETL_SECONDS = 24 * 60;
const BATCH_SECONDS = 3 * HOUR + 40 * 60;

/** This StatefulSet pod moves to another node each Thursday at 10:20 UTC. */
const MOVING_POD = 'kafka-2';
const EPOCH_THURSDAY_OFFSET = 10 * HOUR + 20 * 60;

/** A pod on one node, from its start to its end; null while it runs on. */
export interface PodLife {
  readonly workload: Workload;
  readonly podName: string;
  readonly owner: Owner;
  readonly nodeIndex: number;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Every pod that lives in some part of the range, in a stable order. */
export function livesIn(
  range: TimeRange,
  workloads: readonly Workload[],
  nodes: readonly DemoNode[],
  placement: Placement,
): PodLife[] {
  const lives: PodLife[] = [];
  for (const workload of workloads) {
    for (let replica = 0; replica < replicaCount(workload, nodes); replica += 1) {
      const nodeIndex = placement.get(placementKey(workload, replica)) ?? 0;
      for (const life of livesOf(workload, replica, nodeIndex, nodes, range)) {
        if (life.startSeconds < range.endSeconds && life.endSeconds > range.startSeconds) lives.push(life);
      }
    }
  }
  return lives;
}

function livesOf(
  workload: Workload,
  replica: number,
  nodeIndex: number,
  nodes: readonly DemoNode[],
  range: TimeRange,
): PodLife[] {
  const base = { workload, nodeIndex, owner: { kind: workload.kind, name: workload.name } };
  const id = [workload.namespace, workload.name] as const;
  switch (workload.kind) {
    case 'Deployment': {
      const offset = Math.floor(noise(...id, 'release') * RELEASE_SECONDS);
      return periods(range, RELEASE_SECONDS, offset).map((period) => ({
        ...base,
        podName: `${workload.name}-${suffix(9, ...id, period.index)}-${suffix(5, ...id, period.index, replica)}`,
        startSeconds: period.startSeconds,
        endSeconds: period.startSeconds + RELEASE_SECONDS,
      }));
    }
    case 'StatefulSet':
      return statefulLives({ ...base, podName: `${workload.name}-${replica}` }, nodes, range);
    case 'DaemonSet':
      return [{ ...base, podName: `${workload.name}-${suffix(5, ...id, replica)}`, ...FOREVER }];
    case 'CronJob':
    case 'Job':
      return nightlyLives(base, replica, range);
  }
}

const FOREVER = { startSeconds: 0, endSeconds: Number.MAX_SAFE_INTEGER };

function statefulLives(
  pod: Omit<PodLife, 'startSeconds' | 'endSeconds'>,
  nodes: readonly DemoNode[],
  range: TimeRange,
): PodLife[] {
  if (pod.podName !== MOVING_POD) return [{ ...pod, ...FOREVER }];
  const pool = nodes.flatMap((node, index) => (node.pool === nodes[pod.nodeIndex]?.pool ? [index] : []));
  return periods(range, 7 * DAY, EPOCH_THURSDAY_OFFSET).map((period) => ({
    ...pod,
    nodeIndex: pool[Math.abs(period.index) % pool.length] ?? pod.nodeIndex,
    startSeconds: period.startSeconds,
    endSeconds: period.startSeconds + 7 * DAY,
  }));
}

function nightlyLives(base: Pick<PodLife, 'workload' | 'nodeIndex' | 'owner'>, replica: number, range: TimeRange): PodLife[] {
  const { namespace, name, kind } = base.workload;
  const length = kind === 'CronJob' ? ETL_SECONDS : BATCH_SECONDS;
  return periods(range, DAY, NIGHT_STARTS_SECONDS - LOCAL_OFFSET_SECONDS).map((period) => {
    const startSeconds = period.startSeconds + Math.floor(noise(namespace, name, period.index, replica) * 540);
    const run = kind === 'CronJob' ? `${name}-${Math.floor(period.startSeconds / 60)}` : name;
    return {
      ...base,
      podName: `${run}-${suffix(5, namespace, name, period.index, replica)}`,
      startSeconds,
      endSeconds: startSeconds + length,
    };
  });
}

/** Periods of one length that touch the range; `offset` shifts their starts from the epoch. */
function periods(range: TimeRange, length: number, offset: number): { index: number; startSeconds: number }[] {
  const first = Math.floor((range.startSeconds - offset) / length);
  const last = Math.floor((range.endSeconds - 1 - offset) / length);
  return Array.from({ length: last - first + 1 }, (_, step) => ({
    index: first + step,
    startSeconds: (first + step) * length + offset,
  }));
}
