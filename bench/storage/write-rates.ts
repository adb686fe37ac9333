import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import type { WindowResult } from '../../src/model/results.ts';
import { Dictionary } from '../../src/storage/sqlite/dictionary.ts';
import { openSqliteResults } from '../../src/storage/sqlite/index.ts';
import { MIGRATIONS } from '../../src/storage/sqlite/migrations/index.ts';
import { openForWriting } from '../../src/storage/sqlite/open-database.ts';
import { packWindow } from '../../src/storage/sqlite/packed-window.ts';
import { RowWriter } from '../../src/storage/sqlite/row-writer.ts';

/** Windows that come first and are not measured: they make the keys of 3,000 pods, which later ones find. */
const WARM_UP_WINDOWS = 12;

/** How often the three are measured, one after the other: what else the machine does hits all three. */
export const ROUNDS = 7;

/** Rows a second, and ratios to bare inserts of the same round; of each the median. */
interface WriteRates {
  readonly bare: number;
  readonly plain: number;
  readonly whole: number;
  readonly plainRatio: number;
  readonly wholeRatio: number;
}

export async function writeRates(within: string, windows: readonly WindowResult[]): Promise<WriteRates> {
  const rounds: WriteRates[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const folder = mkdtempSync(join(within, 'round-'));
    const bare = await bareInserts(folder, windows);
    const plain = await rowsOnly(folder, windows);
    const whole = await wholeStore(folder, windows);
    rounds.push({ bare, plain, whole, plainRatio: plain / bare, wholeRatio: whole / bare });
    rmSync(folder, { recursive: true });
  }
  const median = (of: keyof WriteRates): number =>
    rounds.map((round) => round[of]).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
  return {
    bare: median('bare'),
    plain: median('plain'),
    whole: median('whole'),
    plainRatio: median('plainRatio'),
    wholeRatio: median('wholeRatio'),
  };
}

/** Rows a second of prepared inserts into `result_rows`, of values that are ready: nothing else is done. */
async function bareInserts(folder: string, windows: readonly WindowResult[]): Promise<number> {
  const full = await openForWriting(join(folder, 'values.sqlite'), MIGRATIONS, 0);
  writeRows(full, windows);
  const lines = full.prepare<[], unknown[]>('SELECT * FROM result_rows').raw().all();
  const columns = full.prepare<[], string>("SELECT name FROM pragma_table_info('result_rows')").pluck().all();
  full.close();
  const bare = await openForWriting(join(folder, 'bare.sqlite'), MIGRATIONS, 0);
  const insert = bare.prepare<unknown[]>(
    `INSERT INTO result_rows (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  const rowsAWindow = Math.ceil(lines.length / windows.length);
  const insertLines = (from: number, to: number): void => {
    for (let at = from; at < to; at += rowsAWindow) {
      const some = lines.slice(at, Math.min(to, at + rowsAWindow));
      bare.transaction(() => {
        for (const line of some) insert.run(...line);
      })();
    }
  };
  const warmedUp = WARM_UP_WINDOWS * rowsAWindow;
  insertLines(0, warmedUp);
  const started = performance.now();
  insertLines(warmedUp, lines.length);
  const rate = (lines.length - warmedUp) / ((performance.now() - started) / 1000);
  bare.close();
  return rate;
}

/** Rows a second of the product's own way of a row, without what follows from rows: check, pack, keys, insert. */
async function rowsOnly(folder: string, windows: readonly WindowResult[]): Promise<number> {
  const database = await openForWriting(join(folder, 'rows.sqlite'), MIGRATIONS, 0);
  const writer = new RowWriter(database, new Dictionary(database));
  writeRows(database, windows.slice(0, WARM_UP_WINDOWS), writer);
  const started = performance.now();
  const rows = writeRows(database, windows.slice(WARM_UP_WINDOWS), writer);
  const rate = rows / ((performance.now() - started) / 1000);
  database.close();
  return rate;
}

/** Rows a second of the whole store: its thread, roll-ups, presence, node facts and ledger, on a new file too. */
async function wholeStore(folder: string, windows: readonly WindowResult[]): Promise<number> {
  const store = await openSqliteResults({ file: join(folder, 'store.sqlite') });
  for (const window of windows.slice(0, WARM_UP_WINDOWS)) await store.replaceWindow(window, 1);
  let rows = 0;
  const started = performance.now();
  for (const window of windows.slice(WARM_UP_WINDOWS)) {
    await store.replaceWindow(window, 1);
    rows += window.rows.length;
  }
  const rate = rows / ((performance.now() - started) / 1000);
  await store.close();
  return rate;
}

function writeRows(
  database: Database.Database,
  windows: readonly WindowResult[],
  writer: RowWriter = new RowWriter(database, new Dictionary(database)),
): number {
  let count = 0;
  for (const window of windows) {
    const packed = packWindow(window, 1);
    database.transaction(() => {
      const rows = writer.resolve(packed, 1);
      writer.insert(rows, 1, window.entry.window);
      count += rows.count;
    })();
  }
  return count;
}
