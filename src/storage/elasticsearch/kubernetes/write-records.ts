import type { KubernetesBatch } from '../../../core/ports/kubernetes-store.ts';
import { Failure } from '../../../model/failure.ts';
import type { EpochSeconds } from '../../../model/time.ts';
import { isoOf } from '../../sql/instants.ts';
import { LIVING, type LiveIds } from '../../sql/kubernetes/liveness.ts';
import type { RecordTable } from '../../sql/kubernetes/record-table.ts';
import { CLUSTERS, NAMESPACES, NODES, PODS, RELEASES, WORKLOADS } from '../../sql/kubernetes/record-tables.ts';
import { refusedLines } from '../../sql/kubernetes/refused.ts';
import { bulk, type MayGoOn, type Operation } from '../bulk.ts';
import { ofCluster } from '../clauses.ts';
import { newHead } from '../cluster-head.ts';
import { pagesOf } from '../documents.ts';
import { refuseOlderEpoch } from '../fencing.ts';
import type { Store } from '../store.ts';
import { familyName, putOperation } from './document-places.ts';
import { knownIds, lacks } from './find-records.ts';

const TRIES = 20;
const IDS_A_SEARCH = 1000;

/**
 * Does a work under an epoch: refused where the head of the cluster knows a younger one, before it, between its pieces
 * and after it. What a writer that lost its cluster meanwhile still wrote is replaced by the next full listing.
 */
export async function underEpoch(
  { heads }: Store,
  clusterId: string,
  epoch: number,
  work: (mayGoOn: MayGoOn) => Promise<void>,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const stored = (await heads.load(clusterId)) ?? { head: newHead(clusterId, 0), found: null };
    refuseOlderEpoch(stored.head, epoch);
    if (stored.head.epoch === epoch) break;
    if ((await heads.change(stored, { ...stored.head, epoch })) !== null) break;
    if (attempt === TRIES) throw new Failure('store-away', 'Too many wrote this cluster at the same time.');
  }
  const mayGoOn = async (): Promise<void> => {
    const now = await heads.load(clusterId);
    if (now !== null) refuseOlderEpoch(now.head, epoch);
  };
  await work(mayGoOn);
  await mayGoOn();
}

/** Puts records in the place of those before them. */
export async function putRecords<Kept extends object>(
  { requests, names }: Store,
  table: RecordTable<Kept>,
  records: readonly Kept[],
  mayGoOn?: MayGoOn,
): Promise<void> {
  if (records.length === 0) return;
  await bulk(requests, operationsOf(names, table, records), mayGoOn);
}

function operationsOf<Kept extends object>(
  names: Store['names'],
  table: RecordTable<Kept>,
  records: readonly Kept[],
): readonly Operation[] {
  // Of two with one id the last: the pieces of a bulk are side by side.
  const operations = new Map<string, Operation>();
  for (const record of records) {
    const operation = putOperation(table, names, record);
    operations.set(operation.id, operation);
  }
  return [...operations.values()];
}

/** Throws `Failure` bad-input where a table lacks one of these ids. */
export async function needParents<Kept extends object>(
  store: Store,
  table: RecordTable<Kept>,
  ids: Iterable<string | null>,
  given: ReadonlySet<string> = new Set(),
): Promise<void> {
  const asked = [...new Set(ids)].filter((id): id is string => id !== null && !given.has(id));
  const known = await knownIds(store, table, asked);
  const missing = asked.find((id) => !known.has(id));
  if (missing !== undefined) throw refusedLines(new Error(`${table.name} has no ${missing}`));
}

/** Writes a batch, parents before children; everything is made and checked before the first is written. */
export async function writeBatch(store: Store, batch: KubernetesBatch, mayGoOn: MayGoOn): Promise<void> {
  const { clusterId, namespaces, nodes, workloads, pods, releases } = batch;
  const { names, requests } = store;
  const levels = [
    [...operationsOf(names, NAMESPACES, namespaces), ...operationsOf(names, NODES, nodes)],
    operationsOf(names, WORKLOADS, workloads),
    [...operationsOf(names, PODS, pods), ...operationsOf(names, RELEASES, releases)],
  ];
  const idsOf = (records: readonly { readonly id: string }[]): ReadonlySet<string> =>
    new Set(records.map(({ id }) => id));
  await needParents(store, CLUSTERS, [clusterId]);
  const inNamespaces = [...workloads, ...pods, ...releases].map(({ namespaceId }) => namespaceId);
  await needParents(store, NAMESPACES, inNamespaces, idsOf(namespaces));
  const owners = pods.map(({ workloadId }) => workloadId);
  await needParents(store, WORKLOADS, owners, idsOf(workloads));
  for (const operations of levels) if (operations.length > 0) await bulk(requests, operations, mayGoOn);
}

/** Says of objects that they are gone since an instant; what was gone before stays so since then. */
export async function markGone(
  { requests, names }: Store,
  clusterId: string,
  goneIds: LiveIds,
  atSeconds: EpochSeconds,
  mayGoOn: MayGoOn,
): Promise<void> {
  const at = isoOf(atSeconds);
  for (const { kind, table, gone } of LIVING) {
    const ids = goneIds[kind];
    const operations: Operation[] = [];
    for (let first = 0; first < ids.length; first += IDS_A_SEARCH) {
      const among = { terms: { id: ids.slice(first, first + IDS_A_SEARCH) } };
      const query = { bool: { filter: [ofCluster(clusterId), among, lacks(gone)] } };
      for await (const page of pagesOf(requests, [names.all(familyName(table))], { query, sort: ['id'] })) {
        for (const { index, id, source } of page) {
          const document = { ...(source as object), [gone]: at, updated_at: at };
          operations.push({ kind: 'put', index, id, document });
        }
      }
    }
    if (operations.length > 0) await bulk(requests, operations, mayGoOn);
  }
}

/** Ids of what is there, by table. */
export async function readLiveIds({ requests, names }: Store, clusterId: string): Promise<LiveIds> {
  const found: Record<keyof LiveIds, string[]> = { namespaces: [], nodes: [], workloads: [], pods: [], releases: [] };
  for (const { kind, table, gone } of LIVING) {
    const query = { bool: { filter: [ofCluster(clusterId), lacks(gone)] } };
    const body = { query, sort: ['id'], _source: false };
    // What a document's id is: none of these tables has another.
    for await (const page of pagesOf(requests, [names.all(familyName(table))], body)) {
      found[kind].push(...page.map(({ id }) => id));
    }
  }
  return found;
}
