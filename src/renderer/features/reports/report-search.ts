import * as z from 'zod';
import { ReportGranularity, type ReportInput } from '../../../contract/schemas/reports.ts';
import type { ViewQuery } from '../../app/view/use-view.ts';

const Text = z.string().min(1).max(300).optional().catch(undefined);

/** What of the page stands in its address; range, zone and cluster are those of all pages. */
export const ReportSearch = z.object({
  group: z.enum(['workload', 'pod']).optional().catch(undefined),
  every: ReportGranularity.optional().catch(undefined),
  /** `0`: row by row, not added up. */
  aggregate: z.enum(['0']).optional().catch(undefined),
  namespace: Text,
  workload: Text,
  pod: Text,
  node: Text,
  team: Text,
  savings: z.enum(['cost']).optional().catch(undefined),
});
export type ReportSearch = z.infer<typeof ReportSearch>;
export type ReportPatch = { readonly [K in keyof ReportSearch]?: ReportSearch[K] | undefined };

export const FILTERS = ['namespace', 'workload', 'pod', 'node', 'team'] as const;
export type FilterField = (typeof FILTERS)[number];
export const FILTER_NAMES: Readonly<Record<FilterField, string>> = {
  namespace: 'Namespace',
  workload: 'Workload',
  pod: 'Pod',
  node: 'Node',
  team: 'Team',
};

type Request = Partial<Pick<ReportInput, FilterField>> &
  ViewQuery & {
    readonly group_by: ReportInput['group_by'];
    readonly granularity: ReportInput['granularity'];
    readonly aggregate: boolean;
  };

/** The report that an address means, as operations take it. */
export function reportRequest(query: ViewQuery, search: ReportSearch): Request {
  const filters = Object.fromEntries(
    FILTERS.filter((field) => search[field] !== undefined).map((field) => [field, search[field]]),
  );
  return {
    ...query,
    ...filters,
    group_by: search.group ?? 'namespace',
    granularity: search.every ?? 'daily',
    aggregate: search.aggregate !== '0',
  };
}

/** Longest range (seconds) that can be had row by row. */
export const MOST_ROW_SECONDS = 48 * 3600;

/** Why a filter can't be taken; null where it can. */
export function filterProblem(field: FilterField, value: string): string | null {
  if (value.trim() === '') return 'A name';
  if (field === 'workload' && !/^[^/]+\/[^/]+$/.test(value.trim())) return 'Kind/name, for example Deployment/cart';
  return null;
}
