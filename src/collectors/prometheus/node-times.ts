import { type TimeRange, type Window, windowEndSeconds } from '../../model/time.ts';
import type { Series } from './answer.ts';
import { coveredRanges, medianInterval, scrapeIntervalSeconds } from './coverage.ts';
import { targetOf } from './labels.ts';
import type { NodeNames } from './node-names.ts';

/** Sample times of the scrape targets of each node. */
export interface NodeTimes {
  /** Sorted; of the target with most samples where several carry the node. */
  of(node: string | null): readonly number[];
  readonly nodes: readonly string[];
  /** Median over the nodes; 30 s where nothing tells. */
  readonly intervalSeconds: number;
}

/** @param series answers of `sampleTimes` in steps: the values are instants */
export function nodeTimes(series: readonly Series[], names: NodeNames): NodeTimes {
  const byNode = new Map<string, readonly number[]>();
  for (const { labels, samples } of series) {
    const node = names.nodeOf(labels);
    if (node === null) continue;
    const times = [...new Set(samples.map((sample) => sample.value))].sort((left, right) => left - right);
    if (times.length > (byNode.get(node)?.length ?? 0)) byNode.set(node, times);
  }
  return timesOf(byNode);
}

/** The times of `first`, and of `second` for nodes that `first` lacks. */
export function withFallback(first: NodeTimes, second: NodeTimes): NodeTimes {
  const byNode = new Map<string, readonly number[]>();
  for (const node of second.nodes) byNode.set(node, second.of(node));
  for (const node of first.nodes) byNode.set(node, first.of(node));
  return timesOf(byNode);
}

function timesOf(byNode: ReadonlyMap<string, readonly number[]>): NodeTimes {
  return {
    nodes: [...byNode.keys()],
    of: (node) => (node === null ? [] : (byNode.get(node) ?? [])),
    intervalSeconds: typicalInterval([...byNode.values()]),
  };
}

/** Median of the targets' own median distances. */
export function typicalInterval(times: readonly (readonly number[])[]): number {
  const intervals = times.map(medianInterval).filter((interval) => interval !== null);
  intervals.sort((left, right) => left - right);
  return intervals[Math.floor(intervals.length / 2)] ?? scrapeIntervalSeconds([]);
}

/** The scrape interval of a kind of target, whatever it describes. */
export function intervalOfTargets(series: readonly Series[]): number | null {
  const byTarget = new Map<string, number[]>();
  for (const { labels, samples } of series) {
    byTarget.set(
      targetOf(labels),
      [...new Set(samples.map((sample) => sample.value))].sort((a, b) => a - b),
    );
  }
  return byTarget.size === 0 ? null : typicalInterval([...byTarget.values()]);
}

export function rangeOf(window: Window): TimeRange {
  return { startSeconds: window.startSeconds, endSeconds: windowEndSeconds(window) };
}

/** Covered ranges of one node, by its own scrape interval. */
export function nodeRanges(times: readonly number[]): readonly TimeRange[] {
  return coveredRanges(times, scrapeIntervalSeconds(times));
}
