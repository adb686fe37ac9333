import * as z from 'zod';
import { ReportRow, type ReportSummary } from '../../contract/schemas/reports.ts';
import { grams, kilowattHours, money } from './amounts.ts';
import { type Column, formatTable } from './text-table.ts';

const NAMES: readonly Column<ReportRow>[] = [
  { title: 'NAMESPACE', text: (row) => row.namespace ?? '' },
  { title: 'WORKLOAD', text: (row) => [row.owner_kind, row.owner_name].filter((part) => part !== null).join('/') },
  { title: 'POD', text: (row) => row.pod_name ?? '' },
  { title: 'NODE', text: (row) => row.node ?? '' },
];

/** A report as a table with its totals; columns that would be empty are left out. */
export function formatReport(summary: ReportSummary, exported: unknown): string {
  const rows = z.array(ReportRow).parse(exported);
  const names = NAMES.filter((column) => rows.some((row) => column.text(row) !== ''));
  const columns: Column<ReportRow>[] = [
    { title: 'PERIOD', text: (row) => row.period_start },
    ...names,
    { title: 'ENERGY kWh', align: 'right', text: (row) => kilowattHours(row.energy_joules) },
    { title: 'CO2e g', align: 'right', text: (row) => grams(row.co2e_grams) },
    { title: 'EMBODIED g', align: 'right', text: (row) => grams(row.embodied_co2e_grams) },
    { title: `COST ${summary.currency}`, align: 'right', text: (row) => money(row.total_cost) },
  ];
  const totals = [
    `${summary.row_count} rows, ${summary.period.start} to ${summary.period.end}`,
    `${kilowattHours(summary.total_energy_joules)} kWh`,
    `${grams(summary.total_co2e_grams)} g CO2e`,
    `${grams(summary.total_embodied_co2e_grams)} g embodied`,
    `${money(summary.total_cost)} ${summary.currency}`,
  ];
  return `${formatTable(columns, rows)}\nTotal: ${totals.join(' · ')}\n`;
}
