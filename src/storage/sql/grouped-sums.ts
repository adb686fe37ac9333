import type { Dimension, ResultFilter } from '../../core/ports/results-store.ts';
import { clusterOf, GROUPINGS, type Grain, type Grouping, grainFor, type Label, textOf } from './dimension-columns.ts';
import { filterConditions } from './filter-conditions.ts';
import type { Level, Piece } from './pieces.ts';
import { literal, literals, type Statement } from './statement.ts';
import { rowExpressions, sumColumnList, summedColumns } from './sums.ts';

/** What to add up: which clusters (their keys in the store), which rows, which time, and by what. */
export interface Question {
  readonly clusterKeys: readonly number[];
  readonly filter: ResultFilter;
  readonly pieces: readonly Piece[];
  readonly groupBy: Dimension | null;
}

const LABELS = ['cluster', 'namespace', 'ownerKind', 'ownerName', 'node'] as const;
type LabelName = (typeof LABELS)[number];

/** Names of the columns that say which group a line is: `g0`, `g1`, …; empty without grouping. */
export function groupColumns(groupBy: Dimension | null): readonly string[] {
  return groupBy === null ? [] : GROUPINGS[groupBy].keys.map((_, index) => `g${index}`);
}

/** Label columns that are kept where all rows of a group agree. */
export function labelColumns(groupBy: Dimension | null): readonly string[] {
  if (groupBy === null) return [];
  const grouping = GROUPINGS[groupBy];
  return LABELS.filter((name) => isSingle(grouping[name])).map(labelColumn);
}

/** Adds up label columns: the id where it is one, 0 where lines differ. */
export function mergedLabels(groupBy: Dimension | null): string {
  return labelColumns(groupBy)
    .map((column) => `, CASE WHEN MIN(${column}) = MAX(${column}) THEN MIN(${column}) ELSE 0 END AS ${column}`)
    .join('');
}

/** Columns `group_key`, `group_cluster`, … with texts, over the columns that `groupColumns` and `labelColumns` name. */
export function groupTexts(groupBy: Dimension): string {
  const grouping = GROUPINGS[groupBy];
  const texts = LABELS.map((name) => {
    const id = labelSource(name, grouping[name]);
    const text = id === null ? 'NULL' : name === 'cluster' ? clusterOf(id) : textOf(id);
    return `${text} AS group_${snake(name)}`;
  });
  return [`${grouping.text} AS group_key`, ...texts].join(', ');
}

/**
 * `WITH …` up to and with the table `grouped`: one line a bucket and group that has rows, with `bucket`, the group
 * columns, the label columns and every sum. The caller adds more tables or the final SELECT.
 */
export function withGrouped(question: Question): Statement {
  const { pieces, groupBy } = question;
  const levels = (['day', 'hour', 'row'] as const).filter((level) => pieces.some((piece) => piece.level === level));
  const filter = filterConditions(question.filter);
  const grain = grainFor(question.filter, groupBy);
  const grouping = groupBy === null ? null : GROUPINGS[groupBy];
  const pieceTables = levels.map((level) => {
    const values = pieces
      .filter((piece) => piece.level === level)
      .map((piece) => `(${literals([piece.bucket, piece.startSeconds, piece.endSeconds])})`);
    return `${level}_pieces(bucket, lo, hi) AS (VALUES ${values.join(', ')})`;
  });
  const sources = levels.map((level) => sourceOf(level, grain, grouping, question.clusterKeys, filter.text));
  const by = ['bucket', ...groupColumns(groupBy)].join(', ');
  return {
    text:
      `WITH ${pieceTables.join(', ')}, source AS (${sources.join(' UNION ALL ')}), ` +
      `grouped AS MATERIALIZED (SELECT ${by}${mergedLabels(groupBy)}, ${summedColumns()} FROM source GROUP BY ${by})`,
    parameters: levels.flatMap(() => filter.parameters),
  };
}

function sourceOf(
  level: Level,
  grain: Grain,
  grouping: Grouping | null,
  clusterKeys: readonly number[],
  conditions: string,
): string {
  const table = level === 'row' ? 'result_rows' : `rollup_${level}_${grain}`;
  const keys = level === 'row' ? 'pod_keys' : `${grain}_keys`;
  const sums = level === 'row' ? rowExpressions() : sumColumnList('r.');
  const clusters = clusterKeys.length === 1 ? `= ${literal(clusterKeys[0] ?? 0)}` : `IN (${literals(clusterKeys)})`;
  return (
    `SELECT p.bucket AS bucket${groupExpressions(grouping)}, ${sums} FROM ${level}_pieces p ` +
    `CROSS JOIN ${table} r ON r.cluster_key ${clusters} AND r.start_seconds >= p.lo AND r.start_seconds < p.hi ` +
    `CROSS JOIN ${keys} k ON k.id = r.key_id WHERE TRUE ${conditions}`
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
