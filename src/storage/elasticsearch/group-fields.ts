import * as z from 'zod';
import type { Dimension, ResultFilter } from '../../core/ports/results-store.ts';
import type { ResultRow } from '../../model/results.ts';
import type { Query } from './requests.ts';

/** The field whose value is different for each group of a dimension. */
export const KEY_FIELD: Readonly<Record<Dimension, string>> = {
  cluster: 'cluster_id',
  namespace: 'namespace_key',
  workload: 'workload_key',
  pod: 'pod_key',
  node: 'node_key',
  team: 'team_key',
  zone: 'emaps_zone',
  provider: 'provider',
};

/** The field with the text that people see as a group's key, and that filters and searches compare. */
export const TEXT_FIELD: Readonly<Record<Dimension, string>> = {
  cluster: 'cluster_id',
  namespace: 'namespace',
  workload: 'workload',
  pod: 'pod_name',
  node: 'node',
  team: 'team_key',
  zone: 'emaps_zone',
  provider: 'provider',
};

const FILTERED = ['namespace', 'workload', 'pod', 'node', 'team', 'zone', 'provider'] as const;

/** Clauses of a filter, but for clusters. Rows that are no pod answer to their namespace as workload and as team. */
export function filterClauses(filter: ResultFilter): Query[] {
  return FILTERED.flatMap((dimension) => {
    const value = filter[dimension];
    return value === undefined ? [] : [{ term: { [TEXT_FIELD[dimension]]: value } }];
  });
}

/** What a row is grouped and filtered by, in its cluster. Rows that are no pod have their namespace as workload and team. */
export const GROUP_NAMES = [
  'row_kind',
  'namespace',
  'pod_name',
  'node',
  'workload',
  'team_key',
  'emaps_zone',
  'provider',
] as const;
export type Group = Readonly<Record<(typeof GROUP_NAMES)[number], string>>;

/** The group of a row. */
export function groupOf(row: ResultRow): Group {
  const isPod = row.rowKind === 'pod';
  return {
    row_kind: row.rowKind,
    namespace: row.namespace,
    pod_name: row.podName,
    node: row.node,
    workload: isPod ? workloadOf(row) : row.namespace,
    team_key: isPod ? (row.team ?? '') : row.namespace,
    emaps_zone: row.emapsZone,
    provider: row.provider,
  };
}

/**
 * The names of a group and its keys. A key joins names with `/`, which no name before the last can hold:
 * `<cluster>/<namespace>/<pod>`.
 */
export function groupFields(clusterId: string, group: Group): Record<string, string> {
  const namespaceKey = `${clusterId}/${group.namespace}`;
  return {
    ...group,
    namespace_key: namespaceKey,
    workload_key: group.row_kind === 'pod' ? `${namespaceKey}/${group.workload}` : namespaceKey,
    pod_key: `${namespaceKey}/${group.pod_name}`,
    node_key: `${clusterId}/${group.node}`,
  };
}

/** The group in a document. */
export function groupIn(source: unknown): Group {
  return GroupDocument.parse(source);
}

const GroupDocument = z.object({
  row_kind: z.string(),
  namespace: z.string(),
  pod_name: z.string(),
  node: z.string(),
  workload: z.string(),
  team_key: z.string(),
  emaps_zone: z.string(),
  provider: z.string(),
});

/** A pod without an owner is its own workload. */
function workloadOf(row: ResultRow): string {
  return row.ownerKind === null || row.ownerName === null ? `Pod/${row.podName}` : `${row.ownerKind}/${row.ownerName}`;
}
