import { useMemo, useState } from 'react';
import { chooseUnit } from '../format/units.ts';
import { CursorBand, CursorWhisker, DragBand } from './CursorMarks.tsx';
import type { Cursor } from './cursor.ts';
import { frameFor } from './frame.ts';
import { cardText, HoverCard } from './HoverCard.tsx';
import { Plot } from './Plot.tsx';
import { bucketMiddle, StackMarks } from './StackMarks.tsx';
import { chartSentence } from './sentence.ts';
import type { StackData } from './stack.ts';
import { highestTotal, highestValue, timeSpan } from './stack-paths.ts';
import { timeTicks } from './time-ticks.ts';
import { type TimeRangeMs, useChartReader } from './use-chart-reader.ts';
import { useSize } from './use-size.ts';
import { tickText, valueScale } from './value-ticks.ts';

export interface TimeChartProps {
  readonly data: StackData;
  /** What the chart shows, for who listens: `Carbon per 2 h by namespace`. */
  readonly title: string;
  readonly tz: string;
  readonly currency: string;
  readonly marks: 'columns' | 'areas';
  /** `7 days before`; null draws no ghost label. */
  readonly ghostLabel?: string | null;
  readonly solo?: string | null;
  /** Drag or Enter: look closer at a stretch. */
  readonly onZoom?: (range: TimeRangeMs) => void;
  /** Double click: back to where one came from. Left out where there is no way back. */
  readonly onZoomBack?: (() => void) | undefined;
  /** Click on a series, or Enter on a picked one. */
  readonly onDrill?: (seriesKey: string) => void;
  /** Key E: how the column under the cursor, or the picked series in it, came about. */
  readonly onExplain?: (cursor: Cursor) => void;
  readonly onTable?: () => void;
}

const CARD_WIDTH = 226;
const CARD_GAP = 14;
const NARROW = 520;

/** Stacked columns or stepped areas over time, with cursor, card, brush and keys. Fills its parent. */
export function TimeChart(props: TimeChartProps) {
  const { data, title, tz, currency, marks, ghostLabel = null, solo = null } = props;
  const [ref, size] = useSize<HTMLDivElement>({ width: 760, height: 266 });
  const [spoken, setSpoken] = useState('');
  const plan = useMemo(() => layOut(data, size.width, size.height, tz, currency), [data, size, tz, currency]);
  const { frame, scale, ticks, from, to } = plan;
  const speak = (cursor: Cursor | null): void =>
    setSpoken(cursor === null ? '' : cardText({ data, cursor, unit: scale.unit, tz, ghostLabel }));
  const reader = useChartReader({ ...props, frame, max: scale.max, onSpeak: speak });
  const { cursor, drag } = reader;
  const sentence = useMemo(() => chartSentence(title, data, tz, currency), [title, data, tz, currency]);
  const middle = cursor === null ? 0 : bucketMiddle(data, frame, cursor.index);
  const left = middle + CARD_GAP + CARD_WIDTH > frame.width ? middle - CARD_GAP - CARD_WIDTH : middle + CARD_GAP;
  return (
    <div ref={ref} className="relative size-full min-h-0">
      <div role="img" aria-label={sentence} className="absolute inset-0 overflow-hidden">
        <Plot frame={frame} from={from} to={to} ticks={ticks} tickAnchor="start" scale={scale}>
          {cursor !== null && <CursorBand data={data} frame={frame} index={cursor.index} />}
          <StackMarks data={data} frame={frame} max={scale.max} marks={marks} solo={solo} />
          {cursor !== null && <CursorWhisker data={data} frame={frame} max={scale.max} index={cursor.index} />}
          {drag !== null && <DragBand data={data} frame={frame} fromMs={drag.fromMs} toMs={drag.toMs} />}
        </Plot>
      </div>
      <button
        type="button"
        aria-label={`${title}: read by keys`}
        aria-keyshortcuts="ArrowLeft ArrowRight Enter E T Escape"
        className={`absolute inset-0 rounded-1 ${reader.overSeries && props.onDrill !== undefined ? 'cursor-pointer' : 'cursor-crosshair'}`}
        {...reader.handlers}
      />
      <span role="status" className="sr-only">
        {spoken}
      </span>
      {cursor !== null && drag === null && (
        <div className="pointer-events-none absolute top-2 z-10" style={{ left: Math.max(0, left) }} aria-hidden="true">
          <HoverCard data={data} cursor={cursor} unit={scale.unit} tz={tz} ghostLabel={ghostLabel} />
        </div>
      )}
    </div>
  );
}

function layOut(data: StackData, width: number, height: number, tz: string, currency: string) {
  const unit = chooseUnit(data.kind, highestTotal(data), currency);
  const scale = valueScale(highestValue(data), unit, height > 190 ? 6 : 4);
  const frame = frameFor(
    width,
    height,
    scale.ticks.map((tick) => tickText(scale, tick)),
  );
  const [from, to] = timeSpan(data);
  const ticks = timeTicks(data.buckets, tz, width < NARROW ? 4 : 6).map(({ atMs, label }) => ({ at: atMs, label }));
  return { frame, scale, ticks, from, to };
}
