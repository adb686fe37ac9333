import type { RecomputeEvent } from '../../contract/schemas/restate.ts';
import { grams, money } from './amounts.ts';
import { type Column, formatTable } from './text-table.ts';

export type RecomputedCluster = Extract<RecomputeEvent, { kind: 'cluster' }>;

const COLUMNS: readonly Column<RecomputedCluster>[] = [
  { title: 'CLUSTER', text: ({ cluster }) => cluster },
  { title: 'WINDOWS', align: 'right', text: ({ windows }) => String(windows) },
  { title: 'CHANGED', align: 'right', text: ({ changed }) => String(changed) },
  { title: 'G CO2E', align: 'right', text: (each) => changeOf(each, ({ co2e_grams }) => grams(co2e_grams)) },
  { title: 'G EMBODIED', align: 'right', text: (each) => changeOf(each, (of) => grams(of.embodied_co2e_grams)) },
  { title: 'COST', align: 'right', text: (each) => changeOf(each, ({ total_cost }) => money(total_cost)) },
  { title: 'AUDIT', text: ({ entry }) => entry?.id ?? '-' },
];

/** One line a cluster, with the sums of the changed windows before and after. */
export function formatRecomputed(clusters: readonly RecomputedCluster[]): string {
  if (clusters.length === 0) return 'No cluster of this installation has results to compute anew.\n';
  return formatTable(COLUMNS, clusters);
}

type Amounts = NonNullable<RecomputedCluster['entry']>['before'];

function changeOf({ entry }: RecomputedCluster, of: (amounts: Amounts) => string): string {
  return entry === null ? '-' : `${of(entry.before)} → ${of(entry.after)}`;
}
