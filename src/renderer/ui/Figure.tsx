import type { ReactNode } from 'react';
import type { Change } from '../format/change.ts';
import type { Parts } from '../format/parts.ts';
import { cx } from './class-names.ts';
import { Delta } from './Delta.tsx';
import { type Certainty, Mark } from './Mark.tsx';
import { RangeBar } from './RangeBar.tsx';
import { useDelayed } from './use-delayed.ts';

export interface FigureProps {
  label: string;
  /** Null while loading. */
  parts: Parts | null;
  exact?: string;
  certainty?: Certainty | null;
  /** Low, value and high in one base unit, and the words of the range. */
  range?: { low: number; value: number; high: number; text: string } | null;
  change?: Change | null;
  /** What the change is measured against, on hover. */
  before?: string;
  /** Further words in the last line: "OpenCost", "4.34 kg". */
  detail?: ReactNode;
  /** Makes a button of the known value, for instance one that explains it. */
  wrap?: (value: ReactNode) => ReactNode;
}

/** A headline figure: its mark beside the label, its range and change below. Stands in a `FigureStrip`. */
export function Figure(props: FigureProps) {
  return (
    <div
      className="relative min-w-0 border-l border-line px-4 py-3 first:border-l-0"
      aria-busy={props.parts === null}
      data-figure=""
    >
      <div className="flex items-center gap-1.5 text-small font-medium text-fg-2">
        <span className="truncate">{props.label}</span>
        <Mark certainty={props.certainty ?? null} />
      </div>
      {props.parts === null ? <Waiting /> : <Known {...props} parts={props.parts} />}
    </div>
  );
}

function Known(props: FigureProps & { parts: Parts }) {
  const missing = props.parts.unit === '' && /^[a-z]/.test(props.parts.value);
  const value = (
    <>
      {props.parts.value}
      {props.parts.unit !== '' && (
        <span className="ml-[5px] text-base font-regular tracking-normal text-fg-2">{props.parts.unit}</span>
      )}
    </>
  );
  return (
    <>
      <div
        className={cx(
          'mt-1 flex h-8 items-baseline whitespace-nowrap tabular-nums',
          missing ? 'text-page text-fg-3' : 'text-figure font-strong',
        )}
        title={props.exact}
      >
        {missing || props.wrap === undefined ? value : props.wrap(value)}
      </div>
      <div className="mt-1 flex min-h-5 flex-wrap items-center gap-x-2 text-small whitespace-nowrap text-fg-3">
        {props.range !== null && props.range !== undefined && (
          <>
            <RangeBar
              low={props.range.low}
              value={props.range.value}
              high={props.range.high}
              className="w-14 wide:w-21"
            />
            <span className="tabular-nums">{props.range.text}</span>
          </>
        )}
        {props.detail}
        <Delta change={props.change ?? null} {...(props.before === undefined ? {} : { before: props.before })} />
      </div>
    </>
  );
}

function Waiting() {
  const shown = useDelayed(true);
  return (
    <div role="status" aria-label="Loading" className="mt-1 flex h-14 flex-col justify-center gap-3">
      {shown && (
        <>
          <span className="skeleton h-5 w-24" />
          <span className="skeleton h-3 w-32" />
        </>
      )}
    </div>
  );
}

/** The strip of headline figures: one panel, hairlines between; two and three in a row below 1100 px. */
export function FigureStrip({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section
      aria-label={label}
      className="figure-strip grid overflow-hidden rounded-3 border border-line bg-surface-1 shadow-1"
    >
      {children}
    </section>
  );
}
