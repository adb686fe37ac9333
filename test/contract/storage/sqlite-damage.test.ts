import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Totals } from '../../../src/core/ports/results-store.ts';
import { openAppState, openSqliteResults } from '../../../src/storage/sqlite/index.ts';
import type { OpenedSqlite } from '../../../src/storage/sqlite/open-results.ts';
import { allWindows, copyOf, DAYS, digestOf, garbage, makeStore, overwrite, PAGE, pagesOf } from './damaged-file.ts';
import { CLUSTER, DAY, OTHER_CLUSTER } from './sample-windows.ts';
import { expectSame } from './store-fixture.ts';

const ALL = { clusterIds: [] };
const WINDOWS = allWindows();
let made: string;
let folder: string;
let file: string;
let store: OpenedSqlite | undefined;
let before: readonly Totals[];

beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), 'podwatt-damage-'));
  await makeStore(join(made, 'podwatt.sqlite'));
  const sound = await openSqliteResults({ file: join(made, 'podwatt.sqlite'), readers: 1 });
  before = await totalsOf(sound);
  await sound.close();
});
afterAll(() => rmSync(made, { recursive: true, force: true }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwatt-damage-'));
  file = join(folder, 'podwatt.sqlite');
  copyOf(join(made, 'podwatt.sqlite'), file);
});
afterEach(async () => {
  await store?.close();
  store = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** Of each day and cluster. */
const totalsOf = (from: OpenedSqlite): Promise<readonly Totals[]> =>
  Promise.all(
    DAYS.flatMap((day) =>
      [CLUSTER, OTHER_CLUSTER].map((clusterId) =>
        from.totals({ clusterIds: [clusterId] }, { startSeconds: day, endSeconds: day + DAY }),
      ),
    ),
  );

async function open(): Promise<OpenedSqlite> {
  store = await openSqliteResults({ file, readers: 1 });
  return store;
}

async function windowsIn(from: OpenedSqlite): Promise<number> {
  const all = { startSeconds: DAYS[0] ?? 0, endSeconds: (DAYS[3] ?? 0) + DAY };
  const lists = await Promise.all([CLUSTER, OTHER_CLUSTER].map((cluster) => from.listLedger(cluster, all)));
  return lists.flat().length;
}

/** Reads again what is missing, as collecting does, and finds everything as it was before. */
async function expectRefillable(from: OpenedSqlite, lost: Partial<Totals> = {}): Promise<void> {
  expect(await from.verify()).toEqual([]);
  for (const window of WINDOWS.slice(WINDOWS.length / 4)) await from.replaceWindow(window, 1);
  expect(await windowsIn(from)).toBe(WINDOWS.length);
  expect(await from.verify()).toEqual([]);
  const after = await totalsOf(from);
  for (const [place, totals] of after.entries()) {
    const isRefilled = place >= 2;
    expectSame(
      { ...totals, ...(isRefilled ? {} : lost) },
      { ...(before[place] as Totals), ...(isRefilled ? {} : lost) },
    );
  }
}

const asideName = (): string =>
  readdirSync(folder).find((name) => /^podwatt\.sqlite\.damaged-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ$/.test(name)) ?? 'none';

describe('a damaged results file', () => {
  it('of which pages in the middle are garbage loses the windows of these pages only', async () => {
    const leaves = pagesOf(file, 'result_rows', 'leaf');
    for (const place of [10, 11, 40]) overwrite(file, ((leaves[place] ?? 0) - 1) * PAGE, garbage(PAGE, place));
    const damaged = digestOf(file);
    const opened = await open();
    expect(opened.recovery).toMatchObject({ setAsideAs: join(folder, asideName()), isLostLeast: false });
    const { windowsLost = 0, windowsRecovered = 0 } = opened.recovery ?? {};
    expect(windowsLost).toBeGreaterThanOrEqual(2);
    expect(windowsLost).toBeLessThan(8);
    expect(windowsRecovered + windowsLost).toBe(WINDOWS.length);
    expect(digestOf(join(folder, asideName()))).toBe(damaged);
    expect(await windowsIn(opened)).toBe(windowsRecovered);
    await expectRefillable(opened);
  });

  it('that was cut short keeps what lies before the cut', async () => {
    truncateSync(file, Math.floor(readFileSync(file).length * 0.93));
    const opened = await open();
    expect(opened.recovery?.windowsRecovered).toBeGreaterThan(WINDOWS.length / 4);
    expect(opened.recovery?.windowsRecovered).toBeLessThan(WINDOWS.length);
    await expectRefillable(opened);
  });

  it.each([
    ['the header', 100],
    ['the first page', PAGE],
  ])('of which %s is zero is read by what it holds', async (_, length) => {
    overwrite(file, 0, Buffer.alloc(length));
    const opened = await open();
    expect(opened.recovery).toMatchObject({ windowsRecovered: WINDOWS.length, windowsLost: 0 });
    const after = await totalsOf(opened);
    for (const [place, totals] of after.entries()) expectSame(totals, before[place] as Totals);
    await expectRefillable(opened);
  });

  it('of which an inner page is garbage keeps the pages that hung on it', async () => {
    const [inner = 0] = pagesOf(file, 'result_rows', 'internal');
    overwrite(file, (inner - 1) * PAGE, garbage(PAGE));
    const opened = await open();
    // The inner page of a table without row ids holds rows itself; all others stand on its children.
    expect(opened.recovery?.windowsRecovered).toBeGreaterThan(WINDOWS.length / 2);
    await expectRefillable(opened);
  });

  it('that lost keys loses the windows that nobody could name any more, and no other', async () => {
    const [leaf = 0] = pagesOf(file, 'pod_keys', 'leaf').slice(-1);
    overwrite(file, (leaf - 1) * PAGE, Buffer.alloc(PAGE));
    const opened = await open();
    expect(opened.recovery?.windowsLost).toBeGreaterThan(0);
    expect(opened.recovery?.windowsRecovered).toBeGreaterThan(0);
    // Pods of days that have no rows any more can't be named again.
    await expectRefillable(opened, { podCount: 0 });
  });

  it('that lost its ledger says that more may be lost than is known', async () => {
    const pages = [...pagesOf(file, 'ledger', 'leaf'), ...pagesOf(file, 'ledger', 'internal')];
    for (const page of pages) overwrite(file, (page - 1) * PAGE, garbage(PAGE));
    const opened = await open();
    expect(opened.recovery).toMatchObject({ windowsRecovered: 0, isLostLeast: true });
    // Days that retention had taken the rows of keep their totals.
    expectSame((await totalsOf(opened))[0] as Totals, before[0] as Totals);
  });

  it('keeps roll-ups of days without rows though nothing tells any more which days those are', async () => {
    for (const page of pagesOf(file, 'pruned_days', 'leaf')) overwrite(file, (page - 1) * PAGE, garbage(PAGE));
    const opened = await open();
    expect(opened.recovery).toMatchObject({ windowsRecovered: WINDOWS.length, windowsLost: 0 });
    await expectRefillable(opened);
  });

  it('that never was a database is set aside for a new one', async () => {
    writeFileSync(file, 'something else was written here by mistake, long enough to be taken for a file\n'.repeat(400));
    const opened = await open();
    expect(opened.recovery).toMatchObject({ windowsRecovered: 0, isLostLeast: true });
    expect(readFileSync(join(folder, asideName()), 'utf8')).toContain('by mistake');
    await opened.replaceWindow(WINDOWS[0] as never, 1);
    expect(
      (await opened.totals(ALL, { startSeconds: DAYS[0] ?? 0, endSeconds: (DAYS[0] ?? 0) + DAY })).joules,
    ).toBeGreaterThan(0);
  });

  it('is found again by the next start where a query met it', async () => {
    const opened = await open();
    await opened.close();
    store = undefined;
    const second = await open();
    expect(second.recovery).toBeNull();
    const leaves = pagesOf(file, 'result_rows', 'leaf');
    for (const leaf of leaves) overwrite(file, (leaf - 1) * PAGE, garbage(PAGE, leaf));
    const [day = 0] = DAYS.slice(-1);
    const query = {
      filter: ALL,
      podPattern: null,
      range: { startSeconds: day, endSeconds: day + DAY },
      limit: 10,
      offset: 0,
    };
    await expect(second.rows(query)).rejects.toMatchObject({ code: 'store', hint: expect.stringContaining('again') });
    expect(existsSync(`${file}.check`)).toBe(true);
    await second.close();
    store = undefined;
    expect((await open()).recovery?.windowsLost).toBeGreaterThan(0);
    expect(existsSync(`${file}.check`)).toBe(false);
  });

  it('is recovered although the process ended between the two renames', async () => {
    await makeNothing();
    copyOf(join(made, 'podwatt.sqlite'), `${file}.recovering`);
    const opened = await open();
    expect(await windowsIn(opened)).toBe(WINDOWS.length);
    expect(existsSync(`${file}.recovering`)).toBe(false);
  });

  it('begins anew where the process ended while it was read', async () => {
    writeFileSync(`${file}.recovering`, 'half of a file');
    overwrite(file, 0, Buffer.alloc(100));
    expect((await open()).recovery?.windowsRecovered).toBe(WINDOWS.length);
  });
});

const makeNothing = async (): Promise<void> => rmSync(file);

describe('no damage', () => {
  it.each(['garbage', 'the log of a killed process, cut within a frame'])('is %s in the log', async (kind) => {
    if (kind === 'garbage') writeFileSync(`${file}-wal`, garbage(100_000));
    else {
      const database = new Database(file);
      database.pragma('wal_autocheckpoint = 0');
      database.exec('CREATE TABLE extra (id INTEGER PRIMARY KEY); INSERT INTO extra VALUES (1)');
      const log = readFileSync(`${file}-wal`);
      const main = readFileSync(file);
      database.close();
      writeFileSync(file, main);
      writeFileSync(`${file}-wal`, log.subarray(0, log.length - 1000));
    }
    const opened = await open();
    expect(opened.recovery).toBeNull();
    expect(await windowsIn(opened)).toBe(WINDOWS.length);
  });

  it('is a file of a newer version, damaged or not', async () => {
    const database = new Database(file);
    database.prepare("INSERT INTO schema_migrations VALUES (999, 'future', 0)").run();
    database.close();
    const digest = digestOf(file);
    await expect(open()).rejects.toThrow(/newer Podwatt.*999/);
    expect(digestOf(file)).toBe(digest);
    const [leaf = 0] = pagesOf(file, 'result_rows', 'leaf');
    overwrite(file, 0, Buffer.alloc(100));
    overwrite(file, (leaf - 1) * PAGE, garbage(PAGE));
    await expect(open()).rejects.toThrow(/newer Podwatt.*999/);
    expect(asideName()).toBe('none');
  });

  it("is another program's file that was named by mistake", async () => {
    file = join(folder, 'notes.txt');
    writeFileSync(file, 'these are notes '.repeat(2000));
    await expect(open()).rejects.toMatchObject({
      code: 'store',
      message: expect.stringContaining('no SQLite database'),
    });
    expect(readdirSync(folder)).toContain('notes.txt');
    expect(readFileSync(file, 'utf8')).toMatch(/^these are notes/);
  });

  it('is an empty or a missing file', async () => {
    writeFileSync(file, '');
    expect((await open()).recovery).toBeNull();
  });
});

describe('a damaged file of settings', () => {
  it('is set aside, and settings that can be read are kept', async () => {
    const settings = join(folder, 'app.sqlite');
    const first = await openAppState({ file: settings });
    await first.set('theme', 'dark');
    await first.close();
    overwrite(settings, 0, Buffer.alloc(100));
    const second = await openAppState({ file: settings });
    expect(second.recovery).toMatchObject({
      isLostLeast: false,
      setAsideAs: expect.stringContaining('app.sqlite.damaged-'),
    });
    expect(await second.get('theme')).toBe('dark');
    await second.close();
    overwrite(settings, 0, garbage(readFileSync(settings).length));
    const third = await openAppState({ file: settings });
    expect(third.recovery?.setAsideAs).toMatch(/app\.sqlite\.damaged-/);
    expect(await third.get('theme')).toBeUndefined();
    await third.set('theme', 'light');
    expect(await third.get('theme')).toBe('light');
    await third.close();
  });
});
