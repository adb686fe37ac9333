import type { GreenKubeImport } from '../../backend/greenkube-import/import-report.ts';
import type { Tally } from '../../backend/greenkube-import/tally.ts';
import { grams, kilowattHours, money } from './amounts.ts';
import { printable } from './text-table.ts';

export const RECOMMENDATIONS_LEFT =
  'GreenKube keeps one figure for each of them, without its range, its evidence or what it is of; Podwatt finds its own.';

/** What `--json` prints. */
export function importResult(done: GreenKubeImport): object {
  const { windows, rows } = done;
  return {
    from: done.from,
    to: done.to,
    cluster: done.cluster,
    windows: {
      written: windows.written,
      already_there: windows.known,
      not_over: windows.open,
      refused: Object.fromEntries(windows.refused),
    },
    rows: { ...tallyResult(rows), in_the_other_table: windows.rowsInOther, of_windows_left: windows.rowsLeft },
    imported: {
      joules: windows.joules,
      co2e_grams: windows.co2eGrams,
      embodied_co2e_grams: windows.embodiedCo2eGrams,
      total_cost: windows.totalCost,
      currency: done.cluster.currency,
    },
    node_snapshots: tallyResult(done.nodes),
    intensities: tallyResult(done.intensities),
    recommendations: { taken: 0, left: done.recommendationsLeft, reason: RECOMMENDATIONS_LEFT },
  };
}

function tallyResult({ taken, refused }: Tally): object {
  return { taken, refused: Object.fromEntries(refused) };
}

/** What was imported, for a person. */
export function formatImport(done: GreenKubeImport): string {
  const { windows, rows, cluster } = done;
  const left = [
    [windows.known, 'were there already'],
    [windows.open, 'are not over yet'],
    ...[...windows.refused].map(([reason, count]) => [count, `were refused: ${reason}`]),
  ].flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]));
  const lines = [
    ['from', done.from],
    ['to', done.to],
    ['cluster', `${cluster.name} (${cluster.id})`],
    ['windows', [`${windows.written} written`, ...left].join('; ')],
    ['rows', `${rows.taken} taken${rowsLeft(done)}${refusals(rows)}`],
    [
      'sums',
      `${kilowattHours(windows.joules)} kWh, ${grams(windows.co2eGrams)} g CO2e, ${grams(windows.embodiedCo2eGrams)} g embodied, ${money(windows.totalCost)} taken as ${cluster.currency}`,
    ],
    ['nodes', `${done.nodes.taken} snapshots taken${refusals(done.nodes)}`],
    ['grid', `${done.intensities.taken} intensities taken${refusals(done.intensities)}`],
    [
      'advice',
      done.recommendationsLeft === 0
        ? 'none there'
        : `${done.recommendationsLeft} recommendations not taken. ${RECOMMENDATIONS_LEFT}`,
    ],
  ] as const;
  return lines.map(([name, value]) => `${name.padEnd(10)}${printable(value)}\n`).join('');
}

function rowsLeft({ windows: { rowsInOther, rowsLeft: left } }: GreenKubeImport): string {
  const parts = [
    rowsInOther === 0 ? null : `${rowsInOther} left because their hour is taken from GreenKube's other table`,
    left === 0 ? null : `${left} left with their windows`,
  ].filter((part) => part !== null);
  return parts.map((part) => `; ${part}`).join('');
}

function refusals({ refused, refusedCount }: Tally): string {
  if (refusedCount === 0) return '';
  return `; ${refusedCount} refused: ${[...refused].map(([reason, count]) => `${count} because ${reason}`).join(', ')}`;
}
