import type { WindowResult } from '../../model/results.ts';
import { floorTo, type TimeRange, type Window } from '../../model/time.ts';
import { storedWindowOf } from '../sql/stored-window.ts';
import { ofCluster, startsIn } from './clauses.ts';
import { isPruned } from './cluster-head.ts';
import { pagesOf } from './documents.ts';
import { sightedSnapshot } from './node-changes.ts';
import { nodeWindowOf } from './node-window-document.ts';
import { ledgerOfHour, readLedger } from './read-ledger.ts';
import type { SearchBody } from './requests.ts';
import { rowOf } from './row-document.ts';
import type { Store } from './store.ts';

const HOUR = 3600;

/** Everything that was written of a window, what its nodes were then included; null once its rows are not kept. */
export async function readWindow(store: Store, clusterId: string, window: Window): Promise<WindowResult | null> {
  const { requests, names, heads } = store;
  const { startSeconds, durationSeconds } = window;
  const head = (await heads.load(clusterId))?.head;
  if (head === undefined || isPruned(head, startSeconds)) return null;
  const closed = (await ledgerOfHour(store, head, floorTo(startSeconds, HOUR))).find(
    ({ entry }) => entry.window.startSeconds === startSeconds && entry.window.durationSeconds === durationSeconds,
  );
  if (closed === undefined) return null;
  const range = { startSeconds, endSeconds: startSeconds + 1 };
  // What one attempt wrote, and no other: a window that is replaced meanwhile is found incomplete at worst.
  const query = {
    bool: { filter: [ofCluster(clusterId), startsIn(range), { term: { generation: closed.generation } }] },
  };
  const allOf = async <Read>(
    family: string,
    sort: NonNullable<SearchBody['sort']>,
    read: (source: unknown) => Read,
  ): Promise<readonly Read[]> => {
    const found: Read[] = [];
    for await (const page of pagesOf(requests, names.within(family, range), { query, sort })) {
      found.push(...page.map(({ source }) => read(source)));
    }
    return found;
  };
  return storedWindowOf({
    entry: closed.entry,
    rows: await allOf('combined-metrics', ['namespace', 'pod_name', 'node'], rowOf),
    nodeWindows: await allOf('node-windows', ['node'], nodeWindowOf),
    nodeSnapshots: await allOf('node-sightings', ['node_key'], sightedSnapshot),
  });
}

/** Windows with rows that are kept, oldest first. */
export async function readRestatable(store: Store, clusterId: string, range: TimeRange): Promise<readonly Window[]> {
  const [head] = await store.heads.list([clusterId]);
  if (head === undefined) return [];
  const entries = await readLedger(store, clusterId, range);
  return entries
    .filter(
      ({ state, rowCount, window }) => state !== 'no-data' && rowCount > 0 && !isPruned(head, window.startSeconds),
    )
    .map(({ window }) => window);
}
