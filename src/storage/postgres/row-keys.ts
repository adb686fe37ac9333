import { type ResultRow, ROW_KINDS } from '../../model/results.ts';

/** Columns of `pod_keys` that name a row, in the order of `keyTexts`. */
export const KEY_COLUMNS = [
  'row_kind',
  'namespace',
  'pod',
  'node',
  'owner_kind',
  'owner_name',
  'team',
  'zone',
  'provider',
  'node_zone',
  'instance_type',
  'workload_kind',
  'workload_name',
] as const;

/** What names a row, as texts; empty where there is none, and the kind as its place in ROW_KINDS. */
export function keyTexts(row: ResultRow): readonly string[] {
  const [workloadKind, workloadName] = workloadOf(row);
  return [
    String(ROW_KINDS.indexOf(row.rowKind)),
    row.namespace,
    row.podName,
    row.node,
    row.ownerKind ?? '',
    row.ownerName ?? '',
    row.team ?? '',
    row.emapsZone,
    row.provider,
    row.nodeZone ?? '',
    row.nodeInstanceType ?? '',
    workloadKind,
    workloadName,
  ];
}

/** A pod without an owner is its own workload, as `Pod/<name>`; rows that are no pod have none. */
function workloadOf(row: ResultRow): readonly [kind: string, name: string] {
  if (row.rowKind !== 'pod') return ['', ''];
  if (row.ownerKind !== null && row.ownerName !== null && row.ownerKind !== '' && row.ownerName !== '') {
    return [row.ownerKind, row.ownerName];
  }
  return ['Pod', row.podName];
}
