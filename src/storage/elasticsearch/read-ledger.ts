import type { LedgerEntry } from '../../model/results.ts';
import type { EpochSeconds, TimeRange } from '../../model/time.ts';
import { hiddenClauses, ofCluster, startsIn } from './clauses.ts';
import type { ClusterHead } from './cluster-head.ts';
import { pagesOf } from './documents.ts';
import { type LedgerDocument, ledgerDocumentOf } from './ledger-document.ts';
import type { Query } from './requests.ts';
import type { Store } from './store.ts';

const FAMILY = 'collection-runs';
/** Closed windows of an hour: all that a window in it can overlap, as no window crosses an hour. */
export async function ledgerOfHour(
  store: Store,
  head: ClusterHead,
  hour: EpochSeconds,
): Promise<readonly LedgerDocument[]> {
  return entriesIn(store, head, { startSeconds: hour, endSeconds: hour + 3600 });
}

/** Closed windows that start in the range, by start. */
export async function readLedger(store: Store, clusterId: string, range: TimeRange): Promise<readonly LedgerEntry[]> {
  const [head] = await store.heads.list([clusterId]);
  return head === undefined ? [] : (await entriesIn(store, head, range)).map(({ entry }) => entry);
}

async function entriesIn(store: Store, head: ClusterHead, range: TimeRange): Promise<LedgerDocument[]> {
  const { requests, names } = store;
  const body = { query: visible(head, [startsIn(range)]), sort: [{ timestamp: 'asc' as const }] };
  const entries: LedgerDocument[] = [];
  for await (const page of pagesOf(requests, names.within(FAMILY, range), body)) {
    entries.push(...page.map(({ source }) => ledgerDocumentOf(source)));
  }
  return entries;
}

/** The youngest closed entry with data. */
export function readLastDataEntry(store: Store, clusterId: string): Promise<LedgerEntry | null> {
  return oneEntry(store, clusterId, 'desc', [{ terms: { state: ['whole', 'partial'] } }]);
}

/** The oldest closed entry. */
export function readFirstEntry(store: Store, clusterId: string): Promise<LedgerEntry | null> {
  return oneEntry(store, clusterId, 'asc', []);
}

async function oneEntry(
  { requests, names, heads }: Store,
  clusterId: string,
  order: 'asc' | 'desc',
  clauses: readonly Query[],
): Promise<LedgerEntry | null> {
  const [head] = await heads.list([clusterId]);
  if (head === undefined) return null;
  const body = { query: visible(head, clauses), sort: [{ timestamp: order }], size: 1, track_total_hits: false };
  const [hit] = (await requests.search([names.all(FAMILY)], body)).hits.hits;
  return hit === undefined ? null : ledgerDocumentOf(hit._source).entry;
}

function visible(head: ClusterHead, clauses: readonly Query[]): Query {
  return { bool: { filter: [ofCluster(head.clusterId), ...clauses], must_not: hiddenClauses([head]) } };
}
