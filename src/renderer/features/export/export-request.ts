import type { ReportGranularity, ReportInput } from '../../../contract/schemas/reports.ts';
import type { ViewQuery } from '../../app/view/use-view.ts';

/** What of a page's filter goes into an export. */
export interface ExportFilter {
  readonly namespace?: string;
  readonly workload?: string;
  readonly pod?: string;
  readonly node?: string;
  readonly team?: string;
}
export type ExportGroup = ReportInput['group_by'];

/** What one row of a file can stand for. */
export const EXPORT_GROUPS: readonly { value: ExportGroup; label: string }[] = [
  { value: 'namespace', label: 'Namespace' },
  { value: 'workload', label: 'Workload' },
  { value: 'pod', label: 'Pod' },
];
export const EXPORT_GRANULARITIES: readonly { value: ReportGranularity; label: string }[] = [
  { value: 'hourly', label: 'Hour' },
  { value: 'daily', label: 'Day' },
  { value: 'weekly', label: 'Week' },
  { value: 'monthly', label: 'Month' },
  { value: 'yearly', label: 'Year' },
];

export interface ExportChoice {
  readonly group: ExportGroup;
  readonly granularity: ReportGranularity;
}

/** The choice as operations take it; the filter and range are those of the page. */
export function exportRequest(query: ViewQuery, filter: ExportFilter, choice: ExportChoice) {
  return { ...query, ...filter, group_by: choice.group, granularity: choice.granularity };
}

/** What the filter leaves, in words: `namespace search, Deployment/cart`. Without a cluster, all are meant. */
export function filterWords(filter: ExportFilter, cluster?: string): string {
  const words = [
    filter.namespace === undefined ? null : `namespace ${filter.namespace}`,
    filter.workload ?? null,
    filter.pod === undefined ? null : `pod ${filter.pod}`,
    filter.node === undefined ? null : `node ${filter.node}`,
    filter.team === undefined ? null : `team ${filter.team}`,
  ].filter((word) => word !== null);
  if (words.length > 0) return words.join(', ');
  return cluster === undefined ? 'everything in all clusters' : 'everything in the cluster';
}
