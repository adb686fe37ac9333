import { createHash } from 'node:crypto';
import { closeSync, copyFileSync, openSync, readFileSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { ResultsStore } from '../../../src/core/ports/results-store.ts';
import type { ResultRow, WindowResult } from '../../../src/model/results.ts';
import { openSqliteResults } from '../../../src/storage/sqlite/index.ts';
import {
  CLUSTER,
  DAY,
  NEW_YEAR,
  nodeRow,
  OTHER_CLUSTER,
  sampleNodeWindow,
  sampleRow,
  sampleSnapshot,
  sampleWindow,
} from './sample-windows.ts';

export const PAGE = 8192;
/** Four days with an hour of windows each; retention takes the rows of the first. */
export const DAYS = [0, 1, 2, 3].map((day) => NEW_YEAR + day * DAY);
export const WINDOWS_A_DAY = 12;
const PODS = 60;

/** Every window of the store, in order. */
export function allWindows(): readonly WindowResult[] {
  return DAYS.flatMap((day) =>
    Array.from({ length: WINDOWS_A_DAY }, (_, place) => day + place * 300).flatMap((start) => [
      windowAt(start, CLUSTER, PODS),
      windowAt(start, OTHER_CLUSTER, 5),
    ]),
  );
}

function windowAt(start: number, clusterId: string, pods: number): WindowResult {
  const rows: ResultRow[] = Array.from({ length: pods }, (_, pod) =>
    sampleRow(
      {
        clusterId,
        podName: `pod-${pod}-${start % 7}`,
        namespace: `space-${pod % 7}`,
        ownerName: `work-${pod % 13}`,
        node: `n${pod % 4}`,
        podUid: `uid-${clusterId}-${pod}-${start % 7}`,
      },
      1 + (pod % 5) + (start % 900) / 1000,
    ),
  );
  return sampleWindow(start, [...rows, nodeRow('system', { clusterId })], {
    clusterId,
    nodeWindows: [sampleNodeWindow({ clusterId })],
    nodeSnapshots: [sampleSnapshot({ clusterId, snapshotAtSeconds: start })],
  });
}

/** Makes the store that the tests damage copies of. */
export async function makeStore(file: string): Promise<void> {
  const store = await openSqliteResults({ file, readers: 1 });
  for (const each of allWindows()) await store.replaceWindow(each, 1);
  await prune(store);
  await store.close();
}

/** Rows of the first day go. */
async function prune(store: ResultsStore): Promise<void> {
  const policy = { rawDays: 3, podHourDays: 90, hourDays: 400, podDayDays: 400, dayDays: null };
  await store.maintain(policy, NEW_YEAR + 4 * DAY);
}

export const copyOf = (from: string, to: string): void => copyFileSync(from, to);

/** Bytes that follow from their place: garbage, and the same in each run. */
export function garbage(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed * 2_654_435_761;
  for (let at = 0; at < length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

export function overwrite(file: string, at: number, bytes: Buffer): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, bytes, 0, bytes.length, at);
  closeSync(descriptor);
}

/** Numbers of a table's pages in a sound file. */
export function pagesOf(file: string, table: string, type: 'leaf' | 'internal'): readonly number[] {
  const database = new Database(file, { readonly: true });
  try {
    return database
      .prepare<[string, string], number>('SELECT pageno FROM dbstat WHERE name = ? AND pagetype = ? ORDER BY path')
      .pluck()
      .all(table, type);
  } finally {
    database.close();
  }
}

export const digestOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');
