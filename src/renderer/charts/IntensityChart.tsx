import { useMemo, useState } from 'react';
import { frameFor } from './frame.ts';
import { IntensityCard } from './IntensityCard.tsx';
import { IntensityMarks } from './IntensityMarks.tsx';
import { INTENSITY_UNIT, type IntensityData, intensitySentence, pointText } from './intensity.ts';
import { Plot } from './Plot.tsx';
import { timeTicks } from './time-ticks.ts';
import type { TimeRangeMs } from './use-chart-reader.ts';
import { useIntensityReader } from './use-intensity-reader.ts';
import { useSize } from './use-size.ts';
import { tickText, valueScale } from './value-ticks.ts';

interface Props {
  readonly data: IntensityData;
  /** What the chart shows, for who listens: `Intensity of France`. */
  readonly title: string;
  readonly tz: string;
  readonly nowMs: number;
  readonly onZoom?: (range: TimeRangeMs) => void;
  readonly onZoomBack?: (() => void) | undefined;
  readonly onTable?: () => void;
}

const CARD_WIDTH = 226;
const CARD_GAP = 14;
const NARROW = 520;

/** Intensity of a zone by the hour: line by how it is known, band from low to high, and what is to come set apart. */
export function IntensityChart(props: Props) {
  const { data, title, tz, nowMs } = props;
  const [ref, size] = useSize<HTMLDivElement>({ width: 760, height: 266 });
  const [spoken, setSpoken] = useState('');
  const { frame, scale, ticks } = useMemo(() => layOut(data, size.width, size.height, tz), [data, size, tz]);
  const { index, drag, handlers } = useIntensityReader({
    ...props,
    frame,
    onSpeak: (at) => {
      const point = at === null ? undefined : data.points[at];
      setSpoken(point === undefined ? '' : pointText(point, tz));
    },
  });
  const sentence = useMemo(() => intensitySentence(title, data, tz), [title, data, tz]);
  const point = index === null ? undefined : data.points[index];
  const share = point === undefined ? 0 : ((point.startMs + point.endMs) / 2 - data.fromMs) / (data.toMs - data.fromMs);
  const middle = frame.left + share * (frame.width - frame.left - frame.right);
  const left = middle + CARD_GAP + CARD_WIDTH > frame.width ? middle - CARD_GAP - CARD_WIDTH : middle + CARD_GAP;
  return (
    <div ref={ref} className="relative size-full min-h-0">
      <div role="img" aria-label={sentence} className="absolute inset-0 overflow-hidden">
        <Plot frame={frame} from={data.fromMs} to={data.toMs} ticks={ticks} tickAnchor="start" scale={scale}>
          <IntensityMarks data={data} frame={frame} max={scale.max} nowMs={nowMs} cursor={point ?? null} drag={drag} />
        </Plot>
      </div>
      <button
        type="button"
        aria-label={`${title}: read by keys`}
        aria-keyshortcuts="ArrowLeft ArrowRight T Escape"
        className="absolute inset-0 cursor-crosshair rounded-1"
        onDoubleClick={props.onZoomBack}
        {...handlers}
      />
      <span role="status" className="sr-only">
        {spoken}
      </span>
      {point !== undefined && drag === null && (
        <div className="pointer-events-none absolute top-2 z-10" style={{ left: Math.max(0, left) }} aria-hidden="true">
          <IntensityCard data={data} point={point} tz={tz} />
        </div>
      )}
    </div>
  );
}

function layOut(data: IntensityData, width: number, height: number, tz: string) {
  const highest = data.points.reduce((most, point) => Math.max(most, point.high), 0);
  const scale = valueScale(highest, INTENSITY_UNIT, height > 190 ? 6 : 4);
  const labels = scale.ticks.map((tick) => tickText(scale, tick));
  const ticks = timeTicks(data.points, tz, width < NARROW ? 4 : 6).map(({ atMs, label }) => ({ at: atMs, label }));
  return { frame: frameFor(width, height, labels), scale, ticks };
}
