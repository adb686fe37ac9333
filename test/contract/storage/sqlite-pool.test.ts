import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../../src/model/failure.ts';
import { openSqliteResults } from '../../../src/storage/sqlite/index.ts';
import { packWindow, transferOf } from '../../../src/storage/sqlite/packed-window.ts';
import { ReaderPool } from '../../../src/storage/sqlite/reader-pool.ts';
import { StoreThread } from '../../../src/storage/sqlite/store-thread.ts';
import { DAY, NEW_YEAR, sampleRow, sampleWindow } from './sample-windows.ts';

const TOTALS = { filter: { clusterIds: [] }, range: { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + DAY } };
const joulesOf = (answer: unknown) => (answer as { joules: number }).joules;
const failureOf = (work: Promise<unknown>): Promise<Failure | null> =>
  work.then(
    () => null,
    (error: Failure) => error,
  );

let folder = '';
let file = '';
const closing: (() => Promise<unknown>)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwatt-thread-'));
  file = join(folder, 'results.sqlite');
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
});

async function writer(): Promise<StoreThread> {
  const thread = new StoreThread({ file, role: 'writer' });
  closing.push(() => thread.close());
  await thread.ready();
  return thread;
}
async function write(thread: StoreThread, startSeconds: number): Promise<void> {
  const packed = packWindow(sampleWindow(startSeconds, [sampleRow()]), 1);
  await thread.call('replaceWindow', packed, transferOf(packed));
}
function pool(readers: number, of = file): ReaderPool {
  const readersOf = new ReaderPool(of, readers, 30_000);
  closing.push(() => readersOf.close());
  return readersOf;
}

describe('one thread', () => {
  it('answers what it was asked in order, the last before it closes', async () => {
    const thread = await writer();
    const asked = [write(thread, NEW_YEAR), write(thread, NEW_YEAR + 300)];
    const closed = thread.close();
    await Promise.all(asked);
    await closed;
    expect(thread.isAlive).toBe(false);
    expect(joulesOf(await pool(1).call('totals', TOTALS))).toBeCloseTo(2001, 9);
  });

  it('that can not open its file says so to who waits, and to every call', async () => {
    const reader = new StoreThread({ file: join(folder, 'nope.sqlite'), role: 'reader' });
    await expect(reader.ready()).rejects.toMatchObject({ code: 'store', hint: expect.stringContaining('folder') });
    expect(await failureOf(reader.call('totals', TOTALS))).toMatchObject({ code: 'store' });
    expect(reader.isAlive).toBe(false);
    await reader.gone();
  });

  it('that was started with wrong data ends, and does not leave its callers waiting', async () => {
    const thread = new StoreThread({ file: 7 as never, role: 'writer' });
    const asked = failureOf(thread.call('clusters', null));
    await expect(thread.ready()).rejects.toBeInstanceOf(Failure);
    expect(await asked).toMatchObject({ code: 'store' });
    await thread.gone();
  });

  it('that is given up fails what it was asked with the reason, once, and ends after the call it is in', async () => {
    const thread = await writer();
    const asked = failureOf(write(thread, NEW_YEAR));
    thread.abandon(new Failure('timeout', 'Too slow'));
    thread.abandon(new Failure('store', 'another reason'));
    expect(await asked).toMatchObject({ code: 'timeout', message: 'Too slow' });
    expect(await failureOf(thread.call('deleteCluster', 'x'))).toMatchObject({ code: 'timeout' });
    await thread.gone();
    // What was under way was finished, not torn: the file is sound and holds the window.
    const database = new Database(file, { readonly: true });
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(database.prepare('SELECT COUNT(*) FROM ledger').pluck().get()).toBe(1);
    database.close();
  });
});

describe('the pool of readers', () => {
  let shared: StoreThread;
  let sharedFolder = '';
  beforeAll(async () => {
    sharedFolder = mkdtempSync(join(tmpdir(), 'podwatt-pool-'));
    shared = new StoreThread({ file: join(sharedFolder, 'results.sqlite'), role: 'writer' });
    await write(shared, NEW_YEAR);
  });
  afterAll(async () => {
    await shared.close();
    rmSync(sharedFolder, { recursive: true, force: true });
  });
  const sharedPool = (readers: number) => pool(readers, join(sharedFolder, 'results.sqlite'));

  it('sees a window as soon as its writing was answered', async () => {
    const readers = sharedPool(1);
    const tomorrow = { ...TOTALS, range: { startSeconds: NEW_YEAR + DAY, endSeconds: NEW_YEAR + 2 * DAY } };
    for (let index = 0; index < 5; index += 1) {
      await write(shared, NEW_YEAR + DAY + index * 300);
      expect(joulesOf(await readers.call('totals', tomorrow))).toBeCloseTo(1000.5 * (index + 1), 9);
    }
  });

  it('a refused question costs the others nothing', async () => {
    const readers = sharedPool(1);
    const [refused, answered] = await Promise.all([
      failureOf(readers.call('nonsense', null)),
      readers.call('totals', TOTALS),
    ]);
    expect(refused).toMatchObject({ code: 'store' });
    expect(joulesOf(answered)).toBe(1000.5);
  });

  it('a signal that fires after the answer changes nothing', async () => {
    const readers = sharedPool(1);
    const stop = new AbortController();
    expect(joulesOf(await readers.call('totals', TOTALS, stop.signal))).toBe(1000.5);
    stop.abort();
    expect(joulesOf(await readers.call('totals', TOTALS))).toBe(1000.5);
  });

  it('works on after every one of its threads was cancelled', async () => {
    const readers = sharedPool(2);
    const stops = [new AbortController(), new AbortController()];
    const asked = stops.map(({ signal }) => failureOf(readers.call('totals', TOTALS, signal)));
    for (const stop of stops) stop.abort();
    expect((await Promise.all(asked)).map((failure) => failure?.code)).toEqual(['cancelled', 'cancelled']);
    expect(joulesOf(await readers.call('totals', TOTALS))).toBe(1000.5);
  });

  it('closing ends what runs and what waits, and every thread', async () => {
    const readers = sharedPool(1);
    const asked = Array.from({ length: 4 }, () => failureOf(readers.call('totals', TOTALS)));
    await readers.close();
    const codes = (await Promise.all(asked)).map((failure) => failure?.code ?? 'answered');
    expect(codes.slice(1)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect(await failureOf(readers.call('totals', TOTALS))).toMatchObject({ code: 'cancelled' });
    await readers.close();
  });

  it('without a file to read fails each question, and reads it once it is there', async () => {
    const readers = pool(1);
    expect(await failureOf(readers.call('totals', TOTALS))).toMatchObject({ code: 'store' });
    expect(await failureOf(readers.call('totals', TOTALS))).toMatchObject({ code: 'store' });
    await write(await writer(), NEW_YEAR);
    expect(joulesOf(await readers.call('totals', TOTALS).catch(() => readers.call('totals', TOTALS)))).toBe(1000.5);
  });
});

it('a store of a newer version is left as it is, to the last byte, and nothing is put beside it', async () => {
  const database = new Database(file);
  database.exec('CREATE TABLE schema_migrations (version INTEGER PRIMARY KEY, name TEXT, applied_at_seconds INTEGER)');
  database.exec("INSERT INTO schema_migrations VALUES (999, 'future', 0); CREATE TABLE future (x)");
  database.close();
  const before = readFileSync(file);
  expect(await failureOf(openSqliteResults({ file }))).toMatchObject({
    code: 'store',
    message: expect.stringContaining('999'),
  });
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(readdirSync(folder)).toEqual(['results.sqlite']);
});
