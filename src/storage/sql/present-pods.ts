import type { Dimension, ResultFilter } from '../../core/ports/results-store.ts';
import type { TimeRange } from '../../model/time.ts';
import { groupingOf } from './dimension-columns.ts';
import { filterConditions } from './filter-conditions.ts';
import { groupColumns, groupExpressions } from './grouped-sums.ts';
import { DICTIONARY, type KeyStyle } from './key-style.ts';
import { literals, type Statement } from './statement.ts';

/** Which pods to count: clusters by key, filter, time (a pod counts if it was seen in it), and by what. */
export interface PresenceQuestion {
  readonly clusterKeys: readonly number[];
  readonly filter: ResultFilter;
  readonly range: TimeRange;
  readonly groupBy: Dimension | null;
}

/** Lines of pods that were present: group columns, `identity`, `first`, `last`. */
export function presentPods(question: PresenceQuestion, style: KeyStyle = DICTIONARY): Statement {
  const { clusterKeys, range, groupBy } = question;
  const filter = filterConditions(question.filter, style);
  const grouping = groupBy === null ? null : { ...groupingOf(groupBy, style), ...NO_LABELS };
  return {
    text:
      'SELECT k.pod_identity AS identity, p.first_start_seconds AS first, p.last_end_seconds AS last' +
      `${groupExpressions(grouping)} FROM presence p JOIN pod_keys k ON k.id = p.key_id ` +
      `WHERE p.cluster_key IN (${literals(clusterKeys)}) AND p.last_end_seconds > ${literals([range.startSeconds])} ` +
      `AND p.first_start_seconds < ${literals([range.endSeconds])} ${filter.text}`,
    parameters: filter.parameters,
  };
}

const NO_LABELS = { cluster: null, namespace: null, ownerKind: null, ownerName: null, node: null } as const;

/** `group_id` and `pods`: distinct pods of each group whose key holds the text (null: of each group). */
export function podsByGroup(
  question: PresenceQuestion & { groupBy: Dimension },
  search: string | null,
  style: KeyStyle = DICTIONARY,
): Statement {
  const present = presentPods(question, style);
  const found = matchingGroups(question.groupBy, search, style);
  const columns = groupColumns(question.groupBy).join(', ');
  return {
    text: `SELECT ${groupId(question.groupBy)} AS group_id, COUNT(DISTINCT identity) AS pods FROM (${present.text}) present WHERE TRUE ${found.text} GROUP BY ${columns}`,
    parameters: [...present.parameters, ...found.parameters],
  };
}

/** Number of distinct pods over all matching groups. */
export function podsInAll(question: PresenceQuestion, search: string | null, style: KeyStyle = DICTIONARY): Statement {
  const present = presentPods(question, style);
  const found = question.groupBy === null ? NOTHING : matchingGroups(question.groupBy, search, style);
  return {
    text: `SELECT COUNT(DISTINCT identity) AS pods FROM (${present.text}) present WHERE TRUE ${found.text}`,
    parameters: [...present.parameters, ...found.parameters],
  };
}

const NOTHING: Statement = { text: '', parameters: [] };

/** Condition on group columns that the text of the key holds `search`, in any case; empty for null. */
export function matchingGroups(groupBy: Dimension, search: string | null, style: KeyStyle = DICTIONARY): Statement {
  if (search === null || search === '') return NOTHING;
  return {
    text: `AND ${style.contains(`lower(${groupingOf(groupBy, style).text})`, 'lower(?)')}`,
    parameters: [search],
  };
}

/** One text that is different for each group: its columns with a space between. */
export function groupId(groupBy: Dimension): string {
  return groupColumns(groupBy).join(` || ' ' || `);
}
