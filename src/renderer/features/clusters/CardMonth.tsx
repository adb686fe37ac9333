import type { ClusterItem } from '../../../contract/schemas/contexts.ts';
import { joinParts } from '../../format/parts.ts';
import { exactQuantity, formatCarbon, formatMoney, formatRange } from '../../format/quantity.ts';
import { chooseUnit } from '../../format/units.ts';
import { failureOf } from '../../rpc/failure.ts';
import type { Month } from './use-month.ts';

/** `November so far: 58.2 kg (49.1–70.0), €1,204`: the calendar month, whatever range is looked at. */
export function CardMonth({ month, cluster }: { month: Month; cluster: Pick<ClusterItem, 'id' | 'currency'> }) {
  return (
    <p
      className="mt-2 truncate text-small text-fg-3 tabular-nums"
      title="Calendar month, UTC; operational and embodied"
    >
      {month.name} so far: {words(month, cluster)}
    </p>
  );
}

function words({ figures, error }: Month, { id, currency }: Pick<ClusterItem, 'id' | 'currency'>) {
  if (figures === null) return error === null ? 'reading' : failureOf(error).message;
  const found = figures.get(id);
  if (found === undefined) return 'no data';
  const { grams, lowGrams, highGrams, cost } = found;
  return (
    <>
      <span className="font-medium text-fg-2" title={exactQuantity('carbon', grams)}>
        {joinParts(formatCarbon(grams))}
      </span>
      {` (${formatRange(lowGrams, highGrams, chooseUnit('carbon', grams), grams)}), `}
      <span className="font-medium text-fg-2" title={exactQuantity('money', cost, currency)}>
        {joinParts(formatMoney(cost, currency))}
      </span>
    </>
  );
}
