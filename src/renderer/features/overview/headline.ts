import type { Summary, SummaryTotals } from '../../../contract/schemas/metrics.ts';
import { type Change, formatChange, formatPoints } from '../../format/change.ts';
import { joinParts, type Parts } from '../../format/parts.ts';
import {
  exactQuantity,
  formatCarbon,
  formatCarbonLong,
  formatEnergy,
  formatIntensity,
  formatMoney,
  formatRange,
  formatShare,
} from '../../format/quantity.ts';
import { chooseUnit, type Kind } from '../../format/units.ts';
import { type Certainty, certaintyOf } from '../../ui/Mark.tsx';

/** One figure of the strip, ready to show. */
export interface Headline {
  readonly label: string;
  readonly parts: Parts;
  readonly exact: string;
  readonly certainty: Certainty | null;
  readonly range: { low: number; value: number; high: number; text: string } | null;
  readonly change: Change | null;
  readonly before: string;
  readonly detail: string | null;
}

export type HeadlineKey = 'carbon' | 'energy' | 'cost' | 'grid' | 'unallocated';

/** Share of all carbon (operational and embodied) that spare capacity causes; null without carbon. */
export function unallocatedShare(totals: SummaryTotals): number | null {
  return totals.total_co2e_all_scopes > 0 ? totals.unallocated_co2e_grams / totals.total_co2e_all_scopes : null;
}

/** Figures of the strip, in reading order. Nothing collected gives "no data", not zero. */
export function headlines(summary: Summary): Readonly<Record<HeadlineKey, Headline>> {
  const now: SummaryTotals | null = summary.covered_seconds > 0 ? summary : null;
  const before = summary.previous !== null && summary.previous.coverage > 0 ? summary.previous : null;
  const certainty = now === null ? null : certaintyOf(now.quality);
  return {
    ...amounts(now, before, summary.currency, certainty),
    grid: grid(now, before),
    unallocated: unallocated(now, before, certainty),
  };
}

type Totals = SummaryTotals | null;

function amounts(now: Totals, before: Totals, currency: string, certainty: Certainty | null) {
  const it = now === null ? '' : `; of it IT ${exactQuantity('energy', now.total_energy_joules)}`;
  const carbon = figure(now, before, 'total_co2e_all_scopes', formatCarbonLong, formatCarbon);
  const energy = figure(now, before, 'total_facility_energy_joules', formatEnergy, formatEnergy);
  const money = (value: number | undefined): Parts => formatMoney(value, currency);
  const cost = figure(now, before, 'total_cost', money, money);
  return {
    carbon: {
      ...carbon,
      label: 'Carbon',
      certainty,
      exact:
        now === null
          ? ''
          : `${exactQuantity('carbon', now.total_co2e_all_scopes)}: ${joinParts(formatCarbon(now.total_co2e_grams))} operational, ${joinParts(formatCarbon(now.total_embodied_co2e_grams))} embodied`,
      range: rangeOf(
        'carbon',
        now?.total_co2e_all_scopes_low,
        now?.total_co2e_all_scopes,
        now?.total_co2e_all_scopes_high,
      ),
    },
    energy: {
      ...energy,
      label: 'Energy',
      certainty,
      exact: now === null ? '' : `${exactQuantity('energy', now.total_facility_energy_joules)} at the facility${it}`,
      range: rangeOf(
        'energy',
        now?.total_facility_energy_low_joules,
        now?.total_facility_energy_joules,
        now?.total_facility_energy_high_joules,
      ),
    },
    cost: {
      ...cost,
      label: 'Cost',
      certainty: null,
      exact: exactQuantity('money', now?.total_cost, currency),
      range: rangeOf('money', now?.total_cost_low, now?.total_cost, now?.total_cost_high, currency),
    },
  };
}

type AmountField = 'total_co2e_all_scopes' | 'total_facility_energy_joules' | 'total_cost';

function figure(
  now: Totals,
  before: Totals,
  field: AmountField,
  headline: (value: number | undefined) => Parts,
  short: (value: number | undefined) => Parts,
) {
  return {
    parts: headline(now?.[field]),
    change: formatChange(now?.[field], before?.[field]),
    before: beforeWords(before === null ? null : short(before[field])),
    detail: null,
  };
}

function grid(now: Totals, before: Totals): Headline {
  const pue = now?.mean_pue ?? null;
  return {
    label: 'Grid',
    parts: formatIntensity(now?.mean_grid_intensity),
    exact: `${exactQuantity('intensity', now?.mean_grid_intensity)}, mean weighted by energy`,
    certainty: null,
    range: null,
    change: formatChange(now?.mean_grid_intensity, before?.mean_grid_intensity),
    before: beforeWords(before === null ? null : formatIntensity(before.mean_grid_intensity)),
    detail: pue === null ? null : `PUE ${pue.toFixed(2)}`,
  };
}

function unallocated(now: Totals, before: Totals, certainty: Certainty | null): Headline {
  const share = now === null ? null : unallocatedShare(now);
  const old = before === null ? null : unallocatedShare(before);
  return {
    label: 'Unallocated',
    parts: formatShare(share),
    exact: `${exactQuantity('carbon', now?.unallocated_co2e_grams)} from capacity that nobody asked for`,
    certainty,
    range: null,
    change: formatPoints(share, old),
    before: beforeWords(old === null ? null : formatShare(old)),
    detail: now === null ? null : joinParts(formatCarbon(now.unallocated_co2e_grams)),
  };
}

const beforeWords = (parts: Parts | null): string =>
  parts === null ? '' : `from ${joinParts(parts)} in the period before`;

function rangeOf(
  kind: Extract<Kind, 'carbon' | 'energy' | 'money'>,
  low: number | undefined,
  value: number | undefined,
  high: number | undefined,
  currency?: string,
): Headline['range'] {
  if (low === undefined || value === undefined || high === undefined || value <= 0) return null;
  return { low, value, high, text: formatRange(low, high, chooseUnit(kind, value, currency), value) };
}
