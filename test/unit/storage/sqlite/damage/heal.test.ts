import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Migration } from '../../../../../src/storage/sql/migration.ts';
import { heal } from '../../../../../src/storage/sqlite/damage/heal.ts';
import { versionOf } from '../../../../../src/storage/sqlite/migrate.ts';
import { openForWriting } from '../../../../../src/storage/sqlite/open-database.ts';

const NOW = Date.UTC(2026, 10, 21, 14, 30) / 1000;
const STEPS: readonly Migration[] = [
  {
    version: 1,
    name: 'first',
    statements: [
      'CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT',
      'CREATE TABLE children (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES parents (id) ON DELETE CASCADE, size REAL, doubled REAL AS (size * 2) STORED) STRICT',
      'CREATE INDEX children_by_parent ON children (parent)',
    ],
  },
  { version: 2, name: 'second', statements: ["ALTER TABLE parents ADD COLUMN colour TEXT NOT NULL DEFAULT 'none'"] },
];

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwatt-heal-'));
  file = join(folder, 'x.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const nothing = () => undefined;

async function make(steps: readonly Migration[], parents = 400): Promise<void> {
  const database = await openForWriting(file, steps, 0);
  database.exec('BEGIN');
  const parent = database.prepare('INSERT INTO parents (id, name) VALUES (?, ?)');
  const child = database.prepare('INSERT INTO children (parent, size) VALUES (?, ?)');
  for (let id = 1; id <= parents; id += 1) {
    parent.run(id, `parent ${id} ${'n'.repeat(100)}`);
    child.run(id, id / 4);
  }
  database.exec('COMMIT');
  database.close();
}

function change(edit: (bytes: Buffer) => Buffer): void {
  writeFileSync(file, edit(readFileSync(file)));
}

function ask<T>(sql: string): T[] {
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare<[], T>(sql).all();
  } finally {
    database.close();
  }
}

/** The page of a table that holds its middle rows. */
function middlePage(table: string): number {
  const pages = ask<{ pageno: number }>(
    `SELECT pageno FROM dbstat WHERE name = '${table}' AND pagetype = 'leaf' ORDER BY path`,
  );
  return pages[Math.floor(pages.length / 2)]?.pageno ?? 0;
}

const zeroPage = (number: number) => change((bytes) => bytes.fill(0, (number - 1) * 8192, number * 8192));

describe('healing', () => {
  it('leaves a sound file alone', async () => {
    await make(STEPS);
    expect(await heal(file, STEPS, NOW, nothing)).toBeNull();
    expect(readdirSync(folder)).toEqual(['x.sqlite']);
  });

  it('recovers a file of an older version as that version, with its new columns to come', async () => {
    await make(STEPS.slice(0, 1));
    change((bytes) => bytes.fill(0, 0, 100));
    const healed = await heal(file, STEPS, NOW, nothing);
    expect(healed?.recovered?.isOurs).toBe(true);
    expect(healed?.recovered?.damaged.size).toBe(0);
    const database = await openForWriting(file, STEPS, NOW);
    expect(versionOf(database)).toBe(2);
    database.close();
    expect(ask('SELECT COUNT(*) AS n, MIN(colour) AS colour FROM parents')).toEqual([{ n: 400, colour: 'none' }]);
    expect(ask('SELECT COUNT(*) AS n, SUM(doubled) AS sum FROM children')).toEqual([{ n: 400, sum: 40_100 }]);
  });

  it('reads rows that were written before a column was added', async () => {
    await make(STEPS.slice(0, 1));
    (await openForWriting(file, STEPS, NOW)).close();
    change((bytes) => bytes.fill(0, 0, 100));
    expect(await heal(file, STEPS, NOW, nothing)).not.toBeNull();
    expect(ask('SELECT COUNT(*) AS n, MAX(colour) AS colour FROM parents')).toEqual([{ n: 400, colour: 'none' }]);
  });

  it('drops what points at a lost row, as deleting that row would have', async () => {
    await make(STEPS);
    zeroPage(middlePage('parents'));
    const healed = await heal(file, STEPS, NOW, nothing);
    expect([...(healed?.recovered?.damaged ?? [])]).toEqual(['parents']);
    const [{ n } = { n: 0 }] = ask<{ n: number }>('SELECT COUNT(*) AS n FROM parents');
    expect(n).toBeGreaterThan(250);
    expect(n).toBeLessThan(400);
    expect(ask('SELECT COUNT(*) AS n FROM children')).toEqual([{ n }]);
    expect(ask('PRAGMA foreign_key_check')).toEqual([]);
    expect(ask('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  });

  it('needs no index: it is made anew', async () => {
    await make(STEPS);
    zeroPage(middlePage('children_by_parent'));
    const healed = await heal(file, STEPS, NOW, nothing);
    expect(healed?.recovered?.damaged.size).toBe(0);
    expect(ask('SELECT COUNT(*) AS n FROM children INDEXED BY children_by_parent WHERE parent > 0')).toEqual([
      { n: 400 },
    ]);
  });

  it('settles the new file before it takes the place of the old one', async () => {
    await make(STEPS);
    zeroPage(middlePage('children'));
    const damaged = readFileSync(file);
    const healed = await heal(file, STEPS, NOW, (database, tables) => {
      expect(readFileSync(file).equals(damaged)).toBe(true);
      database.exec('DELETE FROM parents WHERE id > 10');
      return [...tables];
    });
    expect(healed).toMatchObject({
      setAsideAs: `${file}.damaged-2026-11-21T14-30-00Z`,
      atSeconds: NOW,
      recovered: { outcome: ['children'] },
    });
    expect(ask('SELECT COUNT(*) AS n FROM parents')).toEqual([{ n: 10 }]);
    expect(readFileSync(healed?.setAsideAs ?? '').equals(damaged)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.includes('recovering'))).toEqual([]);
  });

  it('sets a file aside that is too broken for the recovery itself', async () => {
    await make(STEPS);
    zeroPage(middlePage('children'));
    const healed = await heal(file, STEPS, NOW, () => {
      throw new TypeError('a fault of the recovery');
    });
    expect(healed?.recovered).toBeNull();
    expect(readdirSync(folder)).toEqual(['x.sqlite.damaged-2026-11-21T14-30-00Z']);
  });

  it('leaves everything as it is where the new file can not be written', async () => {
    await make(STEPS);
    zeroPage(middlePage('children'));
    const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    const refused = heal(file, STEPS, NOW, () => {
      throw full;
    });
    await expect(refused).rejects.toMatchObject({ code: 'store', hint: expect.stringContaining('disk is full') });
    expect(readdirSync(folder)).toEqual(['x.sqlite']);
    expect(await heal(file, STEPS, NOW, nothing)).not.toBeNull();
  });

  it('moves no file away that another program has open', async () => {
    await make(STEPS);
    zeroPage(middlePage('children'));
    const other = new Database(file);
    other.prepare('SELECT COUNT(*) FROM parents').get();
    await expect(heal(file, STEPS, NOW, nothing)).rejects.toMatchObject({
      code: 'store',
      hint: expect.stringContaining('Another program holds the file'),
    });
    other.close();
    expect(readdirSync(folder)).toEqual(['x.sqlite']);
    expect(await heal(file, STEPS, NOW, nothing)).not.toBeNull();
  });

  it('refuses the damaged file of a newer version, and what is called like no store', async () => {
    await make(STEPS);
    change((bytes) => bytes.fill(0, 0, 100));
    await expect(heal(file, STEPS.slice(0, 1), NOW, nothing)).rejects.toThrow(/newer Podwatt.*version 2/);
    expect(readdirSync(folder)).toEqual(['x.sqlite']);
    const letter = join(folder, 'letter.txt');
    writeFileSync(letter, 'Dear reader, '.repeat(1000));
    await expect(heal(letter, STEPS, NOW, nothing)).rejects.toThrow('is no SQLite database');
    expect(existsSync(letter)).toBe(true);
  });

  it('takes the finished file of a start that ended between two renames', async () => {
    await make(STEPS);
    const content = readFileSync(file);
    rmSync(file);
    writeFileSync(`${file}.recovering`, content);
    expect(await heal(file, STEPS, NOW, nothing)).toBeNull();
    expect(readFileSync(file).equals(content)).toBe(true);
  });
});
