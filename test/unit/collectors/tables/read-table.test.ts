import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  NumberCell,
  OptionalNumberCell,
  OptionalTextCell,
  parseTable,
  readTable,
  TextCell,
} from '../../../../src/collectors/tables/read-table.ts';
import { isFailure } from '../../../../src/model/failure.ts';

const Row = z.object({ name: TextCell, watts: NumberCell, low: OptionalNumberCell, note: OptionalTextCell });

function failureOf(work: () => unknown): { code: string; message: string } {
  try {
    work();
  } catch (error) {
    if (isFailure(error)) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('nothing failed');
}

describe('a table', () => {
  test('is read with numbers, empty cells and quoted commas', () => {
    const text = 'name,watts,low,note,unused\na,1.5,,"one, two",x\nb,2,0.5,,y\n';
    expect(parseTable(text, 't.csv', Row)).toEqual([
      { name: 'a', watts: 1.5, low: null, note: 'one, two' },
      { name: 'b', watts: 2, low: 0.5, note: null },
    ]);
  });

  test.each([
    ['a word', 'a,1,,\nb,many,,\n', 't.csv, line 3: watts: expected a number.'],
    ['nothing', 'a,,,\n', 't.csv, line 2: watts: expected a number.'],
    ['a negative number', 'a,-1,,\n', 't.csv, line 2: watts: expected a number.'],
  ])('with %s for a number is refused by file and line', (_, rows, message) => {
    expect(failureOf(() => parseTable(`name,watts,low,note\n${rows}`, 't.csv', Row))).toEqual({
      code: 'bad-input',
      message,
    });
  });

  test('with a row of another length is refused by file and line', () => {
    const failure = failureOf(() => parseTable('name,watts,low,note\na,1,,\nb,2\n', 't.csv', Row));
    expect(failure.code).toBe('bad-input');
    expect(failure.message).toMatch(/^t\.csv, line \d: not a CSV table\.$/);
  });

  test('without a column that is needed is refused', () => {
    expect(failureOf(() => parseTable('name\na\n', 't.csv', Row)).message).toContain('t.csv, line 2: watts');
  });
});

describe('a file', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'podwatt-tables-'));
  });
  afterEach(async () => {
    await rm(dir, { recursive: true });
  });

  test('is read from the folder', async () => {
    await writeFile(join(dir, 't.csv'), 'name,watts,low,note\na,1,,\n');
    expect(await readTable(dir, 't.csv', Row)).toHaveLength(1);
  });

  test('that is missing is a failure with a way out', async () => {
    await expect(readTable(dir, 't.csv', Row)).rejects.toMatchObject({
      code: 'not-found',
      message: "The table t.csv can't be read.",
      hint: expect.stringContaining('installing'),
    });
  });
});
