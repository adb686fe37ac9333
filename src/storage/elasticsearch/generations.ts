import * as z from 'zod';
import { bulk } from './bulk.ts';
import { ofCluster, startsIn } from './clauses.ts';
import type { WindowTime } from './cluster-head.ts';
import { deleteMatching, pagesOf } from './documents.ts';
import { type Group, groupIn } from './group-fields.ts';
import type { Store } from './store.ts';

const FAMILIES = ['combined-metrics', 'node-windows', 'node-sightings', 'collection-runs'] as const;

/** What of a window others depend on: groups of its pods, and names of its nodes. */
export interface WindowContents {
  readonly groups: readonly Group[];
  readonly nodes: readonly string[];
}

export const NO_CONTENTS: WindowContents = { groups: [], nodes: [] };

const NodeKey = z.object({ node_key: z.string() });

/** The contents of one generation of a window, whether it counts or not. */
export async function contentsOf(
  { requests, names }: Store,
  clusterId: string,
  { startSeconds }: WindowTime,
  generation: string,
): Promise<WindowContents> {
  const range = { startSeconds, endSeconds: startSeconds + 1 };
  const filter = [ofCluster(clusterId), startsIn(range), { term: { generation } }];
  const groups: Group[] = [];
  const rows = {
    query: { bool: { filter: [...filter, { term: { row_kind: 'pod' } }] } },
    sort: ['namespace', 'pod_name', 'node'],
  };
  for await (const page of pagesOf(requests, names.within('combined-metrics', range), rows)) {
    groups.push(...page.map(({ source }) => groupIn(source)));
  }
  const nodes: string[] = [];
  const sightings = { query: { bool: { filter } }, sort: ['node_key'], _source: ['node_key'] };
  for await (const page of pagesOf(requests, names.within('node-sightings', range), sightings)) {
    nodes.push(...page.map(({ source }) => NodeKey.parse(source).node_key.slice(clusterId.length + 1)));
  }
  return { groups, nodes };
}

/** Deletes every document of one generation of a window. */
export async function clearGeneration(
  { requests, names }: Store,
  { startSeconds }: WindowTime,
  generation: string,
): Promise<void> {
  const range = { startSeconds, endSeconds: startSeconds + 1 };
  const indices = FAMILIES.flatMap((family) => names.within(family, range));
  const query = { bool: { filter: [startsIn(range), { term: { generation } }] } };
  await deleteMatching(requests, indices, query, (operations) => bulk(requests, operations));
}
