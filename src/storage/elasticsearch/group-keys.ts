import type { Dimension, GroupKey } from '../../core/ports/results-store.ts';
import { type Aggregations, type Bucket, bucketsIn } from './sum-aggregations.ts';

/** Fields whose value labels a group where all its documents agree. */
const LABELS: Readonly<Record<Dimension, readonly string[]>> = {
  cluster: [],
  namespace: [],
  workload: [],
  pod: ['workload', 'node'],
  node: [],
  team: ['cluster_id', 'row_kind'],
  zone: ['cluster_id'],
  provider: ['cluster_id'],
};

/** Values that were seen in a group, by label; two are enough to know that they differ. */
export type Labels = Readonly<Record<string, readonly string[]>>;

export function labelAggregations(groupBy: Dimension | null): Aggregations {
  const fields = groupBy === null ? [] : LABELS[groupBy];
  return Object.fromEntries(fields.map((field) => [`l_${field}`, { terms: { field, size: 2 } }]));
}

export function labelsIn(bucket: Bucket, groupBy: Dimension | null): Labels {
  const fields = groupBy === null ? [] : LABELS[groupBy];
  return Object.fromEntries(
    fields.map((field) => [field, bucketsIn(bucket, `l_${field}`).map(({ key }) => String(key))]),
  );
}

export function mergedLabels(left: Labels, right: Labels): Labels {
  return Object.fromEntries(
    Object.entries(left).map(([field, values]) => [field, [...new Set([...values, ...(right[field] ?? [])])]]),
  );
}

const NOTHING = { clusterId: null, namespace: null, ownerKind: null, ownerName: null, node: null } as const;

/** What a group is, from the value of its key field and its labels. */
export function groupKeyOf(groupBy: Dimension, value: string, labels: Labels): GroupKey {
  const only = (field: string): string | null => (labels[field]?.length === 1 ? (labels[field][0] ?? null) : null);
  const [clusterId, afterCluster] = cut(value);
  switch (groupBy) {
    case 'cluster':
      return { ...NOTHING, key: value, clusterId: value };
    case 'namespace':
      return { ...NOTHING, key: afterCluster, clusterId, namespace: afterCluster };
    case 'node':
      return { ...NOTHING, key: afterCluster, clusterId, node: afterCluster === '' ? null : afterCluster };
    case 'workload': {
      const [namespace, workload] = cut(afterCluster);
      return { ...NOTHING, key: workload === '' ? namespace : workload, clusterId, namespace, ...ownerOf(workload) };
    }
    case 'pod': {
      const [namespace, pod] = cut(afterCluster);
      return { key: pod, clusterId, namespace, ...ownerOf(only('workload') ?? ''), node: only('node') || null };
    }
    case 'team': {
      const kind = only('row_kind');
      const isNoPod = kind !== null && kind !== 'pod';
      return { ...NOTHING, key: value, clusterId: only('cluster_id'), namespace: isNoPod ? value : null };
    }
    case 'zone':
    case 'provider':
      return { ...NOTHING, key: value, clusterId: only('cluster_id') };
  }
}

/** `Kind/name`; rows that are no pod have none. */
function ownerOf(workload: string): { readonly ownerKind: string | null; readonly ownerName: string | null } {
  const [ownerKind, ownerName] = cut(workload);
  return ownerName === '' ? { ownerKind: null, ownerName: null } : { ownerKind, ownerName };
}

/** What is before the first slash, and what is after it. */
function cut(text: string): readonly [string, string] {
  const slash = text.indexOf('/');
  return slash < 0 ? [text, ''] : [text.slice(0, slash), text.slice(slash + 1)];
}
