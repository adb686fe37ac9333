import { kwhOfJoules } from '../carbon/operational.ts';
import type { StoredRow } from '../ports/results-store.ts';
import { SECONDS_PER_HOUR } from '../units.ts';
import { isSame } from './formula.ts';
import { TABLES } from './source-words.ts';
import { type ExplainStep, stepOf, term } from './step.ts';

const BYTES_PER_TERABYTE = 1e12;
const WATT_HOURS_PER_KWH = 1000;

/** Watt hours of a terabyte-hour by medium, and the copies that providers keep. Source: METHODOLOGY 1.4. */
const MEDIA = [
  { name: 'SSD', wattHours: 1.2 },
  { name: 'HDD', wattHours: 0.65 },
] as const;
const COPIES = [1, 2, 3] as const;

/** Energy of a persistent volume by what was asked for. */
export function volumeStep(row: StoredRow): ExplainStep {
  const value = kwhOfJoules(row.joulesStorage);
  const terabytes = (row.storageRequestBytes ?? 0) / BYTES_PER_TERABYTE;
  const hours = row.durationSeconds / SECONDS_PER_HOUR;
  const base = { id: 'volume', title: 'Energy of the volume', value, unit: 'kWh' };
  const table = { source: `${TABLES.defaults} (methodology 1.4)`, known: 'modelled' } as const;
  if (terabytes <= 0) {
    return stepOf({ ...base, formula: 'recorded', terms: [term('recorded', 'As recorded', value, 'kWh', table)] });
  }
  const rate = (value * WATT_HOURS_PER_KWH) / (terabytes * hours);
  const known = MEDIA.flatMap((medium) => COPIES.map((copies) => ({ ...medium, copies }))).find((each) =>
    isSame(each.wattHours * each.copies, rate),
  );
  const size = [
    term('terabytes', 'Requested size, mean of the window', terabytes, 'TB', {
      source: 'Kubernetes: persistent volume claim',
      known: 'measured',
      atSeconds: row.startSeconds,
    }),
    term('hours', 'Hours of the window', hours, 'h', { source: 'Window', known: 'measured' }),
  ];
  const power =
    known === undefined
      ? [term('per_tb_hour', 'Energy of a terabyte-hour with its copies', rate, 'Wh', table)]
      : [
          term('per_tb_hour', `Energy of a terabyte-hour, ${known.name}`, known.wattHours, 'Wh', table),
          term('copies', 'Copies that the provider keeps', known.copies, '', table),
        ];
  return stepOf({
    ...base,
    formula: `terabytes × hours × ${power.map(({ symbol }) => symbol).join(' × ')} ÷ ${WATT_HOURS_PER_KWH}`,
    terms: [...size, ...power],
    note: 'The provider sets the requested size aside, used or not.',
  });
}
