import type { Summary } from '../../../contract/schemas/metrics.ts';
import type { Measure } from '../../charts/measure.ts';
import { ExplainButton } from '../../figures/explain/ExplainButton.tsx';
import { formatChange, formatPercent } from '../../format/change.ts';
import { exactQuantity, formatIn, formatRange } from '../../format/quantity.ts';
import { chooseUnit } from '../../format/units.ts';
import { Delta } from '../../ui/Delta.tsx';
import { amountOfTotals } from './amount-of-totals.ts';
import type { narrowingOf } from './level.ts';

interface Props {
  readonly summary: Summary | undefined;
  /** The same without the filter; undefined where there is no filter. */
  readonly whole: Summary | undefined;
  readonly measure: Measure;
  readonly narrowing: ReturnType<typeof narrowingOf>;
}

/** How much the level is: the figure, its range, its change and its share of the whole. */
export function LevelHead({ summary, whole, measure, narrowing }: Props) {
  if (summary === undefined) return <div className="h-10" />;
  const { value, low, high } = amountOfTotals(summary, measure.metric);
  const before = summary.previous === null ? null : amountOfTotals(summary.previous, measure.metric).value;
  const all = whole === undefined ? 0 : amountOfTotals(whole, measure.metric).value;
  const unit = chooseUnit(measure.kind, value, summary.currency);
  const isMoney = measure.kind === 'money';
  const change = formatChange(value, before);
  return (
    <div className="flex min-h-10 flex-wrap items-baseline gap-x-6 gap-y-1 pb-2">
      <ExplainButton
        target={{ metric: measure.metric, ...narrowing }}
        figure={`${measure.name} ${isMoney ? unit.symbol : ''}${formatIn(unit, value)}${isMoney ? '' : ` ${unit.label}`}`}
        exact={exactQuantity(measure.kind, value, summary.currency)}
        className="text-figure-s font-strong"
      >
        {isMoney && unit.symbol}
        {formatIn(unit, value)}
        {!isMoney && <span className="ml-1 text-small font-regular tracking-normal text-fg-2">{unit.label}</span>}
      </ExplainButton>
      {value > 0 && (
        <span className="text-small text-fg-2 tabular-nums">
          Between {formatRange(low, high, unit, value).replace('–', ' and ')}
        </span>
      )}
      {change !== null && (
        <span className="text-small text-fg-2 tabular-nums">
          <Delta change={change} /> from {formatIn(unit, before)}
        </span>
      )}
      {all > 0 && <span className="text-small text-fg-2 tabular-nums">{formatPercent(value / all)} of the whole</span>}
    </div>
  );
}
