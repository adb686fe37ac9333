import type { Dimension, ResultFilter } from '../../core/ports/results-store.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { clusterOf, type Grain, type Grouping, grainFor, groupingOf, type Label } from './dimension-columns.ts';
import { filterConditions } from './filter-conditions.ts';
import { DICTIONARY, type KeyStyle, RESULT_ROWS } from './key-style.ts';
import type { Level, Piece } from './pieces.ts';
import { literals, type Statement } from './statement.ts';
import { rollupExpressions, rowExpressions, sumColumnList, summedColumns } from './sums.ts';

/** What to add up: which clusters (their keys in the store), which rows, which time, and by what. */
export interface Question {
  readonly clusterKeys: readonly number[];
  readonly filter: ResultFilter;
  readonly pieces: readonly Piece[];
  readonly groupBy: Dimension | null;
  /** Hours that the roll-ups of pods and workloads do not hold yet (stores that write them late): read from rows. */
  readonly openHours?: readonly OpenHour[];
  /** The store keeps roll-ups in the order of cluster and start: sums of all keys of a start need no sorting. */
  readonly isKeptByStart?: boolean;
}

/** An hour of a cluster (its key in the store) whose roll-ups are written later. */
export interface OpenHour {
  readonly clusterKey: number;
  readonly startSeconds: EpochSeconds;
}

const HOUR = 3600;

const LABELS = ['cluster', 'namespace', 'ownerKind', 'ownerName', 'node'] as const;
type LabelName = (typeof LABELS)[number];

/** Names of the columns that say which group a line is: `g0`, `g1`, …; empty without grouping. */
export function groupColumns(groupBy: Dimension | null): readonly string[] {
  return groupBy === null ? [] : groupingOf(groupBy, DICTIONARY).keys.map((_, index) => `g${index}`);
}

/** Label columns that are kept where all rows of a group agree. */
export function labelColumns(groupBy: Dimension | null): readonly string[] {
  if (groupBy === null) return [];
  const grouping = groupingOf(groupBy, DICTIONARY);
  return LABELS.filter((name) => isSingle(grouping[name])).map(labelColumn);
}

/** Adds up label columns: what it is where it is one, none where lines differ. */
export function mergedLabels(groupBy: Dimension | null, style: KeyStyle = DICTIONARY): string {
  return labelColumns(groupBy)
    .map((column) => {
      const none = column === labelColumn('cluster') ? '0' : style.none;
      return `, CASE WHEN MIN(${column}) = MAX(${column}) THEN MIN(${column}) ELSE ${none} END AS ${column}`;
    })
    .join('');
}

/** Columns `group_key`, `group_cluster`, … with texts, over the columns that `groupColumns` and `labelColumns` name. */
export function groupTexts(groupBy: Dimension, style: KeyStyle = DICTIONARY): string {
  const grouping = groupingOf(groupBy, style);
  const texts = LABELS.map((name) => {
    const id = labelSource(name, grouping[name]);
    const text = id === null ? 'NULL' : name === 'cluster' ? clusterOf(id) : style.textOf(id);
    return `${text} AS group_${snake(name)}`;
  });
  return [`${grouping.text} AS group_key`, ...texts].join(', ');
}

/**
 * `WITH …` up to and with the table `grouped`: one line a bucket and group that has rows, with `bucket`, the group
 * columns, the label columns and every sum. The caller adds more tables or the final SELECT.
 */
export function withGrouped(question: Question, style: KeyStyle = DICTIONARY): Statement {
  const { pieces, groupBy } = question;
  const levels = (['day', 'hour', 'row'] as const).filter((level) => pieces.some((piece) => piece.level === level));
  const filter = filterConditions(question.filter, style);
  const grain = grainFor(question.filter, groupBy);
  const grouping = groupBy === null ? null : groupingOf(groupBy, style);
  const pieceTables = levels.map((level) => {
    const values = pieces
      .filter((piece) => piece.level === level)
      .map((piece) => `(${literals([piece.bucket, piece.startSeconds, piece.endSeconds])})`);
    return `${level}_pieces(bucket, lo, hi) AS (VALUES ${values.join(', ')})`;
  });
  const isOfAllKeys = question.isKeptByStart === true && groupBy === null && filter.text === '';
  const sources = levels.map((level) =>
    isOfAllKeys && level !== 'row'
      ? sourceByStart(level, grain, question)
      : sourceOf(level, grain, grouping, question.clusterKeys, filter.text, style),
  );
  const open = grain === 'namespace' ? [] : openPieces(question);
  if (open.length > 0) {
    pieceTables.push(`open_pieces(bucket, cluster_key, lo, hi) AS (VALUES ${open.join(', ')})`);
    sources.push(openSource(grouping, filter.text));
  }
  const by = ['bucket', ...groupColumns(groupBy)].join(', ');
  const isOneLine = groupBy === null && pieces.every(({ bucket }) => bucket === pieces[0]?.bucket);
  return {
    text:
      `WITH ${pieceTables.join(', ')}, source AS (${sources.join(' UNION ALL ')}), ` +
      `grouped AS MATERIALIZED (${isOneLine ? ONE_LINE : `SELECT ${by}${mergedLabels(groupBy, style)}, ${summedColumns()} FROM source GROUP BY ${by}`})`,
    parameters: sources.flatMap(() => filter.parameters),
  };
}

/** One bucket and no groups: the same line without sorting the rows for GROUP BY, which takes half of the time. */
const ONE_LINE = `SELECT MIN(bucket) AS bucket, ${summedColumns()} FROM source HAVING COUNT(*) > 0`;

/** Each open hour that a piece of whole hours or days reaches over. */
function openPieces({ pieces, openHours = [] }: Question): readonly string[] {
  return openHours.flatMap(({ clusterKey, startSeconds }) => {
    const piece = pieces.find(
      ({ level, startSeconds: lo, endSeconds: hi }) => level !== 'row' && startSeconds >= lo && startSeconds < hi,
    );
    return piece === undefined ? [] : [`(${literals([piece.bucket, clusterKey, startSeconds, startSeconds + HOUR])})`];
  });
}

function openSource(grouping: Grouping | null, conditions: string): string {
  return (
    `SELECT p.bucket AS bucket${groupExpressions(grouping)}, ${rowExpressions()} FROM open_pieces p ` +
    'CROSS JOIN result_rows r ON r.cluster_key = p.cluster_key AND r.start_seconds >= p.lo AND r.start_seconds < p.hi ' +
    `CROSS JOIN pod_keys k ON k.id = r.key_id WHERE TRUE ${conditions}`
  );
}

function sourceOf(
  level: Level,
  grain: Grain,
  grouping: Grouping | null,
  clusterKeys: readonly number[],
  conditions: string,
  { join, lines }: KeyStyle,
): string {
  const keys = level === 'row' ? 'pod_keys' : `${grain}_keys`;
  const sums = level === 'row' ? rowExpressions() : rollupExpressions();
  const table = level === 'row' ? RESULT_ROWS : `rollup_${level}_${grain}`;
  return (
    `SELECT p.bucket AS bucket${groupExpressions(grouping)}, ${sums} FROM ${level}_pieces p ` +
    `${lines(table, clusterKeys)} ${join} ${keys} k ON k.id = r.key_id WHERE TRUE ${conditions}`
  );
}

/** Sums of all keys by start first, then by bucket: a few lines are sorted in place of all that there are. */
function sourceByStart(level: 'day' | 'hour', grain: Grain, { clusterKeys, pieces }: Question): string {
  const own = pieces.filter((piece) => piece.level === level);
  const from = Math.min(...own.map(({ startSeconds }) => startSeconds));
  const to = Math.max(...own.map(({ endSeconds }) => endSeconds));
  const within = `r.cluster_key IN (${literals(clusterKeys)}) AND r.start_seconds >= ${literals([from])} AND r.start_seconds < ${literals([to])}`;
  const lines = `SELECT r.cluster_key, r.start_seconds, ${rollupExpressions()} FROM rollup_${level}_${grain} r WHERE ${within}`;
  return (
    `SELECT p.bucket AS bucket, ${sumColumnList('s')} FROM ${level}_pieces p JOIN ` +
    `(SELECT start_seconds, ${summedColumns()} FROM (${lines}) GROUP BY cluster_key, start_seconds) s ` +
    'ON s.start_seconds >= p.lo AND s.start_seconds < p.hi'
  );
}

/** `, expression AS g0, … , expression AS label_node` over the key table `k`. */
export function groupExpressions(grouping: Grouping | null): string {
  if (grouping === null) return '';
  const keys = grouping.keys.map((key, index) => `, ${key} AS g${index}`);
  const labels = LABELS.map((name) => {
    const label = grouping[name];
    return isSingle(label) ? `, ${label.single} AS ${labelColumn(name)}` : '';
  });
  return [...keys, ...labels].join('');
}

function isSingle(label: Label): label is { readonly single: string } {
  return label !== null && 'single' in label;
}

function labelSource(name: LabelName, label: Label): string | null {
  if (label === null) return null;
  return 'key' in label ? `g${label.key}` : labelColumn(name);
}

function labelColumn(name: LabelName): string {
  return `label_${snake(name)}`;
}

function snake(name: LabelName): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
