import type { Inventory } from '../../model/inventory.ts';
import { type TimeRange, type Window, windowEndSeconds } from '../../model/time.ts';
import type { NodeUsage } from '../../model/usage.ts';
import { coveredSeconds, gainOfIncrease } from './coverage.ts';
import { existedRange } from './existed.ts';
import { type MetersOfWindow, NO_METERS } from './meters.ts';
import { nodeRanges, rangeOf } from './node-times.ts';
import type { PieceAnswers } from './read-piece.ts';

/** Nodes of one window, and the covered seconds of the one that was covered best: a hole of all is a hole. */
export interface NodesOfWindow {
  readonly nodes: readonly NodeUsage[];
  readonly coveredSeconds: number;
}

export function nodesOfWindow(
  answers: PieceAnswers,
  window: Window,
  inventory: Inventory,
  meters: MetersOfWindow = NO_METERS,
): NodesOfWindow {
  const range = rangeOf(window);
  const endSeconds = windowEndSeconds(window);
  const names = new Set(answers.nodes.names(endSeconds));
  for (const times of [answers.usageTimes, answers.nodeExporterTimes]) {
    for (const node of times.nodes) if (times.of(node).some((time) => isIn(time, range))) names.add(node);
  }
  for (const { node } of answers.cpu.places(endSeconds)) if (node !== null) names.add(node);
  for (const node of meters.byNode.keys()) names.add(node);

  const nodes = [...names].sort().map((node): NodeUsage => {
    const { startSeconds, endSeconds: until } = existedRange(answers, window, node, inventory);
    const meter = meters.byNode.get(node);
    const gpus = answers.energy.gpus(endSeconds, node, Math.max(0, until - startSeconds));
    return {
      node,
      ...cpuOf(answers, window, node, inventory),
      coveredSeconds: coveredSeconds(nodeRanges(timesOf(answers, node)), range),
      described: answers.nodes.described(endSeconds, node),
      ...(meter === undefined ? {} : { meter }),
      ...(gpus === null ? {} : { gpus }),
    };
  });
  const anywhere = coveredSeconds(nodeRanges(answers.usageTimes.of(null)), range);
  return { nodes, coveredSeconds: Math.max(anywhere, ...nodes.map((node) => node.coveredSeconds)) };
}

/** By what the node was scraped: its containers, else itself, else its meter. */
function timesOf(answers: PieceAnswers, node: string): readonly number[] {
  const ofMeters = answers.energy.kepler.map((kepler) => kepler.times.get(node) ?? []);
  const known = [answers.usageTimes.of(node), answers.nodeExporterTimes.of(node), ...ofMeters];
  return known.find((times) => times.length > 0) ?? [];
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

function isIn(seconds: number, range: TimeRange): boolean {
  return seconds >= range.startSeconds && seconds <= range.endSeconds;
}
