import type { Operation } from './bulk.ts';
import { idOf } from './document-ids.ts';
import type { IndexNames } from './index-names.ts';
import { isoOf } from './instants.ts';
import { ledgerDocument } from './ledger-document.ts';
import { sightingDocument } from './node-changes.ts';
import { nodeWindowDocument } from './node-window-document.ts';
import { rowDocument } from './row-document.ts';
import type { WindowContent } from './window-content.ts';

/** Every document of a window. Ids follow from the generation, and that from the content: the same again overwrites itself. */
export function* windowOperations(
  names: IndexNames,
  { result, rows, hash }: WindowContent,
  generation: string,
): Generator<Operation> {
  const { entry, nodeWindows, nodeSnapshots } = result;
  const { startSeconds, durationSeconds } = entry.window;
  const put = (family: string, id: string, document: object): Operation => ({
    kind: 'put',
    index: names.of(family, startSeconds),
    id,
    document,
  });
  const timestamp = isoOf(startSeconds);
  for (const row of rows) {
    const id = idOf(generation, row.namespace, row.podName, row.node);
    yield put('combined-metrics', id, rowDocument(row, entry.window, timestamp, generation));
  }
  for (const row of nodeWindows) {
    yield put('node-windows', idOf(generation, row.node), nodeWindowDocument(row, entry.window, generation));
  }
  for (const snapshot of nodeSnapshots) {
    const document = sightingDocument(snapshot, startSeconds, durationSeconds, generation);
    yield put('node-sightings', idOf(generation, snapshot.name), document);
  }
  const closed = { entry: { ...entry, rowCount: rows.length }, generation, contentHash: hash };
  yield put('collection-runs', generation, ledgerDocument(closed));
}
