import type { KeyboardEvent, ReactNode } from 'react';
import { formatIn, formatRange } from '../format/quantity.ts';
import { formatBucket } from '../format/time.ts';
import { chooseUnit } from '../format/units.ts';
import type { StackBucket, StackData } from './stack.ts';
import type { TimeRangeMs } from './use-chart-reader.ts';

interface Props {
  readonly data: StackData;
  readonly title: string;
  readonly tz: string;
  readonly currency: string;
  readonly ghostLabel: string | null;
  /** A window opens to its own range. */
  readonly onZoom: (range: TimeRangeMs) => void;
  /** Makes a button of a column's total, for instance one that explains it. */
  readonly wrapTotal?: (text: string, bucket: StackBucket) => ReactNode;
}

const HEAD =
  'sticky top-0 z-1 h-7 border-b border-line bg-surface-1 px-2 text-micro font-medium whitespace-nowrap text-fg-3';
const CELL = 'h-7 border-b border-line px-2 whitespace-nowrap';

/** A chart as its table: one row a bucket, series in the order of the stack, one unit for all. */
export function ChartTable({ data, title, tz, currency, ghostLabel, onZoom, wrapTotal }: Props) {
  const highest = data.buckets.reduce((most, bucket) => Math.max(most, bucket.total ?? 0), 0);
  const unit = chooseUnit(data.kind, highest, currency);
  return (
    <section className="h-full overflow-auto" aria-label={`${title}, table`}>
      <table className="w-full border-collapse text-small">
        <caption className="sr-only">
          {title}, {unit.label}
        </caption>
        <thead>
          <tr>
            <th scope="col" className={`${HEAD} text-left`}>
              Window
            </th>
            <th scope="col" className={`${HEAD} num`}>
              Total, {unit.label}
            </th>
            <th scope="col" className={`${HEAD} num`}>
              Between
            </th>
            {data.series.map((series) => (
              <th key={series.key} scope="col" className={`${HEAD} num`}>
                {series.label}
              </th>
            ))}
            {ghostLabel !== null && (
              <th scope="col" className={`${HEAD} num`}>
                {ghostLabel}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {data.buckets.map((bucket, index) => (
            <tr key={bucket.startMs} className={bucket.state === 'whole' ? '' : 'text-fg-3'}>
              <th scope="row" className={`${CELL} text-left font-regular`}>
                <button
                  type="button"
                  // One stop for Tab; the arrow keys walk on from there.
                  tabIndex={index === 0 ? 0 : -1}
                  className="rounded-1 hover:underline"
                  onClick={() => onZoom(bucket)}
                  onKeyDown={walkWindows}
                >
                  {formatBucket(bucket.startMs, bucket.endMs, tz)}
                </button>
                {bucket.state === 'partial' && ' (not whole)'}
              </th>
              <td className={`${CELL} num font-medium`}>
                {bucket.total === null || wrapTotal === undefined
                  ? formatIn(unit, bucket.total)
                  : wrapTotal(formatIn(unit, bucket.total), bucket)}
              </td>
              <td className={`${CELL} num`}>
                {bucket.total === null ? '' : formatRange(bucket.low, bucket.high, unit, bucket.total)}
              </td>
              {data.series.map((series) => (
                <td key={series.key} className={`${CELL} num`}>
                  {bucket.state === 'gap' ? '' : formatIn(unit, series.values[index] ?? null)}
                </td>
              ))}
              {ghostLabel !== null && <td className={`${CELL} num`}>{formatIn(unit, bucket.previous)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** ↑ and ↓ from window to window. */
export function walkWindows(event: KeyboardEvent<HTMLButtonElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const row = event.currentTarget.closest('tr');
  const next = event.key === 'ArrowDown' ? row?.nextElementSibling : row?.previousElementSibling;
  const button = next?.querySelector('button');
  if (button === null || button === undefined) return;
  event.preventDefault();
  button.focus();
}
