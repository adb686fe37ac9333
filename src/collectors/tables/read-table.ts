import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import { Failure } from '../../model/failure.ts';

/** A number as the tables write it: plain decimal, never empty. */
export const NumberCell = z
  .string()
  .regex(/^\d+(\.\d+)?$/, 'expected a number')
  .transform(Number);
export const TextCell = z.string().min(1);
/** A number, or nothing. */
export const OptionalNumberCell = z.union([z.literal('').transform(() => null), NumberCell]);
/** Text, or nothing. */
export const OptionalTextCell = z.string().transform((text) => (text === '' ? null : text));

/**
 * Reads a bundled CSV table and checks each row. Columns that the schema doesn't name are left out.
 * Throws `Failure` `not-found` for a file that can't be read, and `bad-input` naming the file and line of a bad row.
 */
export async function readTable<T>(dataDir: string, file: string, rowSchema: z.ZodType<T>): Promise<T[]> {
  let text: string;
  try {
    text = await readFile(join(dataDir, file), 'utf8');
  } catch (cause) {
    throw new Failure('not-found', `The table ${file} can't be read.`, { hint: REINSTALL, cause });
  }
  return parseTable(text, file, rowSchema);
}

const REINSTALL = 'The tables come with Podwatt; installing it again restores them.';

/** The rows of a table that was read; see `readTable`. */
export function parseTable<T>(text: string, file: string, rowSchema: z.ZodType<T>): T[] {
  return recordsOf(text, file).map((record, index) => {
    const row = rowSchema.safeParse(record);
    if (row.success) return row.data;
    const issue = row.error.issues[0];
    const column = issue?.path.join('.') ?? 'row';
    // The header is line 1, and no cell of these tables holds a line break.
    throw new Failure('bad-input', `${file}, line ${index + 2}: ${column}: ${issue?.message ?? 'not valid'}.`, {
      hint: REINSTALL,
    });
  });
}

function recordsOf(text: string, file: string): Record<string, string>[] {
  try {
    return parse<Record<string, string>>(text, { columns: true, bom: true, skip_empty_lines: true });
  } catch (cause) {
    const line = lineOf(cause);
    throw new Failure('bad-input', `${file}${line === null ? '' : `, line ${line}`}: not a CSV table.`, {
      hint: REINSTALL,
      cause,
    });
  }
}

function lineOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('lines' in error)) return null;
  return typeof error.lines === 'number' ? error.lines : null;
}
