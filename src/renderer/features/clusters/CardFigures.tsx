import type { ReactNode } from 'react';
import type { ClusterItem } from '../../../contract/schemas/contexts.ts';
import { sourceName } from '../../app/source-names.ts';
import { useNow } from '../../app/use-now.ts';
import { lengthOfLast } from '../../app/view/range.ts';
import { useView } from '../../app/view/use-view.ts';
import { formatChange } from '../../format/change.ts';
import { exactQuantity, formatCarbon, formatEnergy, formatMoney, formatRange } from '../../format/quantity.ts';
import { formatAge } from '../../format/time.ts';
import { chooseUnit } from '../../format/units.ts';
import { failureOf, isStoreAway } from '../../rpc/failure.ts';
import { Button } from '../../ui/Button.tsx';
import { Delta } from '../../ui/Delta.tsx';
import { RangeBar } from '../../ui/RangeBar.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { type Status, StatusDot } from '../../ui/StatusDot.tsx';
import { Value } from '../../ui/Value.tsx';
import { CardMonth } from './CardMonth.tsx';
import type { Month } from './use-month.ts';
import type { SummaryAnswer } from './use-summaries.ts';

const SOURCE_STATUS: Record<ClusterItem['sources'][number]['state'], Status> = {
  ok: 'healthy',
  partial: 'attention',
  failed: 'broken',
  off: 'off',
  unknown: 'off',
};

/** Carbon with its range, energy and cost of the looked-at range; the month; then the sources behind them. */
export function CardFigures({
  cluster,
  answer,
  month,
}: {
  cluster: ClusterItem;
  answer: SummaryAnswer | null;
  month: Month | null;
}) {
  const { range } = useView();
  if (answer?.summary == null) {
    if (answer?.error != null) return <Failed answer={answer} />;
    return <Skeleton rows={3} label={`Loading the figures of ${cluster.name}`} />;
  }
  const { summary } = answer;
  const { previous } = summary;
  const grams = summary.total_co2e_all_scopes;
  const low = summary.total_co2e_all_scopes_low;
  const high = summary.total_co2e_all_scopes_high;
  const length = range.kind === 'last' ? lengthOfLast(range.last) : 'chosen range';
  return (
    <>
      {answer.error !== null && !isStoreAway(answer.error) && <Failed answer={answer} />}
      <div className="grid grid-cols-[1.5fr_1fr_1fr] gap-3">
        <Piece label={`Carbon, ${length}`}>
          <Value
            parts={formatCarbon(grams)}
            exact={exactQuantity('carbon', grams)}
            className="text-figure-s font-strong [&_.unit]:text-small"
          />
          <span className="flex items-center gap-1.5 text-small text-fg-3 tabular-nums">
            <RangeBar low={low} value={grams} high={high} className="w-14" />
            {formatRange(low, high, chooseUnit('carbon', grams), grams)}
          </span>
        </Piece>
        <Piece label="Energy">
          <Value
            parts={formatEnergy(summary.total_facility_energy_joules)}
            exact={exactQuantity('energy', summary.total_facility_energy_joules)}
            className="text-title leading-7 font-medium"
          />
          <Delta change={formatChange(summary.total_facility_energy_joules, previous?.total_facility_energy_joules)} />
        </Piece>
        <Piece label="Cost">
          <Value
            parts={formatMoney(summary.total_cost, summary.currency)}
            exact={exactQuantity('money', summary.total_cost, summary.currency)}
            className="text-title leading-7 font-medium"
          />
          <Delta change={formatChange(summary.total_cost, previous?.total_cost)} />
        </Piece>
      </div>
      {month !== null && <CardMonth month={month} cluster={cluster} />}
      <ul aria-label="Sources" className="mt-3 flex flex-wrap gap-x-3 gap-y-1 text-small text-fg-2">
        {cluster.sources
          .filter((source) => source.state !== 'off')
          .map((source) => (
            <li key={source.name} title={source.detail} className="flex items-center gap-1.5">
              <StatusDot status={SOURCE_STATUS[source.state]} />
              {sourceName(source.name)}
              {source.state === 'failed' && ' failed'}
              {source.state === 'partial' && ', partly'}
            </li>
          ))}
      </ul>
    </>
  );
}

/** Why there are no newer figures, how old the shown ones are, and the way to ask again. */
function Failed({ answer }: { answer: SummaryAnswer }) {
  const { tz } = useView();
  const nowMs = useNow();
  const { message, hint } = failureOf(answer.error);
  const rest = answer.summary === null ? hint : `Shown are the figures of ${formatAge(answer.updatedAtMs, nowMs, tz)}.`;
  return (
    <div role="status" className="mb-2 flex items-start gap-2 text-small text-fg-2">
      <p className="min-w-0 flex-1">
        {message}. {rest}
      </p>
      <Button kind="ghost" size="small" className="-my-1" onClick={answer.onRetry}>
        Try again
      </Button>
    </div>
  );
}

function Piece({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col items-start">
      <span className="text-micro font-medium text-fg-3">{label}</span>
      {children}
    </div>
  );
}
