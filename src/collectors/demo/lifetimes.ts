import type { EpochSeconds, TimeRange } from '../../model/time.ts';
import { DAY_SECONDS, instantOfLocalHour } from './calendar.ts';
import type { DemoNode } from './nodes.ts';
import { between, hashOf, nameSuffix, noiseOf, uuidOf } from './seeded.ts';
import type { Workload } from './tables.ts';

/** One pod of the sample on one node: it is bound from its start to its end. */
export interface DemoPod {
  readonly workload: Workload;
  readonly name: string;
  readonly uid: string;
  readonly node: DemoNode;
  readonly startSeconds: EpochSeconds;
  readonly endSeconds: EpochSeconds;
  /** Seed of everything random about the pod. */
  readonly seed: number;
}

/** A replica's place: its pods follow one another there. */
export interface Slot {
  readonly workload: Workload;
  readonly replica: number;
  readonly node: DemoNode;
  /** Where the pod goes every other time, if it moves. */
  readonly otherNode: DemoNode | null;
}

const NIGHT_START_HOUR = 1;
const CRON_RUNS_A_NIGHT = 8;
const CRON_STEP_SECONDS = 1800;

/** The pods of a slot that live at some time of a range, in order. */
export function podsOfSlot(slot: Slot, range: TimeRange): DemoPod[] {
  switch (slot.workload.kind) {
    case 'CronJob':
      return nightly(range, (day) => cronPods(slot, day));
    case 'Job':
      return nightly(range, (day) => [jobPod(slot, day)]);
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
      return serving(slot, range);
  }
}

/** Pods that serve all the time: one generation after another, each from a rollout (or a move) to the next. */
function serving(slot: Slot, range: TimeRange): DemoPod[] {
  const { period, phase } = generations(slot);
  const joined = slot.node.description.createdAtSeconds ?? 0;
  const pods: DemoPod[] = [];
  for (let g = Math.floor((range.startSeconds - phase) / period); phase + g * period < range.endSeconds; g += 1) {
    const startSeconds = Math.max(phase + g * period, joined);
    const endSeconds = phase + (g + 1) * period;
    if (endSeconds <= startSeconds || startSeconds >= range.endSeconds || endSeconds <= range.startSeconds) continue;
    const node = slot.otherNode !== null && g % 2 !== 0 ? slot.otherNode : slot.node;
    pods.push(podOf(slot, servingName(slot, g), node, startSeconds, endSeconds, `${g}`));
  }
  return pods;
}

/** How long a generation lasts and when one began. A workload's replicas change together, a little apart. */
function generations(slot: Slot): { period: number; phase: number } {
  const seed = hashOf(keyOf(slot.workload));
  if (slot.otherNode !== null) return { period: 2 * DAY_SECONDS, phase: 9 * 3600 + 40 * 60 };
  const [fewest, most] = slot.workload.namespace === 'shop-prod' ? [3, 9] : [21, 60];
  const period = Math.round(between(fewest, most, noiseOf(seed, 1))) * DAY_SECONDS;
  const dayOfPeriod = Math.floor(noiseOf(seed, 2) * (period / DAY_SECONDS)) * DAY_SECONDS;
  const workingHour = Math.floor(between(8 * 3600, 16 * 3600, noiseOf(seed, 3)));
  return { period, phase: dayOfPeriod + workingHour + slot.replica * 45 };
}

function servingName(slot: Slot, generation: number): string {
  const { workload, replica, node } = slot;
  const key = `${keyOf(workload)}/${generation}`;
  if (workload.kind === 'StatefulSet') return `${workload.name}-${replica}`;
  if (workload.kind === 'DaemonSet') return `${workload.name}-${nameSuffix(`${key}/${node.description.name}`, 5)}`;
  return `${workload.name}-${nameSuffix(key, 9)}-${nameSuffix(`${key}/${replica}`, 5)}`;
}

/** Pods of the nights that a range touches. */
function nightly(range: TimeRange, podsOfNight: (day: number) => DemoPod[]): DemoPod[] {
  const pods: DemoPod[] = [];
  const firstDay = Math.floor(range.startSeconds / DAY_SECONDS);
  const lastDay = Math.floor(range.endSeconds / DAY_SECONDS) + 1;
  for (let day = firstDay; day <= lastDay; day += 1) {
    for (const pod of podsOfNight(day)) {
      if (pod.endSeconds > range.startSeconds && pod.startSeconds < range.endSeconds) pods.push(pod);
    }
  }
  return pods;
}

/** Every half hour of the night a pod of 3 to 11 minutes. */
function cronPods(slot: Slot, day: number): DemoPod[] {
  const night = instantOfLocalHour(day, NIGHT_START_HOUR);
  return Array.from({ length: CRON_RUNS_A_NIGHT }, (_, run) => {
    const scheduled = night + run * CRON_STEP_SECONDS;
    const key = `${keyOf(slot.workload)}/${scheduled}`;
    const start = scheduled + 2 + Math.floor(noiseOf(hashOf(key), 1) * 9);
    const lasts = Math.floor(between(180, 660, noiseOf(hashOf(key), 2)));
    const name = `${slot.workload.name}-${Math.floor(scheduled / 60)}-${nameSuffix(key, 5)}`;
    return podOf(slot, name, slot.node, start, start + lasts, key);
  });
}

/** One pod a night for two to three and a half hours. */
function jobPod(slot: Slot, day: number): DemoPod {
  const key = `${keyOf(slot.workload)}/${slot.replica}/${day}`;
  const seed = hashOf(key);
  const start = instantOfLocalHour(day, NIGHT_START_HOUR) + Math.floor(between(200, 900, noiseOf(seed, 1)));
  const lasts = Math.floor(between(7200, 12_600, noiseOf(seed, 2)));
  return podOf(slot, `${slot.workload.name}-${nameSuffix(key, 5)}`, slot.node, start, start + lasts, key);
}

function podOf(slot: Slot, name: string, node: DemoNode, start: number, end: number, run: string): DemoPod {
  const key = `${keyOf(slot.workload)}/${slot.replica}/${node.description.name}/${run}`;
  return {
    workload: slot.workload,
    name,
    uid: uuidOf(`pod/${key}`),
    node,
    startSeconds: start,
    endSeconds: end,
    seed: hashOf(key),
  };
}

function keyOf(workload: Workload): string {
  return `${workload.namespace}/${workload.name}`;
}
