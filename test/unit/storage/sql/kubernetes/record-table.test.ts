import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Failure } from '../../../../../src/model/failure.ts';
import { RecordTable } from '../../../../../src/storage/sql/kubernetes/record-table.ts';
import * as tables from '../../../../../src/storage/sql/kubernetes/record-tables.ts';
import { optional, required, type Table } from '../../../../../src/storage/sql/schema/table.ts';

const SHELVES: Table = {
  name: 'shelves',
  meaning: 'things on boards',
  columns: [
    required('id', 'text', 'which'),
    required('kind', 'text', 'wood or steel', { oneOf: ['wood', 'steel'] }),
    optional('row_count', 'count', 'rows', { most: 9 }),
    optional('weight', 'number', 'kg'),
    optional('balance', 'number', 'money', { mayBeNegative: true }),
    required('labels', 'json', 'labels'),
    required('created_at', 'time', 'when'),
    optional('day', 'date', 'which day'),
    optional('is_full', 'flag', 'no room left'),
  ],
  primaryKey: ['id'],
  indexes: [],
};

interface Shelf {
  readonly id: string;
  readonly material: 'wood' | 'steel';
  readonly rowCount: number | null;
  readonly weight: number | null;
  readonly balance: number | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly createdAtSeconds: number;
  readonly day: string | null;
  readonly isFull: boolean | null;
}

const table = new RecordTable<Shelf>(SHELVES, { kind: 'material' }, { labels: z.record(z.string(), z.string()) });
const shelf = (part: Partial<Shelf> = {}): Shelf => ({
  id: 's1',
  material: 'wood',
  rowCount: 3,
  weight: 12.5,
  balance: -4,
  labels: { room: 'cellar' },
  createdAtSeconds: 1_767_225_600,
  day: '2026-01-01',
  isFull: true,
  ...part,
});

/** What keeps a record from being stored. */
function refusal(record: unknown): string {
  try {
    table.lineOf(record as Shelf);
    return 'none';
  } catch (error) {
    return `${(error as Failure).code}: ${(error as Failure).message}`;
  }
}

describe('a table of records', () => {
  it('names fields by their columns, but for those that are called otherwise', () => {
    expect(table.lineOf(shelf())).toEqual({
      id: 's1',
      kind: 'wood',
      row_count: 3,
      weight: 12.5,
      balance: -4,
      labels: { room: 'cellar' },
      created_at: '2026-01-01T00:00:00Z',
      day: '2026-01-01',
      is_full: true,
    });
    expect(table.columns).toEqual(Object.keys(table.lineOf(shelf())));
    expect(table.name).toBe('shelves');
  });

  it('gives the values in the order of the columns, JSON as text', () => {
    expect(table.valuesOf(shelf({ day: null, weight: null }))).toEqual([
      's1',
      'wood',
      3,
      null,
      -4,
      '{"room":"cellar"}',
      '2026-01-01T00:00:00Z',
      null,
      1,
    ]);
    expect(table.valuesOf(shelf({ isFull: false })).at(-1)).toBe(0);
    expect(table.lineOf(shelf({ isFull: null }))['is_full']).toBeNull();
  });

  it('reads a line back, whether its JSON is text or not', () => {
    const line = table.lineOf(shelf());
    expect(table.recordOf(line)).toEqual(shelf());
    for (const isFull of [0, false]) expect(table.recordOf({ ...line, is_full: isFull }).isFull).toBe(false);
    expect(table.recordOf({ ...line, labels: JSON.stringify(line['labels']) })).toEqual(shelf());
  });

  it('takes what a document lacks for unknown', () => {
    const { weight: _, day: _day, ...line } = table.lineOf(shelf());
    expect(table.recordOf(line)).toEqual(shelf({ weight: null, day: null }));
  });

  it('leaves out columns that it does not know', () => {
    expect(table.recordOf({ ...table.lineOf(shelf()), other: 1 })).toEqual(shelf());
  });

  it.each([
    ['a text that is none of those it may be', { kind: 'paper' }],
    ['a number that is text', { weight: '12' }],
    ['an instant that is none', { created_at: 'soon' }],
    ['JSON of another form', { labels: '{"room":5}' }],
    ['nothing where something has to be', { id: null }],
  ])('refuses to read %s', (_, part) => {
    expect(() => table.recordOf({ ...table.lineOf(shelf()), ...part })).toThrow();
  });

  it('rounds what is counted, and keeps no negative zero', () => {
    expect(table.lineOf(shelf({ rowCount: 2.6, weight: -0 }))).toMatchObject({ row_count: 3, weight: 0 });
    expect(Object.is(table.lineOf(shelf({ weight: -0 }))['weight'], 0)).toBe(true);
  });

  it.each([
    [{ rowCount: 10 }, "shelves.row_count can't be 10"],
    [{ rowCount: -1 }, "shelves.row_count can't be -1"],
    [{ weight: Number.NaN }, "shelves.weight can't be NaN"],
    [{ weight: Number.POSITIVE_INFINITY }, "shelves.weight can't be Infinity"],
    [{ weight: '5' }, "shelves.weight can't be 5"],
    [{ material: 'paper' }, "shelves.kind can't be that"],
    [{ id: 5 }, 'shelves.id is no text'],
    [{ id: null }, 'shelves.id is missing'],
    [{ labels: undefined }, 'shelves.labels is missing'],
    [{ createdAtSeconds: Number.NaN }, 'shelves.created_at is no instant'],
  ])('does not store %o', (part, why) => {
    expect(refusal({ ...shelf(), ...part })).toBe(`bad-input: Nothing was stored: ${why}.`);
  });

  it('lets through what may be negative', () => {
    expect(refusal(shelf({ balance: -1e9 }))).toBe('none');
  });

  it('replaces what PostgreSQL keeps nowhere: NUL and halves of surrogate pairs', () => {
    const odd = { a: 'x\u0000y', b: '\ud800', c: 'back\\u0000slash', d: 'smile \ud83d\ude00' };
    const kept = { a: 'x\ufffdy', b: '\ufffd', c: 'back\\u0000slash', d: 'smile \ud83d\ude00' };
    const line = table.lineOf(shelf({ id: 'n\u0000\udc00', labels: odd }));
    expect(line).toMatchObject({ id: 'n\ufffd\ufffd', labels: kept });
    expect(JSON.parse(String(table.valuesOf(shelf({ labels: odd }))[5]))).toEqual(kept);
  });
});

describe('the tables of the Kubernetes part', () => {
  const all = Object.values(tables);

  it('are those with records, each once', () => {
    const names = all.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(11);
  });

  it('call otherwise only columns that they have', () => {
    // A name that is given for no column leaves the one it was meant for under its own.
    const fieldsOf = (each: (typeof all)[number]): string[] => {
      const line = Object.fromEntries(each.table.columns.map((column) => [column.name, null]));
      const open = new RecordTable<Record<string, unknown>>(
        { ...each.table, columns: each.table.columns.map((column) => ({ ...column, isRequired: false })) },
        {},
      );
      return Object.keys(open.recordOf(line));
    };
    for (const each of all) expect(fieldsOf(each)).toHaveLength(each.columns.length);
  });
});
