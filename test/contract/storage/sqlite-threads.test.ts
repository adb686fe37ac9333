import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ResultsStore } from '../../../src/core/ports/results-store.ts';
import { Failure } from '../../../src/model/failure.ts';
import { openSqliteResults } from '../../../src/storage/sqlite/index.ts';
import { ReaderPool } from '../../../src/storage/sqlite/reader-pool.ts';
import { SqliteResults } from '../../../src/storage/sqlite/sqlite-results.ts';
import { StoreThread } from '../../../src/storage/sqlite/store-thread.ts';
import { DAY, NEW_YEAR, sampleRow, sampleWindow } from './sample-windows.ts';
import { checkSound } from './sqlite-soundness.ts';
import { failureCodeOf } from './store-fixture.ts';

const ALL = { clusterIds: [] };
const day = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + DAY };

describe('the threads of a SQLite store', () => {
  let folder = '';
  let file = '';
  let store: ResultsStore | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'podwatt-threads-'));
    file = join(folder, 'deep', 'results.sqlite');
  });
  afterEach(async () => {
    await store?.close();
    store = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  it('keep what was written over a restart', async () => {
    store = await openSqliteResults({ file });
    await store.replaceWindow(sampleWindow(NEW_YEAR, [sampleRow()]), 1);
    await store.close();
    store = await openSqliteResults({ file });
    expect((await store.totals(ALL, day)).joules).toBe(1000.5);
  });

  it('answer many questions at once while windows are written, each from one state', async () => {
    store = await openSqliteResults({ file });
    const opened = store;
    const rows = Array.from({ length: 50 }, (_, index) => sampleRow({ podName: `p-${index}` }));
    const writes = Array.from({ length: 10 }, (_, index) =>
      opened.replaceWindow(sampleWindow(NEW_YEAR + index * 300, rows), 1),
    );
    const answers = await Promise.all(Array.from({ length: 20 }, () => opened.totals(ALL, day)));
    await Promise.all(writes);
    for (const { joules } of answers) expect(Math.round(joules / 1000.5) % 50).toBe(0);
    expect((await opened.totals(ALL, day)).joules).toBeCloseTo(1000.5 * 500, 6);
    checkSound(file);
  });

  it('drop a question that is cancelled before, while it waits and while it runs, and answer the next', async () => {
    store = await openSqliteResults({ file, readers: 1 });
    await store.replaceWindow(sampleWindow(NEW_YEAR, [sampleRow()]), 1);
    expect(await failureCodeOf(store.totals(ALL, day, AbortSignal.abort()))).toBe('cancelled');
    const running = new AbortController();
    const waiting = new AbortController();
    const first = failureCodeOf(store.totals(ALL, day, running.signal));
    const second = failureCodeOf(store.totals(ALL, day, waiting.signal));
    const third = store.totals(ALL, day);
    waiting.abort();
    expect(await second).toBe('cancelled');
    running.abort();
    expect(await first).toBe('cancelled');
    expect((await third).joules).toBe(1000.5);
  });

  it('give up a question that takes too long', async () => {
    const writer = new StoreThread({ file, role: 'writer' });
    await writer.ready();
    const pool = new ReaderPool(file, 1, 0);
    expect(await failureCodeOf(pool.call('totals', { filter: ALL, range: day }))).toBe('timeout');
    await pool.close();
    expect(await failureCodeOf(pool.call('totals', { filter: ALL, range: day }))).toBe('cancelled');
    await writer.close();
  });

  it('say so when they stop, and refuse what they do not know', async () => {
    const writer = new StoreThread({ file, role: 'writer' });
    await writer.ready();
    expect(await failureCodeOf(writer.call('no such thing', null))).toBe('store');
    expect(await failureCodeOf(writer.call('toString', null))).toBe('store');
    const answer = failureCodeOf(writer.call('deleteCluster', 'x'));
    await writer.close();
    expect(await answer).toBe('no failure');
    expect(writer.isAlive).toBe(false);
    expect(await failureCodeOf(writer.call('deleteCluster', 'x'))).toBe('store');
    await writer.close();
  });

  it('come back when the writing one has died: what it was asked fails, the next write works', async () => {
    const writer = new StoreThread({ file, role: 'writer' });
    await writer.ready();
    const pool = new ReaderPool(file, 1, 30_000);
    store = new SqliteResults(file, writer, pool);
    const asked = failureCodeOf(store.putCluster({} as never));
    writer.abandon(new Failure('store', 'died'));
    expect(await asked).toBe('store');
    await store.replaceWindow(sampleWindow(NEW_YEAR, [sampleRow()]), 1);
    expect((await store.totals(ALL, day)).joules).toBe(1000.5);
  });

  it('leave a store of a newer version as it is', async () => {
    store = await openSqliteResults({ file });
    await store.close();
    const database = new Database(file);
    database.prepare("INSERT INTO schema_migrations VALUES (999, 'future', 0)").run();
    database.close();
    expect(await failureCodeOf(openSqliteResults({ file }))).toBe('store');
    await expect(openSqliteResults({ file })).rejects.toThrow(/newer Podwatt.*999/);
    const after = new Database(file);
    expect(after.prepare('SELECT MAX(version) FROM schema_migrations').pluck().get()).toBe(999);
    after.close();
    store = undefined;
  });

  it('refuse what is no database, and leave it as it is', async () => {
    file = join(folder, 'notes.txt');
    await writeFile(file, 'this is a text, and a long one, so that it is no empty file'.repeat(100));
    await expect(openSqliteResults({ file })).rejects.toThrow(/could not be opened/);
    await expect(openSqliteResults({ file })).rejects.toMatchObject({
      code: 'store',
      hint: expect.stringContaining('damaged'),
    });
    store = undefined;
  });

  it('fail with a way out where no file can be made', async () => {
    await writeFile(join(folder, 'deep'), 'a file in the place of a folder');
    await expect(openSqliteResults({ file })).rejects.toMatchObject({
      code: 'store',
      hint: expect.stringContaining('folder'),
    });
    store = undefined;
  });
});
