import type { EpochSeconds, TimeRange, Window } from '../../model/time.ts';
import { windowEndSeconds } from '../../model/time.ts';
import type { PodUsage, UsageReading } from '../../model/usage.ts';
import { DAY_SECONDS } from './calendar.ts';
import { coveredSeconds, gapOf } from './coverage.ts';
import { type DemoPod, podsOfSlot, type Slot } from './lifetimes.ts';
import { nodeUsageOf } from './node-usage.ts';
import { type DemoNode, demoNodes } from './nodes.ts';
import { placeWorkloads } from './placement.ts';
import { CELL_SECONDS, type PositionInCell, usageOf } from './pod-usage.ts';
import { positionAt } from './profile-position.ts';
import { slotsOf } from './slots.ts';
import type { DemoTables, Workload } from './tables.ts';
import { volumesOf } from './volumes.ts';

/** Days for which the sample remembers usage. */
export const HISTORY_DAYS = 90;

/** The sample cluster as a function of time. */
export interface SampleCluster {
  readonly nodes: readonly DemoNode[];
  readonly oldestSeconds: EpochSeconds;
  readonly gap: TimeRange;
  /** Workloads with a replica that no node has room for. */
  readonly unplaced: readonly Workload[];
  podsIn(range: TimeRange): DemoPod[];
  read(window: Window, nowSeconds: EpochSeconds): UsageReading;
}

/** @param dayStart start of the day (UTC) from which the sample's past is counted */
export function createSampleCluster(tables: DemoTables, dayStart: EpochSeconds): SampleCluster {
  const nodes = demoNodes(dayStart);
  const placement = placeWorkloads(tables.workloads, nodes);
  const slots = slotsOf(placement);
  const positionIn = rememberedPositions(tables);
  const gap = gapOf(dayStart);
  const oldestSeconds = dayStart - HISTORY_DAYS * DAY_SECONDS;
  return {
    nodes,
    oldestSeconds,
    gap,
    unplaced: [...placement].filter(([{ replicas }, placed]) => placed.length < replicas).map(([workload]) => workload),
    podsIn: (range) => podsOf(slots, range),
    read: (window, nowSeconds) => {
      const known = { startSeconds: oldestSeconds, endSeconds: nowSeconds };
      const covered = coveredSeconds(window, gap, known);
      if (covered === 0) return { window, coveredSeconds: 0, nodes: [], pods: [], notices: [] };
      const range = { startSeconds: window.startSeconds, endSeconds: windowEndSeconds(window) };
      const pods = podsOf(slots, range)
        .map((pod) => usageOf(pod, window, positionIn))
        .filter((usage) => usage !== null);
      const usages = nodeUsages(nodes, pods, window, covered);
      const volumes = volumesOf(slots, window);
      return { window, coveredSeconds: covered, nodes: usages, pods, volumes, notices: [] };
    },
  };
}

function podsOf(slots: readonly Slot[], range: TimeRange): DemoPod[] {
  return slots.flatMap((slot) => podsOfSlot(slot, range));
}

function nodeUsages(
  nodes: readonly DemoNode[],
  pods: readonly PodUsage[],
  window: Window,
  covered: number,
): UsageReading['nodes'] {
  const cpuSeconds = new Map<string, number>();
  for (const pod of pods) {
    if (pod.node !== null) cpuSeconds.set(pod.node, (cpuSeconds.get(pod.node) ?? 0) + (pod.cpuSeconds ?? 0));
  }
  return nodes
    .map((node) => nodeUsageOf(node, cpuSeconds.get(node.description.name) ?? 0, window, covered))
    .filter((usage) => usage !== null);
}

/** All pods of a profile share its position in a cell: it is worked out once. */
function rememberedPositions(tables: DemoTables): PositionInCell {
  const latest = new Map<string, { cell: number; position: number }[]>();
  const kept = 16;
  return (profile, cell) => {
    const ring = latest.get(profile) ?? [];
    latest.set(profile, ring);
    const known = ring[cell % kept];
    if (known?.cell === cell) return known.position;
    const middle = cell * CELL_SECONDS + CELL_SECONDS / 2;
    const position = positionAt(tables.profiles.get(profile) ?? [], middle);
    ring[cell % kept] = { cell, position };
    return position;
  };
}
