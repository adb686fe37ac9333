import * as z from 'zod';
import type { NodeWindowsQuery, StoredNodeWindow } from '../../core/ports/results-store.ts';
import type { NodeSnapshot } from '../../model/results.ts';
import type { TimeRange } from '../../model/time.ts';
import { hiddenClauses, startsIn } from './clauses.ts';
import { compositePages, keyOf } from './composite-pages.ts';
import { pagesOf } from './documents.ts';
import { isoOf, secondsOf } from './instants.ts';
import { nodeWindowOf } from './node-window-document.ts';
import type { Query } from './requests.ts';
import type { Store } from './store.ts';

const NODES_A_PAGE = 1000;

/** Nodes with a window in the range, each as it last was in it (or before it, where it did not change since). */
export async function readNodes(
  store: Store,
  clusterIds: readonly string[],
  range: TimeRange,
): Promise<readonly NodeSnapshot[]> {
  const { requests, names, heads } = store;
  const known = await heads.list(clusterIds);
  if (known.length === 0) return [];
  const ofClusters: Query = { terms: { cluster_id: known.map(({ clusterId }) => clusterId) } };
  const seen = new Set<string>();
  const windows = {
    indices: names.within('node-windows', range),
    query: { bool: { filter: [ofClusters, startsIn(range)], must_not: hiddenClauses(known) } },
    fields: ['node_key'],
    aggregations: {},
    size: 10 * NODES_A_PAGE,
  };
  for await (const page of compositePages(requests, windows)) {
    for (const bucket of page) seen.add(keyOf(bucket)['node_key'] ?? '');
  }
  const nodes: NodeSnapshot[] = [];
  const snapshots = {
    indices: [names.of('node-snapshots')],
    query: { bool: { filter: [ofClusters, { range: { timestamp: { lt: isoOf(range.endSeconds) } } }] } },
    fields: ['node_key'],
    aggregations: { newest: { top_hits: { size: 1, sort: [{ timestamp: { order: 'desc' as const } }] } } },
    size: NODES_A_PAGE,
  };
  for await (const page of compositePages(requests, snapshots)) {
    for (const bucket of page) {
      if (!seen.has(keyOf(bucket)['node_key'] ?? '')) continue;
      const [hit] = TopHits.parse(bucket).newest.hits.hits;
      if (hit !== undefined) nodes.push(snapshotOf(hit._source));
    }
  }
  return nodes.sort((left, right) => compare(left.clusterId, right.clusterId) || compare(left.name, right.name));
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

const Snapshot = z.object({
  cluster_id: z.string(),
  name: z.string(),
  snapshot_timestamp: z.string(),
  instance_type: z.string().nullable(),
  provider: z.string(),
  region: z.string().nullable(),
  zone: z.string().nullable(),
  emaps_zone: z.string(),
  cpu_capacity: z.number(),
  memory_capacity: z.number(),
  architecture: z.string().nullable(),
  os: z.string().nullable(),
  embodied_kilograms: z.number(),
});

const TopHits = z.looseObject({
  newest: z.object({ hits: z.object({ hits: z.array(z.object({ _source: Snapshot })) }) }),
});

function snapshotOf(line: z.infer<typeof Snapshot>): NodeSnapshot {
  return {
    clusterId: line.cluster_id,
    snapshotAtSeconds: secondsOf(line.snapshot_timestamp),
    name: line.name,
    instanceType: line.instance_type,
    provider: line.provider,
    region: line.region,
    zone: line.zone,
    emapsZone: line.emaps_zone,
    cpuCapacityMillicores: line.cpu_capacity,
    memoryCapacityBytes: line.memory_capacity,
    architecture: line.architecture,
    os: line.os,
    embodiedKilograms: line.embodied_kilograms,
  };
}

/** Windows of one node, oldest first; where there are more than `limit`, evenly thinned with the first and last kept. */
export async function readNodeWindows(
  { requests, names, heads }: Store,
  { clusterId, node, range, limit }: NodeWindowsQuery,
): Promise<readonly StoredNodeWindow[]> {
  const known = await heads.list([clusterId]);
  if (known.length === 0 || limit < 1) return [];
  const indices = names.within('node-windows', range);
  const filter = [{ term: { node_key: `${clusterId}/${node}` } }];
  const must_not = hiddenClauses(known);
  const sort = ['timestamp'];
  // First only when the windows are: a year of them is some 100,000 short answers.
  const starts: string[] = [];
  const all = { query: { bool: { filter: [...filter, startsIn(range)], must_not } }, sort, size: 10_000 };
  for await (const page of pagesOf(requests, indices, { ...all, _source: ['timestamp'] })) {
    starts.push(...page.map(({ source }) => Started.parse(source).timestamp));
  }
  const wanted = thinned(starts, limit);
  const found: StoredNodeWindow[] = [];
  for (let first = 0; first < wanted.length; first += NODES_A_PAGE) {
    const terms = { terms: { timestamp: wanted.slice(first, first + NODES_A_PAGE) } };
    const body = { query: { bool: { filter: [...filter, terms], must_not } }, sort, size: NODES_A_PAGE };
    const { hits } = (await requests.search(indices, body)).hits;
    found.push(...hits.map(({ _source }) => nodeWindowOf(_source)));
  }
  return found;
}

const Started = z.object({ timestamp: z.string() });

/** Entry i of n is kept where i * (limit - 1) / (n - 1) enters a new whole number: `limit` entries, evenly spread. */
export function thinned<Entry>(entries: readonly Entry[], limit: number): readonly Entry[] {
  if (entries.length <= limit) return entries;
  const steps = Math.max(1, limit - 1);
  const last = entries.length - 1;
  const stepOf = (place: number): number => Math.floor((place * steps) / last);
  return entries.filter((_, place) => place === 0 || stepOf(place) > stepOf(place - 1)).slice(0, limit);
}
