import { type Frame, plotHeight, positionX, valueY } from './frame.ts';
import { Gaps } from './Gaps.tsx';
import { gridColour } from './grid-steps.ts';
import { Hatches, useHatchIds } from './Hatches.tsx';
import { type IntensityData, type IntensityPoint, runsOf } from './intensity.ts';
import { bandPath, linePath, lineStyle } from './intensity-lines.ts';
import type { TimeRangeMs } from './use-chart-reader.ts';

interface Props {
  readonly data: IntensityData;
  readonly frame: Frame;
  readonly max: number;
  readonly nowMs: number;
  readonly cursor: IntensityPoint | null;
  readonly drag: TimeRangeMs | null;
}

const TEXT = { fontSize: 11, fill: 'var(--text-2)', stroke: 'var(--surface-1)', strokeWidth: 3, paintOrder: 'stroke' };
/** A label needs this much room. */
const LABEL_PX = 62;
const RIBBON_PX = 4;

/** The marks of a zone's chart, from back to front. */
export function IntensityMarks({ data, frame, max, nowMs, cursor, drag }: Props) {
  const ids = useHatchIds();
  const x = positionX(frame, data.fromMs, data.toMs);
  const y = valueY(frame, max);
  const floor = frame.height - frame.bottom;
  const scales = { frame, fromMs: data.fromMs, toMs: data.toMs, max };
  const runs = runsOf(data.points);
  const ahead = data.points.find((point) => point.isForecast);
  const isNowShown = nowMs > data.fromMs && nowMs < data.toMs;
  const aheadX = ahead === undefined ? null : Math.min(x(ahead.startMs), isNowShown ? x(nowMs) : x(ahead.startMs));
  return (
    <g>
      <Hatches ids={ids} />
      {aheadX !== null && (
        <rect
          data-forecast=""
          x={aheadX}
          y={frame.top}
          width={Math.max(0, x(data.toMs) - aheadX)}
          height={plotHeight(frame)}
          fill="var(--surface-2)"
        />
      )}
      {data.clean.map((clean) => (
        <CleanMark key={clean.startMs} left={x(clean.startMs)} right={x(clean.endMs)} frame={frame} />
      ))}
      <Gaps gaps={data.gaps} frame={frame} from={data.fromMs} to={data.toMs} fill={`url(#${ids.gap})`} />
      {runs.map((run) => (
        <path
          key={`band ${run[0]?.startMs}`}
          d={bandPath(run, scales)}
          fill="var(--chart-band)"
          opacity={run[0]?.isForecast === true ? 0.6 : 1}
        />
      ))}
      {runs.map((run, index) => {
        const [first] = run;
        if (first === undefined) return null;
        const { width, dash } = lineStyle(first);
        return (
          <path
            key={`line ${first.startMs}`}
            data-rung={first.isForecast ? 'forecast' : first.rung}
            d={linePath(run, runs[index - 1]?.at(-1), scales)}
            fill="none"
            stroke="var(--power-dynamic)"
            strokeWidth={width}
            strokeLinejoin="round"
            {...(dash === undefined ? {} : { strokeDasharray: dash })}
          />
        );
      })}
      {data.points.map((point) => (
        <rect
          key={`ribbon ${point.startMs}`}
          x={x(point.startMs)}
          y={floor + 1}
          width={Math.max(0.5, x(point.endMs) - x(point.startMs))}
          height={RIBBON_PX}
          fill={gridColour(point.value)}
        />
      ))}
      {isNowShown && <NowLine at={x(nowMs)} frame={frame} hasForecast={ahead !== undefined} />}
      {drag !== null && (
        <rect
          x={x(drag.startMs)}
          y={frame.top}
          width={x(drag.endMs) - x(drag.startMs)}
          height={plotHeight(frame)}
          fill="var(--chart-band)"
          stroke="var(--focus)"
        />
      )}
      {cursor !== null && drag === null && (
        <g stroke="var(--chart-cursor)">
          <line
            x1={x((cursor.startMs + cursor.endMs) / 2)}
            x2={x((cursor.startMs + cursor.endMs) / 2)}
            y1={y(cursor.high)}
            y2={y(cursor.low)}
            strokeWidth={1.5}
          />
          <circle
            cx={x((cursor.startMs + cursor.endMs) / 2)}
            cy={y(cursor.value)}
            r={4}
            fill="var(--text-1)"
            stroke="var(--surface-1)"
            strokeWidth={2}
          />
        </g>
      )}
    </g>
  );
}

function NowLine({ at, frame, hasForecast }: { at: number; frame: Frame; hasForecast: boolean }) {
  const toLeft = !hasForecast || frame.width - at < LABEL_PX;
  return (
    <g>
      <line x1={at} x2={at} y1={frame.top} y2={frame.height - frame.bottom} stroke="var(--text-1)" strokeWidth={1.25} />
      <text {...TEXT} x={toLeft ? at - 5 : at + 5} y={frame.top + 10} textAnchor={toLeft ? 'end' : 'start'}>
        Now
      </text>
    </g>
  );
}

/** A cleaner stretch: a bracket at the foot and a light column, so that it shows without colour. */
function CleanMark({ left, right, frame }: { left: number; right: number; frame: Frame }) {
  const floor = frame.height - frame.bottom;
  return (
    <g data-clean="">
      <rect x={left} y={frame.top} width={right - left} height={plotHeight(frame)} fill="var(--good-soft)" />
      <path
        d={`M${left + 0.75} ${floor - 8}V${floor - 2}H${right - 0.75}V${floor - 8}`}
        fill="none"
        stroke="var(--accent-fill)"
        strokeWidth={1.5}
      />
    </g>
  );
}
