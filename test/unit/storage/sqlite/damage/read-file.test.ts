import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rootsInFile } from '../../../../../src/storage/sqlite/damage/find-roots.ts';
import { freePages } from '../../../../../src/storage/sqlite/damage/free-pages.ts';
import { PageFile } from '../../../../../src/storage/sqlite/damage/page-file.ts';
import { looksDamaged } from '../../../../../src/storage/sqlite/damage/probe-pages.ts';
import { readTree, TreeReading } from '../../../../../src/storage/sqlite/damage/read-tree.ts';
import { readRecord, readRowId, readVarint } from '../../../../../src/storage/sqlite/damage/record.ts';
import { fits, tableShapes } from '../../../../../src/storage/sqlite/damage/table-shapes.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwatt-pages-'));
  file = join(folder, 'x.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const VALUES = [
  null,
  0,
  1,
  -1,
  127,
  -32_768,
  8_388_607,
  2 ** 40,
  Number.MAX_SAFE_INTEGER,
  2n ** 62n,
  1.5,
  -0.1,
  '',
  'text with ü and 🌱',
  Buffer.from([0, 1, 255]),
];

function withDatabase<T>(use: (database: Database.Database) => T): T {
  const database = new Database(file);
  try {
    database.pragma('synchronous = OFF');
    return use(database);
  } finally {
    database.close();
  }
}

function readTable(name: string, kind: 'table' | 'index') {
  const pages = new PageFile(file);
  try {
    const reading = new TreeReading();
    const root = rootsInFile(pages).tables.get(name) ?? 0;
    return { rows: [...readTree(pages, root, kind, reading)], unreadable: reading.unreadable };
  } finally {
    pages.close();
  }
}

describe('records', () => {
  it('of every type are what SQLite wrote, whatever the page size', () => {
    for (const pageSize of [512, 8192, 65_536]) {
      file = join(folder, `${pageSize}.sqlite`);
      withDatabase((database) => {
        database.pragma(`page_size = ${pageSize}`);
        database.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, v ANY) STRICT');
        const insert = database.prepare('INSERT INTO t VALUES (?, ?)');
        for (const [place, value] of VALUES.entries()) {
          const isWhole = typeof value === 'number' && Number.isInteger(value);
          insert.run(BigInt(place - 3), isWhole ? BigInt(value) : value);
        }
        insert.run(2n ** 62n, 'x'.repeat(200_000));
      });
      const { rows, unreadable } = readTable('t', 'table');
      expect(unreadable).toBe(0);
      expect(rows.slice(0, -1).map(({ values }) => values[1])).toEqual(VALUES);
      expect(rows.map(({ rowId }) => rowId).slice(0, 2)).toEqual([-3n, -2n]);
      expect(rows.at(-1)).toEqual({ rowId: 2n ** 62n, values: [null, 'x'.repeat(200_000)] });
    }
  });

  it('of tables without row ids come all, with those of inner pages and their long ends', () => {
    withDatabase((database) => {
      database.pragma('page_size = 1024');
      database.exec('CREATE TABLE t (b TEXT, a INTEGER, c REAL, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID');
      const insert = database.prepare('INSERT INTO t VALUES (?, ?, ?)');
      database.exec('BEGIN');
      for (let row = 0; row < 3000; row += 1) insert.run(`${row}${'y'.repeat(row % 900)}`, row, row / 2);
      database.exec('COMMIT');
    });
    const { rows, unreadable } = readTable('t', 'index');
    expect(unreadable).toBe(0);
    // The key's columns come first.
    const sorted = rows.map(({ values }) => values).sort((left, right) => Number(left[0]) - Number(right[0]));
    expect(sorted.map(([a, b, c]) => [a, String(b).length, c])).toEqual(
      Array.from({ length: 3000 }, (_, row) => [row, String(row).length + (row % 900), row / 2]),
    );
  });

  it('never throw, and hardly ever come, of garbage', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 200 }), (bytes) => {
        const buffer = Buffer.from(bytes);
        const values = readRecord(buffer);
        if (values !== null) expect(values.length).toBeLessThanOrEqual(buffer.length);
        readVarint(buffer, 0);
        readRowId(buffer, 0);
      }),
    );
  });
});

describe('the log', () => {
  it('is read up to its last whole commit', () => {
    const database = new Database(file);
    database.pragma('journal_mode = WAL');
    database.pragma('wal_autocheckpoint = 0');
    database.pragma('synchronous = OFF');
    database.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)');
    const insert = database.prepare('INSERT INTO t (v) VALUES (?)');
    for (let row = 0; row < 500; row += 1) insert.run(`row ${row} ${'z'.repeat(100)}`);
    const log = readFileSync(`${file}-wal`);
    const main = readFileSync(file);
    database.close();
    const rowsWith = (bytes: Buffer): number => {
      writeFileSync(file, main);
      writeFileSync(`${file}-wal`, bytes);
      return readTable('t', 'table').rows.length;
    };
    expect(rowsWith(log)).toBe(500);
    const flipped = Buffer.from(log);
    flipped[Math.floor(log.length / 2)] = (flipped[Math.floor(log.length / 2)] ?? 0) ^ 1;
    const half = rowsWith(flipped);
    expect(half).toBeGreaterThan(200);
    expect(half).toBeLessThan(300);
    // The library reads the same from the same bytes.
    writeFileSync(file, main);
    writeFileSync(`${file}-wal`, flipped);
    expect(withDatabase((again) => again.prepare('SELECT COUNT(*) FROM t').pluck().get())).toBe(half);
  });
});

describe('pages', () => {
  const makeMany = () =>
    withDatabase((database) => {
      database.pragma('page_size = 1024');
      database.exec(
        'CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); CREATE INDEX t_v ON t (v); CREATE TABLE gone (v)',
      );
      const insert = database.prepare('INSERT INTO t (v) VALUES (?)');
      const waste = database.prepare('INSERT INTO gone VALUES (?)');
      database.exec('BEGIN');
      for (let row = 0; row < 4000; row += 1) {
        insert.run(`value ${(row * 7919) % 4001}`);
        waste.run('w'.repeat(300));
      }
      database.exec('COMMIT; DROP TABLE gone');
    });
  const probe = (nowMilliseconds = () => 0): boolean => {
    const pages = new PageFile(file);
    try {
      return looksDamaged(pages, { untilMilliseconds: 10, nowMilliseconds, random: () => 0.5 });
    } finally {
      pages.close();
    }
  };

  it('that are free are told apart', () => {
    makeMany();
    const pages = new PageFile(file);
    const free = withDatabase((database) => Number(database.pragma('freelist_count', { simple: true })));
    expect(freePages(pages)?.size).toBe(free);
    expect(free).toBeGreaterThan(300);
    pages.close();
  });

  it('are probed: a sound file is not suspicious, each damaged page is', () => {
    makeMany();
    expect(probe()).toBe(false);
    const sound = readFileSync(file);
    const used = withDatabase((database) =>
      database.prepare<[], number>("SELECT pageno FROM dbstat WHERE name IN ('t', 't_v')").pluck().all(),
    );
    for (const page of [used[0], used.at(-1), used[Math.floor(used.length / 2)]]) {
      const broken = Buffer.from(sound);
      broken.fill(0, ((page ?? 0) - 1) * 1024, (page ?? 0) * 1024);
      writeFileSync(file, broken);
      expect(probe()).toBe(true);
    }
    writeFileSync(file, sound.subarray(0, sound.length - 1024));
    expect(probe()).toBe(true);
    writeFileSync(file, Buffer.alloc(4096));
    expect(probe()).toBe(true);
  });

  it('are probed no longer than allowed', () => {
    makeMany();
    let calls = 0;
    expect(
      probe(() => {
        calls += 1;
        return calls;
      }),
    ).toBe(false);
    expect(calls).toBe(11);
  });
});

describe('shapes of tables', () => {
  it('tell what a record must look like', () => {
    const shapes = withDatabase((database) => {
      database.exec(
        "CREATE TABLE a (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, t TEXT, b BLOB, r REAL, g TEXT AS (t || '!') STORED, v TEXT AS (t) VIRTUAL) STRICT; CREATE TABLE b (x TEXT, y INTEGER, z REAL, PRIMARY KEY (y)) STRICT, WITHOUT ROWID",
      );
      return tableShapes(database);
    });
    const [a, b] = shapes;
    expect(a?.columns.map(({ name, isRowId, isGenerated }) => [name, isRowId, isGenerated])).toEqual([
      ['id', true, false],
      ['n', false, false],
      ['t', false, false],
      ['b', false, false],
      ['r', false, false],
      ['g', false, true],
    ]);
    expect(b).toMatchObject({ kind: 'index', columns: [{ name: 'y' }, { name: 'x' }, { name: 'z' }] });
    if (a === undefined) return;
    expect(fits(a, [null, 1, 'x', Buffer.alloc(1), 1.5, 'x!'])).toBe(true);
    expect(fits(a, [null, null, 'x', null, null, null])).toBe(false);
    expect(fits(a, [null, 1, 5, null, null, null])).toBe(false);
    expect(fits(a, [null, 1.5, null, null, null, null])).toBe(false);
    expect(fits(a, [null, 1])).toBe(false);
  });
});
