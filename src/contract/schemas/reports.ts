import * as z from 'zod';
import { filterFields, Period, rangeFields } from './primitives.ts';

export const ReportGranularity = z.enum(['hourly', 'daily', 'weekly', 'monthly', 'yearly']);
export type ReportGranularity = z.infer<typeof ReportGranularity>;

export const ReportInput = z.object({
  ...rangeFields,
  ...filterFields,
  aggregate: z.stringbool().or(z.boolean()).default(true).describe('False: one row a window and pod, at most 48 h'),
  granularity: ReportGranularity.default('daily'),
  group_by: z.enum(['pod', 'workload', 'namespace']).default('pod'),
});
export type ReportInput = z.infer<typeof ReportInput>;

/** Full precision: exported rows add up to the summary. */
export const ReportRow = z.object({
  period_start: z.string(),
  cluster_id: z.string().nullable(),
  namespace: z.string().nullable(),
  owner_kind: z.string().nullable(),
  owner_name: z.string().nullable(),
  pod_name: z.string().nullable(),
  node: z.string().nullable(),
  energy_joules: z.number(),
  facility_energy_joules: z.number(),
  co2e_grams: z.number(),
  co2e_low_grams: z.number(),
  co2e_high_grams: z.number(),
  embodied_co2e_grams: z.number(),
  total_cost: z.number(),
  currency: z.string(),
});
export type ReportRow = z.infer<typeof ReportRow>;

export const ReportSummary = z.object({
  row_count: z.int().nonnegative(),
  /** The first 20 rows, as the file will have them. */
  preview: z.array(ReportRow),
  total_co2e_grams: z.number(),
  total_embodied_co2e_grams: z.number(),
  total_energy_joules: z.number(),
  total_cost: z.number(),
  currency: z.string(),
  period: Period,
});
export type ReportSummary = z.infer<typeof ReportSummary>;

export const ExportInput = ReportInput.extend({ format: z.enum(['csv', 'json']).default('csv') });
export type ExportInput = z.infer<typeof ExportInput>;

/** An export as a stream: the file's name first, then its text in pieces. */
export const ExportChunk = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('file'), file_name: z.string(), content_type: z.string() }),
  z.object({ kind: z.literal('text'), text: z.string() }),
]);
export type ExportChunk = z.infer<typeof ExportChunk>;
