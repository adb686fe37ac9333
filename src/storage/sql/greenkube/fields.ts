import * as z from 'zod';
import type { GreenKubeRead } from '../../../core/ports/greenkube-source.ts';

/** Year 9999: beyond it no instant can be written down. */
export const instant = z.number().nonnegative().max(253_402_300_799);
/** Zero loses its sign: SQLite has none. */
export const amount = z
  .number()
  .nonnegative()
  .transform((value) => value + 0);
export const optional = amount.nullable();
/** PostgreSQL keeps no NUL in a text. */
export const text = z
  .string()
  .regex(/^[^\0]*$/)
  .nullable();
export const name = z.string().regex(/^[^\0]+$/);

export function taken<T>(value: T): GreenKubeRead<T> {
  return { kind: 'taken', value };
}

/** Columns as GreenKube calls them, where the questions rename them. */
const RENAMED: Readonly<Record<string, string>> = {
  at_seconds: 'time',
  intensity_at_seconds: 'grid_intensity_timestamp',
  cpu_usage: 'cpu usage',
  memory_usage: 'memory usage',
  samples: 'sample_count',
  ephemeral_request: 'ephemeral_storage_request_bytes',
  ephemeral_usage: 'ephemeral_storage_usage_bytes',
};

/** By column and kind, never with the value: so that there are few reasons, however many rows. */
export function refused(error: z.ZodError, line: unknown): { readonly kind: 'refused'; readonly reason: string } {
  const column = String(error.issues[0]?.path[0] ?? 'line');
  const value = z.record(z.string(), z.unknown()).catch({}).parse(line)[column];
  return { kind: 'refused', reason: `${RENAMED[column] ?? column} ${faultOf(value)}` };
}

function faultOf(value: unknown): string {
  if (value === null || value === undefined) return 'is missing';
  if (typeof value === 'number' && value < 0) return 'is negative';
  return 'can not be read';
}
