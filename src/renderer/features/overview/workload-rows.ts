import type { BreakdownItem } from '../../../contract/schemas/metrics.ts';
import { MEASURES } from '../../charts/measure.ts';

/** One line of the list of workloads with most carbon. */
export interface WorkloadRow {
  readonly key: string;
  readonly name: string;
  readonly item: BreakdownItem;
  readonly carbonGrams: number;
  readonly lowGrams: number;
  readonly highGrams: number;
  readonly previousGrams: number | null;
}

/** Workloads in the order of the answer; rows of machines (system, unallocated, volumes) are no workloads. */
export function workloadRows(items: readonly BreakdownItem[], most: number): WorkloadRow[] {
  const { value, low, high } = MEASURES.carbon;
  return items
    .filter((item) => item.row_kind === 'pod')
    .slice(0, most)
    .map((item) => ({
      key: `${item.cluster_id ?? ''} ${item.namespace ?? ''} ${item.key}`,
      name: item.owner_name ?? item.label,
      item,
      carbonGrams: value(item),
      lowGrams: low(item),
      highGrams: high(item),
      previousGrams: item.previous === null ? null : value(item.previous),
    }));
}
