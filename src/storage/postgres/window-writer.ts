import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import type { ResultRow, WindowResult } from '../../model/results.ts';
import { badInput, checkWindow } from '../sql/check-window.ts';
import { numberIn } from '../sql/sums.ts';
import type { Connections } from './connections.ts';
import { clusterKey, fence } from './fence.ts';
import { type FoundKeys, KeyCache } from './key-cache.ts';
import { entryBefore, putEntry } from './ledger.ts';
import { replaceNodes } from './node-facts.ts';
import { type Month, makePartitions, monthOf } from './partitions.ts';
import { stateOf } from './postgres-failure.ts';
import { shrinkPresence } from './presence.ts';
import { addWindow, recomputeWindow } from './rollups.ts';
import { COPY_ROWS, encodeRows } from './row-copy.ts';
import type { Session } from './session.ts';

/** Bytes that go to the connection at a time. */
const CHUNK_BYTES = 256 * 1024;

/** Writes windows, one transaction each. */
export class WindowWriter {
  readonly #connections: Connections;
  readonly #keys = new KeyCache();
  readonly #months = new Set<Month>();

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  /** Throws `Failure` conflict or bad-input; the store is then as it was. */
  async replace(result: WindowResult, epoch: number): Promise<void> {
    checkWindow(result, epoch);
    const rows = inOrder(result);
    const month = monthOf(result.entry.window.startSeconds);
    for (let attempt = 1; ; attempt += 1) {
      try {
        if (rows.length > 0) await this.#makeMonth(month);
        const keys = await this.#connections.write((session) => this.#replace(session, result, rows, epoch));
        keys.remember();
        return;
      } catch (error) {
        // Retention of another process may just have dropped the month.
        const state = stateOf(error instanceof Error ? error.cause : null);
        if (attempt > 1 || state !== NO_PARTITION || !this.#months.delete(month)) throw error;
      }
    }
  }

  async #makeMonth(month: Month): Promise<void> {
    if (this.#months.has(month)) return;
    await this.#connections.write((session) => makePartitions(session, 'combined_metrics', [month]));
    this.#months.add(month);
  }

  async #replace(
    session: Session,
    result: WindowResult,
    rows: readonly ResultRow[],
    epoch: number,
  ): Promise<FoundKeys> {
    const { entry } = result;
    const { clusterId, window } = entry;
    await fence(session, clusterId, epoch);
    const cluster = await clusterKey(session, clusterId);
    const before = await entryBefore(session, clusterId, window);
    const keys = await this.#keys.idsOf(session, cluster, rows);
    const encoded = encodeRows(rows, keys.ids, window);
    const hash = createHash('sha256').update(encoded).update(describe(result)).digest();
    // The same answers again: everything, closing time included, stays as it is.
    if (before?.hash.equals(hash) === true) return keys;

    const had = before !== null && before.rowCount > 0;
    const lost = had ? await removeRows(session, clusterId, window.startSeconds) : [];
    if (rows.length > 0) await copyRows(session, encoded);
    await putEntry(session, entry, rows.length, hash);
    if (had) await recomputeWindow(session, cluster.id, clusterId, window.startSeconds);
    else if (rows.length > 0) await addWindow(session, cluster.id, clusterId, window.startSeconds);
    const now = new Set(keys.ids);
    await shrinkPresence(
      session,
      clusterId,
      window,
      lost.filter((key) => !now.has(key)),
    );
    await replaceNodes(session, result);
    return keys;
  }
}

/** check_violation: a row that no partition takes. */
const NO_PARTITION = '23514';

/** Rows in the order of the table's key, so that they come fast and in one order. Throws for two of one pod and node. */
function inOrder({ entry, rows }: WindowResult): readonly ResultRow[] {
  const placed = rows.map((row) => {
    if (row.clusterId !== entry.clusterId) throw badInput('a row names another cluster than its window');
    return { row, place: `${row.namespace}\u0000${row.podName}\u0000${row.node}` };
  });
  placed.sort((left, right) => (left.place < right.place ? -1 : left.place > right.place ? 1 : 0));
  placed.forEach(({ place }, index) => {
    if (placed[index + 1]?.place === place) throw badInput('it holds two rows of one pod on one node');
  });
  return placed.map(({ row }) => row);
}

function describe({ entry, nodeWindows, nodeSnapshots }: WindowResult): string {
  const { closedAtSeconds: _, ...kept } = entry;
  return JSON.stringify([kept, nodeWindows, nodeSnapshots]);
}

async function removeRows(session: Session, clusterId: string, startSeconds: number): Promise<readonly number[]> {
  const lines = await session.query(
    'DELETE FROM combined_metrics WHERE cluster_id = $1 AND timestamp = to_timestamp($2::bigint) RETURNING key_id',
    [clusterId, startSeconds],
  );
  return lines.map((line) => numberIn(line, 'key_id'));
}

async function copyRows(session: Session, encoded: Buffer): Promise<void> {
  await pipeline(Readable.from(chunksOf(encoded)), session.client.query(copyFrom(COPY_ROWS)));
}

function* chunksOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
}
