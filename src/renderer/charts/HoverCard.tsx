import { formatIn } from '../format/quantity.ts';
import { formatBucket, formatCoverage } from '../format/time.ts';
import type { Unit } from '../format/units.ts';
import { Swatch } from '../ui/Swatch.tsx';
import { amountText, rangeText } from './amount.ts';
import { type Cursor, cardOrder } from './cursor.ts';
import { SeriesSwatch } from './Swatch.tsx';
import type { StackBucket, StackData } from './stack.ts';

interface Props {
  readonly data: StackData;
  readonly cursor: Cursor;
  readonly unit: Unit;
  readonly tz: string;
  /** `7 days before`; null without comparison. */
  readonly ghostLabel: string | null;
}

/** What a column holds: window, parts, total, bounds, period before. Sighted twin of the announced text. */
export function HoverCard({ data, cursor, unit, tz, ghostLabel }: Props) {
  const bucket = data.buckets[cursor.index];
  if (bucket === undefined) return null;
  return (
    <div className="w-[226px] rounded-3 bg-overlay px-3 py-2.5 text-small shadow-2" data-testid="hover-card">
      <div className="mb-1 font-medium">{formatBucket(bucket.startMs, bucket.endMs, tz)}</div>
      {bucket.state === 'gap' ? (
        <div className="flex h-[18px] items-center gap-2 text-fg-2">
          <Swatch kind="gap" />
          No data
        </div>
      ) : (
        <Parts data={data} cursor={cursor} unit={unit} />
      )}
      <hr className="my-1.5 border-line" />
      {bucket.total !== null && <Sums bucket={bucket} unit={unit} />}
      {bucket.state === 'partial' && (
        <Line label="Collected" value={formatCoverage(bucket.coveredSeconds, (bucket.endMs - bucket.startMs) / 1000)} />
      )}
      {ghostLabel !== null && (
        <Line
          label={ghostLabel}
          value={bucket.previous === null ? 'no data' : amountText(bucket.previous, unit)}
          ghost
        />
      )}
    </div>
  );
}

function Parts({ data, cursor, unit }: Pick<Props, 'data' | 'cursor' | 'unit'>) {
  const byKey = new Map(data.series.map((series) => [series.key, series]));
  return cardOrder(data, cursor.index).map((key) => {
    const series = byKey.get(key);
    if (series === undefined) return null;
    const chosen = cursor.seriesKey === key;
    return (
      <div key={key} className={`-mx-1 flex h-[18px] items-center gap-2 rounded-1 px-1 ${chosen ? 'bg-selected' : ''}`}>
        <SeriesSwatch paint={series.paint} />
        <span className="min-w-0 truncate">{series.label}</span>
        <b className="num ml-auto font-medium">{formatIn(unit, series.values[cursor.index] ?? null)}</b>
      </div>
    );
  });
}

function Sums({ bucket, unit }: { readonly bucket: StackBucket; readonly unit: Unit }) {
  const { total, low, high } = bucket;
  if (total === null) return null;
  return (
    <>
      <div className="flex h-[18px] items-center font-strong">
        Total
        <b className="num ml-auto font-strong">{amountText(total, unit)}</b>
      </div>
      {low !== null && high !== null && <Line label="Between" value={rangeText(low, high, unit, total)} />}
    </>
  );
}

function Line({
  label,
  value,
  ghost = false,
}: {
  readonly label: string;
  readonly value: string;
  readonly ghost?: boolean;
}) {
  return (
    <div className="flex h-[18px] items-center gap-2 text-fg-2">
      {ghost && <Swatch kind="ghost" />}
      {label}
      <span className="num ml-auto">{value}</span>
    </div>
  );
}

/** The card as one sentence, for who moves by keyboard and listens. */
export function cardText({ data, cursor, unit, tz, ghostLabel }: Props): string {
  const bucket = data.buckets[cursor.index];
  if (bucket === undefined) return '';
  const when = formatBucket(bucket.startMs, bucket.endMs, tz);
  if (bucket.total === null) return `${when}: no data`;
  const chosen = data.series.find((series) => series.key === cursor.seriesKey);
  const part = chosen === undefined ? '' : `${chosen.label} ${amountText(chosen.values[cursor.index] ?? null, unit)}, `;
  const before =
    ghostLabel !== null && bucket.previous !== null ? `, ${ghostLabel} ${amountText(bucket.previous, unit)}` : '';
  const between =
    bucket.low !== null && bucket.high !== null
      ? `, between ${rangeText(bucket.low, bucket.high, unit, bucket.total)}`
      : '';
  return `${when}: ${part}total ${amountText(bucket.total, unit)}${between}${before}`;
}
