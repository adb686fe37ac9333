import { MIXED_CURRENCY } from '../../../contract/schemas/primitives.ts';
import type { ReportSummary } from '../../../contract/schemas/reports.ts';
import { formatCount } from '../../format/digits.ts';
import { joinParts, NO_DATA, type Parts } from '../../format/parts.ts';
import {
  exactQuantity,
  formatAmountOf,
  formatCarbon,
  formatCarbonLong,
  formatEnergy,
  formatMoney,
} from '../../format/quantity.ts';
import { Figure } from '../../ui/Figure.tsx';

/** What all rows add up to. */
export function ReportTotals({ summary, isWaiting }: { summary: ReportSummary | undefined; isWaiting: boolean }) {
  const known = (parts: Parts): Parts | null => (summary !== undefined ? parts : isWaiting ? null : NO_DATA);
  const carbon = summary === undefined ? null : summary.total_co2e_grams + summary.total_embodied_co2e_grams;
  const currency = summary?.currency ?? 'EUR';
  const isMixed = currency === MIXED_CURRENCY;
  return (
    <section
      aria-label="Totals"
      className="grid shrink-0 grid-cols-2 overflow-hidden rounded-3 border border-line bg-surface-1 shadow-1 mid:grid-cols-4"
    >
      <Figure
        label="Rows"
        parts={known(formatAmountOf(summary?.row_count))}
        {...(summary === undefined ? {} : { exact: formatCount(summary.row_count) })}
      />
      <Figure
        label="Carbon"
        parts={known(formatCarbonLong(carbon))}
        exact={exactQuantity('carbon', carbon)}
        {...(summary === undefined
          ? {}
          : { detail: `${joinParts(formatCarbon(summary.total_embodied_co2e_grams))} of it embodied` })}
      />
      <Figure
        label="Energy"
        parts={known(formatEnergy(summary?.total_energy_joules))}
        exact={exactQuantity('energy', summary?.total_energy_joules)}
        detail="before PUE"
      />
      <Figure
        label="Cost"
        parts={known(isMixed ? { value: 'mixed', unit: '' } : formatMoney(summary?.total_cost, currency))}
        {...(isMixed
          ? { detail: 'clusters count in different currencies' }
          : { exact: exactQuantity('money', summary?.total_cost, currency) })}
      />
    </section>
  );
}
