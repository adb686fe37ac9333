import type { Dimension, ResultFilter } from '../../core/ports/results-store.ts';
import { DICTIONARY, IN_CLEAR, type KeyStyle } from './key-style.ts';

/** The three grains of roll-up, cheapest last. */
export type Grain = 'pod' | 'workload' | 'namespace';

const DIMENSIONS_OF_GRAIN: readonly (readonly [Grain, ReadonlySet<Dimension>])[] = [
  ['namespace', new Set<Dimension>(['cluster', 'namespace'])],
  ['workload', new Set<Dimension>(['cluster', 'namespace', 'workload', 'node', 'team', 'zone', 'provider'])],
];

/** The cheapest grain that knows every dimension of the filter and the grouping. */
export function grainFor(filter: ResultFilter, groupBy: Dimension | null): Grain {
  const wanted = [...filteredDimensions(filter), ...(groupBy === null ? [] : [groupBy])];
  return DIMENSIONS_OF_GRAIN.find(([, known]) => wanted.every((dimension) => known.has(dimension)))?.[0] ?? 'pod';
}

function filteredDimensions(filter: ResultFilter): Dimension[] {
  const named = ['namespace', 'workload', 'pod', 'node', 'team', 'zone', 'provider'] as const;
  return named.filter((dimension) => filter[dimension] !== undefined);
}

/** A label of a group: one of its key columns, or a value of the rows that is kept where it is the same in all. */
export type Label = { readonly key: number } | { readonly single: string } | null;

/** How a dimension groups: expressions over the key table `k`, and over the grouped columns `g0`, `g1`, … . */
export interface Grouping {
  readonly keys: readonly string[];
  /** Text of the group's key. */
  readonly text: string;
  readonly cluster: Label;
  readonly namespace: Label;
  readonly ownerKind: Label;
  readonly ownerName: Label;
  readonly node: Label;
}

/** SQL for the identity of a cluster key. */
export function clusterOf(id: string): string {
  return `(SELECT cluster_id FROM cluster_keys WHERE id = ${id})`;
}

const OBJECT = { cluster: { key: 0 }, ownerKind: null, ownerName: null, node: null, namespace: null } as const;

/**
 * Objects of a cluster (namespace, workload, pod, node) are groups within their cluster; team, zone and provider span
 * clusters. Rows that are no pod have no workload and no team: they are groups of their own, named by their namespace.
 */
function groupingsIn({ textOf, none }: KeyStyle): Readonly<Record<Dimension, Grouping>> {
  const attribute = (column: string): Grouping => ({
    ...OBJECT,
    keys: [column],
    text: `COALESCE(${textOf('g0')}, '')`,
    cluster: { single: 'k.cluster_key' },
  });
  return {
    cluster: { ...OBJECT, keys: ['k.cluster_key'], text: clusterOf('g0') },
    namespace: { ...OBJECT, keys: ['k.cluster_key', 'k.namespace'], text: textOf('g1'), namespace: { key: 1 } },
    workload: {
      ...OBJECT,
      keys: ['k.cluster_key', 'k.namespace', 'k.workload_kind', 'k.workload_name'],
      text: `CASE WHEN g2 = ${none} THEN ${textOf('g1')} ELSE ${textOf('g2')} || '/' || ${textOf('g3')} END`,
      namespace: { key: 1 },
      ownerKind: { key: 2 },
      ownerName: { key: 3 },
    },
    pod: {
      ...OBJECT,
      keys: ['k.cluster_key', 'k.namespace', 'k.pod'],
      text: textOf('g2'),
      namespace: { key: 1 },
      ownerKind: { single: 'k.workload_kind' },
      ownerName: { single: 'k.workload_name' },
      node: { single: 'k.node' },
    },
    // Volumes are on no node: a group without a name.
    node: {
      ...OBJECT,
      keys: ['k.cluster_key', 'k.node'],
      text: `COALESCE(${textOf('g1')}, '')`,
      node: { key: 1 },
    },
    team: {
      ...attribute('CASE WHEN k.row_kind = 0 THEN k.team ELSE k.namespace END'),
      namespace: { single: `CASE WHEN k.row_kind = 0 THEN ${none} ELSE k.namespace END` },
    },
    zone: attribute('k.zone'),
    provider: attribute('k.provider'),
  };
}

const OF_DICTIONARY = groupingsIn(DICTIONARY);
const OF_TEXTS = groupingsIn(IN_CLEAR);

/** How a dimension groups in a style of keys. */
export function groupingOf(dimension: Dimension, style: KeyStyle): Grouping {
  return (style === IN_CLEAR ? OF_TEXTS : OF_DICTIONARY)[dimension];
}
