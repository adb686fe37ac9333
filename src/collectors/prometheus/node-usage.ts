import type { Inventory } from '../../model/inventory.ts';
import { type TimeRange, type Window, windowEndSeconds } from '../../model/time.ts';
import type { NodeUsage } from '../../model/usage.ts';
import { coveredSeconds, gainOfIncrease, scrapeIntervalSeconds } from './coverage.ts';
import { nodeRanges, rangeOf } from './node-times.ts';
import type { PieceAnswers } from './read-piece.ts';

/** Nodes of one window, and the covered seconds of the one that was covered best: a hole of all is a hole. */
export interface NodesOfWindow {
  readonly nodes: readonly NodeUsage[];
  readonly coveredSeconds: number;
}

export function nodesOfWindow(answers: PieceAnswers, window: Window, inventory: Inventory): NodesOfWindow {
  const range = rangeOf(window);
  const endSeconds = windowEndSeconds(window);
  const names = new Set(answers.nodes.names(endSeconds));
  for (const times of [answers.usageTimes, answers.nodeExporterTimes]) {
    for (const node of times.nodes) if (times.of(node).some((time) => isIn(time, range))) names.add(node);
  }
  for (const { node } of answers.cpu.places(endSeconds)) if (node !== null) names.add(node);

  const nodes = [...names].sort().map((node): NodeUsage => {
    const usageTimes = answers.usageTimes.of(node);
    const ranges = nodeRanges(usageTimes.length > 0 ? usageTimes : answers.nodeExporterTimes.of(node));
    return {
      node,
      ...cpuOf(answers, window, node, inventory),
      coveredSeconds: coveredSeconds(ranges, range),
      described: answers.nodes.described(endSeconds, node),
    };
  });
  const anywhere = coveredSeconds(nodeRanges(answers.usageTimes.of(null)), range);
  return { nodes, coveredSeconds: Math.max(anywhere, ...nodes.map((node) => node.coveredSeconds)) };
}

/** node-exporter, unless it covers less than half of what cAdvisor covers; then the root cgroup of cAdvisor. */
function cpuOf(
  answers: PieceAnswers,
  window: Window,
  node: string,
  inventory: Inventory,
): Pick<NodeUsage, 'cpuSeconds' | 'cpuSource'> {
  const range = rangeOf(window);
  const existed = existedRange(answers, window, node, inventory);
  const candidates = [
    { source: 'node-exporter', times: answers.nodeExporterTimes.of(node), cpu: answers.nodeExporterCpu },
    { source: 'cadvisor-root', times: answers.usageTimes.of(node), cpu: answers.rootCpu },
  ] as const;
  const known = candidates.flatMap(({ source, times, cpu }) => {
    const increase = cpu.increase.get(range.endSeconds)?.get(node);
    if (increase === undefined) return [];
    const startRate = cpu.rate.get(range.startSeconds)?.get(node) ?? null;
    const endRate = cpu.rate.get(range.endSeconds)?.get(node) ?? null;
    const cpuSeconds = gainOfIncrease(range, existed, { increase, times, startRate, endRate });
    if (cpuSeconds === null) return [];
    return [{ source, cpuSeconds, covered: coveredSeconds(nodeRanges(times), range) }];
  });
  const [first, second] = known;
  const best = first !== undefined && second !== undefined && first.covered < second.covered / 2 ? second : first;
  return best === undefined
    ? { cpuSeconds: null, cpuSource: 'no-samples' }
    : { cpuSeconds: best.cpuSeconds, cpuSource: best.source };
}

/** A hole doesn't end a node; what ends it is that Kubernetes no longer lists it. */
function existedRange(answers: PieceAnswers, window: Window, node: string, inventory: Inventory): TimeRange {
  const range = rangeOf(window);
  const now = inventory.nodes.find((item) => item.name === node);
  const created = answers.nodes.createdAtSeconds(range.endSeconds, node) ?? now?.createdAtSeconds ?? null;
  const startSeconds =
    created === null || created >= range.endSeconds ? range.startSeconds : Math.max(created, range.startSeconds);
  const isThere = answers.nodes.isThereAtEnd(range.endSeconds, node) ?? now !== undefined;
  if (isThere) return { startSeconds, endSeconds: range.endSeconds };
  const times = [...answers.usageTimes.of(node), ...answers.nodeExporterTimes.of(node)];
  const last = times.reduce(
    (latest, time) => (time <= range.endSeconds ? Math.max(latest, time) : latest),
    startSeconds,
  );
  const interval = scrapeIntervalSeconds(answers.usageTimes.of(node));
  return { startSeconds, endSeconds: Math.min(range.endSeconds, last + interval / 2) };
}

function isIn(seconds: number, range: TimeRange): boolean {
  return seconds >= range.startSeconds && seconds <= range.endSeconds;
}
