import { MIXED_CURRENCY } from '../../../contract/schemas/primitives.ts';
import type { RecommendationItem } from '../../../contract/schemas/recommendations.ts';
import { useSelectedClusters } from '../../app/clusters-query.ts';
import { formatCount } from '../../format/digits.ts';
import { foundText } from '../../format/savings.ts';
import { chooseUnit } from '../../format/units.ts';
import { failureOf } from '../../rpc/failure.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/class-names.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { carbonUnit, verifiedTotals } from './amounts.ts';
import { type PageSearch, Tab } from './search.ts';
import type { Decisions } from './use-decisions.ts';
import { TAB_NAMES } from './words.ts';

interface Props {
  readonly tab: Tab;
  /** Null while unknown. */
  readonly counts: Readonly<Record<Tab, number | null>>;
  readonly onTab: (tab: Tab) => void;
  readonly search: PageSearch;
  readonly applied: readonly RecommendationItem[];
  readonly currency: string;
  readonly decisions: Decisions;
}

/** What became of them, with counts; at the right what is verified so far, or what was decided just now. */
export function TabRow(props: Props) {
  const { counts, tab, decisions } = props;
  return (
    <div className="flex min-h-7 shrink-0 flex-wrap items-center gap-x-3 gap-y-1">
      <Segmented
        label="Show"
        value={tab}
        options={Tab.options.map((value) => ({
          value,
          label: (
            <>
              {TAB_NAMES[value]}{' '}
              {counts[value] !== null && (
                <span className="min-w-3 text-right font-regular text-fg-3 tabular-nums">
                  {formatCount(counts[value])}
                </span>
              )}
            </>
          ),
        }))}
        onChange={props.onTab}
      />
      <span className="min-w-0 flex-1" />
      <div role="status" className="flex min-h-6 max-w-full items-center gap-1 text-small text-fg-2">
        {decisions.done === null && decisions.error === null ? (
          <VerifiedSoFar {...props} />
        ) : (
          <Decided decisions={decisions} />
        )}
      </div>
    </div>
  );
}

function Decided({ decisions }: { decisions: Decisions }) {
  const { done, error } = decisions;
  if (error !== null && error !== undefined) {
    const { message, hint } = failureOf(error);
    return (
      <span className="text-bad">
        {message}. {hint}
      </span>
    );
  }
  return (
    <>
      <span className="min-w-0 truncate">{done?.words}</span>
      {done !== null && done.undo !== null && (
        <Button kind="ghost" size="small" disabled={decisions.isPending} onClick={done.undo}>
          Undo
        </Button>
      )}
    </>
  );
}

function VerifiedSoFar({ applied, currency, search }: Props) {
  const own = useSelectedClusters()[0]?.currency ?? 'EUR';
  const totals = verifiedTotals(applied);
  if (totals === null) return null;
  const per = search.per ?? 'year';
  const range = { low: totals.grams, expected: totals.grams, high: totals.grams };
  const unit = carbonUnit([range], per);
  const money = chooseUnit('money', totals.money, currency === MIXED_CURRENCY ? own : currency);
  const tone = (saved: number) => cx('font-medium tabular-nums', saved > 0 ? 'text-good' : saved < 0 && 'text-bad');
  const moneyText = foundText(totals.money, per, money);
  return (
    <span title="Measured before and after, on the same weekdays, and carried on as it was found">
      Verified so far:{' '}
      <span className={tone(totals.grams)}>
        {foundText(totals.grams, per, unit)} {unit.symbol}
      </span>
      {currency !== MIXED_CURRENCY && (
        <>
          ,{' '}
          <span className={tone(totals.money)}>
            {/^[−+]/.test(moneyText)
              ? `${moneyText[0]}${money.symbol}${moneyText.slice(1)}`
              : `${money.symbol}${moneyText}`}
          </span>
        </>
      )}{' '}
      a {per}
    </span>
  );
}
