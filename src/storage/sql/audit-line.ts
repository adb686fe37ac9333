import * as z from 'zod';
import { type AuditEntry, RESTATE_CAUSES } from '../../model/audit.ts';
import { isoOf, secondsOf } from './instants.ts';

/** Columns of `audit`; the first is its key. */
export const AUDIT_COLUMNS = [
  'id',
  'cluster_id',
  'timestamp',
  'cause',
  'reason',
  'range_start',
  'range_end',
  'window_count',
  'co2e_grams_before',
  'co2e_grams_after',
  'embodied_co2e_grams_before',
  'embodied_co2e_grams_after',
  'total_cost_before',
  'total_cost_after',
  'joules_before',
  'joules_after',
  'calculation_version',
] as const;

type AuditLine = Readonly<Record<(typeof AUDIT_COLUMNS)[number], string | number>>;

/** An entry as a line of `audit`, or a document with its columns. */
export function auditLine({ before, after, ...entry }: AuditEntry): AuditLine {
  return {
    id: entry.id,
    cluster_id: entry.clusterId,
    timestamp: isoOf(entry.atSeconds),
    cause: entry.cause,
    reason: entry.reason,
    range_start: isoOf(entry.range.startSeconds),
    range_end: isoOf(entry.range.endSeconds),
    window_count: entry.windowCount,
    co2e_grams_before: before.co2eGrams,
    co2e_grams_after: after.co2eGrams,
    embodied_co2e_grams_before: before.embodiedCo2eGrams,
    embodied_co2e_grams_after: after.embodiedCo2eGrams,
    total_cost_before: before.totalCost,
    total_cost_after: after.totalCost,
    joules_before: before.joules,
    joules_after: after.joules,
    calculation_version: entry.calculationVersion,
  };
}

const Line = z.object({
  id: z.string(),
  cluster_id: z.string(),
  timestamp: z.string(),
  cause: z.enum(RESTATE_CAUSES),
  reason: z.string(),
  range_start: z.string(),
  range_end: z.string(),
  window_count: z.number(),
  co2e_grams_before: z.number(),
  co2e_grams_after: z.number(),
  embodied_co2e_grams_before: z.number(),
  embodied_co2e_grams_after: z.number(),
  total_cost_before: z.number(),
  total_cost_after: z.number(),
  joules_before: z.number(),
  joules_after: z.number(),
  calculation_version: z.string(),
});

/** The reverse of `auditLine`. */
export function auditEntryOf(line: unknown): AuditEntry {
  const row = Line.parse(line);
  return {
    id: row.id,
    atSeconds: secondsOf(row.timestamp),
    clusterId: row.cluster_id,
    cause: row.cause,
    reason: row.reason,
    range: { startSeconds: secondsOf(row.range_start), endSeconds: secondsOf(row.range_end) },
    windowCount: row.window_count,
    before: {
      co2eGrams: row.co2e_grams_before,
      embodiedCo2eGrams: row.embodied_co2e_grams_before,
      totalCost: row.total_cost_before,
      joules: row.joules_before,
    },
    after: {
      co2eGrams: row.co2e_grams_after,
      embodiedCo2eGrams: row.embodied_co2e_grams_after,
      totalCost: row.total_cost_after,
      joules: row.joules_after,
    },
    calculationVersion: row.calculation_version,
  };
}
