import type { QualityReport } from '../../../contract/schemas/quality.ts';
import { MEASURES } from '../../charts/measure.ts';
import { ExplainButton } from '../../figures/explain/ExplainButton.tsx';
import { QualityBar } from '../../figures/QualityBar.tsx';
import { formatPercent } from '../../format/change.ts';
import { exactQuantity, formatIn, formatRange } from '../../format/quantity.ts';
import { chooseUnit } from '../../format/units.ts';
import { Panel, type PanelState } from '../../ui/Panel.tsx';
import { RangeBar } from '../../ui/RangeBar.tsx';

export interface ReportProps {
  readonly report: QualityReport | undefined;
  readonly state: PanelState;
}

/** Shares of energy by how it is known, and how wide the range of each metric is. */
export function HeadPanel({ report, state, currency }: ReportProps & { readonly currency: string }) {
  return (
    <Panel title="How it is known" note="share of energy" state={state} className="min-h-27">
      {report !== undefined && (
        <div className="grid grid-cols-1 gap-x-8 gap-y-4 mid:grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)]">
          <div className="pt-1">
            <QualityBar quality={report.quality} />
            <p className="mt-2 text-small text-fg-3">{verdict(report)}</p>
          </div>
          <ul aria-label="Ranges" className="grid grid-cols-1 gap-x-6 gap-y-2 min-[720px]:grid-cols-3">
            {(['carbon', 'energy', 'cost'] as const).map((metric) => (
              <Width key={metric} figures={report.figures} metric={metric} currency={currency} />
            ))}
          </ul>
        </div>
      )}
    </Panel>
  );
}

/** The shares in one sentence: which one leads, and what that means for the range. */
function verdict({ quality }: QualityReport): string {
  const known = quality.measured + quality.modelled;
  if (quality.measured >= 0.5) return 'Most of the energy was measured: the ranges are narrow.';
  if (known >= 0.5) return 'Most of the energy is computed from how busy the machines were: the ranges are wider.';
  return 'Most of the energy rests on defaults: the ranges are wide.';
}

interface WidthProps {
  readonly figures: QualityReport['figures'];
  readonly metric: 'carbon' | 'energy' | 'cost';
  readonly currency: string;
}

/** Half of low to high against the figure, and the range itself. */
function Width({ figures, metric, currency }: WidthProps) {
  const measure = MEASURES[metric];
  const value = measure.value(figures);
  const low = measure.low(figures);
  const high = measure.high(figures);
  const unit = chooseUnit(measure.kind, value, currency);
  const text = formatIn(unit, value);
  const isMoney = measure.kind === 'money';
  return (
    <li className="relative min-w-0 rounded-2" data-figure="">
      <div className="text-small text-fg-2">{measure.name}</div>
      <ExplainButton
        target={{ metric }}
        figure={`${measure.name} ${isMoney ? unit.symbol : ''}${text}${isMoney ? '' : ` ${unit.label}`}`}
        exact={exactQuantity(measure.kind, value, currency)}
        className="text-figure-s font-strong"
      >
        {value > 0 ? `±${formatPercent((high - low) / 2 / value)}` : 'no data'}
      </ExplainButton>
      <div className="flex items-center gap-2 text-small whitespace-nowrap text-fg-3 tabular-nums">
        {value > 0 && (
          <>
            <RangeBar low={low} value={value} high={high} className="w-16" />
            {isMoney && unit.symbol}
            {formatRange(low, high, unit, value)}
            {!isMoney && ` ${unit.symbol}`}
          </>
        )}
      </div>
    </li>
  );
}
