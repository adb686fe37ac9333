import * as z from 'zod';
import type { Refuse } from './address-parts.ts';

const MILLISECONDS_BY_UNIT: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };
const MAX_TIMEOUT_MILLISECONDS = 3_600_000;

/** Whole number in a range. */
export function wholeNumber(min: number, max: number) {
  const forms = `takes a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, forms)
    .transform(Number)
    .refine((value) => value >= min && value <= max, forms);
}

/** `500ms`, `30s` or `2m`, as milliseconds. */
export const timeoutMilliseconds = z
  .string()
  .regex(/^\d{1,7}(ms|s|m)$/, 'takes a number and ms, s or m, for example 30s')
  .transform((value) => Number.parseInt(value, 10) * (MILLISECONDS_BY_UNIT[value.replace(/\d+/, '')] ?? Number.NaN))
  .refine((value) => value >= 100 && value <= MAX_TIMEOUT_MILLISECONDS, 'takes 100ms at least and 60m at most');

/** `true` or `false`. */
export const flag = z.enum(['true', 'false'], 'takes true or false').transform((value) => value === 'true');

/** Path of a file; that it is there and holds a certificate is seen when it is read. */
export const filePath = z.string().min(1, 'takes the path of a file');

/**
 * Parameters of an address by a strict schema of one kind of store.
 * @throws Failure 'bad-input' that names the parameter and never its value
 */
export function judgeParameters<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  parameters: Readonly<Record<string, string>>,
  refuse: Refuse,
): z.infer<z.ZodObject<Shape>> {
  const parsed = schema.safeParse(parameters);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    throw refuse(`has an unknown parameter ${issue.keys[0]}; known are ${Object.keys(schema.shape).join(', ')}`);
  }
  throw refuse(`can't be used: ${String(issue?.path[0])} ${issue?.message ?? 'is not valid'}`);
}
