import type { ResultFilter } from '../../core/ports/results-store.ts';
import { floorTo, type TimeRange } from '../../model/time.ts';
import type { Grain } from '../sql/dimension-columns.ts';
import type { Level, Piece } from '../sql/pieces.ts';
import { hiddenClauses, ofCluster, startsIn } from './clauses.ts';
import type { ClusterHead } from './cluster-head.ts';
import { filterClauses } from './group-fields.ts';
import type { IndexNames } from './index-names.ts';
import { isoOf } from './instants.ts';
import type { Query } from './requests.ts';

const HOUR = 3600;
const DAY = 86_400;

/** One search that is part of an answer: where, and which documents. */
export interface LevelQuery {
  readonly level: Level;
  readonly indices: readonly string[];
  readonly query: Query;
}

/** A time of one cluster that is read from a finer level, as its roll-up waits to be written. */
interface Instead {
  readonly clusterId: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/**
 * The searches that together hold every sum of the pieces once: days, hours and rows as the pieces say, but hours and
 * days that wait for their roll-ups are taken from what is finer.
 */
export function levelQueries(
  names: IndexNames,
  heads: readonly ClusterHead[],
  filter: ResultFilter,
  grain: Grain,
  pieces: readonly Piece[],
): readonly LevelQuery[] {
  const common = [
    ...(filter.clusterIds.length === 0 ? [] : [{ terms: { cluster_id: [...filter.clusterIds] } }]),
    ...filterClauses(filter),
  ];
  const rangesOf = (level: Level): TimeRange[] => merged(pieces.filter((piece) => piece.level === level));
  const days = rangesOf('day');
  const hours = rangesOf('hour');
  const waitingDays = heads.flatMap((head) => waiting(head.clusterId, head.pendingDays, DAY, days));
  const waitingHours = heads.flatMap((head) => {
    const daysOfHead = waitingDays.filter(({ clusterId }) => clusterId === head.clusterId);
    return waiting(head.clusterId, head.pendingHours, HOUR, [...hours, ...daysOfHead]);
  });
  const ask = (
    level: Level,
    family: string,
    ranges: readonly TimeRange[],
    also: readonly Instead[],
    not: readonly Instead[],
  ): LevelQuery[] => {
    if (ranges.length + also.length === 0) return [];
    const times = [...ranges.map(startsIn), ...also.map(insteadClause)];
    const must_not = [...hiddenClauses(heads), ...not.map(bucketClause)];
    const indices = indicesFor(names, family, [...ranges, ...also]);
    return [{ level, indices, query: { bool: { filter: [...common, anyOf(times)], must_not } } }];
  };
  return [
    ...ask('day', `rollup-day-${grain}`, days, [], waitingDays),
    ...ask('hour', `rollup-hour-${grain}`, hours, waitingDays, waitingHours),
    ...ask('row', 'combined-metrics', rangesOf('row'), waitingHours, []),
  ];
}

function waiting(
  clusterId: string,
  starts: readonly number[],
  length: number,
  ranges: readonly TimeRange[],
): Instead[] {
  return starts
    .filter((start) => ranges.some(({ startSeconds, endSeconds }) => start >= startSeconds && start < endSeconds))
    .map((start) => ({ clusterId, startSeconds: floorTo(start, length), endSeconds: start + length }));
}

function insteadClause(instead: Instead): Query {
  return { bool: { filter: [ofCluster(instead.clusterId), startsIn(instead)] } };
}

function bucketClause({ clusterId, startSeconds }: Instead): Query {
  return { bool: { filter: [ofCluster(clusterId), { term: { timestamp: isoOf(startSeconds) } }] } };
}

export function anyOf(clauses: readonly Query[]): Query {
  const [only] = clauses;
  return clauses.length === 1 && only !== undefined
    ? only
    : { bool: { should: [...clauses], minimum_should_match: 1 } };
}

/** Neighbours joined. */
function merged(pieces: readonly Piece[]): TimeRange[] {
  const ranges: TimeRange[] = [];
  for (const { startSeconds, endSeconds } of pieces) {
    const last = ranges.at(-1);
    if (last?.endSeconds === startSeconds) ranges[ranges.length - 1] = { startSeconds: last.startSeconds, endSeconds };
    else ranges.push({ startSeconds, endSeconds });
  }
  return ranges;
}

function indicesFor(names: IndexNames, family: string, ranges: readonly TimeRange[]): string[] {
  const startSeconds = Math.min(...ranges.map((range) => range.startSeconds));
  const endSeconds = Math.max(...ranges.map((range) => range.endSeconds));
  return names.within(family, { startSeconds, endSeconds });
}
