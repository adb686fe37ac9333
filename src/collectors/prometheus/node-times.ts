import { type TimeRange, type Window, windowEndSeconds } from '../../model/time.ts';
import type { Series } from './answer.ts';
import { coveredRanges, medianInterval, scrapeIntervalSeconds } from './coverage.ts';
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
    const times = instantsOf(samples);
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

/** The same times for every node, for targets of which none leads to a node: of the one with most samples. */
export function timesOfAnyNode(series: readonly Series[]): NodeTimes {
  const longest = series
    .map(({ samples }) => instantsOf(samples))
    .reduce((best, times) => (times.length > best.length ? times : best), []);
  return { nodes: [], of: () => longest, intervalSeconds: typicalInterval([longest]) };
}

function timesOf(byNode: ReadonlyMap<string, readonly number[]>): NodeTimes {
  return {
    nodes: [...byNode.keys()],
    of: (node) => (node === null ? [] : (byNode.get(node) ?? [])),
    intervalSeconds: typicalInterval([...byNode.values()]),
  };
}

function instantsOf(samples: Series['samples']): readonly number[] {
  return [...new Set(samples.map((sample) => sample.value))].sort((left, right) => left - right);
}

/** Median of the targets' own median distances. */
export function typicalInterval(times: readonly (readonly number[])[]): number {
  const intervals = times.map(medianInterval).filter((interval) => interval !== null);
  intervals.sort((left, right) => left - right);
  return intervals[Math.floor(intervals.length / 2)] ?? scrapeIntervalSeconds([]);
}

/** The scrape interval of a kind of target, whatever it describes. */
export function intervalOfTargets(series: readonly Series[]): number | null {
  return series.length === 0 ? null : typicalInterval(series.map(({ samples }) => instantsOf(samples)));
}

export function rangeOf(window: Window): TimeRange {
  return { startSeconds: window.startSeconds, endSeconds: windowEndSeconds(window) };
}

/** Covered ranges of one node, by its own scrape interval. */
export function nodeRanges(times: readonly number[]): readonly TimeRange[] {
  return coveredRanges(times, scrapeIntervalSeconds(times));
}
