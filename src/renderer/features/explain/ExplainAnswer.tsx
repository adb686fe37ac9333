import { useSearch } from '@tanstack/react-router';
import type { Explanation } from '../../../contract/schemas/explain.ts';
import { useView } from '../../app/view/use-view.ts';
import { NarrowingList } from '../../figures/explain/NarrowingList.tsx';
import type { ExplainTarget } from '../../figures/explain/target.ts';
import { GoButton } from '../../figures/GoButton.tsx';
import { QualityBar } from '../../figures/QualityBar.tsx';
import { exactAnswered, formatAnsweredLong, formatAnsweredRange } from '../../format/answered.ts';
import { joinParts } from '../../format/parts.ts';
import { formatPeriod, zoneName } from '../../format/time.ts';
import { failureOf } from '../../rpc/failure.ts';
import { certaintyOf, Mark } from '../../ui/Mark.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { RangeBar } from '../../ui/RangeBar.tsx';
import { NothingThere, OnlySums } from './ExplainStates.tsx';
import { ExplainSteps } from './ExplainSteps.tsx';

const NARROWING_SHOWN = 3;

interface Props {
  readonly answer: Explanation;
  readonly target: ExplainTarget;
  readonly exact: boolean;
  /** Why the answer could not be renewed; null for a good one. */
  readonly error: unknown;
}

/** Figure, steps, what would narrow it, and how much of it is known how. */
export function ExplainAnswer({ answer, target, exact, error }: Props) {
  const isEmpty = answer.value === 0 && answer.high === 0 && answer.steps.length === 0;
  return (
    <>
      <Head answer={answer} exact={exact} />
      <section aria-label="How it was worked out" className="min-h-0 flex-1 overflow-y-auto px-5 pt-3 pb-2">
        <Notices target={target} error={error} />
        {isEmpty ? (
          <NothingThere />
        ) : answer.steps.length === 0 ? (
          <OnlySums target={target} />
        ) : (
          <ExplainSteps answer={answer} exact={exact} wanted={target.step} />
        )}
        {!isEmpty && <Known answer={answer} />}
      </section>
      {answer.narrowing.length > 0 && (
        <footer className="max-h-[40%] shrink-0 overflow-y-auto border-t border-line px-5 pt-3 pb-4">
          <div className="flex h-6 items-center justify-between">
            <h3 className="text-small font-medium">What would narrow the range most</h3>
            <GoButton to="/quality">How sure</GoButton>
          </div>
          <NarrowingList items={answer.narrowing.slice(0, NARROWING_SHOWN)} />
        </footer>
      )}
    </>
  );
}

function Head({ answer, exact }: { readonly answer: Explanation; readonly exact: boolean }) {
  const { tz } = useView();
  const { value, low, high, unit, period } = answer;
  const full = exactAnswered(value, unit);
  const parts = exact ? full : formatAnsweredLong(value, unit);
  return (
    <div className="shrink-0 border-b border-line px-5 py-4">
      <div className="flex items-center gap-1.5 text-small font-medium text-fg-2">
        <span className="min-w-0 truncate" title={answer.title}>
          {answer.title}
        </span>
        <Mark certainty={certaintyOf(answer.quality)} />
      </div>
      <div className="mt-0.5 flex flex-wrap items-end justify-between gap-x-4 gap-y-1">
        <div className="text-figure font-strong whitespace-nowrap tabular-nums" title={joinParts(full)}>
          {parts.value}
          {parts.unit !== '' && (
            <span className="ml-[5px] text-base font-regular tracking-normal text-fg-2">{parts.unit}</span>
          )}
        </div>
        {value > 0 && (
          <div className="flex flex-col items-end gap-1 text-small text-fg-2 tabular-nums">
            <RangeBar low={low} value={value} high={high} className="w-37" />
            {exact
              ? `${exactAnswered(low, unit).value}–${exactAnswered(high, unit).value}`
              : formatAnsweredRange(low, high, unit, value)}
          </div>
        )}
      </div>
      <div className="mt-1 text-small text-fg-3">
        {formatPeriod(period.start, period.end, tz)} {zoneName(tz, period.start)}
      </div>
    </div>
  );
}

function Notices({ target, error }: { readonly target: ExplainTarget; readonly error: unknown }) {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const isSpread = search['spread'] === 'reservation' || search['spread'] === 'even';
  const isPart = target.namespace !== undefined || target.workload !== undefined || target.pod !== undefined;
  return (
    <>
      {error !== null && error !== undefined && (
        <Notice tone="warn" className="mb-3">
          {failureOf(error).message}. Shown is the last good answer.
        </Notice>
      )}
      {isSpread && (isPart || target.team !== undefined) && (
        <Notice tone="quiet" className="mb-3">
          This explains the row as it is stored; the page adds its part of the spare capacity.
        </Notice>
      )}
    </>
  );
}

function Known({ answer }: { readonly answer: Explanation }) {
  const { quality, reasons, calculation_version: version } = answer;
  const hasEnergy = quality.measured + quality.modelled + quality.default > 0;
  return (
    <div className="mt-1 border-t border-line pt-3 pb-2">
      {hasEnergy && (
        <>
          <h3 className="mb-2 text-small font-medium">How its energy is known</h3>
          <QualityBar quality={quality} />
        </>
      )}
      {reasons.length > 0 && (
        <>
          <h3 className="mt-3 mb-1 text-small font-medium">Why it is an estimate</h3>
          <ul className="flex list-disc flex-col gap-0.5 pl-4 text-small text-fg-2">
            {reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </>
      )}
      <p className="mt-3 text-micro text-fg-3">
        {version === null
          ? 'Computed by several versions of the method'
          : `Computed by version ${version} of the method`}
      </p>
    </div>
  );
}
