import type { CollectResult } from '../../contract/schemas/collect.ts';
import { grams, kilowattHours, money } from './amounts.ts';
import { formatTable, printable } from './text-table.ts';

/** What a run of the pipeline gave, for a person. */
export function formatCollectResult(result: CollectResult): string {
  const { windows, totals, period } = result;
  const head = [
    ['cluster', `${printable(result.cluster_name)} (${result.cluster_id})`],
    ['period', `${period.start} to ${period.end}`],
    [
      'windows',
      `${windows.whole} whole, ${windows.partial} partial, ${windows.no_data} without data, ${windows.already_there} already there`,
    ],
    ['rows', String(result.rows)],
    ['energy', `${kilowattHours(totals.energy_joules)} kWh`],
    ['carbon', `${grams(totals.co2e_grams)} g CO2e, and ${grams(totals.embodied_co2e_grams)} g embodied`],
    ['cost', money(totals.total_cost)],
  ] as const;
  const sources = formatTable(
    [
      { title: 'SOURCE', text: (source) => source.name },
      { title: 'STATE', text: (source) => source.state },
      { title: 'DETAIL', text: (source) => source.detail },
    ],
    result.sources,
  );
  const notices = result.notices.map(
    (notice) =>
      `${notice.severity}: ${printable(notice.message)}${notice.hint === null ? '' : ` ${printable(notice.hint)}`}\n`,
  );
  const lines = head.map(([name, value]) => `${name.padEnd(9)}${value}\n`).join('');
  return [lines, '\n', sources, ...(notices.length > 0 ? ['\n', ...notices] : [])].join('');
}
