import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  hasDamageNote,
  isDamage,
  noteDamage,
  removeDamageNote,
} from '../../../../../src/storage/sqlite/damage/damage-note.ts';
import { isDamaged } from '../../../../../src/storage/sqlite/damage/find-damage.ts';
import { setAside } from '../../../../../src/storage/sqlite/damage/set-aside.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwatt-aside-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const NOON = Date.UTC(2026, 10, 21, 14, 30) / 1000;

describe('setting a file aside', () => {
  it('takes its log along, and overwrites nothing', () => {
    const file = join(folder, 'podwatt.sqlite');
    for (const content of ['first', 'second']) {
      writeFileSync(file, content);
      writeFileSync(`${file}-wal`, `${content} log`);
      setAside(file, 'damaged', NOON);
    }
    const name = 'podwatt.sqlite.damaged-2026-11-21T14-30-00Z';
    expect(readdirSync(folder).sort()).toEqual([name, `${name}-2`, `${name}-2-wal`, `${name}-wal`]);
    expect(readFileSync(join(folder, name), 'utf8')).toBe('first');
    expect(readFileSync(join(folder, `${name}-2-wal`), 'utf8')).toBe('second log');
  });
});

describe('damage', () => {
  it.each([
    ['SQLITE_CORRUPT', true],
    ['SQLITE_CORRUPT_VTAB', true],
    ['SQLITE_NOTADB', true],
    ['SQLITE_BUSY', false],
    ['SQLITE_FULL', false],
    ['SQLITE_IOERR_READ', false],
    ['SQLITE_CANTOPEN', false],
    ['SQLITE_READONLY', false],
    ['EACCES', false],
  ])('is %s: %s', (code, expected) => {
    expect(isDamage(Object.assign(new Error('x'), { code }))).toBe(expected);
  });

  it('is remembered beside the file', () => {
    const file = join(folder, 'x.sqlite');
    expect(hasDamageNote(file)).toBe(false);
    noteDamage(file);
    expect(hasDamageNote(file)).toBe(true);
    removeDamageNote(file);
    expect(hasDamageNote(file)).toBe(false);
    noteDamage(join(folder, 'no', 'such', 'folder', 'x.sqlite'));
  });

  it('is not a folder, a missing file, an empty one or a sound one', () => {
    const file = join(folder, 'x.sqlite');
    expect(isDamaged(folder, [])).toBe(false);
    expect(isDamaged(file, [])).toBe(false);
    writeFileSync(file, '');
    expect(isDamaged(file, [])).toBe(false);
    new Database(file).exec('CREATE TABLE t (a)').close();
    expect(isDamaged(file, [])).toBe(false);
    writeFileSync(file, 'no database, but as long as one'.repeat(500));
    expect(isDamaged(file, [])).toBe(true);
  });
});
