import type * as z from 'zod';

/** What a schema refuses about an input, as `field: message`; empty where it accepts it. */
export function refusals(schema: z.ZodType, input: unknown): string[] {
  const parsed = schema.safeParse(input);
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
}

/** The fields that a schema refuses of an input, each once. */
export function refusedFields(schema: z.ZodType, input: unknown): string[] {
  const parsed = schema.safeParse(input);
  if (parsed.success) return [];
  return [...new Set(parsed.error.issues.map((issue) => issue.path.join('.')))];
}
