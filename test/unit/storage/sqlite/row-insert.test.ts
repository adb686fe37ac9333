import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RowInsert } from '../../../../src/storage/sqlite/row-insert.ts';

const COLUMNS = ['cluster', 'start', 'key', 'whole', 'part', 'maybe'];

describe('RowInsert', () => {
  let database: Database.Database;
  beforeEach(() => {
    database = new Database(':memory:');
    database.exec(
      'CREATE TABLE t (cluster INTEGER, start INTEGER, key INTEGER, whole REAL NOT NULL, part REAL NOT NULL, maybe REAL)',
    );
  });
  afterEach(() => database.close());

  /** Lines of the four columns behind the head, NaN for null. */
  function inserted(lines: readonly (readonly number[])[]): unknown[][] {
    database.exec('DELETE FROM t');
    new RowInsert(database, 't', COLUMNS).run([7, 300], Float64Array.from(lines.flat()));
    return database.prepare<[], unknown[]>('SELECT * FROM t ORDER BY rowid').raw().all();
  }

  const kept = (lines: readonly (readonly number[])[]): unknown[][] =>
    lines.map((line) => [7, 300, ...line.map((value) => (Number.isNaN(value) ? null : value))]);

  it('writes a few rows', () => {
    const lines = [
      [1, 0, 0.1, Number.NaN],
      [2, 0, 0.2, 5],
    ];
    expect(inserted(lines)).toEqual(kept(lines));
  });

  it.each([199, 200, 201])('writes %i rows the same way', (count) => {
    const lines = Array.from({ length: count }, (_, index) => [index, 3, 1 / (index + 1), Number.NaN]);
    expect(inserted(lines)).toEqual(kept(lines));
  });

  it('writes what all rows have in common, but not what only most of them have', () => {
    const lines = Array.from({ length: 400 }, (_, index) => [
      index,
      index === 399 ? 9 : 8,
      0.25,
      index === 0 ? Number.NaN : 4,
    ]);
    expect(inserted(lines)).toEqual(kept(lines));
  });

  it('keeps the kinds that the columns ask for', () => {
    inserted(Array.from({ length: 300 }, (_, index) => [index, 12, 0.5, 2 ** 53 - 1]));
    const kinds = database
      .prepare('SELECT DISTINCT typeof(cluster), typeof(key), typeof(whole), typeof(maybe) FROM t')
      .raw();
    expect(kinds.all()).toEqual([['integer', 'integer', 'real', 'real']]);
  });

  it('keeps any number to the last bit', () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((each) => !Object.is(each, -0));
    const maybe = fc.oneof(value, fc.constant(Number.NaN), fc.integer());
    fc.assert(
      fc.property(value, maybe, fc.boolean(), (part, last, isSame) => {
        const lines = Array.from({ length: 200 }, (_, index) => [
          index,
          1,
          part,
          isSame || index % 2 === 0 ? last : 1.5,
        ]);
        expect(inserted(lines)).toEqual(kept(lines));
      }),
      { numRuns: 40 },
    );
  });
});
