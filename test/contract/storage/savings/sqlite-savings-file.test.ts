import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ResultsStore } from '../../../../src/core/ports/results-store.ts';
import { DEFAULT_RETENTION } from '../../../../src/model/retention.ts';
import { recoverFile } from '../../../../src/storage/sqlite/damage/recover-file.ts';
import { settleKeys } from '../../../../src/storage/sqlite/damage/settle-keys.ts';
import { settleWindows } from '../../../../src/storage/sqlite/damage/settle-windows.ts';
import { backUpSqlite, openSqliteResults } from '../../../../src/storage/sqlite/index.ts';
import { migrateDown } from '../../../../src/storage/sqlite/migrate.ts';
import { MIGRATIONS } from '../../../../src/storage/sqlite/migrations/index.ts';
import { openForWriting } from '../../../../src/storage/sqlite/open-database.ts';
import { CLUSTER, DAY, HOUR, NEW_YEAR, sampleRow, sampleWindow } from '../sample-windows.ts';
import { checkSound } from '../sqlite-soundness.ts';
import {
  change,
  clusterNamed,
  filter,
  recommendation,
  regressed,
  savingsDay,
  score,
  WEEK,
} from './sample-recommendations.ts';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwatt-savings-'));
  file = join(folder, 'results.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** An hour that is whole, one that is open, and something of everything that was recommended. */
async function fill(store: ResultsStore): Promise<void> {
  await store.putCluster(clusterNamed(CLUSTER, 'prod'));
  for (let part = 0; part < 14; part += 1) {
    const rows = [sampleRow({ cpuUsageMillicores: 100 * part }), sampleRow({ podName: 'cart-1', namespace: 'pay' }, 2)];
    await store.replaceWindow(sampleWindow(NEW_YEAR + part * 300, rows), 1);
  }
  await store.putRecommendations(CLUSTER, [recommendation('a'), regressed('b')], [change('a'), change('b')], 1);
  await store.putSavings(CLUSTER, [savingsDay('b', 0), savingsDay('gone', 1, { measuredCo2eGrams: 3 })], 1);
  await store.putScores(CLUSTER, [score(0), score(0, { namespace: 'shop' })], 1);
}

async function everythingIn(store: ResultsStore): Promise<unknown> {
  const range = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + DAY };
  /** Sums are rounded by the order in which they were added; these are not. */
  const exactly = async (by: 'workload' | 'node'): Promise<unknown> => {
    const { keys, keyIndex, hourIndex, columns } = await store.usageHours({ clusterId: CLUSTER, range, by });
    const { podCount, cpuPeakPodMillicores, memoryPeakPodBytes } = columns;
    return { keys, keyIndex, hourIndex, podCount, cpuPeakPodMillicores, memoryPeakPodBytes };
  };
  return [
    await store.recommendations(filter()),
    await store.statusHistory([], WEEK, 10),
    await store.savingsDays([], WEEK, 10),
    await store.latestScores([], 'cluster'),
    await store.latestScores([], 'namespace'),
    await exactly('workload'),
    await exactly('node'),
  ];
}

async function inStore<T>(path: string, work: (store: ResultsStore) => Promise<T>): Promise<T> {
  const store = await openSqliteResults({ file: path, readers: 1 });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** All peaks by hour, in the order of the table. */
function peaksIn(path: string): unknown[] {
  const database = new Database(path, { readonly: true });
  try {
    return database
      .prepare('SELECT cpu_peak_millicores, memory_peak_bytes FROM rollup_hour_pod ORDER BY start_seconds, key_id')
      .raw()
      .all();
  } finally {
    database.close();
  }
}

describe('peaks and recommendations in a SQLite file', () => {
  it('are in a backup', async () => {
    const before = await inStore(file, async (store) => {
      await fill(store);
      return everythingIn(store);
    });
    const copy = join(folder, 'copy.sqlite');
    await backUpSqlite(file, copy);
    expect(await inStore(copy, everythingIn)).toEqual(before);
    checkSound(copy);
  });

  it('are recovered from a file whose roll-ups are lost: peaks come from the rows again', async () => {
    const before = await inStore(file, async (store) => {
      await fill(store);
      return everythingIn(store);
    });
    const peaks = peaksIn(file);
    expect(peaks).toHaveLength(2);
    breakRoot('rollup_hour_pod');
    const recovered = join(folder, 'recovered.sqlite');
    const { damaged } = await recoverFile(file, recovered, MIGRATIONS, (database) => {
      settleKeys(database);
      return settleWindows(database, true);
    });
    expect([...damaged]).toContain('rollup_hour_pod');
    expect(await inStore(recovered, everythingIn)).toEqual(before);
    checkSound(recovered);
    await inStore(recovered, (store) => store.maintain(DEFAULT_RETENTION, NEW_YEAR + 3 * HOUR));
    expect(peaksIn(recovered).slice(0, 2)).toEqual(peaks);
  });

  it('are found by the check of the store where they are wrong', async () => {
    await inStore(file, fill);
    const database = new Database(file);
    database.prepare('UPDATE rollup_hour_pod SET memory_peak_bytes = memory_peak_bytes + 1').run();
    database.close();
    const problems = await inStore(file, (store) => store.verify());
    expect(problems.map(({ table }) => table)).toEqual(['rollup_hour_pod']);
  });

  it('are filled in from the rows that are kept; an hour without rows tells its mean', async () => {
    await inStore(file, async (store) => {
      await fill(store);
      await store.maintain(DEFAULT_RETENTION, NEW_YEAR + 3 * HOUR);
    });
    const filled = peaksIn(file);
    const database = new Database(file);
    migrateDown(database, 5, MIGRATIONS);
    // The second hour is of a day whose rows retention took.
    database.exec(`UPDATE rollup_hour_pod SET start_seconds = start_seconds - ${DAY} WHERE start_seconds > ${NEW_YEAR};
      INSERT INTO pruned_days SELECT id, ${NEW_YEAR - DAY} FROM cluster_keys`);
    database.close();
    (await openForWriting(file, MIGRATIONS, 2)).close();
    expect(peaksIn(file)).toEqual([[null, null], [null, null], ...filled.slice(0, 2)]);
    const range = { startSeconds: NEW_YEAR - DAY, endSeconds: NEW_YEAR };
    const { columns } = await inStore(file, (store) => store.usageHours({ clusterId: CLUSTER, range, by: 'node' }));
    // Two windows of 300 s in the hour: 100 × 12 and 100 × 13 millicores, 246.8 of the other pod.
    expect(columns.cpuPeakPodMillicores[0]).toBeCloseTo((2500 * 300) / HOUR, 9);
  });
});

/** Overwrites the first page of a table, so that nothing of it can be read. */
function breakRoot(table: string): void {
  const database = new Database(file);
  database.pragma('wal_checkpoint(TRUNCATE)');
  const root = Number(database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table));
  const pageSize = Number(database.pragma('page_size', { simple: true }));
  database.close();
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, Buffer.alloc(pageSize, 0xee), 0, pageSize, (root - 1) * pageSize);
  closeSync(descriptor);
}
